import { account, asset, struct, table, u8, u16, u32, u128 } from '../../moduleSdk/index.ts';

/** The module's own lane. */
export const LANE = 6;

/**
 * Kinds of items. `minted` numbers the items of a kind, so who mints one writes it: a kind that everybody wants is a hot
 * key. A `limit` of 0 is none.
 */
export const kinds = table('gameAssets/kinds', {
  key: { kind: u16() },
  value: struct({
    creator: account(),
    asset: asset(),
    price: u128(),
    limit: u32('count'),
    minted: u32('count'),
    burned: u32('count'),
  }),
});

/** Items that there are, by kind and serial number; each kind counts its own from 0. */
export const items = table('gameAssets/items', {
  key: { kind: u16(), serial: u32() },
  value: struct({ owner: account() }),
});

/** Items that are for sale. */
export const listings = table('gameAssets/listings', {
  key: { kind: u16(), serial: u32() },
  value: struct({ seller: account(), asset: asset(), price: u128() }),
});

/** Money that people keep with the module, to be sent back to their bank account; it came by message and goes by message. */
export const purses = table('gameAssets/purses', {
  key: { account: account(), asset: asset() },
  account: 'account',
  value: u128(),
});

/** What a kind is crafted from: `count` items of kind `input`. Written at genesis only. */
export const recipes = table('gameAssets/recipes', {
  key: { kind: u16() },
  fixed: true,
  value: struct({ input: u16(), count: u8('count') }),
});
