import {
  assetLedger,
  type Context,
  pool as poolCell,
  transaction,
  u8,
  u32,
  u128,
} from '../../moduleSdk/index.ts';
import { amountInFor, amountOutFor, keepsProduct, poolTime } from './curve.ts';
import {
  expired,
  insufficientLiquidity,
  insufficientOutput,
  productShrinks,
  slippageExceeded,
  unknownDirection,
  zeroAmount,
} from './errors.ts';
import { swapped } from './events.ts';
import { requirePool, requireReserves, withReserves } from './pair.ts';
import { type Pool, pools, vaultOf } from './state.ts';

/** Sells asset 0 for asset 1. */
export const SELL_0 = 0;
/** Sells asset 1 for asset 0. */
export const SELL_1 = 1;

/** What every swap checks before it looks at the pool. */
function requireSensible(context: Context, direction: number, amount: bigint, deadline: number): void {
  if (context.timestamp > deadline) context.revert(expired, { deadline, now: poolTime(context.timestamp) });
  if (direction !== SELL_0 && direction !== SELL_1) context.revert(unknownDirection, { direction });
  if (amount === 0n) context.revert(zeroAmount, {});
}

/** Moves the money and the reserves; the amounts are above zero and `amountOut` below its reserve. */
function exchange(
  context: Context,
  id: number,
  pool: Pool,
  direction: number,
  amountIn: bigint,
  amountOut: bigint,
): void {
  const sells0 = direction === SELL_0;
  const reserve0 = sells0 ? pool.reserve0 + amountIn : pool.reserve0 - amountOut;
  const reserve1 = sells0 ? pool.reserve1 - amountOut : pool.reserve1 + amountIn;
  requireReserves(context, reserve0, reserve1);
  const outcome = {
    reserve0: pool.reserve0,
    reserve1: pool.reserve1,
    balance0: reserve0,
    balance1: reserve1,
    amount0In: sells0 ? amountIn : 0n,
    amount1In: sells0 ? 0n : amountIn,
  };
  if (!keepsProduct(outcome)) context.revert(productShrinks, {});
  const trader = context.sender;
  const vault = vaultOf(id);
  // Reads the four balances, does the declared work, then writes.
  context.use(assetLedger).transferAll([
    { asset: sells0 ? pool.asset0 : pool.asset1, from: trader, to: vault, amount: amountIn },
    { asset: sells0 ? pool.asset1 : pool.asset0, from: vault, to: trader, amount: amountOut },
  ]);
  context.set(pools, withReserves(pool, reserve0, reserve1, context.timestamp), id);
  context.emit(swapped, { pool: id, trader, direction, amountIn, amountOut });
}

export const swaps = {
  swapExactIn: transaction(
    { pool: poolCell(), direction: u8(), amountIn: u128(), minimumOut: u128(), deadline: u32('seconds') },
    'Sell an exact amount to a pool, for at least so much (direction 0 sells asset 0, 1 sells asset 1).',
    (context, { pool: id, direction, amountIn, minimumOut, deadline }) => {
      requireSensible(context, direction, amountIn, deadline);
      const pool = requirePool(context, id);
      const reserveIn = direction === SELL_0 ? pool.reserve0 : pool.reserve1;
      const reserveOut = direction === SELL_0 ? pool.reserve1 : pool.reserve0;
      if (reserveIn === 0n)
        context.revert(insufficientLiquidity, { available: reserveOut, needed: minimumOut });
      const amountOut = amountOutFor(amountIn, reserveIn, reserveOut);
      if (amountOut < minimumOut) context.revert(slippageExceeded, { limit: minimumOut, actual: amountOut });
      if (amountOut === 0n) context.revert(insufficientOutput, {});
      exchange(context, id, pool, direction, amountIn, amountOut);
    },
  ),

  swapExactOut: transaction(
    { pool: poolCell(), direction: u8(), amountOut: u128(), maximumIn: u128(), deadline: u32('seconds') },
    'Buy an exact amount from a pool, for at most so much (direction 0 sells asset 0, 1 sells asset 1).',
    (context, { pool: id, direction, amountOut, maximumIn, deadline }) => {
      requireSensible(context, direction, amountOut, deadline);
      const pool = requirePool(context, id);
      const reserveIn = direction === SELL_0 ? pool.reserve0 : pool.reserve1;
      const reserveOut = direction === SELL_0 ? pool.reserve1 : pool.reserve0;
      if (amountOut >= reserveOut) {
        context.revert(insufficientLiquidity, { available: reserveOut, needed: amountOut });
      }
      const amountIn = amountInFor(amountOut, reserveIn, reserveOut);
      if (amountIn > maximumIn) context.revert(slippageExceeded, { limit: maximumIn, actual: amountIn });
      exchange(context, id, pool, direction, amountIn, amountOut);
    },
  ),
};
