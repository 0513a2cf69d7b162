import type { Prng } from '../../base/prng.ts';

export type Dimensions = { readonly [name: string]: readonly unknown[] };
export type Combination<D extends Dimensions> = { readonly [N in keyof D]: D[N][number] };

/** All combinations. */
export function fullProduct<D extends Dimensions>(dimensions: D): Combination<D>[] {
  let rows: Record<string, unknown>[] = [{}];
  for (const [name, values] of Object.entries(dimensions)) {
    rows = rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value })));
  }
  return rows as Combination<D>[];
}

/**
 * Few combinations in which every two values of two dimensions meet at least once. Greedy: of some
 * random rows, the one that covers most of what is missing, and at least one missing pair.
 */
export function pairwise<D extends Dimensions>(dimensions: D, prng: Prng): Combination<D>[] {
  const names = Object.keys(dimensions);
  const sizes = names.map((name) => dimensions[name]!.length);
  const pair = (a: number, i: number, b: number, j: number): string => `${a}:${i} ${b}:${j}`;
  const missing = new Set<string>();
  for (let a = 0; a < names.length; a++)
    for (let b = a + 1; b < names.length; b++)
      for (let i = 0; i < sizes[a]!; i++) for (let j = 0; j < sizes[b]!; j++) missing.add(pair(a, i, b, j));
  const pairsOf = (row: readonly number[]): string[] =>
    row.flatMap((i, a) => row.slice(a + 1).map((j, k) => pair(a, i, a + 1 + k, j)));
  const rows: number[][] = [];
  while (missing.size > 0) {
    const wanted = [...missing][prng.below(missing.size)]!.split(/[: ]/).map(Number);
    let best: number[] = [];
    let most = -1;
    for (let candidate = 0; candidate < 40; candidate++) {
      const row = sizes.map((size) => prng.below(size));
      row[wanted[0]!] = wanted[1]!;
      row[wanted[2]!] = wanted[3]!;
      const covered = pairsOf(row).filter((each) => missing.has(each)).length;
      if (covered > most) {
        most = covered;
        best = row;
      }
    }
    for (const covered of pairsOf(best)) missing.delete(covered);
    rows.push(best);
  }
  return rows.map(
    (row) =>
      Object.fromEntries(row.map((value, d) => [names[d]!, dimensions[names[d]!]![value]])) as Combination<D>,
  );
}
