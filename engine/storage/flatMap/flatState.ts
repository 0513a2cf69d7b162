import type { CommittedState, StateChange, StoredEntry } from '../contract.ts';

/** State as one hash map: constant-time reads and writes, no proofs. */
export class FlatState implements CommittedState {
  private readonly map: Map<string, StoredEntry>;

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

  /** Applies a block's changes; with `backwards` takes them back. */
  apply(changes: readonly StateChange[], backwards = false): void {
    for (const change of changes) {
      const value = backwards ? change.before : change.after;
      if (value === null) this.map.delete(change.identity);
      else this.map.set(change.identity, { key: change.key, value });
    }
  }
}
