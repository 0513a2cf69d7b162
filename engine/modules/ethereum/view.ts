import type { View } from '../../moduleSdk/index.ts';
import { balances, code, nonces, storage, targets, tokens } from './state.ts';

/** How many keys there are of each kind. */
const keys: View = {
  name: 'keys',
  read: (state) =>
    [balances, storage, nonces, code, tokens, targets].map((table) => ({
      table: table.name,
      keys: [...state.entries(table as never)].length,
    })),
};

export const views: readonly View[] = [keys];
