import { RecordPool } from './recordPool.ts';

/**
 * Nodes of the tree. A reference is a number: of an inner node, or of a leaf with {@link LEAF} added; {@link NOTHING} is an empty tree.
 * Hashes and paths have 31 bytes and stand in slots of 32, whose first byte says something else.
 */
export const LEAF = 0x4000_0000;
export const NOTHING = 0x8000_0000;
/** Stands above the tree, which is its left child. */
export const HEAD = 0;

export type Side = 0 | 1;

export const SLOT_BYTES = 32;
const SLOT_WORDS = SLOT_BYTES / 4;
/** Bits of a path. */
export const PATH_BITS = 248;

/** What opens the 64 bytes of a leaf and those of an inner node. */
const LONG_LEAF_TAG = 0;
const INNER_TAG = 1;
const LEAF_TAG = 2;

/** Bytes of a value that stand in its leaf's block themselves; of longer ones a hash does. */
export const MOST_INLINE = SLOT_BYTES - 1;

/** Words that a node's hash is made of. */
export const BLOCK_WORDS = 2 * SLOT_WORDS;
// How an inner node hangs together, apart from its hashes, so that many fit the cache: both children, then its depth and which of
// its children's hashes are out of date.
const LINK_WORDS = 3;
const LEFT = 0;
const DEPTH = 2;
const STALE = [0x100, 0x200] as const;
// A leaf: the slot of its path, whose first byte is zero, and the place of its entry.
const LEAF_WORDS = SLOT_WORDS + 1;
const ENTRY = SLOT_WORDS;

/** Bit `depth` of the path in the slot at `at`, from its highest. */
export function pathBit(slots: Uint8Array, at: number, depth: number): Side {
  return ((slots[at + 1 + (depth >>> 3)]! >>> (7 - (depth & 7))) & 1) as Side;
}

/** All nodes of one tree. A node's hash stands with its parent: there it is one half of what the parent's is made of. */
export class Nodes {
  private readonly links = new RecordPool(LINK_WORDS);
  private readonly leaves = new RecordPool(LEAF_WORDS);
  /** The 64 bytes of each inner node, ready to be hashed: tag, left, depth, right. */
  private blocks = new Uint32Array(0);
  private blockBytes = new Uint8Array(0);

  constructor() {
    this.addInner(0, NOTHING, NOTHING);
  }

  get leafCount(): number {
    return this.leaves.live;
  }

  /** Bytes of the nodes in use. */
  get liveBytes(): number {
    const inner = this.links.live * (LINK_WORDS + BLOCK_WORDS);
    return 4 * (inner + this.leaves.live * LEAF_WORDS);
  }

  get allocatedBytes(): number {
    return this.links.words.byteLength + this.blocks.byteLength + this.leaves.words.byteLength;
  }

  get top(): number {
    return this.child(HEAD, 0);
  }

  /** Makes a leaf; its path stands in the slot at `at`. */
  addLeaf(slots: Uint8Array, at: number, entry: number): number {
    const leaf = this.leaves.take();
    const start = leaf * LEAF_WORDS;
    this.leaves.bytes[4 * start] = 0;
    for (let i = 1; i < SLOT_BYTES; i++) this.leaves.bytes[4 * start + i] = slots[at + i]!;
    this.leaves.words[start + ENTRY] = entry;
    return leaf + LEAF;
  }

  /** Makes an inner node; its children's hashes are out of date. */
  addInner(depth: number, left: number, right: number): number {
    const node = this.links.take();
    if (this.links.capacity * BLOCK_WORDS > this.blocks.length) {
      const blocks = new Uint32Array(this.links.capacity * BLOCK_WORDS);
      blocks.set(this.blocks);
      this.blocks = blocks;
      this.blockBytes = new Uint8Array(blocks.buffer);
    }
    const { words } = this.links;
    const start = node * LINK_WORDS;
    words[start + LEFT] = left;
    words[start + LEFT + 1] = right;
    words[start + DEPTH] = depth | STALE[0] | STALE[1];
    this.blockBytes[4 * node * BLOCK_WORDS] = INNER_TAG;
    this.blockBytes[4 * node * BLOCK_WORDS + SLOT_BYTES] = depth;
    return node;
  }

  drop(reference: number): void {
    if (reference >= LEAF) this.leaves.giveBack(reference - LEAF);
    else this.links.giveBack(reference);
  }

  depthOf(node: number): number {
    return this.links.words[node * LINK_WORDS + DEPTH]! & 0xff;
  }

  child(node: number, side: Side): number {
    return this.links.words[node * LINK_WORDS + LEFT + side]!;
  }

  setChild(node: number, side: Side, child: number): void {
    this.links.words[node * LINK_WORDS + LEFT + side] = child;
  }

  /** Whether a child's hash is out of date. */
  isStale(node: number, side: Side): boolean {
    return (this.links.words[node * LINK_WORDS + DEPTH]! & STALE[side]) !== 0;
  }

  markStale(node: number, side: Side): void {
    this.links.words[node * LINK_WORDS + DEPTH]! |= STALE[side];
  }

  /** Says that the hashes of both children are as they should be. */
  markFresh(node: number): void {
    this.links.words[node * LINK_WORDS + DEPTH]! &= 0xff;
  }

  entryOf(leaf: number): number {
    return this.leaves.words[(leaf - LEAF) * LEAF_WORDS + ENTRY]!;
  }

  setEntry(leaf: number, entry: number): void {
    this.leaves.words[(leaf - LEAF) * LEAF_WORDS + ENTRY] = entry;
  }

  /** The first bit in which a leaf's path is another than that in the slot at `at`; {@link PATH_BITS} when they are equal. */
  firstDifference(leaf: number, slots: Uint8Array, at: number): number {
    const { bytes } = this.leaves;
    const own = 4 * (leaf - LEAF) * LEAF_WORDS;
    for (let i = 1; i < SLOT_BYTES; i++) {
      const difference = bytes[own + i]! ^ slots[at + i]!;
      if (difference !== 0) return 8 * (i - 1) + Math.clz32(difference) - 24;
    }
    return PATH_BITS;
  }

  /** A copy of a child's hash: 31 bytes. */
  hashOf(node: number, side: Side): Uint8Array {
    const at = 4 * (node * BLOCK_WORDS + side * SLOT_WORDS);
    return this.blockBytes.slice(at + 1, at + SLOT_BYTES);
  }

  /** Keeps a child's hash, of which the first byte does not count. */
  setHash(node: number, side: Side, from: Uint32Array, at: number): void {
    const { blocks } = this;
    const start = node * BLOCK_WORDS + side * SLOT_WORDS;
    const first = this.blockBytes[4 * start]!;
    for (let i = 0; i < SLOT_WORDS; i++) blocks[start + i] = from[at + i]!;
    this.blockBytes[4 * start] = first;
  }

  /** Writes the 64 bytes of an inner node. */
  writeInnerBlock(node: number, into: Uint32Array, at: number): void {
    const { blocks } = this;
    const start = node * BLOCK_WORDS;
    for (let i = 0; i < BLOCK_WORDS; i++) into[at + i] = blocks[start + i]!;
  }

  /** Writes the half of a leaf's 64 bytes that is its path; `long` says that the other half is a hash of its value. */
  writeLeafPath(leaf: number, long: boolean, into: Uint32Array, bytes: Uint8Array, at: number): void {
    const start = (leaf - LEAF) * LEAF_WORDS;
    const { words } = this.leaves;
    for (let i = 0; i < SLOT_WORDS; i++) into[at + i] = words[start + i]!;
    bytes[4 * at] = long ? LONG_LEAF_TAG : LEAF_TAG;
  }
}
