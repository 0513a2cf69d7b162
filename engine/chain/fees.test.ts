import { describe, expect, it } from 'vitest';
import {
  effectivePrice,
  followingBaseFees,
  INITIAL_BASE_FEE,
  initialBaseFees,
  marketOf,
  nextBaseFee,
  WHOLE_CHAIN,
} from './fees.ts';

describe('the base fee', () => {
  // The rows that the tests of EIP-1559 clients share: parent's fee, target and gas used.
  it.each([
    [1_000_000_000, 10_000_000, 10_000_000, 1_000_000_000],
    [1_000_000_000, 10_000_000, 9_000_000, 987_500_000],
    [1_000_000_000, 10_000_000, 11_000_000, 1_012_500_000],
  ])('of a parent at %i with target %i and %i used', (fee, target, used, next) => {
    expect(nextBaseFee(fee, used, target)).toBe(next);
  });

  it('moves by an eighth at most, by one at least when it rises, and stops above nothing', () => {
    expect(nextBaseFee(800, 200, 100)).toBe(900);
    expect(nextBaseFee(800, 0, 100)).toBe(700);
    expect(nextBaseFee(1, 101, 100)).toBe(2);
    expect(nextBaseFee(7, 0, 100)).toBe(7);
    expect(nextBaseFee(0, 200, 100)).toBe(1);
    expect(nextBaseFee(0x7fff_ffff, 4_000_000_000, 2_000_000_000)).toBe(0x7fff_ffff);
    expect(nextBaseFee(500, 12, 0)).toBe(500);
  });

  it('is one for the chain, or one a lane', () => {
    expect(initialBaseFees('fixed', [1, 2])).toEqual(new Map());
    expect(initialBaseFees('global', [1, 2])).toEqual(new Map([[WHOLE_CHAIN, INITIAL_BASE_FEE]]));
    expect(initialBaseFees('local', [1, 2])).toEqual(
      new Map([
        [1, INITIAL_BASE_FEE],
        [2, INITIAL_BASE_FEE],
      ]),
    );
    expect([marketOf('global', 5), marketOf('local', 5)]).toEqual([WHOLE_CHAIN, 5]);
  });

  it('rises for everybody with one market, and for the busy lane alone with one a lane', () => {
    const craze = new Map([
      [1, 10],
      [2, 190],
    ]);
    expect(followingBaseFees(initialBaseFees('global', [1, 2]), craze, 100)).toEqual(
      new Map([[WHOLE_CHAIN, 1125]]),
    );
    const local = followingBaseFees(initialBaseFees('local', [1, 2]), craze, 200);
    expect(local.get(1)).toBeLessThan(INITIAL_BASE_FEE);
    expect(local.get(2)).toBeGreaterThan(INITIAL_BASE_FEE);
  });
});

describe('what a bid pays', () => {
  it('is the base fee and the tip, never more than the bid, and nothing gets in below the base fee', () => {
    expect(effectivePrice(100, 10, 50)).toBe(60);
    expect(effectivePrice(100, 80, 50)).toBe(100);
    expect(effectivePrice(50, 80, 50)).toBe(50);
    expect(effectivePrice(49, 80, 50)).toBeUndefined();
  });
});
