import type { Invariant } from '../../moduleSdk/index.ts';
import { balances, supply } from './state.ts';

const supplyEqualsBalances: Invariant = {
  name: 'supplyEqualsBalances',
  statement: 'Of every asset, the balances add up to the total supply.',
  check: (state) => {
    const sums = new Map<number, bigint>();
    for (const [[, asset], balance] of state.entries(balances))
      sums.set(asset, (sums.get(asset) ?? 0n) + balance);
    for (const [[asset], total] of state.entries(supply)) {
      const sum = sums.get(asset) ?? 0n;
      if (sum !== total) return `Balances of asset ${asset} add up to ${sum}, but its supply is ${total}.`;
      sums.delete(asset);
    }
    for (const asset of sums.keys()) return `Asset ${asset} is held, but has no supply.`;
    return undefined;
  },
};

const noZeroBalance: Invariant = {
  name: 'noZeroBalance',
  statement: 'A balance of zero is not stored.',
  check: (state) => {
    for (const [[lane, asset, account], balance] of state.entries(balances)) {
      if (balance === 0n) return `Account ${account} has a stored zero of asset ${asset} in lane ${lane}.`;
    }
    return undefined;
  },
};

export const invariants: readonly Invariant[] = [supplyEqualsBalances, noZeroBalance];
