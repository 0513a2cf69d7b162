import { integerSqrt, MAX_U112, MAX_U256, minBigint } from '../../base/integerMath.ts';

/**
 * The integer rules of Uniswap v2, as pure functions. Source: the Uniswap v2 whitepaper (Adams,
 * Zinsmeister, Robinson, 2020) and the behaviour of v2-core's pair and v2-periphery's library. All
 * amounts are in base units, every division rounds down, reserves are below 2^112.
 */

/** Liquidity that the first deposit locks away for ever, so that a share can never be made dear. */
export const MINIMUM_LIQUIDITY = 1000n;
export const MAX_RESERVE = MAX_U112;
const FEE_BASE = 1000n;
const FEE_KEPT = 997n;
const FEE = FEE_BASE - FEE_KEPT;
const PRICE_BITS = 112n;
const TWO_32 = 0x100000000;

/** What `amountIn` buys after the 0.3 % fee; 0 when it buys nothing. Reserves above zero. */
export function amountOutFor(amountIn: bigint, reserveIn: bigint, reserveOut: bigint): bigint {
  const kept = amountIn * FEE_KEPT;
  return (kept * reserveOut) / (reserveIn * FEE_BASE + kept);
}

/** The least that must be paid in for `amountOut`, which is below `reserveOut`. */
export function amountInFor(amountOut: bigint, reserveIn: bigint, reserveOut: bigint): bigint {
  return (reserveIn * amountOut * FEE_BASE) / ((reserveOut - amountOut) * FEE_KEPT) + 1n;
}

/** As much of the other asset as `amount` is worth at the pool's price; no fee. */
export function quote(amount: bigint, reserve: bigint, otherReserve: bigint): bigint {
  return (amount * otherReserve) / reserve;
}

/** What a swap leaves behind and took in, on both sides. */
export interface SwapOutcome {
  readonly reserve0: bigint;
  readonly reserve1: bigint;
  readonly balance0: bigint;
  readonly balance1: bigint;
  readonly amount0In: bigint;
  readonly amount1In: bigint;
}

/** The pair's own check: with the fee set aside, the product of the balances has not shrunk. */
export function keepsProduct({
  reserve0,
  reserve1,
  balance0,
  balance1,
  amount0In,
  amount1In,
}: SwapOutcome): boolean {
  const adjusted0 = balance0 * FEE_BASE - amount0In * FEE;
  const adjusted1 = balance1 * FEE_BASE - amount1In * FEE;
  return adjusted0 * adjusted1 >= reserve0 * reserve1 * FEE_BASE * FEE_BASE;
}

/**
 * Liquidity minted for a deposit. For the first (`supply` 0) it is √(amount0·amount1) less
 * {@link MINIMUM_LIQUIDITY}, possibly zero or below; later the smaller of the two shares.
 */
export function liquidityMinted(
  amount0: bigint,
  amount1: bigint,
  reserve0: bigint,
  reserve1: bigint,
  supply: bigint,
): bigint {
  if (supply === 0n) return integerSqrt(amount0 * amount1) - MINIMUM_LIQUIDITY;
  return minBigint((amount0 * supply) / reserve0, (amount1 * supply) / reserve1);
}

/** What `liquidity` of `supply` takes out of a reserve. */
export function shareOf(reserve: bigint, liquidity: bigint, supply: bigint): bigint {
  return (liquidity * reserve) / supply;
}

/**
 * Liquidity minted to the protocol: a sixth of the growth of √k since `kLast`, the product at the
 * last deposit or withdrawal while the fee was on (0: none). Whitepaper, section 2.4.
 */
export function protocolLiquidity(reserve0: bigint, reserve1: bigint, supply: bigint, kLast: bigint): bigint {
  if (kLast === 0n) return 0n;
  const root = integerSqrt(reserve0 * reserve1);
  const rootLast = integerSqrt(kLast);
  if (root <= rootLast) return 0n;
  return (supply * (root - rootLast)) / (root * 5n + rootLast);
}

/** Price of an asset in the other, as a UQ112x112. `reserve` above zero. */
export function price(reserve: bigint, otherReserve: bigint): bigint {
  return (otherReserve << PRICE_BITS) / reserve;
}

/** Seconds from one u32 time to another, which may have wrapped. */
export function secondsBetween(earlier: number, later: number): number {
  return (later - earlier + TWO_32) % TWO_32;
}

/** A time in seconds, as a pool keeps it: modulo 2^32. */
export function poolTime(timestamp: number): number {
  return timestamp % TWO_32;
}

/** `cumulative` after a price stood for `seconds`; wraps at 2^256, as readers of differences expect. */
export function accumulate(cumulative: bigint, unitPrice: bigint, seconds: number): bigint {
  return (cumulative + unitPrice * BigInt(seconds)) & MAX_U256;
}
