import { bulkHash, HASH_BYTES, INPUT_BYTES, TOGETHER } from '../../base/bulkHash.ts';
import { sha256 } from '../../base/hash.ts';

/** What is shorter is filled up, so that it takes one input of the bulk hash. */
export const FILLED_BYTES = INPUT_BYTES - 1;
/** What follows the bytes of something longer. */
const LONG_MARK = 0xff;

/**
 * Hash of each item, 32 bytes each, one after another: up to 63 bytes SHA-256 over the bytes, zeros and, as the 64th, their number;
 * beyond that SHA-256 over the bytes and a byte 0xff. No two items have one input.
 */
export function digestsOf(items: readonly Uint8Array[]): Uint8Array {
  const digests = new Uint8Array(HASH_BYTES * items.length);
  const { inputBytes, outputBytes, hash } = bulkHash();
  for (let from = 0; from < items.length; from += TOGETHER) {
    const count = Math.min(TOGETHER, items.length - from);
    inputBytes.fill(0);
    for (let i = 0; i < count; i++) {
      const item = items[from + i]!;
      if (item.length > FILLED_BYTES) continue;
      inputBytes.set(item, INPUT_BYTES * i);
      inputBytes[INPUT_BYTES * i + FILLED_BYTES] = item.length;
    }
    hash();
    for (let i = 0; i < HASH_BYTES * count; i++) digests[HASH_BYTES * from + i] = outputBytes[i]!;
    for (let i = 0; i < count; i++) {
      const item = items[from + i]!;
      if (item.length > FILLED_BYTES) digests.set(longDigest(item), HASH_BYTES * (from + i));
    }
  }
  return digests;
}

function longDigest(item: Uint8Array): Uint8Array {
  const marked = new Uint8Array(item.length + 1);
  marked.set(item);
  marked[item.length] = LONG_MARK;
  return sha256(marked);
}
