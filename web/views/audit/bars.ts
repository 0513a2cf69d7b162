/** Bars of the history at most: what was longer ago is in the sums. */
export const MOST_BARS = 120;
/** What failed is to be seen, be it one in ten thousand. */
const LEAST = 2;

export interface Bar {
  readonly height: number;
  readonly transactions: number;
  readonly failed: number;
  /** Height of the whole bar, and of the part of it that failed, px. */
  readonly full: number;
  readonly red: number;
}

/** A bar a block up to `last`, also for blocks in which there was nothing; the highest as high as `room`. */
export function barsOf(
  each: readonly { readonly height: number; readonly transactions: number; readonly failed: number }[],
  last: number,
  room: number,
): readonly Bar[] {
  const first = Math.max(1, last - MOST_BARS + 1);
  const of = new Map(each.map((block) => [block.height, block]));
  const most = Math.max(
    1,
    ...each.filter(({ height }) => height >= first).map(({ transactions }) => transactions),
  );
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const { transactions, failed } = of.get(first + i) ?? { transactions: 0, failed: 0 };
    const full = transactions === 0 ? 0 : Math.max(LEAST, (room * transactions) / most);
    const red = failed === 0 ? 0 : Math.min(full, Math.max(LEAST, (full * failed) / transactions));
    return { height: first + i, transactions, failed, full, red };
  });
}
