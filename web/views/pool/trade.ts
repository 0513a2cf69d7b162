import type { PoolState } from './series.ts';

/** What a trader pays to those who provide liquidity, as Uniswap v2 has it. */
export const FEE_SHARE = 0.003;

/** A swap as its pool recorded it. Prices are those of asset 0 in asset 1. */
export interface Trade {
  readonly tx: number;
  /** Which asset was paid in. */
  readonly sells: 0 | 1;
  readonly amountIn: bigint;
  readonly amountOut: bigint;
  readonly priceBefore: number;
  readonly pricePaid: number;
  readonly priceAfter: number;
  /** How much less was got than at the price before, 0 to 1. */
  readonly costShare: number;
  /** The part of it that is the fee, and the part that is the pool's price giving way. */
  readonly feeShare: number;
  readonly impactShare: number;
}

export function priceOf(state: PoolState): number {
  return state.x > 0 ? state.y / state.x : Number.NaN;
}

export function isDrained(state: PoolState | undefined): boolean {
  return state === undefined || state.reserve0 === 0n || state.reserve1 === 0n;
}

/** The trade between two states, or null when it was none: liquidity came or went, or nothing moved. */
export function tradeBetween(before: PoolState, after: PoolState): Trade | null {
  const change0 = after.reserve0 - before.reserve0;
  const change1 = after.reserve1 - before.reserve1;
  if (isDrained(before) || change0 * change1 >= 0n) return null;
  const sells = change0 > 0n ? 0 : 1;
  const amountIn = sells === 0 ? change0 : change1;
  const amountOut = sells === 0 ? -change1 : -change0;
  const priceBefore = priceOf(before);
  const pricePaid = sells === 0 ? Number(amountOut) / Number(amountIn) : Number(amountIn) / Number(amountOut);
  const costShare = sells === 0 ? 1 - pricePaid / priceBefore : 1 - priceBefore / pricePaid;
  return {
    tx: after.tx,
    sells,
    amountIn,
    amountOut,
    priceBefore,
    pricePaid,
    priceAfter: priceOf(after),
    costShare,
    feeShare: Math.min(FEE_SHARE, Math.max(0, costShare)),
    impactShare: Math.max(0, costShare - FEE_SHARE),
  };
}

/** All trades among these states, in commit order. */
export function tradesOf(states: readonly PoolState[]): Trade[] {
  return states.flatMap((state, i) => {
    const trade = i === 0 ? null : tradeBetween(states[i - 1]!, state);
    return trade === null ? [] : [trade];
  });
}

/** Fees that these trades left in the pool, per asset; approximate, since the pool rounds in its favour. */
export function feesOf(trades: readonly Trade[]): { readonly fee0: number; readonly fee1: number } {
  let fee0 = 0;
  let fee1 = 0;
  for (const { amountIn, sells } of trades) {
    if (sells === 0) fee0 += Number(amountIn) * FEE_SHARE;
    else fee1 += Number(amountIn) * FEE_SHARE;
  }
  return { fee0, fee1 };
}

/** How much of asset 0 must be sold to move the price by a share of itself, the fee left aside. */
export function depthOf(state: PoolState, share = 0.01): number {
  return state.x * (1 / Math.sqrt(1 - share) - 1);
}

/** What a share of the pool has gained: √k per unit of liquidity, compared. NaN when either is empty. */
export function growthPerShare(before: PoolState, after: PoolState): number {
  if (isDrained(before) || isDrained(after) || before.liquidity === 0n || after.liquidity === 0n)
    return Number.NaN;
  const roots = Math.sqrt(after.x / before.x) * Math.sqrt(after.y / before.y);
  return (roots * Number(before.liquidity)) / Number(after.liquidity) - 1;
}
