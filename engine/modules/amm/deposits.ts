import {
  type AssetLedger,
  assetLedger,
  type Context,
  pool as poolCell,
  transaction,
  u128,
} from '../../moduleSdk/index.ts';
import { liquidityMinted, MINIMUM_LIQUIDITY, quote, shareOf } from './curve.ts';
import {
  insufficientLiquidity,
  insufficientLiquidityBurned,
  insufficientLiquidityMinted,
  insufficientShare,
  slippageExceeded,
  zeroAmount,
} from './errors.ts';
import { liquidityAdded, liquidityRemoved } from './events.ts';
import { protocolShareOf, type ProtocolShare, requirePool, requireReserves, withLiquidity } from './pair.ts';
import { LOCKED_ACCOUNT, liquidityAssetOf, type Pool, pools, vaultOf } from './state.ts';

/** Mints what the protocol is owed, if anything. */
export function payProtocol(ledger: AssetLedger, id: number, share: ProtocolShare): void {
  if (share.liquidity > 0n) ledger.mint(liquidityAssetOf(id), share.feeTo, share.liquidity);
}

/** Mints a pool's first liquidity, with the part that is locked for ever. */
export function mintFirst(ledger: AssetLedger, id: number, to: number, liquidity: bigint): void {
  ledger.mint(liquidityAssetOf(id), LOCKED_ACCOUNT, MINIMUM_LIQUIDITY);
  ledger.mint(liquidityAssetOf(id), to, liquidity);
}

/** As much of both as the pool's price allows within what is offered (the router's rule); all at first. */
function fittingAmounts(
  context: Context,
  pool: Pool,
  desired: readonly [bigint, bigint],
  minimum: readonly [bigint, bigint],
): readonly [bigint, bigint] {
  if (pool.reserve0 === 0n) return desired;
  const fitting1 = quote(desired[0], pool.reserve0, pool.reserve1);
  if (fitting1 <= desired[1]) {
    if (fitting1 < minimum[1]) context.revert(slippageExceeded, { limit: minimum[1], actual: fitting1 });
    return [desired[0], fitting1];
  }
  const fitting0 = quote(desired[1], pool.reserve1, pool.reserve0);
  if (fitting0 < minimum[0]) context.revert(slippageExceeded, { limit: minimum[0], actual: fitting0 });
  return [fitting0, desired[1]];
}

export const deposits = {
  addLiquidity: transaction(
    {
      pool: poolCell(),
      amount0Desired: u128(),
      amount1Desired: u128(),
      amount0Min: u128(),
      amount1Min: u128(),
    },
    'Put both assets into a pool and get a share of it.',
    (context, { pool: id, amount0Desired, amount1Desired, amount0Min, amount1Min }) => {
      if (amount0Desired === 0n || amount1Desired === 0n) context.revert(zeroAmount, {});
      const pool = requirePool(context, id);
      const protocol = protocolShareOf(context, pool);
      const supply = pool.liquidity + protocol.liquidity;
      const [amount0, amount1] = fittingAmounts(
        context,
        pool,
        [amount0Desired, amount1Desired],
        [amount0Min, amount1Min],
      );
      const liquidity = liquidityMinted(amount0, amount1, pool.reserve0, pool.reserve1, supply);
      if (liquidity <= 0n) context.revert(insufficientLiquidityMinted, {});
      const reserves = [pool.reserve0 + amount0, pool.reserve1 + amount1] as const;
      requireReserves(context, ...reserves);
      const provider = context.sender;
      const ledger = context.use(assetLedger);
      ledger.transferAll([
        { asset: pool.asset0, from: provider, to: vaultOf(id), amount: amount0 },
        { asset: pool.asset1, from: provider, to: vaultOf(id), amount: amount1 },
      ]);
      payProtocol(ledger, id, protocol);
      const locked = supply === 0n ? MINIMUM_LIQUIDITY : 0n;
      if (supply === 0n) mintFirst(ledger, id, provider, liquidity);
      else ledger.mint(liquidityAssetOf(id), provider, liquidity);
      context.set(
        pools,
        withLiquidity(pool, reserves, supply + liquidity + locked, protocol.on, context.timestamp),
        id,
      );
      context.emit(liquidityAdded, { pool: id, provider, amount0, amount1, liquidity });
    },
  ),

  removeLiquidity: transaction(
    { pool: poolCell(), liquidity: u128(), amount0Min: u128(), amount1Min: u128() },
    'Give up a share of a pool and get both assets back.',
    (context, { pool: id, liquidity, amount0Min, amount1Min }) => {
      if (liquidity === 0n) context.revert(zeroAmount, {});
      const pool = requirePool(context, id);
      const provider = context.sender;
      const ledger = context.use(assetLedger);
      const token = liquidityAssetOf(id);
      if (pool.liquidity === 0n) context.revert(insufficientLiquidity, { available: 0n, needed: liquidity });
      const share = ledger.balanceOf(token, provider);
      if (share < liquidity) context.revert(insufficientShare, { share, liquidity });
      const protocol = protocolShareOf(context, pool);
      const supply = pool.liquidity + protocol.liquidity;
      const amount0 = shareOf(pool.reserve0, liquidity, supply);
      const amount1 = shareOf(pool.reserve1, liquidity, supply);
      if (amount0 === 0n || amount1 === 0n) context.revert(insufficientLiquidityBurned, {});
      if (amount0 < amount0Min) context.revert(slippageExceeded, { limit: amount0Min, actual: amount0 });
      if (amount1 < amount1Min) context.revert(slippageExceeded, { limit: amount1Min, actual: amount1 });
      ledger.transferAll([
        { asset: pool.asset0, from: vaultOf(id), to: provider, amount: amount0 },
        { asset: pool.asset1, from: vaultOf(id), to: provider, amount: amount1 },
      ]);
      payProtocol(ledger, id, protocol);
      ledger.burn(token, provider, liquidity);
      const reserves = [pool.reserve0 - amount0, pool.reserve1 - amount1] as const;
      context.set(
        pools,
        withLiquidity(pool, reserves, supply - liquidity, protocol.on, context.timestamp),
        id,
      );
      context.emit(liquidityRemoved, { pool: id, provider, amount0, amount1, liquidity });
    },
  ),
};
