import type { Invariant } from '../../moduleSdk/index.ts';
import { items, kinds, listings } from './state.ts';

const countsAddUp: Invariant = {
  name: 'countsAddUp',
  statement:
    'Of each kind there are as many items as were minted less those used up, and never more than its limit.',
  check: (state) => {
    const alive = new Map<number, number>();
    for (const [[kind, serial]] of state.entries(items)) {
      alive.set(kind, (alive.get(kind) ?? 0) + 1);
      const minted = state.get(kinds, kind)?.minted ?? 0;
      if (serial >= minted) return `Item ${serial} of kind ${kind} was never minted.`;
    }
    for (const [[kind], { limit, minted, burned }] of state.entries(kinds)) {
      const there = alive.get(kind) ?? 0;
      if (there !== minted - burned) {
        return `Of kind ${kind}, ${minted} were minted and ${burned} used up, but there are ${there}.`;
      }
      if (limit > 0 && minted > limit)
        return `Of kind ${kind}, ${minted} were minted; its limit is ${limit}.`;
    }
    return undefined;
  },
};

const sellersOwn: Invariant = {
  name: 'sellersOwn',
  statement: 'Whoever sells an item owns it.',
  check: (state) => {
    for (const [[kind, serial], { seller }] of state.entries(listings)) {
      if (state.get(items, kind, serial)?.owner !== seller) {
        return `Account ${seller} sells item ${serial} of kind ${kind}, which is not theirs.`;
      }
    }
    return undefined;
  },
};

export const invariants: readonly Invariant[] = [countsAddUp, sellersOwn];
