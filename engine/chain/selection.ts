import type { GenesisSettings } from '../api/settings.ts';
import { BinaryHeap } from '../base/binaryHeap.ts';
import type { Mempool, Waiting } from './mempool.ts';

export type Builder = NonNullable<GenesisSettings['builder']>;

/** What a transaction is expected to do, from a run of all that wait on the state before the block. */
export interface Expectation {
  readonly gas: number;
  /** Keys it touches, and those among them that it writes, by number. */
  readonly touches: readonly number[];
  readonly writes: readonly number[];
}

export interface SelectionRules {
  readonly builder: Builder;
  /** What a unit of gas costs it; undefined while it bids too little. */
  price(item: Waiting): number | undefined;
  /** Whether everything it needs is running. */
  ready(item: Waiting): boolean;
  expect(item: Waiting): Expectation;
  /** Which part of the block it takes its room from, and how much gas each part holds. */
  partOf(item: Waiting): number;
  room(part: number): number;
  /** Gas that may be spent on writing any one key; 0 for no limit. */
  readonly keyGasCap: number;
}

/** A conflict-aware block has no chain longer than this, or than an eighth of what waits. */
const LEAST_CHAIN = 8;
const CHAIN_SHARE = 8;

interface Entry {
  readonly item: Waiting;
  readonly price: number;
  depth: number;
}

/**
 * Takes a block's transactions out of the mempool, in their order. First come: by arrival. By fee: the highest price first.
 * Conflict-aware: those that meet nobody first, then those that meet one of them, and so on, the highest price first
 * in each wave; who would make a chain too long waits. A sender's queue is never overtaken from within: who
 * cannot get in holds back those behind. Takes O(n log n) for n that wait.
 */
export function selectBlock(pool: Mempool, rules: SelectionRules): Waiting[] {
  const longest = Math.max(LEAST_CHAIN, Math.floor(pool.size / CHAIN_SHARE));
  const used = new Map<number, number>();
  const gasOfKey = new Map<number, number>();
  const depthOfKey = new Map<number, number>();
  const chosen: Waiting[] = [];
  const heap = new BinaryHeap<Entry>(ORDERS[rules.builder]);
  const depthOf = (item: Waiting): number =>
    rules.builder !== 'conflictAware'
      ? 0
      : 1 + rules.expect(item).touches.reduce((most, key) => Math.max(most, depthOfKey.get(key) ?? 0), 0);
  const enter = (first: Waiting | undefined): void => {
    let item = first;
    // Who waits for a module that stands still keeps nobody else waiting, themselves neither.
    while (item !== undefined && !rules.ready(item)) item = pool.behind(item);
    if (item === undefined) return;
    const price = rules.price(item);
    if (price !== undefined) heap.push({ item, price, depth: depthOf(item) });
  };
  for (const head of pool.heads()) enter(head);
  for (let entry = heap.pop(); entry !== undefined; entry = heap.pop()) {
    const { item } = entry;
    const depth = depthOf(item);
    if (depth > entry.depth) {
      // Somebody chosen since then stands before it.
      if (depth <= longest) heap.push({ ...entry, depth });
      continue;
    }
    const { gas, writes } = rules.expect(item);
    const part = rules.partOf(item);
    const filled = (used.get(part) ?? 0) + gas;
    if (filled > rules.room(part)) continue;
    const over = (key: number): boolean => (gasOfKey.get(key) ?? 0) + gas > rules.keyGasCap;
    if (rules.keyGasCap > 0 && writes.some(over)) continue;
    used.set(part, filled);
    for (const key of writes) {
      gasOfKey.set(key, (gasOfKey.get(key) ?? 0) + gas);
      depthOfKey.set(key, Math.max(depthOfKey.get(key) ?? 0, depth));
    }
    chosen.push(item);
    enter(pool.behind(item));
  }
  for (const item of chosen) pool.remove(item);
  return chosen;
}

const byArrival = (a: Entry, b: Entry): number => a.item.sequence - b.item.sequence;
const byPrice = (a: Entry, b: Entry): number => b.price - a.price || byArrival(a, b);

const ORDERS: Readonly<Record<Builder, (a: Entry, b: Entry) => number>> = {
  firstCome: byArrival,
  byFee: byPrice,
  conflictAware: (a, b) => a.depth - b.depth || byPrice(a, b),
};
