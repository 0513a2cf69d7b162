import type { AccessSet } from '../outcome.ts';

export interface HotKey {
  /** Resource number. */
  readonly key: number;
  /** Transactions that touch it. */
  readonly transactions: number;
  /** Transactions that write it. */
  readonly writers: number;
}

/** Keys that several transactions touch and at least one writes, hottest first. */
export function hotKeys(accesses: readonly AccessSet[], keys: number, most: number): HotKey[] {
  const touched = new Int32Array(keys);
  const writers = new Int32Array(keys);
  const lastTouch = new Int32Array(keys).fill(-1);
  accesses.forEach(({ reads, writes }, tx) => {
    for (const list of [reads, writes]) {
      for (const key of list) {
        if (lastTouch[key] === tx) continue;
        lastTouch[key] = tx;
        touched[key]!++;
      }
    }
    for (const key of writes) writers[key]!++;
  });
  const hot: HotKey[] = [];
  for (let key = 0; key < keys; key++) {
    if (touched[key]! > 1 && writers[key]! > 0) {
      hot.push({ key, transactions: touched[key]!, writers: writers[key]! });
    }
  }
  hot.sort((a, b) => b.transactions - a.transactions || b.writers - a.writers || a.key - b.key);
  return hot.slice(0, most);
}
