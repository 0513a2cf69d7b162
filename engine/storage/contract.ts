import type { StorageKind } from '../types/storageKind.ts';

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

/** One key's change in a module's own storage; `null` where the key is absent. Who handed it over changes none of these bytes any more. */
export interface StorageChange {
  /** The key's canonical bytes. */
  readonly key: Uint8Array;
  /** The value's canonical bytes. */
  readonly before: Uint8Array | null;
  readonly after: Uint8Array | null;
}

/** What one block wrote into a module's state. */
export interface StorageWrites {
  readonly height: number;
  /** Ascending by key, each key once. */
  readonly changes: readonly StorageChange[];
}

/**
 * A proof about one key against a root: data alone, and as JSON text (`JSON.stringify`) what a file holds. Integers are numbers, bytes
 * lower-case hex without a prefix. Beside these fields each kind of storage has its own.
 */
export interface StorageProof {
  /** Names the kind and version, and by it the verifier. */
  readonly format: string;
  readonly key: string;
  /** Null proves that the key is absent. */
  readonly value: string | null;
  readonly root: string;
}

/** How a state root of a lane goes into the root of a block: what a proof may carry, so that the block's root is all that one must trust. */
export interface BlockCommitment {
  /** The block root before it, hex. */
  readonly before: string;
  /** Each lane in ascending order, hex: its number in four bytes, its order root, its state root. */
  readonly lanes: readonly string[];
  /** SHA-256 of the root before, the number of lanes in four bytes, and the lanes. */
  readonly root: string;
}

/** What a verifier says of a proof; it never throws. */
export type ProofVerdict = 'valid' | 'invalid' | 'malformed';

/**
 * State of one module where each keeps its own: a map from canonical key bytes to canonical value bytes that commits to itself by a
 * root. Backends are held to one suite, `conformance.test.ts`.
 */
export interface ModuleStorage {
  readonly kind: StorageKind;
  /** Whether equal content makes equal roots, or only an equal history of writes does. */
  readonly commitsTo: 'content' | 'history';
  /** What {@link prove} can prove. */
  readonly proves: 'nothing' | 'presence' | 'presenceAndAbsence';
  /** Keys that are present. */
  readonly size: number;
  /** Bytes that keeping it takes: keys and values, and what the backend adds to them (nodes, hashes, a log). */
  readonly sizeBytes: number;
  /** The value's bytes; `undefined` when the key is absent. Do not change them. */
  get(key: Uint8Array): Uint8Array | undefined;
  /** What is present, in no particular order. */
  entries(): Iterable<{ readonly key: Uint8Array; readonly value: Uint8Array }>;
  /**
   * Applies what a block wrote; blocks come by ascending height. With `backwards` takes it back: it must be what was applied last, and
   * afterwards size, content and root are what they were before.
   */
  apply(writes: StorageWrites, backwards?: boolean): void;
  /** 32 bytes that commit to the content or the history; kept until the next change. */
  root(): Uint8Array;
  /** `undefined` where this kind cannot prove that (see {@link proves}). With `block`, the proof goes on to the root of that block. */
  prove(key: Uint8Array, block?: BlockCommitment): StorageProof | undefined;
}
