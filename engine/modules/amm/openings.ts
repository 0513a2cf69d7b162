import {
  asset as assetCell,
  assetLedger,
  type AssetTransfer,
  type Context,
  pool as poolCell,
  transaction,
  u8,
} from '../../moduleSdk/index.ts';
import { liquidityMinted, MINIMUM_LIQUIDITY, shareOf } from './curve.ts';
import {
  identicalAssets,
  insufficientLiquidityBurned,
  insufficientLiquidityMinted,
  invalidSplit,
  tooManyPools,
  unknownAsset,
} from './errors.ts';
import { mintFirst, payProtocol } from './deposits.ts';
import { poolCreated, poolSplit } from './events.ts';
import { emptyPool, protocolShareOf, requirePool, withLiquidity } from './pair.ts';
import { liquidityAssetOf, MAX_POOLS, ONLY, poolCount, pools, vaultOf } from './state.ts';

/** Pools that one becomes by splitting, at most. */
export const MAX_WAYS = 16;

/** The number of the first of `more` new pools; the count goes up. */
function takeNumbers(context: Context, more: number): number {
  const count = context.get(poolCount, ONLY) ?? 0;
  if (count + more > MAX_POOLS) context.revert(tooManyPools, { pools: count });
  context.set(poolCount, count + more, ONLY);
  return count;
}

export const openings = {
  createPool: transaction(
    { asset0: assetCell(), asset1: assetCell() },
    'Open a pool of two assets; the same two may have several.',
    (context, { asset0, asset1 }) => {
      if (asset0 === asset1) context.revert(identicalAssets, { asset: asset0 });
      const ledger = context.use(assetLedger);
      for (const asset of [asset0, asset1]) {
        if (ledger.totalSupply(asset) === 0n) context.revert(unknownAsset, { asset });
      }
      context.work();
      const pool = takeNumbers(context, 1);
      context.set(pools, emptyPool(asset0, asset1, pool, context.timestamp), pool);
      context.emit(poolCreated, { pool, asset0, asset1 });
    },
  ),

  /**
   * In one transaction, because the sender's share is bank's to know: drafts made beforehand would
   * have to guess it and could fail halfway. Money goes from vault to vault.
   */
  splitPool: transaction(
    { pool: poolCell(), ways: u8('count') },
    'Spread your share of a pool evenly over it and new pools of the same two assets.',
    (context, { pool: id, ways }) => {
      if (ways < 2 || ways > MAX_WAYS) context.revert(invalidSplit, { ways, most: MAX_WAYS });
      const pool = requirePool(context, id);
      const provider = context.sender;
      const ledger = context.use(assetLedger);
      const protocol = protocolShareOf(context, pool);
      const supply = pool.liquidity + protocol.liquidity;
      const part = ledger.balanceOf(liquidityAssetOf(id), provider) / BigInt(ways);
      if (part === 0n) context.revert(insufficientLiquidityBurned, {});
      const amount0 = shareOf(pool.reserve0, part, supply);
      const amount1 = shareOf(pool.reserve1, part, supply);
      const minted = liquidityMinted(amount0, amount1, 0n, 0n, 0n);
      if (minted <= 0n) context.revert(insufficientLiquidityMinted, {});

      const added = ways - 1;
      const first = takeNumbers(context, added);
      const numbers = Array.from({ length: added }, (_, i) => first + i);
      const from = vaultOf(id);
      ledger.transferAll(
        numbers.flatMap((into): AssetTransfer[] => [
          { asset: pool.asset0, from, to: vaultOf(into), amount: amount0 },
          { asset: pool.asset1, from, to: vaultOf(into), amount: amount1 },
        ]),
      );
      payProtocol(ledger, id, protocol);
      const removed = part * BigInt(added);
      ledger.burn(liquidityAssetOf(id), provider, removed);
      const rest = [
        pool.reserve0 - amount0 * BigInt(added),
        pool.reserve1 - amount1 * BigInt(added),
      ] as const;
      context.set(pools, withLiquidity(pool, rest, supply - removed, protocol.on, context.timestamp), id);
      for (const into of numbers) {
        mintFirst(ledger, into, provider, minted);
        const empty = emptyPool(pool.asset0, pool.asset1, pool.origin, context.timestamp);
        const opened = withLiquidity(
          empty,
          [amount0, amount1],
          minted + MINIMUM_LIQUIDITY,
          protocol.on,
          context.timestamp,
        );
        context.set(pools, opened, into);
        context.emit(poolCreated, { pool: into, asset0: pool.asset0, asset1: pool.asset1 });
        context.emit(poolSplit, { pool: id, into, amount0, amount1 });
      }
    },
  ),
};
