import { describe, expect, it } from 'vitest';
import {
  copyProposers,
  freshProposers,
  incrementPriority,
  MAX_TOTAL_POWER,
  proposerSequence,
} from './proposerPriority.ts';

const sequence = (powers: readonly (number | bigint)[], steps: number): readonly number[] => {
  const found = proposerSequence(powers.map(BigInt), steps);
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
};
const fresh = (powers: readonly (number | bigint)[]) => {
  const set = freshProposers(powers.map(BigInt));
  if (!set.ok) throw new Error(set.error.message);
  return set.value;
};

// CometBFT, types/validator_set_test.go, TestProposerSelection1.
const PUBLISHED = [
  'foo baz foo bar foo foo baz foo bar foo foo baz foo foo bar foo baz foo foo bar',
  'foo foo baz foo bar foo foo baz foo bar foo foo baz foo foo bar foo baz foo foo bar',
  'foo baz foo foo bar foo baz foo foo bar foo baz foo foo foo baz bar foo foo foo baz',
  'foo bar foo foo baz foo bar foo foo baz foo bar foo foo baz foo bar foo foo baz foo',
  'foo bar foo baz foo foo bar foo baz foo foo bar foo baz foo foo',
]
  .join(' ')
  .split(' ');

describe('proposer priority', () => {
  it('gives the sequence that CometBFT publishes', () => {
    expect(PUBLISHED).toHaveLength(99);
    for (const names of [
      ['bar', 'baz', 'foo'],
      ['foo', 'bar', 'baz'],
    ]) {
      const power: Record<string, number> = { foo: 1000, bar: 300, baz: 330 };
      const powers = names.map((name) => power[name]!);
      expect(sequence(powers, 99).map((index) => names[index])).toEqual(PUBLISHED);
    }
  });

  // TestProposerSelection2 and 3.
  it('takes turns among equals, and gives everybody its share', () => {
    expect(sequence([100, 100, 100], 7)).toEqual([0, 1, 2, 0, 1, 2, 0]);
    expect(sequence([1, 1, 1, 1], 9)).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 0]);
    expect(sequence([100, 100, 400], 2)).toEqual([2, 0]);
    expect(sequence([100, 100, 401], 3)).toEqual([2, 2, 0]);
    const turns = sequence([4, 5, 3], 120);
    expect([0, 1, 2].map((who) => turns.filter((one) => one === who).length)).toEqual([40, 50, 30]);
  });

  // TestAveragingInIncrementProposerPriorityWithVotingPower: whose turn it is, and all priorities, after so many steps at once.
  it('moves priorities as published', () => {
    const [vp0, vp1, vp2, total] = [10n, 1n, 1n, 12n];
    const expected: readonly (readonly [proposer: number, bigint, bigint, bigint])[] = [
      [0, vp0 - total, vp1, vp2],
      [0, 2n * (vp0 - total), 2n * vp1, 2n * vp2],
      [0, 3n * (vp0 - total), 3n * vp1, 3n * vp2],
      [0, 4n * (vp0 - total), 4n * vp1, 4n * vp2],
      [1, 4n * (vp0 - total) + vp0, 5n * vp1 - total, 5n * vp2],
      [0, 6n * vp0 - 5n * total, 6n * vp1 - total, 6n * vp2],
      [0, 7n * vp0 - 6n * total, 7n * vp1 - total, 7n * vp2],
      [0, 8n * vp0 - 7n * total, 8n * vp1 - total, 8n * vp2],
      [2, 9n * vp0 - 7n * total, 9n * vp1 - total, 9n * vp2 - total],
      [0, 10n * vp0 - 8n * total, 10n * vp1 - total, 10n * vp2 - total],
      [0, 11n * vp0 - 9n * total, 11n * vp1 - total, 11n * vp2 - total],
    ];
    expected.forEach(([proposer, ...priorities], i) => {
      const set = fresh([vp0, vp1, vp2]);
      set.priorities.fill(0n);
      incrementPriority(set, i + 1);
      expect([...set.priorities]).toEqual(priorities);
      expect(set.proposer).toBe(proposer);
    });
  });

  // TestAveragingInIncrementProposerPriority, where powers are zero, so that only the average moves priorities.
  it('centres priorities on their average, rounded down', () => {
    for (const [given, times, average] of [
      [[1n, 2n, 3n], 1, 2n],
      [[10n, -10n, 1n], 11, 0n],
      [[100n, -10n, 1n], 1, 30n],
      [[-1n, -1n, 0n], 1, -1n],
    ] as const) {
      const set = { ...fresh([1, 1, 1]), powers: new BigInt64Array(3), total: 1000n };
      set.priorities.set(given);
      incrementPriority(set, times);
      // Who proposes pays the total each time; the rest is what was given, centred.
      const turns = given.map((one, i) => (one - average - set.priorities[i]!) / 1000n);
      expect(turns.reduce((sum, one) => sum + one, 0n)).toBe(BigInt(times));
      expect([...set.priorities]).toEqual(given.map((one, i) => one - average - 1000n * turns[i]!));
    }
  });

  // RescalePriorities: the window is twice the power of all.
  it('brings priorities that are too far apart nearer, towards zero', () => {
    const set = fresh([1, 1, 1]);
    set.priorities.set([-100n, 0n, 101n]);
    incrementPriority(set, 1);
    // 201 over 6 rounds up to 34: −2, 0, 2; plus 1 each, minus 3 for the third.
    expect([...set.priorities]).toEqual([-1n, 1n, 0n]);
    expect(set.proposer).toBe(2);
  });

  it('leaves the set alone that a copy was made of', () => {
    const set = fresh([3, 2]);
    const before = [...set.priorities];
    incrementPriority(copyProposers(set), 5);
    expect([...set.priorities]).toEqual(before);
  });

  it('is exact up to the largest power, and refuses more, less than one, and nobody', () => {
    const half = MAX_TOTAL_POWER / 2n;
    expect(sequence([half, half, 1n], 5)).toEqual(sequence([half, half, 1n], 5));
    // One unit more decides, which a double would not hold.
    expect(sequence([half, half + 1n], 2)).toEqual([1, 0]);
    expect(sequence([half + 1n, half], 2)).toEqual([0, 1]);
    const codes = [[], [0n], [1n, -1n], [MAX_TOTAL_POWER, 1n]].map((powers) => {
      const refused = proposerSequence(powers, 1);
      return refused.ok ? 'ok' : refused.error.code;
    });
    expect(codes).toEqual([
      'consensus/no_power',
      'consensus/no_power',
      'consensus/no_power',
      'consensus/too_much_power',
    ]);
  });
});
