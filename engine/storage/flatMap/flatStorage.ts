import { ByteWriter, compareBytes } from '../../base/bytes.ts';
import { sha256 } from '../../base/hash.ts';
import type { ModuleStorage, StorageProof, StorageWrites } from '../contract.ts';

interface Entry {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/** What a root hashes first, so that it is no other kind's. */
const DOMAIN = 0x46;

/**
 * A module's state as one hash map: constant-time reads and writes, no proofs. The root is SHA-256 over the domain byte, the number of
 * entries, and each entry in ascending key order as length, key, length, value (lengths and number in four bytes, big-endian). It is
 * made from all entries when it is asked for after a change: O(n log n), which is the price of keeping nothing but the map.
 */
export class FlatStorage implements ModuleStorage {
  readonly kind = 'flatMap';
  readonly commitsTo = 'content';
  readonly proves = 'nothing';
  private readonly map = new Map<string, Entry>();
  private bytes = 0;
  private known: Uint8Array | undefined;

  get size(): number {
    return this.map.size;
  }

  get sizeBytes(): number {
    return this.bytes;
  }

  get(key: Uint8Array): Uint8Array | undefined {
    return this.map.get(textOf(key))?.value;
  }

  entries(): Iterable<Entry> {
    return this.map.values();
  }

  apply({ changes }: StorageWrites, backwards = false): void {
    for (const { key, before, after } of changes) {
      const text = textOf(key);
      const value = backwards ? before : after;
      const old = this.map.get(text);
      if (old !== undefined) this.bytes -= old.key.length + old.value.length;
      if (value === null) {
        this.map.delete(text);
      } else {
        this.map.set(text, { key, value });
        this.bytes += key.length + value.length;
      }
    }
    this.known = undefined;
  }

  root(): Uint8Array {
    this.known ??= this.computeRoot();
    return this.known;
  }

  prove(_key: Uint8Array): StorageProof | undefined {
    return undefined;
  }

  private computeRoot(): Uint8Array {
    const entries = [...this.map.values()].sort((a, b) => compareBytes(a.key, b.key));
    const out = new ByteWriter(5 + this.bytes + 8 * entries.length);
    out.u8(DOMAIN);
    out.u32(entries.length);
    for (const { key, value } of entries) {
      out.u32(key.length);
      out.raw(key);
      out.u32(value.length);
      out.raw(value);
    }
    return sha256(out.view());
  }
}

/** One code unit a byte: equal keys, equal texts. */
function textOf(key: Uint8Array): string {
  return String.fromCharCode.apply(null, key as unknown as number[]);
}
