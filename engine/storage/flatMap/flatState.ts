import type { CommittedState, StateChange, StoredEntry } from '../contract.ts';

/** State as one hash map: constant-time reads and writes, no proofs. */
export class FlatState implements CommittedState {
  private readonly map: Map<string, StoredEntry>;
  /** Tables that were asked for as a whole: found by one walk over everything, then kept up. */
  private readonly tables = new Map<number, Map<string, StoredEntry>>();

  constructor(from?: FlatState) {
    this.map = new Map(from?.map);
  }

  get size(): number {
    return this.map.size;
  }

  get(identity: string): StoredEntry | undefined {
    return this.map.get(identity);
  }

  entries(): IterableIterator<StoredEntry> {
    return this.map.values();
  }

  entriesOf(table: number): Iterable<StoredEntry> {
    let entries = this.tables.get(table);
    if (entries === undefined) {
      entries = new Map();
      for (const [identity, entry] of this.map) if (entry.key[0] === table) entries.set(identity, entry);
      this.tables.set(table, entries);
    }
    return entries.values();
  }

  /** Applies a block's changes; with `backwards` takes them back. */
  apply(changes: readonly StateChange[], backwards = false): void {
    const { map, tables } = this;
    for (const { identity, key, before, after } of changes) {
      const value = backwards ? before : after;
      const table = tables.get(key[0]!);
      if (value === null) {
        map.delete(identity);
        table?.delete(identity);
      } else {
        const entry = { key, value };
        map.set(identity, entry);
        table?.set(identity, entry);
      }
    }
  }
}
