import { account, moduleError, u8, u16, u32, u128 } from '../../moduleSdk/index.ts';

export const unknownKind = moduleError('gameAssets/unknown_kind', 'There is no kind {kind}.', {
  kind: u16(),
});
export const kindExists = moduleError('gameAssets/kind_exists', 'Kind {kind} is somebody’s already.', {
  kind: u16(),
});
export const soldOut = moduleError(
  'gameAssets/sold_out',
  'All {limit} items of kind {kind} were handed out.',
  { kind: u16(), limit: u32('count') },
);
export const notForSale = moduleError('gameAssets/not_for_sale', 'Kind {kind} is crafted, never dropped.', {
  kind: u16(),
});
export const unknownItem = moduleError(
  'gameAssets/unknown_item',
  'There is no item {serial} of kind {kind}; it was never minted, or it was used up.',
  { kind: u16(), serial: u32() },
);
export const notOwner = moduleError('gameAssets/not_owner', 'The item belongs to account {owner}.', {
  owner: account(),
});
export const listed = moduleError(
  'gameAssets/listed',
  'Item {serial} of kind {kind} is for sale: take it off the market first.',
  { kind: u16(), serial: u32() },
);
export const notListed = moduleError(
  'gameAssets/not_listed',
  'Item {serial} of kind {kind} is not for sale.',
  { kind: u16(), serial: u32() },
);
export const tooDear = moduleError('gameAssets/too_dear', 'It costs {price}, more than {maxPrice}.', {
  price: u128(),
  maxPrice: u128(),
});
export const noRecipe = moduleError('gameAssets/no_recipe', 'Kind {kind} cannot be crafted.', {
  kind: u16(),
});
export const wrongIngredients = moduleError(
  'gameAssets/wrong_ingredients',
  'It takes {count} different items of kind {input}.',
  { input: u16(), count: u8('count') },
);
export const notInPurse = moduleError('gameAssets/not_in_purse', 'The purse holds {held}, not {amount}.', {
  held: u128(),
  amount: u128(),
});
export const nothing = moduleError('gameAssets/nothing', 'The amount must be above zero.', {});
export const ownListing = moduleError('gameAssets/own_listing', 'It is the sender’s own.', {});
