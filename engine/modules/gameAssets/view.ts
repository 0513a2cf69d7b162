import type { View } from '../../moduleSdk/index.ts';
import { kinds, listings } from './state.ts';

/** Offers shown, at most. */
const MAX_OFFERS = 200;

/** A kind as the page gets it; amounts in decimal. */
export interface KindRow {
  readonly kind: number;
  readonly creator: number;
  readonly price: string;
  readonly limit: number;
  readonly minted: number;
  readonly burned: number;
}

const kindsView: View = {
  name: 'kinds',
  read: (state): readonly KindRow[] =>
    [...state.entries(kinds)].map(([[kind], { creator, price, limit, minted, burned }]) => ({
      ...{ kind, creator, limit, minted, burned },
      price: price.toString(),
    })),
};

const market: View = {
  name: 'market',
  read: (state) => {
    const all = [...state.entries(listings)];
    return {
      total: all.length,
      rows: all.slice(0, MAX_OFFERS).map(([[kind, serial], { seller, asset, price }]) => ({
        ...{ kind, serial, seller, asset },
        price: price.toString(),
      })),
    };
  },
};

export const views: readonly View[] = [kindsView, market];
