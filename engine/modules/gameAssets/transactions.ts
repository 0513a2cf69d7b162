import {
  account,
  asset as assetCell,
  assetLedger,
  list as listOf,
  payOut,
  send,
  struct,
  transaction,
  u8,
  u16,
  u32,
  u128,
} from '../../moduleSdk/index.ts';
import type { AccountId, AssetId } from '../../types/ids.ts';
import {
  kindExists,
  nothing,
  notInPurse,
  noRecipe,
  notForSale,
  notListed,
  notOwner,
  ownListing,
  tooDear,
  wrongIngredients,
} from './errors.ts';
import { given, kindCreated, minted, offered, sold, withdrawn } from './events.ts';
import { burn, mint, ownerOf, requireFree, requireKind } from './ownership.ts';
import { items, kinds, listings, purses, recipes } from './state.ts';

/** Where messages to the bank go. */
const BANK_LANE = 1;

/** Ingredients of one craft, at most. */
export const MAX_INGREDIENTS = 4;
/** Items of one genesis mint, at most: below the keys that one transaction may touch. */
export const MAX_RANGE = 500;

/** What moves no money stays in the module's own lane. */
const OWN_LANE = { lanes: () => [] };
const GENESIS = { genesisOnly: true, ...OWN_LANE };

export const transactions = {
  createKind: transaction(
    { kind: u16(), limit: u32('count'), asset: assetCell(), price: u128() },
    'Invent a kind of item and sell it, at most so many (0: as many as anybody wants).',
    (context, { kind, limit, asset, price }) => {
      if (context.get(kinds, kind) !== undefined) context.revert(kindExists, { kind });
      context.work();
      const creator = context.sender;
      context.set(kinds, { creator, asset, price, limit, minted: 0, burned: 0 }, kind);
      context.emit(kindCreated, { kind, creator });
    },
    OWN_LANE,
  ),

  drop: transaction({ kind: u16() }, 'Take the next item of a drop, for its price.', (context, { kind }) => {
    const record = requireKind(context, kind);
    if (record.price === 0n) context.revert(notForSale, { kind });
    const { asset, creator, price } = record;
    context.use(assetLedger).transfer(asset as AssetId, context.sender, creator as AccountId, price);
    mint(context, kind, record, context.sender);
  }),

  craft: transaction(
    { kind: u16(), serials: listOf(struct({ serial: u32() }), MAX_INGREDIENTS) },
    'Make an item out of others, which are used up.',
    (context, { kind, serials }) => {
      const recipe = context.get(recipes, kind) ?? context.revert(noRecipe, { kind });
      const { count, input } = recipe;
      const used = serials.map(({ serial }) => serial);
      if (used.length !== count || new Set(used).size !== count) {
        context.revert(wrongIngredients, { input, count });
      }
      for (const serial of used) requireFree(context, input, serial);
      const from = requireKind(context, input);
      const to = requireKind(context, kind);
      context.work();
      burn(context, input, from, used);
      mint(context, kind, to, context.sender);
    },
    OWN_LANE,
  ),

  give: transaction(
    { kind: u16(), serial: u32(), to: account() },
    'Give an item away.',
    (context, { kind, serial, to }) => {
      requireFree(context, kind, serial);
      context.work();
      context.set(items, { owner: to }, kind, serial);
      context.emit(given, { kind, serial, from: context.sender, to });
    },
    OWN_LANE,
  ),

  offer: transaction(
    { kind: u16(), serial: u32(), asset: assetCell(), price: u128() },
    'Put an item up for sale.',
    (context, { kind, serial, asset, price }) => {
      requireFree(context, kind, serial);
      context.work();
      context.set(listings, { seller: context.sender, asset, price }, kind, serial);
      context.emit(offered, { kind, serial, asset, price });
    },
    OWN_LANE,
  ),

  withdraw: transaction(
    { kind: u16(), serial: u32() },
    'Take an item off the market.',
    (context, { kind, serial }) => {
      const listing = context.get(listings, kind, serial) ?? context.revert(notListed, { kind, serial });
      if (listing.seller !== context.sender) context.revert(notOwner, { owner: listing.seller });
      context.work();
      context.delete(listings, kind, serial);
      context.emit(withdrawn, { kind, serial });
    },
    OWN_LANE,
  ),

  buy: transaction(
    { kind: u16(), serial: u32(), maxPrice: u128() },
    'Buy an item that is for sale, for at most so much.',
    (context, { kind, serial, maxPrice }) => {
      const listing = context.get(listings, kind, serial) ?? context.revert(notListed, { kind, serial });
      const { asset, price, seller } = listing;
      if (seller === context.sender) context.revert(ownListing, {});
      if (price > maxPrice) context.revert(tooDear, { price, maxPrice });
      ownerOf(context, kind, serial);
      if (price > 0n) {
        context.use(assetLedger).transfer(asset as AssetId, context.sender, seller as AccountId, price);
      }
      context.work();
      context.delete(listings, kind, serial);
      context.set(items, { owner: context.sender }, kind, serial);
      context.emit(sold, { kind, serial, from: seller, to: context.sender, asset, price });
    },
  ),

  cashOut: transaction(
    { asset: assetCell(), amount: u128(), timeoutBlocks: u32() },
    'Send money out of your purse back to your bank account, as a message.',
    (context, { amount, asset, timeoutBlocks }) => {
      const account = context.sender;
      if (amount === 0n) context.revert(nothing, {});
      const held = context.get(purses, account, asset) ?? 0n;
      if (held < amount) context.revert(notInPurse, { held, amount });
      context.work();
      if (held === amount) context.delete(purses, account, asset);
      else context.set(purses, held - amount, account, asset);
      send(context, payOut, BANK_LANE, { account, asset, amount }, timeoutBlocks);
    },
    OWN_LANE,
  ),

  setRecipe: transaction(
    { kind: u16(), input: u16(), count: u8('count') },
    'Say what a kind is crafted from.',
    (context, { kind, input, count }) => {
      if (count === 0 || count > MAX_INGREDIENTS) context.revert(wrongIngredients, { input, count });
      context.set(recipes, { input, count }, kind);
    },
    GENESIS,
  ),

  /** One transaction for many people: genesis must not take one for each. */
  mintRange: transaction(
    { kind: u16(), first: account(), count: u32('count'), each: u8('count') },
    'Give neighbouring accounts some new items each.',
    (context, { kind, first, count, each }) => {
      const record = requireKind(context, kind);
      let serial = record.minted;
      for (let owner = first; owner < first + count; owner++) {
        for (let i = 0; i < each; i++) {
          context.set(items, { owner }, kind, serial);
          context.emit(minted, { kind, serial, owner });
          serial++;
        }
      }
      context.set(kinds, { ...record, minted: serial }, kind);
    },
    GENESIS,
  ),
};
