import { describe, expect, it } from 'vitest';
import { exponentialOf, negativeLog } from './fixedLog.ts';
import { prngWords } from './prng.ts';

describe('logarithms of whole numbers', () => {
  it('are those of the real ones', () => {
    for (let i = 1; i < 2 ** 32; i = Math.ceil(i * 1.0007) + 1) {
      const exact = -Math.log(i / 2 ** 32);
      expect(Math.abs(negativeLog(i) / 2 ** 24 - exact)).toBeLessThan(1e-6);
    }
    expect(negativeLog(2 ** 32 - 1)).toBe(0);
  });

  it('draw from the exponential distribution', () => {
    const words = prngWords(3, 'exponential');
    for (const mean of [50_000, 600_000_000, 2 ** 37]) {
      const draws = Array.from({ length: 40_000 }, () => exponentialOf(words, mean));
      expect(draws.every(Number.isSafeInteger)).toBe(true);
      const average = draws.reduce((sum, draw) => sum + draw / draws.length, 0);
      // Five standard errors.
      expect(Math.abs(average / mean - 1)).toBeLessThan(0.025);
      const above = draws.filter((draw) => draw > mean).length / draws.length;
      expect(Math.abs(above - Math.exp(-1))).toBeLessThan(0.0125);
    }
  });
});
