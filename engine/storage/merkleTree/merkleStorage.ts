import { assert } from '../../base/assert.ts';
import { ByteWriter, toHex } from '../../base/bytes.ts';
import { sha256 } from '../../base/hash.ts';
import type { BlockCommitment, ModuleStorage, StorageWrites } from '../contract.ts';
import { digestsOf } from './digests.ts';
import { EntryArena } from './entryArena.ts';
import {
  BLOCK_WORDS,
  HEAD,
  LEAF,
  MOST_INLINE,
  Nodes,
  NOTHING,
  PATH_BITS,
  pathBit,
  type Side,
  SLOT_BYTES,
} from './nodes.ts';
import { refreshHashes, writeLeafValue } from './treeHashing.ts';
import { checkOf, type ProofFields } from './verifyProof.ts';

const FORMAT = 'switchyard/merkle/1';

/** What a root hashes first, so that it is no other kind's. */
const DOMAIN = 0x4d;
const HASH_BYTES = SLOT_BYTES - 1;
/** Of one block; a place and 32 bits fit a number. */
const MOST_CHANGES = 2 ** 21;

/**
 * A module's state as a sparse Merkle tree: binary, over the SHA-256 of the keys as paths, with a node only where paths part, so that
 * n keys have 2n−1 nodes in some log2(n) levels. Equal content makes an equal tree, whatever its history.
 * Changing or looking up a key takes O(log n); a root after k changes hashes each node above them once, in batches; a proof has
 * 32 log2(n) bytes. Memory: 112 bytes a key and the entry itself, and up to a quarter more for growth.
 */
export class MerkleStorage implements ModuleStorage {
  readonly kind = 'merkleTree';
  readonly commitsTo = 'content';
  readonly proves = 'presenceAndAbsence';
  private readonly nodes = new Nodes();
  private arena = new EntryArena();
  private known: Uint8Array | undefined;

  get size(): number {
    return this.nodes.leafCount;
  }

  get sizeBytes(): number {
    return this.nodes.liveBytes + this.arena.liveBytes;
  }

  /** Bytes of memory in all, with what is kept free for growth. */
  get allocatedBytes(): number {
    return this.nodes.allocatedBytes + this.arena.allocatedBytes;
  }

  get(key: Uint8Array): Uint8Array | undefined {
    const path = digestsOf([key]);
    const leaf = this.leafToward(path, 0);
    return leaf !== NOTHING && this.nodes.firstDifference(leaf, path, 0) === PATH_BITS
      ? this.arena.valueAt(this.nodes.entryOf(leaf)).slice()
      : undefined;
  }

  *entries(): IterableIterator<{ readonly key: Uint8Array; readonly value: Uint8Array }> {
    for (const leaf of this.leaves()) {
      const entry = this.nodes.entryOf(leaf);
      yield { key: this.arena.keyAt(entry).slice(), value: this.arena.valueAt(entry).slice() };
    }
  }

  apply({ changes }: StorageWrites, backwards = false): void {
    assert(changes.length <= MOST_CHANGES, 'a block changes fewer keys', { changes: changes.length });
    const paths = digestsOf(changes.map(({ key }) => key));
    for (const place of inOrder(paths)) {
      const { key, before, after } = changes[place]!;
      const value = backwards ? before : after;
      if (value === null) this.remove(paths, SLOT_BYTES * place);
      else this.put(paths, SLOT_BYTES * place, key, value);
    }
    this.known = undefined;
    if (this.arena.isWasteful) this.compact();
  }

  root(): Uint8Array {
    if (this.known === undefined) {
      refreshHashes(this.nodes, this.arena);
      const out = new ByteWriter(5 + HASH_BYTES);
      out.u8(DOMAIN);
      out.u32(this.size);
      out.raw(this.size === 0 ? new Uint8Array(HASH_BYTES) : this.nodes.hashOf(HEAD, 0));
      this.known = sha256(out.view());
    }
    return this.known;
  }

  prove(key: Uint8Array, block?: BlockCommitment): ProofFields & { readonly check: string } {
    const root = this.root();
    const path = digestsOf([key]);
    const { nodes } = this;
    const steps: string[] = [];
    let reference = nodes.top;
    while (reference < LEAF) {
      const depth = nodes.depthOf(reference);
      const side = pathBit(path, 0, depth);
      steps.push(toHex(Uint8Array.of(depth)) + toHex(nodes.hashOf(reference, other(side))));
      reference = nodes.child(reference, side);
    }
    const value = reference === NOTHING ? undefined : this.arena.valueAt(nodes.entryOf(reference));
    const present = value !== undefined && nodes.firstDifference(reference, path, 0) === PATH_BITS;
    const proof = {
      format: FORMAT,
      key: toHex(key),
      value: present ? toHex(value) : null,
      keys: this.size,
      other: present || value === undefined ? null : toHex(this.leafBlock(reference, value)),
      steps: steps.reverse(),
      root: toHex(root),
      ...(block === undefined ? {} : { block }),
    };
    return { ...proof, check: checkOf(proof) };
  }

  /** The 64 bytes that a leaf's hash is made of. */
  private leafBlock(leaf: number, value: Uint8Array): Uint8Array {
    const words = new Uint32Array(BLOCK_WORDS);
    const bytes = new Uint8Array(words.buffer);
    const long = value.length > MOST_INLINE;
    this.nodes.writeLeafPath(leaf, long, words, bytes, 0);
    const digest = long ? digestsOf([value]) : undefined;
    writeLeafValue(this.arena, this.nodes.entryOf(leaf), digest, bytes, SLOT_BYTES);
    return bytes;
  }

  private put(paths: Uint8Array, at: number, key: Uint8Array, value: Uint8Array): void {
    const { nodes } = this;
    const near = this.staleToward(paths, at);
    if (near === NOTHING) {
      nodes.setChild(HEAD, 0, nodes.addLeaf(paths, at, this.arena.put(key, value)));
      return;
    }
    const fork = nodes.firstDifference(near, paths, at);
    if (fork === PATH_BITS) {
      nodes.setEntry(near, this.arena.replace(nodes.entryOf(near), value));
      return;
    }
    let parent = HEAD;
    let side: Side = 0;
    let below = nodes.top;
    while (below < LEAF && nodes.depthOf(below) < fork) {
      parent = below;
      side = pathBit(paths, at, nodes.depthOf(below));
      below = nodes.child(below, side);
    }
    const leaf = nodes.addLeaf(paths, at, this.arena.put(key, value));
    const node =
      pathBit(paths, at, fork) === 0 ? nodes.addInner(fork, leaf, below) : nodes.addInner(fork, below, leaf);
    nodes.setChild(parent, side, node);
  }

  private remove(paths: Uint8Array, at: number): void {
    const { nodes } = this;
    const leaf = this.staleToward(paths, at);
    if (leaf === NOTHING || nodes.firstDifference(leaf, paths, at) !== PATH_BITS) return;
    this.arena.drop(nodes.entryOf(leaf));
    nodes.drop(leaf);
    if (leaf === nodes.top) {
      nodes.setChild(HEAD, 0, NOTHING);
      return;
    }
    let above = HEAD;
    let aboveSide: Side = 0;
    let parent = nodes.top;
    let side = pathBit(paths, at, nodes.depthOf(parent));
    while (nodes.child(parent, side) !== leaf) {
      above = parent;
      aboveSide = side;
      parent = nodes.child(parent, side);
      side = pathBit(paths, at, nodes.depthOf(parent));
    }
    nodes.setChild(above, aboveSide, nodes.child(parent, other(side)));
    nodes.drop(parent);
  }

  /** The leaf that a path leads to, whether it is its own or not. */
  private leafToward(paths: Uint8Array, at: number): number {
    const { nodes } = this;
    let reference = nodes.top;
    while (reference < LEAF) reference = nodes.child(reference, pathBit(paths, at, nodes.depthOf(reference)));
    return reference;
  }

  /**
   * The same; all hashes on the way are out of date from now on. That may be more than need be, where a path parts from the way
   * further up, but never too little.
   */
  private staleToward(paths: Uint8Array, at: number): number {
    const { nodes } = this;
    nodes.markStale(HEAD, 0);
    let reference = nodes.top;
    while (reference < LEAF) {
      const side = pathBit(paths, at, nodes.depthOf(reference));
      nodes.markStale(reference, side);
      reference = nodes.child(reference, side);
    }
    return reference;
  }

  /** All leaves in the order of their paths. */
  private *leaves(): IterableIterator<number> {
    const open = this.size === 0 ? [] : [this.nodes.top];
    for (let reference = open.pop(); reference !== undefined; reference = open.pop()) {
      if (reference >= LEAF) yield reference;
      else open.push(this.nodes.child(reference, 1), this.nodes.child(reference, 0));
    }
  }

  /** Moves all entries into a new arena without holes. */
  private compact(): void {
    const arena = new EntryArena();
    for (const leaf of this.leaves()) {
      const entry = this.nodes.entryOf(leaf);
      this.nodes.setEntry(leaf, arena.put(this.arena.keyAt(entry), this.arena.valueAt(entry)));
    }
    assert(arena.liveBytes === this.arena.liveBytes, 'all entries move', { bytes: arena.liveBytes });
    this.arena = arena;
  }
}

function other(side: Side): Side {
  return side === 0 ? 1 : 0;
}

/** Places of paths by their first 32 bits, so that neighbours find the way that they share still in the cache. */
function inOrder(paths: Uint8Array): Float64Array {
  const keys = new Float64Array(paths.length / SLOT_BYTES);
  for (let place = 0; place < keys.length; place++) {
    const at = SLOT_BYTES * place + 1;
    const first = (paths[at]! * 256 + paths[at + 1]!) * 65536 + paths[at + 2]! * 256 + paths[at + 3]!;
    keys[place] = first * MOST_CHANGES + place;
  }
  keys.sort();
  for (let i = 0; i < keys.length; i++) keys[i] = keys[i]! % MOST_CHANGES;
  return keys;
}
