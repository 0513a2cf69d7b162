import { assert } from '../../base/assert.ts';
import { bulkHash } from '../../base/bulkHash.ts';
import { ByteWriter, toHex } from '../../base/bytes.ts';
import type { BlockCommitment, ModuleStorage, StorageWrites } from '../contract.ts';
import { EntryArena } from './entryArena.ts';
import { LEAF, Nodes, NOTHING, PATH_BITS, pathBit, SLOT_BYTES } from './nodes.ts';
import { refreshHashes } from './treeHashing.ts';
import { checkOf, type ProofFields } from './verifyProof.ts';

const FORMAT = 'switchyard/merkle/1';

/** What a root hashes first, so that it is no other kind's. */
const DOMAIN = 0x4d;
const HASH_BYTES = SLOT_BYTES - 1;

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
  private top = NOTHING;
  private known: Uint8Array | undefined;

  get size(): number {
    return this.nodes.leaves.live;
  }

  get sizeBytes(): number {
    return this.nodes.liveBytes + this.arena.liveBytes;
  }

  /** Bytes of memory in all, with what is kept free for growth. */
  get allocatedBytes(): number {
    return this.nodes.allocatedBytes + this.arena.allocatedBytes;
  }

  get(key: Uint8Array): Uint8Array | undefined {
    const path = slotOf(key);
    const leaf = this.leafToward(path);
    return leaf !== NOTHING && this.hasPath(leaf, path)
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
    // In the order of the paths, so that neighbours find the way that they share still in the cache.
    const steps = changes.map(({ key, before, after }) => ({
      path: slotOf(key),
      key,
      value: backwards ? before : after,
    }));
    steps.sort((a, b) => order(a.path, b.path));
    for (const { path, key, value } of steps) {
      if (value === null) this.remove(path);
      else this.put(path, key, value);
    }
    this.known = undefined;
    if (this.arena.isWasteful) this.compact();
  }

  root(): Uint8Array {
    if (this.known === undefined) {
      if (this.top !== NOTHING) refreshHashes(this.nodes, this.arena, this.top);
      const out = new ByteWriter(5 + HASH_BYTES);
      out.u8(DOMAIN);
      out.u32(this.size);
      out.raw(this.top === NOTHING ? new Uint8Array(HASH_BYTES) : this.nodes.hashOf(this.top));
      this.known = bulkHash().sha256(out.view()).slice();
    }
    return this.known;
  }

  prove(key: Uint8Array, block?: BlockCommitment): ProofFields & { readonly check: string } {
    const root = this.root();
    const path = slotOf(key);
    const { nodes } = this;
    const steps: string[] = [];
    let reference = this.top;
    while (reference < LEAF) {
      const depth = nodes.depthOf(reference);
      const side = pathBit(path, 0, depth);
      const sibling = nodes.child(reference, side === 0 ? 1 : 0);
      steps.push(toHex(Uint8Array.of(depth)) + toHex(nodes.hashOf(sibling)));
      reference = nodes.child(reference, side);
    }
    const value = reference === NOTHING ? undefined : this.arena.valueAt(nodes.entryOf(reference));
    const present = value !== undefined && this.hasPath(reference, path);
    const proof = {
      format: FORMAT,
      key: toHex(key),
      value: present ? toHex(value) : null,
      keys: this.size,
      other:
        present || value === undefined
          ? null
          : toHex(nodes.pathOf(reference)) + toHex(bulkHash().sha256(value).subarray(1)),
      steps: steps.reverse(),
      root: toHex(root),
      ...(block === undefined ? {} : { block }),
    };
    return { ...proof, check: checkOf(proof) };
  }

  private put(path: Uint8Array, key: Uint8Array, value: Uint8Array): void {
    const { nodes } = this;
    const near = this.leafToward(path);
    if (near === NOTHING) {
      this.top = nodes.addLeaf(path, this.arena.put(key, value));
      return;
    }
    const fork = this.firstDifference(near, path);
    if (fork === PATH_BITS) {
      this.staleDownTo(path, PATH_BITS);
      nodes.markStale(near);
      nodes.setEntry(near, this.arena.replace(nodes.entryOf(near), value));
      return;
    }
    const { parent, side, reference } = this.staleDownTo(path, fork);
    const leaf = nodes.addLeaf(path, this.arena.put(key, value));
    const node =
      pathBit(path, 0, fork) === 0
        ? nodes.addInner(fork, leaf, reference)
        : nodes.addInner(fork, reference, leaf);
    if (parent === NOTHING) this.top = node;
    else nodes.setChild(parent, side, node);
  }

  private remove(path: Uint8Array): void {
    const { nodes } = this;
    const leaf = this.leafToward(path);
    if (leaf === NOTHING || !this.hasPath(leaf, path)) return;
    this.arena.drop(nodes.entryOf(leaf));
    nodes.drop(leaf);
    if (leaf === this.top) {
      this.top = NOTHING;
      return;
    }
    let above = NOTHING;
    let aboveSide: 0 | 1 = 0;
    let parent = this.top;
    let side = pathBit(path, 0, nodes.depthOf(parent));
    while (nodes.child(parent, side) !== leaf) {
      nodes.markStale(parent);
      above = parent;
      aboveSide = side;
      parent = nodes.child(parent, side);
      side = pathBit(path, 0, nodes.depthOf(parent));
    }
    const sibling = nodes.child(parent, side === 0 ? 1 : 0);
    nodes.drop(parent);
    if (above === NOTHING) this.top = sibling;
    else nodes.setChild(above, aboveSide, sibling);
  }

  /** The leaf that a path leads to, whether it is its own or not. */
  private leafToward(path: Uint8Array): number {
    const { nodes } = this;
    let reference = this.top;
    while (reference < LEAF) reference = nodes.child(reference, pathBit(path, 0, nodes.depthOf(reference)));
    return reference;
  }

  /** Goes down along a path to the first node at `depth` or below; the hashes of those above are out of date from now on. */
  private staleDownTo(path: Uint8Array, depth: number) {
    const { nodes } = this;
    let parent = NOTHING;
    let side: 0 | 1 = 0;
    let reference = this.top;
    while (reference < LEAF && nodes.depthOf(reference) < depth) {
      nodes.markStale(reference);
      parent = reference;
      side = pathBit(path, 0, nodes.depthOf(reference));
      reference = nodes.child(reference, side);
    }
    return { parent, side, reference };
  }

  /** The first bit in which a leaf's path is another than this one; {@link PATH_BITS} when they are equal. */
  private firstDifference(leaf: number, path: Uint8Array): number {
    const { bytes } = this.nodes.leaves;
    const at = this.nodes.pathAt(leaf);
    for (let i = 1; i < SLOT_BYTES; i++) {
      const difference = bytes[at + i]! ^ path[i]!;
      if (difference !== 0) return 8 * (i - 1) + Math.clz32(difference) - 24;
    }
    return PATH_BITS;
  }

  private hasPath(leaf: number, path: Uint8Array): boolean {
    return this.firstDifference(leaf, path) === PATH_BITS;
  }

  /** All leaves in the order of their paths. */
  private *leaves(): IterableIterator<number> {
    const open = this.top === NOTHING ? [] : [this.top];
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

/** A key's path in a slot: its SHA-256, the first byte zero. Two keys on one path would be a collision of SHA-256 in 248 bits. */
function slotOf(key: Uint8Array): Uint8Array {
  const slot = bulkHash().sha256(key);
  slot[0] = 0;
  return slot;
}

function order(a: Uint8Array, b: Uint8Array): number {
  for (let i = 1; i < SLOT_BYTES; i++) {
    const difference = a[i]! - b[i]!;
    if (difference !== 0) return difference;
  }
  return 0;
}
