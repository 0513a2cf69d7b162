import { describe, expect, it } from 'vitest';
import { act, Chronicle, equals, EVENTS, tendermintNetwork } from '../../tests/tendermintNetwork.ts';
import { OneReplica } from '../../tests/oneReplica.ts';
import type { Lie } from '../../types/consensus.ts';
import type { ConsensusMessage } from '../contract.ts';
import { EVENT } from '../simulator/eventQueue.ts';
import { createTendermint, tendermint } from './index.ts';
import { offence } from './lying.ts';
import { KIND, precommitOf, prevoteOf, proposalOf } from './messages.ts';

describe('liars with less than a third', () => {
  const runWith = (lies: readonly Lie[], seed: number, n = 4, liars = 1) => {
    const chronicle = new Chronicle();
    const simulation = tendermintNetwork({
      powers: equals(n),
      observers: [chronicle],
      network: { latency: { kind: 'uniform', minUs: 300, maxUs: 2000 } },
      rest: { seed },
    });
    for (let node = 0; node < liars; node++) act(simulation, { kind: 'lie', node, lies });
    const end = simulation.run({ heights: 12, events: EVENTS });
    return { simulation, chronicle, end };
  };

  it('neither stop the others nor part them, by any lie or several', () => {
    const all = tendermint.lies.map((lie): readonly Lie[] => [lie]);
    const some: readonly (readonly Lie[])[] = [
      ['twoProposals', 'twoVotes'],
      ['twoProposals', 'twoVotes', 'lateVotes', 'amnesia'],
      ['wrongDigest', 'twoVotes'],
      ['amnesia', 'lateVotes'],
    ];
    for (const lies of [...all, ...some]) {
      for (let seed = 0; seed < 4; seed++) {
        for (const [n, liars] of [
          [4, 1],
          [10, 3],
        ] as const) {
          const { chronicle, end } = runWith(lies, seed, n, liars);
          expect([lies, seed, n, end, chronicle.wrongs]).toEqual([lies, seed, n, 'heights', []]);
        }
      }
    }
  });

  it('say what they are asked to', () => {
    const kinds = (lies: readonly Lie[]) => runWith(lies, 1).chronicle;
    expect(new Set([...kinds(['withheldBlock']).chain.values()].map(({ proposer }) => proposer)).has(0)).toBe(
      false,
    );
    const lied = kinds(['wrongDigest']);
    expect(lied.whys('refused')).toContain('digest');
    expect([...lied.chain.values()].every(({ proposer }) => proposer !== 0)).toBe(true);
    // Decided blocks are never what a liar claims.
    const { simulation } = runWith(['wrongDigest', 'twoProposals'], 2);
    for (const { decided } of simulation.nodes) {
      const block = simulation.blocks[decided]!;
      expect(block.digest).toBe(simulation.digestOf(block));
    }
  });

  it('hold votes back for less than the others wait', () => {
    const { simulation } = runWith(['lateVotes'], 1);
    const us = tendermint.lateUs!(simulation.nodes[0]!.state as never);
    expect(us).toBeGreaterThan(9000);
    expect(us).toBeLessThan(10_000);
  });
});

describe('contradictions', () => {
  const simulation = tendermintNetwork();
  const { ledger } = simulation;
  const forge = {
    makeBlock: (
      ...[parent, round, nowUs]: Parameters<Parameters<typeof tendermint.contradict>[2]['makeBlock']>
    ) => ledger.make(parent, 1, round, nowUs, undefined),
    block: (id: number) => ledger.block(id),
    claimOtherwise: (block: ReturnType<typeof ledger.block>) => ledger.claimOtherwise(block),
    other: () => undefined,
    nowUs: 5,
  };
  const block = ledger.make(ledger.block(0), 1, 2, 1, undefined);
  const proposal = proposalOf(1, 2, block, 0);
  const prevote = prevoteOf(1, 1, 2, block.id, block.digest, 0);
  const precommit = precommitOf(1, 1, 2, block.id, block.digest);

  it('are other messages of the same kind, author, height and round', () => {
    const second = tendermint.contradict(proposal, 'twoProposals', forge)!;
    expect(second).toMatchObject({ kind: 0, author: 1, height: 1, round: 2, validRound: -1 });
    expect(second.value).not.toBe(block.id);
    for (const vote of [prevote, precommit]) {
      const { kind } = vote;
      expect(tendermint.contradict(vote, 'twoVotes', forge)).toMatchObject({
        kind,
        round: 2,
        value: -1,
        digest: 0,
      });
      const wrong = tendermint.contradict(vote, 'wrongDigest', forge)!;
      expect(wrong).toMatchObject({ kind, round: 2, value: block.id });
      expect(wrong.digest).not.toBe(block.digest);
    }
    const claimed = tendermint.contradict(proposal, 'wrongDigest', forge)!;
    expect(ledger.block(claimed.value).digest).toBe(claimed.digest);
    expect(claimed.digest).not.toBe(block.digest);
  });

  it('are not made where there are none', () => {
    const nil = prevoteOf(1, 1, 2, -1, 0, -1);
    for (const [message, lie] of [
      [nil, 'twoVotes'],
      [nil, 'wrongDigest'],
      [proposal, 'twoVotes'],
      [precommit, 'twoProposals'],
      [precommit, 'silence'],
    ] as const) {
      expect(tendermint.contradict(message, lie, forge)).toBeUndefined();
    }
  });
});

describe('amnesia', () => {
  it('is proven by a precommit and a later prevote for another value without a quorum since', () => {
    const locked = precommitOf(1, 5, 2, 7, 70);
    expect(offence(locked, prevoteOf(1, 5, 3, 8, 80, -1))).toBe('amnesia');
    expect(offence(locked, prevoteOf(1, 5, 4, 8, 80, 1))).toBe('amnesia');
    for (const fine of [
      prevoteOf(1, 5, 3, 8, 80, 2),
      prevoteOf(1, 5, 3, 7, 70, -1),
      prevoteOf(1, 5, 3, -1, 0, -1),
      prevoteOf(1, 5, 2, 8, 80, -1),
      prevoteOf(2, 5, 3, 8, 80, -1),
      prevoteOf(1, 6, 3, 8, 80, -1),
      precommitOf(1, 5, 3, 8, 80),
    ]) {
      expect(offence(locked, fine)).toBeUndefined();
    }
    expect(offence(precommitOf(1, 5, 2, -1, 0), prevoteOf(1, 5, 3, 8, 80, -1))).toBeUndefined();
  });

  it('is never proven against honest replicas, however rough the network, and found in those who forget', () => {
    const found = new Map<number, number>();
    for (let seed = 0; seed < 60; seed++) {
      const watch = new AmnesiaWatch();
      const simulation = tendermintNetwork({
        observers: [watch],
        network: { latency: { kind: 'exponential', minUs: 100, meanUs: 6000 }, lossPermille: 150 },
        rest: { seed },
      });
      act(simulation, { kind: 'lie', node: 1, lies: ['amnesia'] });
      expect(simulation.run({ heights: 8, events: EVENTS })).toBe('heights');
      for (const author of watch.proven) found.set(author, (found.get(author) ?? 0) + 1);
    }
    expect([...found.keys()]).toEqual([1]);
  });
});

/** Holds every prevote against every precommit of its author. */
class AmnesiaWatch extends Chronicle {
  readonly proven = new Set<number>();
  private readonly precommits = new Map<string, ReturnType<typeof precommitOf>[]>();
  override delivered(...given: Parameters<Chronicle['delivered']>): void {
    super.delivered(...given);
    const message = given[4] as ReturnType<typeof precommitOf> | ReturnType<typeof prevoteOf>;
    const key = `${message.author} ${message.height}`;
    const before = this.precommits.get(key) ?? [];
    if (message.kind === KIND.precommit) this.precommits.set(key, [...before, message]);
    if (message.kind !== KIND.prevote) return;
    for (const precommit of before)
      if (offence(precommit, message) === 'amnesia') this.proven.add(message.author);
  }
}

describe('broken rules', () => {
  /** Decisions of two values, where one liar of five proposes twice and votes twice. */
  const parted = (protocol: typeof tendermint): number => {
    const chronicle = new Chronicle();
    const simulation = tendermintNetwork({ protocol, powers: equals(5), observers: [chronicle] });
    act(simulation, { kind: 'lie', node: 0, lies: ['twoProposals', 'twoVotes'] });
    simulation.run({ heights: 3, events: 20_000 });
    return chronicle.wrongs.length;
  };

  it('a quorum of half parts the honest at once', () => {
    expect(parted(tendermint)).toBe(0);
    expect(parted(createTendermint({ quorumNumerator: 1, quorumDenominator: 2 }))).toBeGreaterThan(0);
  });

  /**
   * Node 0 alone decides in round 0 and is gone; node 1, whose turn it is next, knows nothing of it, and proposes another block; 2 and 3 are locked.
   */
  const unlocked = (protocol: typeof tendermint) => {
    const chronicle = new Chronicle();
    const simulation = tendermintNetwork({ protocol, observers: [chronicle] });
    const lost = ({ kind, author }: ConsensusMessage, to: number): boolean =>
      (kind === KIND.proposal && to === 1) ||
      (kind === KIND.prevote && author === 3 && to === 1) ||
      (kind === KIND.precommit && author === 0);
    while (simulation.viewOf(0).height === 1) {
      for (const { number, type, node, body } of [...simulation.queue.waiting()]) {
        if (type === EVENT.message && lost(body as ConsensusMessage, node)) {
          act(simulation, { kind: 'dropMessage', event: number });
        }
      }
      simulation.step();
    }
    act(simulation, { kind: 'crash', node: 0, loseUnsynced: false });
    simulation.run({ heights: 1, events: 20_000 });
    return { rounds: chronicle.chain.get(1)!.round, wrongs: chronicle.wrongs };
  };

  it('without locks a decided value gives way to another', () => {
    expect(unlocked(tendermint)).toEqual({ rounds: 0, wrongs: [] });
    expect(unlocked(createTendermint({ locking: false })).wrongs[0]).toBe('height 1: 1 and 2');
  });

  it('without the round in the vote old votes make a majority', () => {
    const votes = (protocol: typeof tendermint): string[] => {
      const bench = new OneReplica({ protocol });
      const block = bench.block();
      bench.prevotes(block, 0, 0, 1);
      bench.timeOut('precommit');
      bench.show(block, 1);
      return bench.said;
    };
    expect(votes(tendermint)).toEqual(['1/1 prevote 1']);
    expect(votes(createTendermint({ roundInVote: false }))).toEqual(['1/1 prevote 1', '1/1 precommit 1']);
  });
});

describe('liars with a third and more', () => {
  it('who propose and vote twice decide two values at once', () => {
    for (const [n, liars] of [
      [4, 2],
      [7, 3],
      [10, 4],
    ] as const) {
      const chronicle = new Chronicle();
      const simulation = tendermintNetwork({ powers: equals(n), observers: [chronicle] });
      for (let node = 0; node < liars; node++) {
        act(simulation, { kind: 'lie', node, lies: ['twoProposals', 'twoVotes'] });
      }
      simulation.run({ heights: 2, events: 20_000 });
      expect(chronicle.wrongs).not.toEqual([]);
    }
  });

  it('as twins, in two parts of the network, do so too; fewer do not', () => {
    const scripted = (twins: readonly number[], groups: readonly (readonly number[])[]) => {
      const chronicle = new Chronicle();
      const script = { height: 1, rounds: [{ leader: 0, groups }] };
      const simulation = tendermintNetwork({ observers: [chronicle], rest: { twins, script } });
      const end = simulation.run({ heights: 3, events: 100_000 });
      return [end, chronicle.wrongs.length > 0];
    };
    const parts = [
      [0, 1, 2],
      [3, 4, 5],
    ];
    // Nodes 4 and 5 are the twins of 0 and 1.
    expect(scripted([0, 1], parts)[1]).toBe(true);
    expect(
      scripted(
        [0],
        [
          [0, 1, 2],
          [3, 4],
        ],
      ),
    ).toEqual(['heights', false]);
  });
});
