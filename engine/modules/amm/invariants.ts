import type { Invariant, StateReader } from '../../moduleSdk/index.ts';
import { MAX_RESERVE } from './curve.ts';
import { ONLY, type Pool, poolCount, pools } from './state.ts';

/** An invariant of every pool on its own. */
function ofEachPool(
  name: string,
  statement: string,
  complaint: (pool: Pool) => string | undefined,
): Invariant {
  return {
    name,
    statement,
    check: (state: StateReader) => {
      for (const [[id], pool] of state.entries(pools)) {
        const found = complaint(pool);
        if (found !== undefined) return `Pool ${id}: ${found}`;
      }
      return undefined;
    },
  };
}

export const invariants: readonly Invariant[] = [
  ofEachPool(
    'allOrNothing',
    'A pool has both reserves and liquidity, or none of the three.',
    ({ reserve0, reserve1, liquidity }) => {
      const filled = [reserve0, reserve1, liquidity].filter((amount) => amount > 0n).length;
      return filled === 1 || filled === 2
        ? `reserves ${reserve0} and ${reserve1}, liquidity ${liquidity}.`
        : undefined;
    },
  ),
  ofEachPool('reservesFit', 'No reserve is above 2^112 − 1.', ({ reserve0, reserve1 }) =>
    reserve0 > MAX_RESERVE || reserve1 > MAX_RESERVE ? `reserves ${reserve0} and ${reserve1}.` : undefined,
  ),
  ofEachPool(
    'sharesAreCovered',
    'The square of a pool’s liquidity is at most the product of its reserves: a share never loses to rounding.',
    ({ reserve0, reserve1, liquidity }) =>
      liquidity * liquidity > reserve0 * reserve1
        ? `liquidity ${liquidity}, reserves ${reserve0} and ${reserve1}.`
        : undefined,
  ),
  ofEachPool(
    'productGrows',
    'The product of the reserves is at least what it was at the last deposit or withdrawal.',
    ({ reserve0, reserve1, kLast }) =>
      kLast > reserve0 * reserve1
        ? `product was ${kLast}, reserves are ${reserve0} and ${reserve1}.`
        : undefined,
  ),
  {
    name: 'poolsAreCounted',
    statement: 'Pools are numbered from 0 without a gap, and counted.',
    check: (state) => {
      const count = state.get(poolCount, ONLY) ?? 0;
      const ids = [...state.entries(pools)].map(([[id]]) => id);
      if (ids.length !== count) return `The count is ${count}, but there are ${ids.length} pools.`;
      return ids.every((id, i) => id === i) ? undefined : 'The numbers of the pools have a gap.';
    },
  },
];
