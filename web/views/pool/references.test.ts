import { describe, expect, it } from 'vitest';
import {
  busiest,
  currentStretch,
  firstPool,
  liquidityShares,
  poolChangedBy,
  referenceOf,
} from './references.ts';
import type { PoolSeries, PoolState } from './series.ts';

function state(x: number, tx = -1): PoolState {
  return { tx, atUs: tx, reserve0: BigInt(x), reserve1: BigInt(x), liquidity: BigInt(x), x, y: x };
}

function series(pool: number, states: readonly PoolState[], asset1 = 1, origin = pool): PoolSeries {
  return { pool, asset0: 0, asset1, origin, states, hugeDigits: 0 };
}

const split = [
  series(0, [state(1000), state(250, 0), state(260, 4)]),
  series(1, [state(900)], 2),
  series(8, [state(250, 0), state(240, 5)], 1, 0),
  series(9, [state(250, 0), state(255, 6), state(256, 7)], 1, 0),
];

describe('pools beside each other', () => {
  it('share one scale with their pair, unless they would vanish on it', () => {
    expect(referenceOf(split, split[2]!)).toEqual({ x: 1000, y: 1000 });
    expect(referenceOf(split, split[1]!)).toEqual({ x: 900, y: 900 });
    const tiny = series(3, [state(2)]);
    expect(referenceOf([...split, tiny], tiny)).toEqual({ x: 2, y: 2 });
    expect(referenceOf([], series(5, [state(0)]))).toEqual({ x: 1, y: 1 });
  });

  it('share the liquidity of their pair', () => {
    const shares = liquidityShares(split, [2, 1, 1, 1]);
    expect(shares[0]! + shares[2]! + shares[3]!).toBeCloseTo(1);
    expect(shares[1]).toBe(1);
    expect(liquidityShares(split, [0, 0, 0, 0])).toEqual([0, 0, 0, 0]);
  });

  it('stand beside the pool they were split from, and the chosen one is always there', () => {
    expect(busiest(split, 8, 0).map(({ pool }) => pool)).toEqual([0, 8, 9, 1]);
    expect(busiest(split, 2, 1).map(({ pool }) => pool)).toContain(1);
  });

  it('begin with the pool whose family trades most', () => {
    expect(firstPool(split)?.pool).toBe(0);
    expect(firstPool([])).toBe(undefined);
  });

  it('are found by the transaction that changed them', () => {
    expect(poolChangedBy(split, 7)).toBe(9);
    expect(poolChangedBy(split, 99)).toBe(null);
    expect(poolChangedBy(split, null)).toBe(null);
  });
});

describe('currentStretch', () => {
  const pool = split[3]!;
  it('reaches from the last change of liquidity to the next', () => {
    const isTrade = (index: number) => index !== 1;
    expect(currentStretch(pool, 3, isTrade)).toEqual({ first: 1, last: 2 });
    expect(currentStretch(pool, 1, isTrade)).toEqual({ first: 0, last: 0 });
    expect(currentStretch(pool, 1, () => true)).toEqual({ first: 0, last: 2 });
  });
});
