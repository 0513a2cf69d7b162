/** What the definitions say of a block. */
export interface ChainFigures {
  /** Greatest depth. */
  readonly criticalPath: number;
  /** Transactions with no previous writer of their keys and that are none. */
  readonly independent: number;
}

/**
 * For a key, its writers in block order form a chain; depth(tx) = 1 + the greatest depth among the
 * previous writers of its keys; the critical path is the greatest depth; a transaction is independent when it has
 * no previous writer and is none. Key number `without` does not count. `writes` names each key once a
 * transaction. Takes O(writes).
 */
export function chainFigures(
  writes: readonly (readonly number[])[],
  keys: number,
  without = -1,
): ChainFigures {
  const lastWriter = new Int32Array(keys).fill(-1);
  const depth = new Int32Array(writes.length);
  const chained = new Uint8Array(writes.length);
  let criticalPath = 0;
  writes.forEach((written, tx) => {
    let deepest = 0;
    for (const key of written) {
      if (key === without) continue;
      const before = lastWriter[key]!;
      if (before < 0) continue;
      // Along a chain depth only grows, so the nearest previous writer is the deepest.
      deepest = Math.max(deepest, depth[before]!);
      chained[before] = 1;
      chained[tx] = 1;
    }
    for (const key of written) lastWriter[key] = tx;
    depth[tx] = deepest + 1;
    criticalPath = Math.max(criticalPath, deepest + 1);
  });
  return { criticalPath, independent: chained.reduce((count, mark) => count + (mark === 0 ? 1 : 0), 0) };
}

/** How many transactions name each number. */
export function countOf(lists: readonly (readonly number[])[], numbers: number): Int32Array {
  const counts = new Int32Array(numbers);
  for (const list of lists) for (const number of list) counts[number]!++;
  return counts;
}

/** The numbers with the highest counts, most first, at most `most`; ties go to the lower number. */
export function mostFirst(counts: Int32Array, most: number, without = -1): number[] {
  const order: number[] = [];
  counts.forEach((count, number) => {
    if (count > 0 && number !== without) order.push(number);
  });
  return order.sort((a, b) => counts[b]! - counts[a]! || a - b).slice(0, most);
}
