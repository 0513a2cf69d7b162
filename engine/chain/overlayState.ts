import { type CommittedState, keyIdentity, type StateChange, type StoredEntry } from '../storage/contract.ts';

/** A state with a few changes laid over it; neither is copied. */
export class OverlayState implements CommittedState {
  readonly size: number;
  private readonly base: CommittedState;
  private readonly changed = new Map<string, StateChange>();

  constructor(base: CommittedState, changes: readonly StateChange[]) {
    this.base = base;
    let size = base.size;
    for (const change of changes) {
      this.changed.set(change.identity, change);
      size += (change.after === null ? 0 : 1) - (base.get(change.identity) === undefined ? 0 : 1);
    }
    this.size = size;
  }

  get(identity: string): StoredEntry | undefined {
    const change = this.changed.get(identity);
    if (change === undefined) return this.base.get(identity);
    return change.after === null ? undefined : { key: change.key, value: change.after };
  }

  *entries(): IterableIterator<StoredEntry> {
    const tables = new Set<number>();
    for (const { key } of this.changed.values()) tables.add(key[0]!);
    for (const entry of this.base.entries()) {
      if (!tables.has(entry.key[0]!) || this.stands(entry)) yield entry;
    }
    for (const { key, after } of this.changed.values()) if (after !== null) yield { key, value: after };
  }

  *entriesOf(table: number): IterableIterator<StoredEntry> {
    for (const entry of this.base.entriesOf(table)) if (this.stands(entry)) yield entry;
    for (const { key, after } of this.changed.values()) {
      if (key[0] === table && after !== null) yield { key, value: after };
    }
  }

  private stands({ key }: StoredEntry): boolean {
    return !this.changed.has(keyIdentity(key, 0, key.length));
  }
}
