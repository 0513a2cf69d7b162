import { describe, expect, it } from 'vitest';
import { OneReplica } from '../../tests/oneReplica.ts';
import { wrongDigest } from '../simulator/ledger.ts';
import { prevoteOf, proposalOf } from './messages.ts';

const A = 1;

describe('lines 11–21: a round begins', () => {
  it('with a proposal of its own block, executed first, by whose turn it is', () => {
    const bench = new OneReplica({ identity: 0 });
    expect(bench.said).toEqual([]);
    expect(bench.executing.map(({ id }) => id)).toEqual([A]);
    expect(bench.order).toEqual([]);
    bench.executeAll();
    expect(bench.said).toEqual(['proposal 1', 'prevote 1']);
    expect(bench.order).toEqual(['persist', 'broadcast', 'persist', 'broadcast']);
    expect(bench.phase).toBe('prevote');
  });

  it('with a timeout of the proposal for the others, longer in each round', () => {
    const bench = new OneReplica();
    expect(bench.running).toEqual(['propose 0: 3000']);
    bench.precommits(undefined, 0, 0, 1, 2);
    bench.timeOut('precommit');
    expect(bench.state.round).toBe(1);
    expect(bench.running.at(-1)).toBe('propose 1: 3500');
  });

  it('with the valid value of an earlier round, and that round', () => {
    const bench = new OneReplica({ identity: 1 });
    const block = bench.block();
    bench.show(block);
    bench.prevotes(block, 0, 0, 2);
    expect(bench.said).toEqual(['prevote 1', 'precommit 1']);
    bench.precommits(undefined, 0, 2, 3);
    bench.timeOut('precommit');
    expect(bench.said.slice(2)).toEqual(['1/1 proposal 1', '1/1 prevote 1']);
    expect(bench.sent.at(-2)!.message).toMatchObject({ round: 1, validRound: 0, value: block.id, block });
  });
});

describe('lines 22–27: a new proposal', () => {
  it('is executed, then prevoted', () => {
    const bench = new OneReplica();
    const block = bench.block();
    bench.propose(block);
    expect(bench.said).toEqual([]);
    expect(bench.executing).toEqual([block]);
    bench.executeAll();
    expect(bench.said).toEqual(['prevote 1']);
    expect(bench.sent[0]!.message).toMatchObject({ value: block.id, digest: block.digest });
    expect(bench.order).toEqual(['persist', 'broadcast']);
  });

  it('gets nil when its digest is not what executing it gives', () => {
    const bench = new OneReplica();
    const lie = bench.ledger.claimOtherwise(bench.block());
    expect(lie.digest).toBe(wrongDigest(bench.ledger.executionOf(lie.id).digest));
    bench.show(lie);
    expect(bench.said).toEqual(['prevote nil']);
    expect(bench.refusals).toEqual(['digest']);
    // However many precommit it, it is not decided.
    bench.precommits(lie, 0, 0, 1, 2);
    expect(bench.decided).toEqual([]);
  });

  it('gets nil when it does not stand on the last decided block', () => {
    const bench = new OneReplica();
    const early = bench.ledger.make(bench.ledger.block(0), 0, 0, 1, undefined);
    const other = bench.ledger.make(early, 0, 0, 2, undefined);
    bench.hear({ ...proposalOf(0, 0, other, -1), height: 1 });
    expect(bench.said).toEqual([]);
    expect(bench.refusals).toEqual(['block']);
    decideOne(bench);
    const fork = bench.ledger.make(early, 1, 0, 3, undefined);
    bench.propose(fork, 0, -1, 1);
    expect(bench.refusals).toEqual(['block', 'parent']);
    expect(bench.said.at(-1)).toBe('2/0 prevote nil');
  });

  it('gets nil when the replica is locked on another', () => {
    const bench = locked();
    const other = bench.block(1, 1);
    bench.show(other, 1);
    expect(bench.said.at(-1)).toBe('1/1 prevote nil');
    expect(bench.refusals).toEqual(['locked']);
  });

  it('is prevoted again when the replica is locked on it', () => {
    const bench = locked();
    bench.propose(bench.ledger.block(A), 1);
    expect(bench.said.at(-1)).toBe('1/1 prevote 1');
    expect(bench.sent.at(-1)!.message).toMatchObject({ lockRound: 0 });
  });

  it('counts once, from whose turn it is, before the step is over', () => {
    const bench = new OneReplica();
    const [first, second] = [bench.block(), bench.block()];
    bench.propose(first, 0, -1, 1);
    expect(bench.refusals).toEqual(['proposer']);
    bench.show(second);
    bench.show(first);
    expect(bench.said).toEqual(['prevote 2']);
    const late = new OneReplica();
    late.timeOut('propose');
    late.show(late.block());
    expect(late.said).toEqual(['prevote nil']);
  });
});

describe('lines 28–33: a proposal with proof of lock', () => {
  it('waits for the prevotes that prove it', () => {
    const bench = new OneReplica();
    const block = bench.block();
    toRound(bench, 1);
    bench.show(block, 1, 0);
    expect(bench.said).toEqual([]);
    bench.prevotes(block, 0, 0, 1);
    expect(bench.said).toEqual([]);
    bench.prevotes(block, 0, 2);
    expect(bench.said).toEqual(['1/1 prevote 1']);
    expect(bench.sent.at(-1)!.message).toMatchObject({ lockRound: 0 });
  });

  it('unlocks who is locked on another of that round or before, and no one who is locked since', () => {
    for (const [validRound, vote] of [
      [1, '1/2 prevote 2'],
      [0, '1/2 prevote nil'],
    ] as const) {
      // Locked in round 1, and in round 0 in the second case: there the proof is not from before the lock.
      const bench = new OneReplica();
      const [mine, other] = [bench.block(), bench.block()];
      const lockRound = validRound === 0 ? 1 : 0;
      toRound(bench, lockRound);
      bench.show(mine, lockRound);
      bench.prevotes(mine, lockRound, 0, 1);
      expect(bench.state.lockedRound).toBe(lockRound);
      toRound(bench, 2);
      bench.show(other, 2, validRound);
      bench.prevotes(other, validRound, 0, 1, 2);
      expect(bench.said.at(-1)).toBe(vote);
    }
  });

  it('may not name its own round, a later one, or half a round', () => {
    const bench = new OneReplica();
    for (const validRound of [0, 1, -2, 0.5, Number.NaN]) bench.propose(bench.block(), 0, validRound);
    expect(bench.refusals).toEqual(new Array(5).fill('validRound'));
    expect(bench.said).toEqual([]);
  });
});

describe('lines 34–35: two thirds prevoted', () => {
  it('starts the timeout once, in the step prevote', () => {
    const bench = new OneReplica();
    const block = bench.block();
    bench.prevotes(block, 0, 0);
    bench.prevotes(undefined, 0, 1, 2);
    expect(bench.running).toEqual(['propose 0: 3000']);
    bench.timeOut('propose');
    // It is stalled if the round is not over when all its timeouts could have ended.
    expect(bench.running.slice(1)).toEqual(['stalled 0: 2000']);
    // Its own nil is the third: that is a majority, and nothing to wait for.
    expect(bench.said).toEqual(['prevote nil', 'precommit nil']);
    const split = new OneReplica({ powers: [1, 1, 1, 1, 1, 1, 1], identity: 6 });
    const blocks = [split.block(), split.block()];
    split.show(blocks[0]!);
    split.prevotes(blocks[1], 0, 0, 1);
    split.prevotes(undefined, 0, 2);
    expect(split.running).toEqual(['propose 0: 3000']);
    split.prevotes(undefined, 0, 3);
    split.prevotes(undefined, 0, 4);
    expect(split.running).toEqual(['propose 0: 3000', 'prevote 0: 1000']);
    split.timeOut('prevote');
    expect(split.said).toEqual(['prevote 1', 'precommit nil']);
  });
});

describe('lines 36–43: two thirds prevoted the proposal', () => {
  it('locks it and precommits it, written before it is said', () => {
    const bench = new OneReplica();
    const block = bench.block();
    bench.show(block);
    bench.order = [];
    bench.prevotes(block, 0, 0, 1);
    expect(bench.said).toEqual(['prevote 1', 'precommit 1']);
    expect(bench.order).toEqual(['persist', 'broadcast']);
    expect(bench.state).toMatchObject({ lockedValue: 1, lockedRound: 0, validValue: 1, validRound: 0 });
    const certificate = bench.notes.find(({ kind }) => kind === 'certificate')!;
    expect(certificate).toMatchObject({ votes: 1, height: 1, round: 0, value: 1 });
    expect([...certificate.signers!]).toEqual([0b1011]);
    expect(bench.notes.some(({ kind, value }) => kind === 'locked' && value === 1)).toBe(true);
  });

  it('waits for the block and for its execution', () => {
    const bench = new OneReplica();
    const block = bench.block();
    bench.prevotes(block, 0, 0, 1, 2);
    expect(bench.said).toEqual([]);
    bench.propose(block);
    expect(bench.said).toEqual([]);
    bench.executeAll();
    expect(bench.said).toEqual(['prevote 1', 'precommit 1']);
  });

  it('only remembers it as valid when the precommit was cast already', () => {
    const bench = new OneReplica();
    const block = bench.block();
    bench.show(block);
    bench.prevotes(block, 0, 0);
    bench.timeOut('prevote');
    expect(bench.said).toEqual(['prevote 1', 'precommit nil']);
    bench.prevotes(block, 0, 1);
    expect(bench.state).toMatchObject({ lockedValue: -1, lockedRound: -1, validValue: 1, validRound: 0 });
    expect(bench.said).toHaveLength(2);
  });

  it('is about the digest too', () => {
    const bench = new OneReplica();
    const block = bench.block();
    bench.show(block);
    for (const author of [0, 1, 2]) bench.hear(prevoteOf(author, 1, 0, block.id, block.digest + 1, -1));
    expect(bench.said).toEqual(['prevote 1']);
  });
});

describe('lines 44–46: two thirds prevoted nil', () => {
  it('precommits nil, in the step prevote only', () => {
    const bench = new OneReplica();
    bench.prevotes(undefined, 0, 0, 1, 2);
    expect(bench.said).toEqual([]);
    bench.show(bench.block());
    expect(bench.said).toEqual(['prevote 1', 'precommit nil']);
    expect(bench.state.lockedRound).toBe(-1);
  });
});

/** The replica precommits a block of round 0 and comes to round 1 without a decision. */
function locked(): OneReplica {
  const bench = new OneReplica();
  const block = bench.block();
  bench.show(block);
  bench.prevotes(block, 0, 0, 1);
  expect(bench.state.lockedRound).toBe(0);
  toRound(bench, 1);
  return bench;
}

function toRound(bench: OneReplica, round: number): void {
  while (bench.state.round < round) bench.timeOut('precommit');
}

function decideOne(bench: OneReplica) {
  const block = bench.block();
  bench.show(block);
  bench.prevotes(block, 0, 0, 1);
  bench.precommits(block, 0, 0, 1);
  expect(bench.decided).toEqual([block]);
  return block;
}
