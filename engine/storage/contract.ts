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
  /** The entries whose keys open with this table's id, in no particular order. Takes O(their number) when asked again. */
  entriesOf(table: number): Iterable<StoredEntry>;
}

/** A text that stands for a key's words: equal keys, equal texts. Two code units a word. */
export function keyIdentity(words: ArrayLike<number>, at: number, count: number): string {
  let text = '';
  let i = at;
  // Two words at a time: half of the texts in between, which cost more than the letters.
  for (; i + 1 < at + count; i += 2) {
    const a = words[i]!;
    const b = words[i + 1]!;
    text += String.fromCharCode(a & 0xffff, a >>> 16, b & 0xffff, b >>> 16);
  }
  if (i < at + count) text += String.fromCharCode(words[i]! & 0xffff, words[i]! >>> 16);
  return text;
}
