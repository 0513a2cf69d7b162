/**
 * The figures of a block by their definitions, the slow way: every pair of transactions that write the same key is
 * an edge, and the longest path is found by looking at all of them.
 */
export interface DefinedFigures {
  readonly criticalPath: number;
  readonly independent: number;
}

export function figuresByDefinition(
  writes: readonly ReadonlySet<string>[],
  without?: string,
): DefinedFigures {
  const count = writes.length;
  const meets = (a: number, b: number): boolean =>
    [...writes[a]!].some((key) => key !== without && writes[b]!.has(key));
  const depth: number[] = [];
  const met = new Array<boolean>(count).fill(false);
  for (let tx = 0; tx < count; tx++) {
    const before = depth.map((_, other) => other).filter((other) => meets(other, tx));
    for (const other of before) met[other] = true;
    if (before.length > 0) met[tx] = true;
    depth.push(1 + Math.max(0, ...before.map((other) => depth[other]!)));
  }
  return { criticalPath: Math.max(0, ...depth), independent: met.filter((mark) => !mark).length };
}

/** The balance key that most transactions write, by its name; the first of two. */
export function feeRecipientByDefinition(writes: readonly ReadonlySet<string>[]): string | undefined {
  const counts = new Map<string, number>();
  for (const keys of writes)
    for (const key of keys) if (key.startsWith('balance/')) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
