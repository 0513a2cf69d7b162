import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OneValidator } from '../../tests/oneValidator.ts';
import { equals } from '../../tests/stakeNetwork.ts';
import type { Block } from '../contract.ts';
import { proposerIn } from './chain.ts';
import { type AttestationData, attestationOf, blockMessage, checkpointOf, votesOffence } from './messages.ts';
import { proofOfStake } from './index.ts';

const everybody = (): readonly number[] => [...equals(8).keys()];

function voteFor(source: number, target: number, more: Partial<AttestationData> = {}): AttestationData {
  return {
    slot: 4 * target,
    head: target,
    height: target,
    digest: 1,
    source: checkpointOf(source, source),
    target: checkpointOf(target, target),
    ...more,
  };
}

describe('Casper’s commandments', () => {
  it('forbid two votes for one target epoch, and one vote within the span of another', () => {
    const vote = voteFor(2, 5);
    expect(votesOffence(vote, voteFor(2, 5))).toBeUndefined();
    expect(votesOffence(vote, voteFor(2, 5, { head: 6 }))).toBe('twoVotes');
    expect(votesOffence(vote, voteFor(2, 5, { slot: 21 }))).toBe('twoVotes');
    expect(votesOffence(vote, voteFor(3, 5))).toBe('twoVotes');
    expect(votesOffence(vote, voteFor(2, 5, { target: checkpointOf(5, 9) }))).toBe('twoVotes');
    expect(votesOffence(vote, voteFor(3, 4))).toBe('surroundVote');
    expect(votesOffence(vote, voteFor(1, 6))).toBe('surroundVote');
    for (const [source, target] of [
      [2, 6],
      [2, 4],
      [1, 4],
      [3, 6],
      [5, 6],
      [0, 1],
    ] as const) {
      expect(votesOffence(vote, voteFor(source, target))).toBeUndefined();
    }
  });

  it('are the same whoever came first, and hold of numbers as they are stated', () => {
    const pair = fc.tuple(fc.nat(9), fc.nat(9)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
    fc.assert(
      fc.property(pair, pair, ([s1, t1], [s2, t2]) => {
        const [one, other] = [voteFor(s1, t1), voteFor(s2, t2)];
        const expected =
          t1 === t2
            ? s1 === s2
              ? undefined
              : 'twoVotes'
            : (s1 < s2 && t2 < t1) || (s2 < s1 && t1 < t2)
              ? 'surroundVote'
              : undefined;
        expect(votesOffence(one, other)).toBe(expected);
        expect(votesOffence(other, one)).toBe(expected);
      }),
      { seed: 3 },
    );
  });

  it('make evidence of messages, and two blocks in a slot do', () => {
    const bench = new OneValidator();
    const offence = proofOfStake.offence!;
    const [vote, double, surround] = [voteFor(2, 5), voteFor(3, 5), voteFor(1, 6)];
    const said = (author: number, data: AttestationData) => attestationOf(author, data);
    expect(offence(said(1, vote), said(1, double))).toBe('twoVotes');
    expect(offence(said(1, vote), said(1, surround))).toBe('surroundVote');
    expect(offence(said(1, vote), said(1, voteFor(2, 5)))).toBeUndefined();
    expect(offence(said(1, vote), said(2, double))).toBeUndefined();
    const [one, other, later] = [3, 3, 4].map((slot) => blockMessage(bench.made(bench.genesis, slot, {}, 2)));
    expect(offence(one!, other!)).toBe('twoProposals');
    expect(offence(one!, one!)).toBeUndefined();
    expect(offence(one!, later!)).toBeUndefined();
    expect(offence(one!, said(2, vote))).toBeUndefined();
  });
});

/** One of a seed with which something holds. */
function benchThat(holds: (bench: OneValidator) => boolean): OneValidator {
  for (let seed = 0; seed < 1000; seed++) {
    const bench = new OneValidator({ seed, own: { proposerBoostPermille: 0 } });
    if (holds(bench)) return bench;
  }
  throw new Error('no seed does');
}

/** Two blocks on genesis, for which this validator did not vote in the first epoch, and somebody of slot 2 who is not this validator. */
function forked() {
  const bench = benchThat((each) => each.committee(0).includes(7));
  const [one, other] = [1, 2].map((slot) => bench.made(bench.genesis, slot)) as [Block, Block];
  bench.passToSlot(3);
  bench.take(one, other);
  const author = bench.committee(2).find((identity) => identity !== 7)!;
  return { bench, one, other, author };
}

describe('a validator that hears of', () => {
  it('two votes of one epoch keeps the proof, and counts neither', () => {
    const { bench, one, other, author } = forked();
    bench.vote(author, bench.data(other, 2));
    bench.passToSlot(4);
    expect([bench.head, bench.offences]).toEqual([other.id, []]);
    bench.vote(author, bench.data(one, 2));
    bench.vote(author, bench.data(one, 2));
    expect(bench.offences).toEqual([`${author} twoVotes`]);
    bench.passToSlot(5);
    expect(bench.head).toBe(one.id);
  });

  it('the same in aggregates, and blames those alone who are in both', () => {
    const bench = new OneValidator({ powers: equals(40) });
    const [one, other] = [1, 2].map((slot) => bench.made(bench.genesis, slot)) as [Block, Block];
    bench.passToSlot(3);
    bench.take(one, other);
    const members = bench.committee(2).filter((identity) => identity !== 7);
    const [first, second] = [members.slice(0, 5), members.slice(3, 8)];
    bench.aggregate(bench.signed(bench.data(one, 2), first), bench.signed(bench.data(other, 2), second));
    expect(bench.offences.sort()).toEqual(
      members
        .slice(3, 5)
        .map((identity) => `${identity} twoVotes`)
        .sort(),
    );
  });

  it('a vote that surrounds another keeps the proof, whichever came first', () => {
    for (const isReversed of [false, true]) {
      const bench = new OneValidator();
      const slotIn = (epoch: number): number =>
        [0, 1, 2, 3].map((at) => 4 * epoch + at).find((slot) => bench.committee(slot).includes(5))!;
      // All vote, but the fifth not in epochs 2 and 3.
      const chain = bench.grow(bench.genesis, 16, (slot) =>
        everybody().filter((identity) => identity !== 5 || slot < 8),
      );
      const dataIn = (epoch: number): AttestationData => {
        const slot = slotIn(epoch);
        return bench.data(chain.filter(({ round }) => round <= slot).at(-1)!, slot);
      };
      const inner = dataIn(2);
      const outer = { ...dataIn(3), source: checkpointOf(0, 0) };
      expect([inner.source.epoch, inner.target.epoch, outer.target.epoch]).toEqual([1, 2, 3]);
      const votes = isReversed ? [outer, inner] : [inner, outer];
      bench.vote(5, votes[0]!);
      expect(bench.offences).toEqual([]);
      bench.vote(5, votes[1]!);
      expect(bench.offences).toEqual(['5 surroundVote']);
    }
  });

  it('two valid blocks in a slot keeps the proof', () => {
    const bench = new OneValidator();
    const [one, other] = [1, 1].map((slot) => bench.made(bench.genesis, slot)) as [Block, Block];
    bench.passToSlot(1);
    bench.take(one, other);
    expect(bench.offences).toEqual([`${one.proposer} twoProposals`]);
  });
});

describe('a proof', () => {
  /** This validator's next block, some slots on. */
  function nextOwn(bench: OneValidator, from: number): Block {
    bench.sent = [];
    for (let slot = from; slot < from + 200; slot++) {
      bench.passToSlot(slot);
      bench.executeAll();
      const own = bench.sentOf(0).at(-1);
      if (own !== undefined) return own.message.block;
    }
    throw new Error('never its turn');
  }

  it('goes into the next block of who has it, and takes the stake there', () => {
    const { bench, one, other, author } = forked();
    bench.vote(author, bench.data(other, 2));
    bench.vote(author, bench.data(one, 2));
    const block = nextOwn(bench, 4);
    expect(block.extra).toMatchObject({ slashings: [{ identity: author, kind: 'twoVotes' }] });
    expect(bench.notes.filter(({ kind }) => kind === 'slashed').map(({ why }) => why)).toEqual([
      `validator ${author}: twoVotes`,
    ]);
    // From the next epoch on it has nothing, and counts nothing.
    const epoch = Math.floor(block.round / 4) + 1;
    const after = bench.made(block, 4 * epoch);
    bench.passToSlot(4 * epoch);
    bench.take(after);
    const { accounts, weights } = bench.chainOf(after).progress.epoch;
    expect([accounts.stakes[author], accounts.slashed[author], weights[author]]).toEqual([0, 1, 0]);
    expect(accounts.burnt).toBeGreaterThanOrEqual(31_000_000_000);
    // It is not slashed twice.
    expect(nextOwn(bench, 4 * epoch + 1).extra).toMatchObject({ slashings: [] });
  });

  it('that proves nothing is refused, and so is one of somebody who was slashed', () => {
    const { bench, one, other, author } = forked();
    const votes = [bench.data(other, 2), bench.data(one, 2)] as const;
    const slashing = Object.freeze({
      identity: author,
      kind: 'twoVotes' as const,
      one: votes[0],
      other: votes[1],
    });
    const innocent = everybody().find((identity) => !bench.committee(2).includes(identity))!;
    const wrong = [
      { ...slashing, identity: innocent },
      { ...slashing, identity: 99 },
      { ...slashing, other: slashing.one },
      { ...slashing, kind: 'surroundVote' as const },
      { identity: author, kind: 'twoProposals' as const, one, other },
      { identity: one.proposer, kind: 'twoProposals' as const, one, other: one },
    ];
    for (const each of wrong) bench.take(bench.made(one, 3, { slashings: [each] }));
    bench.take(bench.made(one, 3, { slashings: [slashing, slashing] }));
    expect(bench.refusals).toEqual(new Array(wrong.length + 1).fill('slashing'));
    const right = bench.made(one, 3, { slashings: [slashing] });
    bench.passToSlot(4);
    bench.take(right, bench.made(right, 4, { slashings: [slashing] }));
    expect(bench.head).toBe(right.id);
    expect(bench.refusals.slice(-1)).toEqual(['slashing']);
    expect(proposerIn(bench.chains, bench.chainOf(one), 3)).toBe(right.proposer);
  });
});
