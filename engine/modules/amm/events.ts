import { account, asset, event, pool, u8, u128 } from '../../moduleSdk/index.ts';

export const poolCreated = event('amm/poolCreated', { pool: pool(), asset0: asset(), asset1: asset() });
export const liquidityAdded = event('amm/liquidityAdded', {
  pool: pool(),
  provider: account(),
  amount0: u128(),
  amount1: u128(),
  liquidity: u128(),
});
export const liquidityRemoved = event('amm/liquidityRemoved', {
  pool: pool(),
  provider: account(),
  amount0: u128(),
  amount1: u128(),
  liquidity: u128(),
});
/** `direction` 0 sold asset 0 for asset 1, 1 the reverse. */
export const swapped = event('amm/swap', {
  pool: pool(),
  trader: account(),
  direction: u8(),
  amountIn: u128(),
  amountOut: u128(),
});
/** A part of `pool` became the pool `into`. */
export const poolSplit = event('amm/poolSplit', {
  pool: pool(),
  into: pool(),
  amount0: u128(),
  amount1: u128(),
});
export const protocolFeeSet = event('amm/protocolFeeSet', { on: u8(), feeTo: account() });
