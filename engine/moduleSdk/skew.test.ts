import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPrng } from '../base/prng.ts';
import { BUSY_POOLS } from '../modules/amm/workload.ts';
import { BUSY_RECIPIENTS } from '../modules/bank/workload.ts';
import { skewedPlace } from './skew.ts';

const sum = (shares: readonly number[]): number => shares.reduce((total, share) => total + share, 0);

describe('the published skew', () => {
  it('gives the hottest and the first ten what was measured, in thousandths', () => {
    expect([BUSY_RECIPIENTS[0], BUSY_RECIPIENTS.length, sum(BUSY_RECIPIENTS)]).toEqual([200, 10, 440]);
    expect([BUSY_POOLS[0], BUSY_POOLS.length, sum(BUSY_POOLS)]).toEqual([100, 10, 520]);
    for (const table of [BUSY_RECIPIENTS, BUSY_POOLS]) {
      expect([...table].sort((a, b) => b - a)).toEqual(table);
    }
  });

  it('is what the places chosen show, and the rest is even', () => {
    const places = 30;
    const draws = 100_000;
    const prng = createPrng(1);
    const count = new Array<number>(places).fill(0);
    for (let i = 0; i < draws; i++) count[skewedPlace(prng, BUSY_POOLS, places)]!++;
    BUSY_POOLS.forEach((permille, rank) => {
      expect(Math.abs(count[rank]! / draws - permille / 1000)).toBeLessThan(0.005);
    });
    for (const others of count.slice(10)) expect(Math.abs(others / draws - 0.48 / 20)).toBeLessThan(0.003);
  });

  it('names a place that is there, however few there are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 0xffffffff }),
        fc.integer({ min: 1, max: 40 }),
        (seed, places) => {
          const prng = createPrng(seed);
          for (let i = 0; i < 20; i++) {
            const place = skewedPlace(prng, BUSY_RECIPIENTS, places);
            expect(Number.isInteger(place) && place >= 0 && place < places).toBe(true);
          }
        },
      ),
    );
  });
});
