import { assert } from '../../base/assert.ts';
import { EMPTY_ROOT, HASH_BYTES, leafHash, nodeHash } from './verifyLog.ts';

/**
 * The Merkle tree of RFC 6962, 2.1, over leaves that are only ever added, or taken back from the end. It keeps the hash of every
 * complete subtree: less than 64 bytes a leaf, and up to as much again for growth.
 */
export class LogTree {
  /** Hashes of the complete subtrees of 2^level leaves, in order. */
  private readonly levels: HashList[] = [];
  private leaves = 0;

  /** How many leaves there are. */
  get size(): number {
    return this.leaves;
  }

  /** Bytes of the hashes that are kept. */
  get sizeBytes(): number {
    return this.levels.reduce((sum, level) => sum + level.sizeBytes, 0);
  }

  /** Adds a leaf; two hashes on average. */
  append(data: Uint8Array): void {
    this.appendHash(leafHash(data));
  }

  /** Adds a leaf of which {@link leafHash} is known; one hash on average. */
  appendHash(hash: Uint8Array): void {
    let carried = hash;
    let place = this.leaves++;
    for (let level = 0; ; level++) {
      const list = this.level(level);
      list.push(carried);
      if (place % 2 === 0) return;
      carried = nodeHash(list.at(place - 1), carried);
      place = (place - 1) / 2;
    }
  }

  /** Takes leaves back from the end until `size` are left. */
  truncate(size: number): void {
    assert(Number.isInteger(size) && size >= 0 && size <= this.leaves, 'a log is cut within its size', {
      size,
      leaves: this.leaves,
    });
    this.leaves = size;
    this.levels.forEach((list, level) => {
      list.truncate(Math.floor(size / 2 ** level));
    });
  }

  /** {@link leafHash} of the leaf at `index`. */
  leafHash(index: number): Uint8Array {
    assert(Number.isInteger(index) && index >= 0 && index < this.leaves, 'the leaf is in the log', { index });
    return this.level(0).at(index);
  }

  /** The root when there were `size` leaves; 32 bytes. Takes O(log size) hashes. */
  root(size: number = this.leaves): Uint8Array {
    assert(Number.isInteger(size) && size >= 0 && size <= this.leaves, 'the tree had this size', { size });
    return size === 0 ? EMPTY_ROOT.slice() : this.subtree(0, size);
  }

  /** PATH of RFC 6962, 2.1.1: that the leaf at `index` is among the first `size`. Takes O(log² size) hashes. */
  inclusionProof(index: number, size: number = this.leaves): Uint8Array[] {
    assert(
      Number.isInteger(index) && index >= 0 && index < size && size <= this.leaves,
      'the leaf is there',
      {
        index,
        size,
      },
    );
    const proof: Uint8Array[] = [];
    let from = 0;
    let count = size;
    while (count > 1) {
      const left = splitOf(count);
      if (index < from + left) {
        proof.push(this.subtree(from + left, count - left));
        count = left;
      } else {
        proof.push(this.subtree(from, left));
        from += left;
        count -= left;
      }
    }
    return proof.reverse();
  }

  /**
   * PROOF of RFC 6962, 2.1.2: that the first `size1` leaves are the same in the tree of `size2`. Empty between equal sizes, and from
   * no leaves at all. Takes O(log² size2) hashes.
   */
  consistencyProof(size1: number, size2: number = this.leaves): Uint8Array[] {
    const known = Number.isInteger(size1) && size1 >= 0 && size1 <= size2 && size2 <= this.leaves;
    assert(known, 'both trees were there', { size1, size2 });
    const proof: Uint8Array[] = [];
    if (size1 === 0) return proof;
    let from = 0;
    let count = size2;
    while (from + count > size1) {
      const left = splitOf(count);
      if (size1 <= from + left) {
        proof.push(this.subtree(from + left, count - left));
        count = left;
      } else {
        proof.push(this.subtree(from, left));
        from += left;
        count -= left;
      }
    }
    // Down to a node that both trees have. When that is the first tree itself, its root is known.
    if (from > 0) proof.push(this.subtree(from, count));
    return proof.reverse();
  }

  /** The hash over `count` leaves from `from` on, all of which stand under one node of some tree. */
  private subtree(from: number, count: number): Uint8Array {
    if (count === 1) return this.level(0).at(from);
    const left = splitOf(count);
    if (left * 2 === count) return this.level(levelOf(count)).at(from / count);
    return nodeHash(this.subtree(from, left), this.subtree(from + left, count - left));
  }

  private level(level: number): HashList {
    let list = this.levels[level];
    if (list === undefined) {
      list = new HashList();
      this.levels.push(list);
    }
    return list;
  }
}

/** The greatest power of two below `count`, which is at least 2. */
function splitOf(count: number): number {
  let left = 1;
  while (left * 2 < count) left *= 2;
  return left;
}

/** The exponent of a power of two. */
function levelOf(power: number): number {
  let level = 0;
  for (let count = 1; count < power; count *= 2) level++;
  return level;
}

/** Hashes one after another in one buffer. */
class HashList {
  private bytes = new Uint8Array(HASH_BYTES);
  private count = 0;

  get sizeBytes(): number {
    return this.count * HASH_BYTES;
  }

  at(index: number): Uint8Array {
    return this.bytes.slice(index * HASH_BYTES, (index + 1) * HASH_BYTES);
  }

  push(hash: Uint8Array): void {
    const at = this.count * HASH_BYTES;
    if (at === this.bytes.length) {
      const grown = new Uint8Array(2 * this.bytes.length);
      grown.set(this.bytes);
      this.bytes = grown;
    }
    this.bytes.set(hash, at);
    this.count++;
  }

  truncate(count: number): void {
    this.count = count;
  }
}
