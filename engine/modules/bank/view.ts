import type { View } from '../../moduleSdk/index.ts';
import { balances, supply } from './state.ts';

/** Rows of the view of balances, at most; `total` tells how many there are. */
const MAX_ROWS = 500;

/** A balance as the page gets it; the amount in decimal. */
export interface BalanceRow {
  readonly lane: number;
  readonly asset: number;
  readonly account: number;
  readonly balance: string;
}

export interface BalancesView {
  readonly total: number;
  /** The first in key order: lane, then asset, then account. */
  readonly rows: readonly BalanceRow[];
}

const balancesView: View = {
  name: 'balances',
  read: (state): BalancesView => {
    const rows: BalanceRow[] = [];
    let total = 0;
    for (const [[lane, asset, account], balance] of state.entries(balances)) {
      total++;
      if (rows.length < MAX_ROWS) rows.push({ lane, asset, account, balance: balance.toString() });
    }
    return { total, rows };
  },
};

const supplyView: View = {
  name: 'supply',
  read: (state): readonly { readonly asset: number; readonly supply: string }[] =>
    [...state.entries(supply)].map(([[asset], total]) => ({ asset, supply: total.toString() })),
};

export const views: readonly View[] = [balancesView, supplyView];
