import { describe, expect, it } from 'vitest';
import { makeFixtureRun } from '../tests/fixtureRun.ts';
import { defaultSlowdown, ladder, neighbourSlowdown, rungOf, sortedEnds, stepTime } from './slowMotion.ts';

describe('slow motion', () => {
  it('climbs 1, 2, 5, 10', () => {
    expect([0, 1, 2, 3, 4, 5, 6].map(ladder)).toEqual([1, 2, 5, 10, 20, 50, 100]);
    expect(rungOf(1100)).toBe(9);
    expect(neighbourSlowdown(1000, 1)).toBe(2000);
    expect(neighbourSlowdown(1, -1)).toBe(1);
  });

  it('shows a block for about four seconds', () => {
    for (const durationUs of [90, 450, 3000, 70_000, 3_000_000]) {
      const seconds = (durationUs * defaultSlowdown(durationUs)) / 1e6;
      expect(seconds).toBeGreaterThan(2);
      expect(seconds).toBeLessThan(8);
    }
    expect(defaultSlowdown(0)).toBe(1000);
    expect(defaultSlowdown(60e6)).toBe(1);
  });

  it('steps through every distinct end, forth and back', () => {
    const ends = sortedEnds(makeFixtureRun({ transactions: 30 }).trace);
    const forth: number[] = [];
    for (let at = stepTime(ends, 0, 1); at !== null; at = stepTime(ends, at, 1)) forth.push(at);
    expect(forth).toEqual([...new Set(ends)]);
    const back: number[] = [];
    for (let at = stepTime(ends, Number.POSITIVE_INFINITY, -1); at !== null; at = stepTime(ends, at, -1))
      back.push(at);
    expect(back.reverse()).toEqual(forth);
    expect(stepTime(new Float64Array(0), 5, 1)).toBe(null);
  });
});
