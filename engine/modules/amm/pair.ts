import type { Context } from '../../moduleSdk/index.ts';
import { accumulate, MAX_RESERVE, poolTime, price, protocolLiquidity, secondsBetween } from './curve.ts';
import { overflow, unknownPool } from './errors.ts';
import { ONLY, type Pool, pools, protocolFee } from './state.ts';

export function requirePool(context: Context, id: number): Pool {
  const pool = context.get(pools, id);
  if (pool === undefined) context.revert(unknownPool, { pool: id });
  return pool;
}

/** A pool that nobody has put anything into yet. */
export function emptyPool(asset0: number, asset1: number, origin: number, timestamp: number): Pool {
  return {
    asset0,
    asset1,
    origin,
    lastUpdate: poolTime(timestamp),
    reserve0: 0n,
    reserve1: 0n,
    liquidity: 0n,
    kLast: 0n,
    price0Cumulative: 0n,
    price1Cumulative: 0n,
  };
}

/**
 * The pool with new reserves. The prices that held until now are added to the accumulators, once a
 * timestamp: what a block does to the price counts from the next block on.
 */
export function withReserves(pool: Pool, reserve0: bigint, reserve1: bigint, timestamp: number): Pool {
  const now = poolTime(timestamp);
  const seconds = secondsBetween(pool.lastUpdate, now);
  const moved = { ...pool, reserve0, reserve1, lastUpdate: now };
  if (seconds === 0 || pool.reserve0 === 0n || pool.reserve1 === 0n) return moved;
  return {
    ...moved,
    price0Cumulative: accumulate(pool.price0Cumulative, price(pool.reserve0, pool.reserve1), seconds),
    price1Cumulative: accumulate(pool.price1Cumulative, price(pool.reserve1, pool.reserve0), seconds),
  };
}

/** Reverts when a reserve would not fit the 112 bits of the price accumulators. */
export function requireReserves(context: Context, reserve0: bigint, reserve1: bigint): void {
  if (reserve0 > MAX_RESERVE) context.revert(overflow, { reserve: reserve0 });
  if (reserve1 > MAX_RESERVE) context.revert(overflow, { reserve: reserve1 });
}

/** What the protocol is owed before liquidity changes. */
export interface ProtocolShare {
  readonly on: boolean;
  readonly feeTo: number;
  readonly liquidity: bigint;
}

export function protocolShareOf(context: Context, pool: Pool): ProtocolShare {
  const fee = context.get(protocolFee, ONLY);
  if (fee === undefined || fee.on === 0) return { on: false, feeTo: 0, liquidity: 0n };
  const liquidity = protocolLiquidity(pool.reserve0, pool.reserve1, pool.liquidity, pool.kLast);
  return { on: true, feeTo: fee.feeTo, liquidity };
}

/** The pool with new reserves and liquidity after a deposit or withdrawal; `kLast` is kept while the fee is on. */
export function withLiquidity(
  pool: Pool,
  reserves: readonly [bigint, bigint],
  liquidity: bigint,
  feeOn: boolean,
  timestamp: number,
): Pool {
  const kLast = feeOn ? reserves[0] * reserves[1] : 0n;
  return { ...withReserves(pool, reserves[0], reserves[1], timestamp), liquidity, kLast };
}
