import { account, asset, event, u8, u128, u32 } from '../../moduleSdk/index.ts';

export const transferred = event('bank/transfer', {
  asset: asset(),
  from: account(),
  to: account(),
  amount: u128(),
});
export const minted = event('bank/mint', { asset: asset(), to: account(), amount: u128() });
/** `count` accounts from `first` upward got `amount` each. */
export const mintedToRange = event('bank/mintRange', {
  asset: asset(),
  first: account(),
  count: u32('count'),
  amount: u128(),
});
export const burned = event('bank/burn', { asset: asset(), from: account(), amount: u128() });
export const movedBetweenLanes = event('bank/moveBetweenLanes', {
  asset: asset(),
  account: account(),
  fromLane: u8(),
  toLane: u8(),
  amount: u128(),
});
