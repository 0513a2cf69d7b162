import { account, asset, moduleError, pool, u8, u32, u128, u256 } from '../../moduleSdk/index.ts';

export const unknownPool = moduleError('amm/unknown_pool', 'There is no pool {pool}.', { pool: pool() });
export const unknownAsset = moduleError('amm/unknown_asset', 'There is no asset {asset}.', {
  asset: asset(),
});
export const identicalAssets = moduleError(
  'amm/identical_assets',
  'A pool needs two different assets, not {asset} twice.',
  {
    asset: asset(),
  },
);
export const tooManyPools = moduleError(
  'amm/too_many_pools',
  'There are {pools} pools already; no more fit.',
  { pools: u32('count') },
);
export const unknownDirection = moduleError(
  'amm/unknown_direction',
  'Direction {direction} is neither 0 (sell asset 0) nor 1 (sell asset 1).',
  { direction: u8() },
);
export const zeroAmount = moduleError('amm/zero_amount', 'The amount must be above zero.', {});
export const expired = moduleError('amm/expired', 'The deadline was {deadline}; it is {now}.', {
  deadline: u32('seconds'),
  now: u32('seconds'),
});
/** An amount paid out is below the least wanted, or one paid in above the most allowed. */
export const slippageExceeded = moduleError(
  'amm/slippage_exceeded',
  'The limit was {limit}, but it would be {actual}.',
  {
    limit: u128(),
    actual: u256(),
  },
);
export const insufficientLiquidity = moduleError(
  'amm/insufficient_liquidity',
  'The pool has {available}, but {needed} is needed.',
  { available: u128(), needed: u128() },
);
export const insufficientOutput = moduleError('amm/insufficient_output', 'So little buys nothing.', {});
export const insufficientLiquidityMinted = moduleError(
  'amm/insufficient_liquidity_minted',
  'The deposit is too small for a share of the pool.',
  {},
);
export const insufficientLiquidityBurned = moduleError(
  'amm/insufficient_liquidity_burned',
  'The share is too small to be worth anything.',
  {},
);
export const insufficientShare = moduleError(
  'amm/insufficient_share',
  'The sender holds {share} of the pool, but gives up {liquidity}.',
  {
    share: u128(),
    liquidity: u128(),
  },
);
export const productShrinks = moduleError('amm/k', 'The product of the reserves would shrink.', {});
export const overflow = moduleError('amm/overflow', 'A reserve would be {reserve}, more than 2^112 − 1.', {
  reserve: u256(),
});
export const notAdministrator = moduleError(
  'amm/not_administrator',
  'Only account {administrator} may do that.',
  {
    administrator: account(),
  },
);
export const invalidFeeRecipient = moduleError(
  'amm/invalid_fee_recipient',
  'Account {feeTo} belongs to a module.',
  { feeTo: account() },
);
export const invalidSplit = moduleError(
  'amm/invalid_split',
  'A pool is split in 2 to {most} ways, not in {ways}.',
  {
    ways: u8(),
    most: u8(),
  },
);
