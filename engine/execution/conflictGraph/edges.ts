import type { AccessSet } from '../outcome.ts';

/** The three kinds of conflict; the numbers are part of the engine's door. */
export const CONFLICT = { readAfterWrite: 0, writeAfterWrite: 1, writeAfterRead: 2 } as const;

/** Conflict edges, a column a field; ordered by `to`, so that a walk from front to back meets causes first. */
export interface Edges {
  readonly count: number;
  /** The earlier transaction. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly kind: Uint8Array;
  /** The key they meet at. */
  readonly key: Int32Array;
}

/**
 * Edges between nearest accesses of each key, in the block's order: a read from the last write before
 * it, a write from the last write before it, and a write from every read since that write (the
 * writer's own apart). O(accesses): each access begins or ends a bounded number of edges.
 */
export function conflictEdges(accesses: readonly AccessSet[], keys: number): Edges {
  const lastWriter = new Int32Array(keys).fill(-1);
  const readersSince: (number[] | undefined)[] = new Array(keys);
  const columns = new EdgeColumns();
  accesses.forEach(({ reads, writes }, tx) => {
    for (const key of reads) {
      const writer = lastWriter[key]!;
      if (writer >= 0) columns.add(writer, tx, CONFLICT.readAfterWrite, key);
    }
    for (const key of writes) {
      const writer = lastWriter[key]!;
      if (writer >= 0) columns.add(writer, tx, CONFLICT.writeAfterWrite, key);
      for (const reader of readersSince[key] ?? []) columns.add(reader, tx, CONFLICT.writeAfterRead, key);
    }
    for (const key of reads) {
      const readers = readersSince[key];
      if (readers === undefined) readersSince[key] = [tx];
      else readers.push(tx);
    }
    for (const key of writes) {
      lastWriter[key] = tx;
      readersSince[key] = undefined;
    }
  });
  return columns.finish();
}

class EdgeColumns {
  private count = 0;
  private from = new Int32Array(256);
  private to = new Int32Array(256);
  private kind = new Uint8Array(256);
  private key = new Int32Array(256);

  add(from: number, to: number, kind: number, key: number): void {
    if (this.count === this.from.length) this.grow();
    this.from[this.count] = from;
    this.to[this.count] = to;
    this.kind[this.count] = kind;
    this.key[this.count] = key;
    this.count++;
  }

  finish(): Edges {
    const { count } = this;
    return {
      count,
      from: this.from.slice(0, count),
      to: this.to.slice(0, count),
      kind: this.kind.slice(0, count),
      key: this.key.slice(0, count),
    };
  }

  private grow(): void {
    const capacity = this.from.length * 2;
    const grown = <T extends Int32Array | Uint8Array>(next: T, old: T): T => {
      next.set(old);
      return next;
    };
    this.from = grown(new Int32Array(capacity), this.from);
    this.to = grown(new Int32Array(capacity), this.to);
    this.kind = grown(new Uint8Array(capacity), this.kind);
    this.key = grown(new Int32Array(capacity), this.key);
  }
}
