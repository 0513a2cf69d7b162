import type { Prng } from '../base/prng.ts';

/**
 * Where a crowd goes: of a thousand choices, how many fall on the busiest place, on the next, and so on. What is left
 * is spread evenly over all other places.
 */
export type SkewTable = readonly number[];

/**
 * Chooses one of `places` places, numbered from the busiest, by a table. Where there are no places beyond
 * the table, what is left is spread over all of them. `places` is at least 1.
 */
export function skewedPlace(prng: Prng, table: SkewTable, places: number): number {
  let left = prng.below(1000);
  for (let rank = 0; rank < table.length && rank < places; rank++) {
    left -= table[rank]!;
    if (left < 0) return rank;
  }
  const beyond = places - table.length;
  return beyond > 0 ? table.length + prng.below(beyond) : prng.below(places);
}
