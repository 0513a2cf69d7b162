/** A key and its value as the storage keeps them: 32-bit words, the table's id first. */
export interface StoredEntry {
  readonly key: Uint32Array;
  readonly value: Uint32Array;
}

/** One key's change by a block; `null` where the key is absent. */
export interface StateChange {
  /** The key's identity inside the process (see {@link keyIdentity}). */
  readonly identity: string;
  readonly key: Uint32Array;
  readonly before: Uint32Array | null;
  readonly after: Uint32Array | null;
}

/** Committed state: what a block starts from. */
export interface CommittedState {
  readonly size: number;
  get(identity: string): StoredEntry | undefined;
  entries(): IterableIterator<StoredEntry>;
}

/** A text that stands for a key's words: equal keys, equal texts. Two code units a word. */
export function keyIdentity(words: ArrayLike<number>, at: number, count: number): string {
  let text = '';
  for (let i = 0; i < count; i++) {
    const word = words[at + i]!;
    text += String.fromCharCode(word & 0xffff, word >>> 16);
  }
  return text;
}
