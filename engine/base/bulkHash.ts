import { sha256 } from '@noble/hashes/sha2.js';

/** SHA-256 for who hashes by the thousand; every implementation gives the same bytes. */
export interface BulkHash {
  readonly implementation: 'wasm' | 'javascript';
  /** SHA-256 of each 64 bytes of `input`, one after another: 32 bytes each into `output`. */
  hash64s(input: Uint8Array, output: Uint8Array): void;
  sha256(bytes: Uint8Array): Uint8Array;
}

const plain: BulkHash = {
  implementation: 'javascript',
  hash64s: (input, output) => {
    for (let at = 0; at < input.length; at += 64) {
      output.set(sha256(input.subarray(at, at + 64)), at / 2);
    }
  },
  sha256,
};

let best = plain;
let loading: Promise<BulkHash> | undefined;

/** The fastest that is loaded: without {@link loadBulkHash} it is the one in JavaScript, three to four times slower. */
export function bulkHash(): BulkHash {
  return best;
}

/**
 * Loads SHA-256 in WebAssembly, once, for whoever is about to ask for many hashes; it is no part of what a page loads at first. Where
 * WebAssembly is refused or cannot be fetched the one in JavaScript goes on; never rejects.
 */
export function loadBulkHash(): Promise<BulkHash> {
  loading ??= import('@chainsafe/as-sha256').then(
    ({ hashInto, digest }) => {
      best = { implementation: 'wasm', hash64s: hashInto, sha256: digest };
      return best;
    },
    () => plain,
  );
  return loading;
}
