import { describe, expect, it } from 'vitest';
import { factor, humane, percent, price, signedPercent } from './numbers.ts';

describe('numbers of the pools', () => {
  it('write amounts of any size', () => {
    expect([0n, 950n, 12_500n, 1_250_000n].map(humane)).toEqual(['0', '950', humane(12_500), '1.25M']);
    expect(humane(0.5)).toBe('0.50');
    expect(humane(10n ** 38n)).toBe('1.000 × 10³⁸');
    expect(humane(Number.NaN)).toBe('0');
  });

  it('write prices with the digits that move', () => {
    expect([2, 0.994266, 1234.5678, 0].map(price)).toEqual(['2.00000', '0.994266', '1234.57', '0']);
    expect(price(Number.NaN)).toBe('–');
    expect(price(1e-12)).toMatch(/e-12$/);
  });

  it('write small shares so that they say something', () => {
    expect([0.003, 0.00035, 0.0000075, 0.31].map(percent)).toEqual([
      '0.30 %',
      '0.035 %',
      '0.0008 %',
      '31.0 %',
    ]);
    expect(percent(1e-9)).toBe('< 0.0001 %');
    expect(signedPercent(-0.0057)).toBe('−0.57 %');
    expect(signedPercent(0)).toBe('±0 %');
    expect(signedPercent(Number.NaN)).toBe('–');
  });

  it('write magnifications', () => {
    expect([3.2, 172, Number.POSITIVE_INFINITY].map(factor)).toEqual(['×3', '×170', '×∞']);
  });
});
