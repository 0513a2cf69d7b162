import { RecordPool } from './recordPool.ts';

/**
 * Nodes of the tree. A reference is a number: of a leaf with {@link LEAF} added, or of an inner node; {@link NOTHING} is an empty tree.
 * Hashes and paths have 31 bytes and stand in slots of 32, whose first byte says something else.
 */
export const LEAF = 0x4000_0000;
export const NOTHING = 0x8000_0000;

export const SLOT_BYTES = 32;
const SLOT_WORDS = SLOT_BYTES / 4;
/** Bits of a path. */
export const PATH_BITS = 248;

// An inner node: its hash's slot, with its depth in the first byte; both children; whether its hash is out of date.
const INNER_WORDS = SLOT_WORDS + 3;
const LEFT = SLOT_WORDS;
const STALE = SLOT_WORDS + 2;
// A leaf: its hash's slot, with a one in the first byte while the hash is out of date; its path's; the place of its entry.
const LEAF_WORDS = 2 * SLOT_WORDS + 1;
const PATH = SLOT_WORDS;
const ENTRY = 2 * SLOT_WORDS;

/** Bit `depth` of a path, from its highest: `slot` holds it after one byte. */
export function pathBit(slot: Uint8Array, at: number, depth: number): 0 | 1 {
  return ((slot[at + 1 + (depth >>> 3)]! >>> (7 - (depth & 7))) & 1) as 0 | 1;
}

/** All nodes of one tree. */
export class Nodes {
  readonly inner = new RecordPool(INNER_WORDS);
  readonly leaves = new RecordPool(LEAF_WORDS);

  /** Bytes of the nodes in use. */
  get liveBytes(): number {
    return 4 * (this.inner.live * INNER_WORDS + this.leaves.live * LEAF_WORDS);
  }

  get allocatedBytes(): number {
    return this.inner.allocatedBytes + this.leaves.allocatedBytes;
  }

  /** Makes a leaf whose hash is still to be made; `path` is a slot. */
  addLeaf(path: Uint8Array, entry: number): number {
    const leaf = this.leaves.take();
    const start = leaf * LEAF_WORDS;
    this.leaves.bytes.set(path, 4 * (start + PATH));
    this.leaves.words[start + ENTRY] = entry;
    this.leaves.bytes[4 * start] = 1;
    return leaf + LEAF;
  }

  /** Makes an inner node whose hash is still to be made. */
  addInner(depth: number, left: number, right: number): number {
    const node = this.inner.take();
    const { words, bytes } = this.inner;
    const start = node * INNER_WORDS;
    bytes[4 * start] = depth;
    words[start + LEFT] = left;
    words[start + LEFT + 1] = right;
    words[start + STALE] = 1;
    return node;
  }

  drop(reference: number): void {
    if (reference >= LEAF) this.leaves.giveBack(reference - LEAF);
    else this.inner.giveBack(reference);
  }

  depthOf(node: number): number {
    return this.inner.bytes[4 * node * INNER_WORDS]!;
  }

  child(node: number, side: 0 | 1): number {
    return this.inner.words[node * INNER_WORDS + LEFT + side]!;
  }

  setChild(node: number, side: 0 | 1, child: number): void {
    this.inner.words[node * INNER_WORDS + LEFT + side] = child;
  }

  isStale(reference: number): boolean {
    return reference >= LEAF
      ? this.leaves.bytes[4 * (reference - LEAF) * LEAF_WORDS] === 1
      : this.inner.words[reference * INNER_WORDS + STALE] === 1;
  }

  markStale(reference: number): void {
    if (reference >= LEAF) this.leaves.bytes[4 * (reference - LEAF) * LEAF_WORDS] = 1;
    else this.inner.words[reference * INNER_WORDS + STALE] = 1;
  }

  entryOf(leaf: number): number {
    return this.leaves.words[(leaf - LEAF) * LEAF_WORDS + ENTRY]!;
  }

  setEntry(leaf: number, entry: number): void {
    this.leaves.words[(leaf - LEAF) * LEAF_WORDS + ENTRY] = entry;
  }

  /** Where a leaf's path stands in `leaves.bytes`: a slot. */
  pathAt(leaf: number): number {
    return 4 * ((leaf - LEAF) * LEAF_WORDS + PATH);
  }

  /** A copy of a leaf's path: 31 bytes. */
  pathOf(leaf: number): Uint8Array {
    const at = this.pathAt(leaf);
    return this.leaves.bytes.slice(at + 1, at + SLOT_BYTES);
  }

  /** Copies a node's hash slot; its first byte is to be overwritten by the caller. */
  copyHash(reference: number, into: Uint32Array, at: number): void {
    const isLeaf = reference >= LEAF;
    const { words } = isLeaf ? this.leaves : this.inner;
    const start = isLeaf ? (reference - LEAF) * LEAF_WORDS : reference * INNER_WORDS;
    for (let i = 0; i < SLOT_WORDS; i++) into[at + i] = words[start + i]!;
  }

  /** A copy of a node's hash: 31 bytes. */
  hashOf(reference: number): Uint8Array {
    const isLeaf = reference >= LEAF;
    const { bytes } = isLeaf ? this.leaves : this.inner;
    const at = 4 * (isLeaf ? (reference - LEAF) * LEAF_WORDS : reference * INNER_WORDS);
    return bytes.slice(at + 1, at + SLOT_BYTES);
  }

  /** Copies a leaf's path slot. */
  copyPath(leaf: number, into: Uint32Array, at: number): void {
    const start = (leaf - LEAF) * LEAF_WORDS + PATH;
    const { words } = this.leaves;
    for (let i = 0; i < SLOT_WORDS; i++) into[at + i] = words[start + i]!;
  }

  /** Keeps a node's hash: the 32 words-aligned bytes of a SHA-256 at `at`, of which the first byte is dropped. */
  setHash(reference: number, from: Uint32Array, at: number): void {
    const isLeaf = reference >= LEAF;
    const pool = isLeaf ? this.leaves : this.inner;
    const start = isLeaf ? (reference - LEAF) * LEAF_WORDS : reference * INNER_WORDS;
    const first = isLeaf ? 0 : pool.bytes[4 * start]!;
    for (let i = 0; i < SLOT_WORDS; i++) pool.words[start + i] = from[at + i]!;
    pool.bytes[4 * start] = first;
    if (!isLeaf) pool.words[start + STALE] = 0;
  }
}
