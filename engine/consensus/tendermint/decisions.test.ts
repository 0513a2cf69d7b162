import { describe, expect, it } from 'vitest';
import { OneReplica } from '../../tests/oneReplica.ts';
import { precommitOf, prevoteOf } from './messages.ts';

describe('lines 47–48: two thirds precommitted', () => {
  it('starts the timeout once, in any step; its end begins the next round', () => {
    const bench = new OneReplica();
    bench.precommits(undefined, 0, 0, 1);
    expect(bench.running).toEqual(['propose 0: 3000']);
    bench.precommits(bench.block(), 0, 2);
    bench.precommits(undefined, 0, 2);
    expect(bench.running).toEqual(['propose 0: 3000', 'precommit 0: 1000']);
    bench.timeOut('precommit');
    expect(bench.state.round).toBe(1);
    bench.timeOut('precommit', 0);
    expect(bench.state.round).toBe(1);
  });
});

describe('lines 49–54: two thirds precommitted a proposal', () => {
  it('decides it, writes that, and begins the next height with nothing of this one', () => {
    const bench = new OneReplica();
    const block = bench.block();
    bench.show(block);
    bench.prevotes(block, 0, 0, 1);
    bench.order = [];
    bench.precommits(block, 0, 0, 1);
    expect(bench.decided).toEqual([block]);
    expect(bench.order).toEqual(['persist', 'decide']);
    expect(bench.state).toMatchObject({
      height: 2,
      round: 0,
      lockedRound: -1,
      lockedValue: -1,
      validRound: -1,
    });
    expect(bench.disk.at(-1)).toEqual({ block, round: 0, signers: [0b1011] });
    expect(bench.phase).toBe('propose');
  });

  it('is of any round, without the votes of this one', () => {
    const bench = new OneReplica();
    const block = bench.block();
    bench.show(block);
    toRound(bench, 2);
    bench.precommits(block, 0, 0, 1);
    expect(bench.decided).toEqual([]);
    bench.precommits(block, 0, 2);
    expect(bench.decided).toEqual([block]);
  });

  it('waits for the block, and then needs no prevotes: who comes late casts nil', () => {
    const bench = new OneReplica();
    const block = bench.block();
    bench.precommits(block, 0, 0, 1, 2);
    expect(bench.decided).toEqual([]);
    bench.show(block);
    expect(bench.decided).toEqual([block]);
    expect(bench.said).toEqual(['prevote 1', 'precommit nil']);
  });

  it('pauses when that is set, and hears in the pause what comes then', () => {
    const bench = new OneReplica({ own: { timeoutCommitUs: 500_000 } });
    const block = decideOne(bench);
    expect(bench.running.at(-1)).toBe('commit 0: 500');
    expect(bench.phase).toBe('commit');
    const next = bench.ledger.make(block, 1, 0, 1, undefined);
    bench.propose(next, 0, -1, 1);
    bench.prevotes(next, 0, 0, 1, 2);
    expect(bench.said).toHaveLength(2);
    bench.timeOut('commit');
    bench.executeAll();
    expect(bench.said.slice(2)).toEqual(['2/0 prevote 2', '2/0 precommit 2']);
  });
});

describe('lines 55–56: more than a third is in a later round', () => {
  it('goes there, by votes and proposals alike, one count a replica', () => {
    const bench = new OneReplica();
    bench.hear(prevoteOf(1, 1, 3, -1, 0, -1));
    bench.hear(precommitOf(1, 1, 3, -1, 0));
    expect(bench.state.round).toBe(0);
    bench.hear(precommitOf(2, 1, 4, -1, 0));
    expect(bench.state.round).toBe(0);
    bench.hear(prevoteOf(2, 1, 3, -1, 0, -1));
    expect(bench.state.round).toBe(3);
    const other = new OneReplica();
    other.propose(other.block(1, 1), 1);
    other.hear(prevoteOf(0, 1, 1, -1, 0, -1));
    expect(other.state.round).toBe(1);
    other.executeAll();
    expect(other.said).toEqual(['1/1 prevote 1']);
  });

  it('goes there from very far, to where a third has come', () => {
    const bench = new OneReplica();
    bench.hear(prevoteOf(0, 1, 500, -1, 0, -1));
    bench.hear(prevoteOf(1, 1, 400, -1, 0, -1));
    expect(bench.state.round).toBe(400);
  });

  it('takes what was heard of a height before it began', () => {
    const bench = new OneReplica();
    for (const author of [0, 1]) bench.hear(prevoteOf(author, 2, 5, -1, 0, -1));
    decideOne(bench);
    expect(bench.state).toMatchObject({ height: 2, round: 5 });
  });
});

describe('lines 57–67: timeouts', () => {
  it('matter only in their height, round and step', () => {
    const bench = new OneReplica();
    bench.show(bench.block());
    bench.timeOut('propose');
    expect(bench.said).toEqual(['prevote 1']);
    bench.timeOut('prevote', 1);
    expect(bench.said).toHaveLength(1);
    bench.timeOut('prevote');
    expect(bench.said).toEqual(['prevote 1', 'precommit nil']);
    bench.timeOut('prevote');
    bench.timeOut('propose');
    expect(bench.said).toHaveLength(2);
  });
});

describe('quorums', () => {
  it('are more than two thirds of the power, not of the heads', () => {
    const bench = new OneReplica({ powers: [3, 3, 3, 1], identity: 3 });
    const block = bench.block();
    bench.show(block);
    bench.prevotes(block, 0, 0);
    expect(bench.said).toEqual(['prevote 1']);
    bench.prevotes(block, 0, 1);
    expect(bench.said).toEqual(['prevote 1', 'precommit 1']);
    // Two thirds exactly are no quorum.
    const exact = new OneReplica({ powers: [1, 1, 1], identity: 2 });
    const other = exact.block();
    exact.show(other);
    exact.prevotes(other, 0, 0);
    expect(exact.said).toEqual(['prevote 1']);
  });

  it('count each voter once, and who votes twice for both', () => {
    const bench = new OneReplica();
    const block = bench.block();
    bench.show(block);
    bench.prevotes(block, 0, 0, 0, 0);
    expect(bench.said).toEqual(['prevote 1']);
    bench.prevotes(undefined, 0, 1);
    bench.prevotes(block, 0, 1);
    expect(bench.said).toEqual(['prevote 1', 'precommit 1']);
  });
});

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
