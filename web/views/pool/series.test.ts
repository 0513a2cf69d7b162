import { describe, expect, it } from 'vitest';
import type { TableHistory } from '../../../engine/api/index.ts';
import { makeFixtureRun } from '../../tests/fixtureRun.ts';
import { POOLS_TABLE, readPools, statesBy } from './series.ts';
import { depthOf, feesOf, growthPerShare, isDrained, tradeBetween, tradesOf } from './trade.ts';

const run = makeFixtureRun({ transactions: 20 });

function record(reserve0: string, reserve1: string, liquidity = '1000') {
  return { asset0: 0, asset1: 1, origin: 0, lastUpdate: 0, reserve0, reserve1, liquidity, kLast: '0' };
}

/** What a swap leaves behind by the exchange's integer rule. */
function afterSelling(reserve0: bigint, reserve1: bigint, amountIn: bigint): [bigint, bigint] {
  const withFee = amountIn * 997n;
  return [reserve0 + amountIn, reserve1 - (withFee * reserve1) / (reserve0 * 1000n + withFee)];
}

function read(initial: TableHistory['initial'], changes: TableHistory['changes'] = []) {
  return readPools(run, { table: POOLS_TABLE, initial, changes });
}

describe('readPools', () => {
  it('answers no pools with none', () => {
    expect(read([])).toEqual([]);
  });

  it('follows each pool through the block by commit times', () => {
    const [pool] = read(
      [{ key: [3], value: record('1000', '2000') }],
      [
        { tx: 2, key: [3], value: record('1100', '1820') },
        { tx: 9, key: [3], value: record('1000', '2010') },
      ],
    );
    expect(pool!.pool).toBe(3);
    expect(pool!.states.map((state) => state.tx)).toEqual([-1, 2, 9]);
    const [, second, third] = pool!.states;
    expect(statesBy(pool!, -1)).toBe(1);
    expect(statesBy(pool!, second!.atUs)).toBe(2);
    expect(statesBy(pool!, third!.atUs)).toBe(3);
    expect(second!.atUs).toBeLessThan(third!.atUs);
  });

  it('lets a pool be born and be drained inside the block', () => {
    const [pool] = read(
      [],
      [
        { tx: 0, key: [7], value: record('500', '500') },
        { tx: 1, key: [7], value: null },
      ],
    );
    expect(statesBy(pool!, -1)).toBe(0);
    expect(isDrained(pool!.states[0])).toBe(false);
    expect(isDrained(pool!.states[1])).toBe(true);
    expect(isDrained(undefined)).toBe(true);
  });

  it('says so when numbers are too large to draw, and leaves nonsense out', () => {
    expect(read([{ key: [0], value: record('9'.repeat(200), '5') }])[0]!.hugeDigits).toBe(200);
    expect(
      read([
        { key: [0], value: { reserve0: '-4', reserve1: 'x' } },
        { key: [1], value: 'pool' },
      ]),
    ).toEqual([]);
  });
});

describe('trades', () => {
  const before = 1_000_000n;
  const [x, y] = afterSelling(before, 2_000_000n, 10_000n);
  const [pool] = read(
    [{ key: [0], value: record('1000000', '2000000') }],
    [
      { tx: 4, key: [0], value: record(x.toString(), y.toString()) },
      { tx: 6, key: [0], value: record((x * 2n).toString(), (y * 2n).toString(), '2000') },
    ],
  );
  const [start, sold, added] = pool!.states;

  it('are told apart from liquidity that comes or goes', () => {
    expect(tradesOf(pool!.states).map((trade) => trade.tx)).toEqual([4]);
    expect(tradeBetween(sold!, added!)).toBe(null);
    expect(tradeBetween(start!, start!)).toBe(null);
  });

  it('cost the fee and what the price gives way', () => {
    const trade = tradeBetween(start!, sold!)!;
    expect(trade.sells).toBe(0);
    expect(trade.amountIn).toBe(10_000n);
    expect(trade.feeShare).toBeCloseTo(0.003);
    expect(trade.impactShare).toBeCloseTo(0.0098, 3);
    expect(trade.pricePaid).toBeLessThan(trade.priceBefore);
    expect(trade.priceAfter).toBeLessThan(trade.pricePaid);
    expect(feesOf([trade])).toEqual({ fee0: 30, fee1: 0 });
  });

  it('the other way round cost the same', () => {
    const back = tradeBetween(sold!, { ...start!, reserve0: x - 9_000n, reserve1: y + 18_500n })!;
    expect(back.sells).toBe(1);
    expect(back.pricePaid).toBeGreaterThan(back.priceBefore);
    expect(back.costShare).toBeGreaterThan(0);
  });

  it('make shares worth more, while adding liquidity does not', () => {
    expect(growthPerShare(start!, sold!)).toBeGreaterThan(0);
    expect(growthPerShare(sold!, added!)).toBeCloseTo(0, 9);
    expect(growthPerShare(start!, { ...sold!, reserve0: 0n })).toBeNaN();
  });

  it('need the depth to move the price by one per cent', () => {
    const depth = depthOf(start!);
    const moved = (start!.x * start!.y) / (start!.x + depth) / (start!.x + depth);
    expect(moved / (start!.y / start!.x)).toBeCloseTo(0.99, 9);
  });
});
