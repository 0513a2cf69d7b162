import { describe, expect, it } from 'vitest';
import { OneReplica } from '../../tests/oneReplica.ts';
import { commitsOf, KIND, precommitOf, prevoteOf, proposalOf, statusOf, votesOf } from './messages.ts';

/** The replica decides so many heights. */
function after(heights: number): OneReplica {
  const bench = new OneReplica();
  for (let height = 1; height <= heights; height++) {
    const proposer = bench.protocol.view(bench.state).details.proposer as number;
    const block = bench.block(proposer);
    if (proposer !== bench.identity) bench.propose(block, 0, -1, proposer);
    bench.executeAll();
    const own = bench.sent.findLast(({ message }) => message.kind === KIND.proposal);
    const chosen = proposer === bench.identity ? bench.ledger.block(own!.message.value) : block;
    bench.prevotes(chosen, 0, 0, 1, 2);
    bench.precommits(chosen, 0, 0, 1);
  }
  expect(bench.decided).toHaveLength(heights);
  bench.sent = [];
  bench.executing = [];
  return bench;
}

describe('status', () => {
  it('is told when a round is not over by the time that all its timeouts take, and again', () => {
    const bench = new OneReplica();
    bench.prevotes(undefined, 0, 1);
    bench.timeOut('propose');
    expect(bench.said).toEqual(['prevote nil']);
    bench.timeOut('stalled');
    bench.timeOut('stalled');
    const told = bench.sent.slice(1).map(({ to, message }) => [to, message]);
    expect(told[0]).toEqual([-1, statusOf(3, 1, 0, false, [0b1010], [0])]);
    expect(told).toHaveLength(2);
    expect(bench.running.slice(1)).toEqual(['stalled 0: 2000', 'stalled 0: 2000', 'stalled 0: 2000']);
    bench.timeOut('stalled', 7);
    expect(bench.sent).toHaveLength(3);
  });

  it('is answered with what the other lacks of this round and of later ones, and with nothing where it lacks nothing', () => {
    const bench = new OneReplica();
    const block = bench.block();
    bench.show(block);
    bench.prevotes(block, 0, 1);
    bench.precommits(undefined, 0, 2);
    bench.sent = [];
    bench.hear(statusOf(0, 1, 0, true, [0b1010], [0b0100]));
    expect(bench.sent).toEqual([]);
    bench.hear(statusOf(0, 1, 0, false, [0b0010], [0]));
    expect(bench.sent).toHaveLength(1);
    expect(bench.sent[0]).toMatchObject({ to: 0, message: { kind: KIND.votes, height: 1, round: 0 } });
    const { proposals, bundles } = bench.sent[0]!.message as ReturnType<typeof votesOf>;
    expect(proposals.map(({ value }) => value)).toEqual([block.id]);
    expect(bundles).toEqual([
      { kind: 1, round: 0, value: block.id, digest: block.digest, signers: [0b1010] },
      { kind: 2, round: 0, value: -1, digest: 0, signers: [0b0100] },
    ]);
    // Somebody in a later round needs nothing of this one but majorities.
    bench.hear(statusOf(0, 1, 5, false, [0], [0]));
    expect(bench.sent).toHaveLength(1);
    bench.prevotes(block, 0, 2);
    bench.sent = [];
    bench.hear(statusOf(0, 1, 5, false, [0], [0]));
    expect(bench.sent[0]!.message).toMatchObject({ bundles: [{ kind: 1, signers: [0b1110] }] });
  });

  it('is answered with decided blocks when the other is heights behind, 64 at most', () => {
    const bench = after(70);
    bench.hear(statusOf(2, 69, 0, false, [0], [0]));
    bench.hear(statusOf(2, 1, 9, true, [0], [0]));
    const [some, many] = bench.sent.map(({ message }) => message as ReturnType<typeof commitsOf>);
    expect(some!.commits.map(({ block }) => block.height)).toEqual([69, 70]);
    expect(many!.commits).toHaveLength(64);
    expect(many!.commits[0]!.block.height).toBe(1);
    for (const height of [71, 72, 0, -1, 1.5, Number.NaN]) bench.hear(statusOf(1, height, 0, true, [0], [0]));
    expect(bench.sent).toHaveLength(2);
  });
});

describe('votes of others that were missed', () => {
  it('count as if they had come by themselves', () => {
    const bench = new OneReplica();
    const block = bench.block();
    const prevotes = { kind: 1, round: 0, value: block.id, digest: block.digest, signers: [0b0011] } as const;
    bench.hear(votesOf(2, 1, 0, [proposalOf(0, 0, block, -1)], [prevotes]));
    bench.executeAll();
    expect(bench.said).toEqual(['prevote 1', 'precommit 1']);
    bench.hear(votesOf(2, 1, 0, [], [{ ...prevotes, kind: 2, signers: [0b0111] }]));
    expect(bench.decided).toEqual([block]);
  });

  it('bring a second proposal when a quorum voted for it', () => {
    const bench = new OneReplica();
    const [shown, real] = [bench.block(), bench.block()];
    bench.show(shown);
    bench.propose(real);
    expect(bench.executing).toEqual([]);
    const precommits = { kind: 2, round: 0, value: real.id, digest: real.digest, signers: [0b0111] } as const;
    bench.hear(votesOf(2, 1, 0, [proposalOf(0, 0, real, -1)], [precommits]));
    bench.executeAll();
    expect(bench.decided).toEqual([real]);
  });

  it('bring a replica that is rounds behind to the round of a third', () => {
    const bench = new OneReplica();
    const nils = { kind: 1, value: -1, digest: 0 } as const;
    bench.hear(votesOf(2, 1, 400, [], [{ ...nils, round: 4, signers: [1] }]));
    expect(bench.state.round).toBe(0);
    bench.hear(votesOf(2, 1, 400, [], [{ ...nils, round: 4, signers: [3] }]));
    expect(bench.state.round).toBe(4);
    bench.hear(votesOf(2, 1, 400, [], [{ ...nils, round: 400, signers: [3] }]));
    expect(bench.state.round).toBe(400);
  });
});

describe('decided blocks of others', () => {
  const chain = after(70);

  it('are executed and decided one after the other, without a word of these heights, and more is asked for', () => {
    const bench = behind();
    bench.hear(commitsOf(2, 1, chain.state.commits.slice(0, 64)));
    expect(bench.executing).toHaveLength(1);
    expect(bench.phase).toBe('propose');
    bench.executeAll();
    expect(bench.decided.map(({ id }) => id)).toEqual(chain.decided.slice(0, 64).map(({ id }) => id));
    expect(bench.said).toEqual([]);
    expect(bench.sent).toEqual([{ to: 2, message: statusOf(3, 65, 0, false, [0], [0]) }]);
    bench.hear(commitsOf(2, 65, chain.state.commits.slice(64)));
    bench.executeAll();
    expect(bench.state).toMatchObject({ height: 71, round: 0 });
    expect(bench.sent).toHaveLength(1);
    expect(bench.state.commits).toEqual(chain.state.commits);
  });

  it('are refused without a quorum, out of turn, and on another parent', () => {
    const [first, second] = chain.state.commits;
    const bench = behind();
    bench.hear(commitsOf(2, 1, [{ ...first!, signers: [0b0011] }]));
    bench.hear(commitsOf(2, 1, [second!]));
    bench.hear(commitsOf(2, 1, [{ ...first!, block: { ...first!.block, parent: 5 } }]));
    bench.hear(commitsOf(2, 1, [{ ...first!, signers: [0b1111, 0] }]));
    expect(bench.executing).toEqual([]);
    bench.hear(commitsOf(2, 1, [first!, { ...second!, signers: [0b0001] }]));
    bench.executeAll();
    expect(bench.decided.map(({ height }) => height)).toEqual([1]);
  });

  it('are not decided when executing them gives something else, and the height goes on', () => {
    const bench = behind();
    const lie = bench.ledger.claimOtherwise(bench.ledger.make(bench.ledger.block(0), 0, 0, 5, undefined));
    bench.hear(commitsOf(2, 1, [{ block: lie, round: 0, signers: [0b0111] }]));
    bench.executeAll();
    expect(bench.decided).toEqual([]);
    expect(bench.refusals).toEqual(['digest']);
    const [first] = chain.state.commits;
    bench.hear(commitsOf(2, 1, [first!]));
    bench.executeAll();
    expect(bench.decided.map(({ id }) => id)).toEqual([first!.block.id]);
  });

  /** Another replica with the same ledger, at the beginning. */
  function behind(): OneReplica {
    const bench = new OneReplica();
    for (const { parent, proposer, round, timeUs } of chain.ledger.blocks.slice(1)) {
      bench.ledger.make(bench.ledger.block(parent), proposer, round, timeUs, undefined);
    }
    return bench;
  }
});

describe('messages that make no sense', () => {
  it('change nothing and break nothing', () => {
    const odd = [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      -1,
      0.5,
      2 ** 40,
      2 ** 31,
      undefined as never,
      null as never,
    ];
    const bench = new OneReplica();
    const block = bench.block();
    const quiet = JSON.stringify(bench.protocol.view(bench.state));
    for (const n of odd) {
      for (const kind of [0, 1, 2, 3, 4, 5, 6, n]) {
        for (const field of ['author', 'height', 'round', 'value', 'digest']) {
          const base = {
            author: 1,
            height: 1,
            round: 0,
            value: block.id,
            digest: block.digest,
            sizeBytes: 1,
          };
          for (const rest of [
            {},
            { block, validRound: n, lockRound: n },
            { block: undefined, proposals: n, bundles: n, commits: n, prevotes: n, precommits: n },
            {
              block: { ...block, id: n, height: n },
              proposals: [n, {}, { kind: 0, height: 1 }],
              bundles: [{}, { kind: 1, round: n, signers: [n] }, { kind: 2, round: 0, value: n, signers: n }],
              commits: [n, {}, { block: { height: 1, parent: 0 }, round: n, signers: [15] }],
              prevotes: [n],
              precommits: [n, n],
            },
          ]) {
            bench.hear({ ...base, kind, [field]: n, ...rest } as never, 1);
          }
        }
      }
    }
    // Blocks that are in no ledger are not looked up there.
    const made = { ...block, id: 999 };
    bench.propose(made);
    bench.hear(commitsOf(1, 1, [{ block: made, round: 0, signers: [0b0111] }]));
    expect(bench.executing.map(({ id }) => id)).toEqual([999]);
    bench.step({ kind: 'executed', block: made, digest: made.digest + 1 });
    bench.executing = [];
    expect(bench.said).toEqual(['prevote nil']);
    expect(bench.decided).toEqual([]);
    const { details, ...view } = JSON.parse(quiet);
    expect(bench.protocol.view(bench.state)).toMatchObject({ ...view, phase: 'prevote', head: 999 });
    expect(details.proposer).toBe(0);
    // And it still works.
    while (bench.state.round < 1) bench.timeOut('precommit');
    bench.show(block, 1);
    bench.prevotes(block, 1, 0, 2);
    bench.precommits(block, 1, 0, 2);
    expect(bench.decided).toEqual([block]);
  });

  it('from far in the future take no room', () => {
    const bench = new OneReplica();
    for (let i = 0; i < 10_000; i++) {
      bench.hear(prevoteOf(0, 1 + (i % 977), i * 3, i, 5, -1));
      bench.hear(precommitOf(0, 1_000_000 + i, 0, i, 5));
      bench.propose(bench.block(i % 4, 7), 7, -1, i % 4);
    }
    expect(bench.state.votes.length).toBeLessThan(600);
    expect(bench.said).toEqual([]);
    const deepest = Math.max(...bench.state.votes.map(({ prevotes }) => prevotes.count));
    expect(deepest).toBeLessThanOrEqual(260);
  });
});
