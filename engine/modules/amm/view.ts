import type { View } from '../../moduleSdk/index.ts';
import { liquidityAssetOf, pools, vaultOf } from './state.ts';

/** A pool as the page gets it; amounts in decimal, base units. */
export interface PoolRow {
  readonly pool: number;
  readonly asset0: number;
  readonly asset1: number;
  /** The pool that this one was split from, or its own number. */
  readonly origin: number;
  readonly vault: number;
  readonly liquidityAsset: number;
  readonly reserve0: string;
  readonly reserve1: string;
  readonly liquidity: string;
  readonly kLast: string;
  /** UQ112x112 × seconds, modulo 2^256. */
  readonly price0Cumulative: string;
  readonly price1Cumulative: string;
  /** Seconds, modulo 2^32. */
  readonly lastUpdate: number;
}

const poolsView: View = {
  name: 'pools',
  read: (state): readonly PoolRow[] =>
    [...state.entries(pools)].map(([[pool], value]) => ({
      pool,
      asset0: value.asset0,
      asset1: value.asset1,
      origin: value.origin,
      vault: vaultOf(pool),
      liquidityAsset: liquidityAssetOf(pool),
      reserve0: value.reserve0.toString(),
      reserve1: value.reserve1.toString(),
      liquidity: value.liquidity.toString(),
      kLast: value.kLast.toString(),
      price0Cumulative: value.price0Cumulative.toString(),
      price1Cumulative: value.price1Cumulative.toString(),
      lastUpdate: value.lastUpdate,
    })),
};

export const views: readonly View[] = [poolsView];
