import { describe, expect, it } from 'vitest';
import { plainApplication } from '../application.ts';
import type { Block } from '../contract.ts';
import { Ledger } from '../simulator/ledger.ts';
import {
  isAfterMedian,
  meanWaitUs,
  medianTimePast,
  nextDifficulty,
  retargeted,
  workOf,
} from './difficulty.ts';
import { type NakamotoSettings, readSettings } from './settings.ts';

const settingsWith = (given: Record<string, number>): NakamotoSettings => {
  const read = readSettings(given);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
};

/** A chain with these times, under the rules. */
function chainOf(settings: NakamotoSettings, timesUs: readonly number[]) {
  const ledger = new Ledger(plainApplication(0, 0), 1);
  const blockOf = (id: number): Block => ledger.block(id);
  let tip = ledger.block(0);
  for (const timeUs of timesUs) {
    const difficulty = nextDifficulty(settings, tip, blockOf);
    const extra = Object.freeze({ difficulty, work: workOf(tip) + difficulty });
    tip = ledger.make(tip, 0, 0, timeUs, extra);
  }
  return { tip, blockOf, next: nextDifficulty(settings, tip, blockOf) };
}

describe('difficulty', () => {
  const settings = settingsWith({ retargetBlocks: 4, blockIntervalUs: 1000 });

  it('is adjusted at multiples of the period, by the time between the first and the last block of it', () => {
    const { tip, next, blockOf } = chainOf(settings, [1000, 2000, 2000]);
    // Blocks 0 to 3 took 2,000 µs where 4,000 were wanted.
    expect(next).toBe(2_000_000);
    expect(tip.extra).toEqual({ difficulty: 1_000_000, work: 3_000_000 });
    const later = chainOf(settings, [1000, 2000, 2000, 3000, 4000, 5000]);
    expect(later.tip.extra).toEqual({ difficulty: 2_000_000, work: 9_000_000 });
    expect(later.next).toBe(2_000_000);
    expect(nextDifficulty(settings, blockOf(2), blockOf)).toBe(1_000_000);
    // Blocks 4 to 7.
    expect(chainOf(settings, [1000, 2000, 2000, 3000, 4000, 5000, 7000]).next).toBe(2_000_000);
    expect(chainOf(settings, [1000, 2000, 2000, 3000, 4000, 5000, 11_000]).next).toBe(1_000_000);
  });

  it('measures one interval less than there are blocks in a period, as Bitcoin does', () => {
    expect(chainOf(settings, [1000, 2000, 3000]).next).toBe(Math.floor(4_000_000 / 3));
  });

  it('changes by a factor of four at most', () => {
    expect(chainOf(settings, [1, 2, 3]).next).toBe(4_000_000);
    expect(chainOf(settings, [1, 2, 1_000_000]).next).toBe(250_000);
    expect(retargeted(1000, 0, 4000)).toBe(4000);
    expect(retargeted(1000, 1_000_000, 4000)).toBe(250);
    expect(retargeted(1000, 1001, 4000)).toBe(3996);
    expect(retargeted(1000, 15_999, 4000)).toBe(250);
    // Times may go backwards within the median.
    expect(retargeted(1000, -5, 4000)).toBe(4000);
    expect(retargeted(1, 16_000, 4000)).toBe(1);
    expect(retargeted(2 ** 32, 1000, 4000)).toBe(2 ** 32);
  });

  it('stays without a period, and starts where it is told', () => {
    const fixed = settingsWith({ retargetBlocks: 0, startDifficultyPermille: 500 });
    expect(chainOf(fixed, [1, 2, 3, 4, 5]).next).toBe(500_000);
  });

  it('makes a miner wait in proportion to it and to the share of the hash rate', () => {
    expect(meanWaitUs(settings, 1, 4, 1_000_000)).toBe(4000);
    expect(meanWaitUs(settings, 2, 4, 500_000)).toBe(1000);
    expect(meanWaitUs(settings, 10 ** 12, 10 ** 12 + 1, 1)).toBe(1);
    expect(meanWaitUs(settingsWith({}), 1, 10 ** 15, 2 ** 32)).toBe(2 ** 44);
  });
});

describe('the median of the last eleven times', () => {
  const settings = settingsWith({ retargetBlocks: 0 });
  const cases: readonly (readonly number[])[] = [
    [],
    [5],
    [5, 3],
    [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120],
    [50, 10, 60, 20, 70, 30, 80, 40, 90, 55, 65, 5, 75, 1],
    [7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7],
  ];

  it('is the middle one, the upper of two, genesis and its 0 among them', () => {
    const medians = cases.map((times) => {
      const { tip, blockOf } = chainOf(settings, times);
      return medianTimePast(tip, blockOf);
    });
    expect(medians).toEqual([0, 5, 3, 70, 55, 7]);
  });

  it('is found to be passed without sorting', () => {
    for (const times of cases) {
      const { tip, blockOf } = chainOf(settings, times);
      const median = medianTimePast(tip, blockOf);
      for (let timeUs = 0; timeUs < 130; timeUs++) {
        expect(isAfterMedian(timeUs, tip, blockOf)).toBe(timeUs > median);
      }
    }
  });
});
