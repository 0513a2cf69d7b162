import { account, asset, event, u16, u32, u128 } from '../../moduleSdk/index.ts';

export const kindCreated = event('gameAssets/kindCreated', { kind: u16(), creator: account() });
export const minted = event('gameAssets/minted', { kind: u16(), serial: u32(), owner: account() });
export const burned = event('gameAssets/burned', { kind: u16(), serial: u32() });
export const given = event('gameAssets/given', {
  kind: u16(),
  serial: u32(),
  from: account(),
  to: account(),
});
export const offered = event('gameAssets/offered', {
  kind: u16(),
  serial: u32(),
  asset: asset(),
  price: u128(),
});
export const withdrawn = event('gameAssets/withdrawn', { kind: u16(), serial: u32() });
export const sold = event('gameAssets/sold', {
  kind: u16(),
  serial: u32(),
  from: account(),
  to: account(),
  asset: asset(),
  price: u128(),
});
