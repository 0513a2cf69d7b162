import { assert } from '../../base/assert.ts';
import { toHex } from '../../base/bytes.ts';
import type { BlockCommitment, ModuleStorage, StorageWrites } from '../contract.ts';
import { LogTree } from './logTree.ts';
import { FORMAT, leafOf, type LoggedWrite, logStateRoot, type WriteProof } from './verifyWrite.ts';

/** The key was not there before. */
const NEVER = -1;

interface Entry {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
  /** The write that gave it this value. */
  readonly leaf: number;
}

/** A write, and the one that gave its key the value before; {@link NEVER} when it was absent. */
interface Kept extends LoggedWrite {
  readonly previous: number;
}

/** An inclusion proof as `log-proof verify` takes it. */
export interface InclusionJson {
  readonly leafIndex: number;
  readonly treeSize: number;
  readonly root: string;
  readonly leafHash: string;
  readonly proof: readonly string[];
}

/** A consistency proof as `log-proof verify` takes it. */
export interface ConsistencyJson {
  readonly size1: number;
  readonly size2: number;
  readonly root1: string;
  readonly root2: string;
  readonly proof: readonly string[];
}

/**
 * A module's state as the log of all its writes, each a leaf of an RFC 6962 tree, in the order of blocks and, within one, of keys. Its
 * root commits to the whole history. It proves that a write happened, and that the log only grew; it never forgets, so that it
 * takes more with every write: the write itself and 64 bytes. A write costs two hashes, a root or a proof O(log n).
 */
export class AppendLogStorage implements ModuleStorage {
  readonly kind = 'appendLog';
  readonly commitsTo = 'history';
  readonly proves = 'presence';
  private readonly map = new Map<string, Entry>();
  private readonly log: Kept[] = [];
  private readonly tree = new LogTree();
  private loggedBytes = 0;
  private known: Uint8Array | undefined;

  get size(): number {
    return this.map.size;
  }

  get sizeBytes(): number {
    return this.loggedBytes + this.tree.sizeBytes;
  }

  /** How many writes there were. */
  get writes(): number {
    return this.log.length;
  }

  get(key: Uint8Array): Uint8Array | undefined {
    return this.map.get(textOf(key))?.value;
  }

  entries(): Iterable<Entry> {
    return this.map.values();
  }

  /** A write by its place in the log, from 0. */
  write(leaf: number): LoggedWrite {
    const found = this.log[leaf];
    assert(found !== undefined, 'the write is in the log', { leaf, writes: this.log.length });
    return found;
  }

  apply({ height, changes }: StorageWrites, backwards = false): void {
    this.known = undefined;
    if (backwards) {
      for (let i = changes.length - 1; i >= 0; i--) this.takeBack(changes[i]!.key);
      this.tree.truncate(this.log.length);
      return;
    }
    for (const { key, after } of changes) this.add(height, key, after);
  }

  root(): Uint8Array {
    this.known ??= logStateRoot(this.log.length, this.tree.root());
    return this.known;
  }

  /** The write that gave the key its present value. */
  prove(key: Uint8Array, block?: BlockCommitment): WriteProof | undefined {
    const entry = this.map.get(textOf(key));
    return entry && this.proveWrite(entry.leaf, block);
  }

  /** Any write of the log that gave a key a value; undefined for one that removed it. */
  proveWrite(leaf: number, block?: BlockCommitment): WriteProof | undefined {
    const { height, key, value } = this.write(leaf);
    if (value === null) return undefined;
    return {
      format: FORMAT,
      key: toHex(key),
      value: toHex(value),
      height,
      leaf,
      leaves: this.log.length,
      path: this.tree.inclusionProof(leaf).map(toHex),
      root: toHex(this.root()),
      ...(block === undefined ? {} : { block }),
    };
  }

  /** That a write is among the first `size`, in terms of RFC 6962 alone. */
  inclusion(leaf: number, size: number = this.log.length): InclusionJson {
    return {
      leafIndex: leaf,
      treeSize: size,
      root: toHex(this.tree.root(size)),
      leafHash: toHex(this.tree.leafHash(leaf)),
      proof: this.tree.inclusionProof(leaf, size).map(toHex),
    };
  }

  /** That the first `size1` writes are still what they were when there were `size2`, in terms of RFC 6962 alone. */
  consistency(size1: number, size2: number = this.log.length): ConsistencyJson {
    return {
      size1,
      size2,
      root1: toHex(this.tree.root(size1)),
      root2: toHex(this.tree.root(size2)),
      proof: this.tree.consistencyProof(size1, size2).map(toHex),
    };
  }

  private add(height: number, key: Uint8Array, value: Uint8Array | null): void {
    const text = textOf(key);
    const leaf = this.log.length;
    this.log.push({ height, key, value, previous: this.map.get(text)?.leaf ?? NEVER });
    this.loggedBytes += bytesOf(key, value);
    this.tree.append(leafOf({ height, key, value }));
    if (value === null) this.map.delete(text);
    else this.map.set(text, { key, value, leaf });
  }

  private takeBack(key: Uint8Array): void {
    const text = textOf(key);
    const last = this.log.pop();
    assert(last !== undefined && textOf(last.key) === text, 'what was written last is taken back first', {
      writes: this.log.length,
    });
    this.loggedBytes -= bytesOf(last.key, last.value);
    if (last.previous === NEVER) {
      this.map.delete(text);
      return;
    }
    // Only a write of a value is ever the one before.
    const { value } = this.log[last.previous]!;
    this.map.set(text, { key, value: value!, leaf: last.previous });
  }
}

/** One write: key, value and height. */
function bytesOf(key: Uint8Array, value: Uint8Array | null): number {
  return 4 + key.length + (value?.length ?? 0);
}

/** One code unit a byte: equal keys, equal texts. */
function textOf(key: Uint8Array): string {
  return String.fromCharCode.apply(null, key as unknown as number[]);
}
