import { sha256 } from '@noble/hashes/sha2.js';

/** Inputs that are hashed together. */
export const TOGETHER = 4;
export const INPUT_BYTES = 64;
export const HASH_BYTES = 32;
const INPUT_WORDS = INPUT_BYTES / 4;
const HASH_WORDS = HASH_BYTES / 4;

/**
 * SHA-256 for who hashes by the ten thousand: {@link TOGETHER} inputs of 64 bytes at a time, from where they are written to where they
 * are read, with nothing allocated. Every implementation gives the same bytes. One for all: fill, hash, and take before anybody else does.
 */
export interface BulkHash {
  readonly implementation: 'wasm' | 'javascript';
  /** The inputs one after another, as bytes and as words in the order of the machine. */
  readonly inputBytes: Uint8Array;
  readonly inputWords: Uint32Array;
  /** The hashes of {@link hash}, one after another. */
  readonly outputBytes: Uint8Array;
  readonly outputWords: Uint32Array;
  /** Hashes all inputs; those not filled are hashed, too. */
  hash(): void;
}

const plain: BulkHash = overMemory(
  'javascript',
  new ArrayBuffer(TOGETHER * (INPUT_BYTES + HASH_BYTES)),
  0,
  TOGETHER * INPUT_BYTES,
  () => {
    const { inputBytes, outputBytes } = plain;
    for (let i = 0; i < TOGETHER; i++) {
      outputBytes.set(sha256(inputBytes.subarray(INPUT_BYTES * i, INPUT_BYTES * (i + 1))), HASH_BYTES * i);
    }
  },
);

let best = plain;
let loading: Promise<BulkHash> | undefined;

/** The fastest that is loaded: without {@link loadBulkHash} it is the one in JavaScript, several times slower. */
export function bulkHash(): BulkHash {
  return best;
}

/**
 * Loads SHA-256 in WebAssembly, once, for whoever is about to ask for many hashes; it is no part of what a page loads at first. Where
 * WebAssembly is refused or cannot be fetched the one in JavaScript goes on; never rejects.
 */
export function loadBulkHash(): Promise<BulkHash> {
  loading ??= import('@chainsafe/as-sha256/lib/wasm.js').then(
    ({ newInstance }) => {
      best = inWebAssembly(newInstance);
      return best;
    },
    () => plain,
  );
  return loading.catch(() => plain);
}

function inWebAssembly(newInstance: typeof import('@chainsafe/as-sha256/lib/wasm.js').newInstance): BulkHash {
  const instance = newInstance();
  const output = instance.output.value;
  return overMemory('wasm', instance.memory.buffer, instance.input.value, output, () => {
    instance.batchHash4UintArray64s(output);
  });
}

function overMemory(
  implementation: BulkHash['implementation'],
  memory: ArrayBuffer,
  input: number,
  output: number,
  hash: () => void,
): BulkHash {
  return {
    implementation,
    inputBytes: new Uint8Array(memory, input, TOGETHER * INPUT_BYTES),
    inputWords: new Uint32Array(memory, input, TOGETHER * INPUT_WORDS),
    outputBytes: new Uint8Array(memory, output, TOGETHER * HASH_BYTES),
    outputWords: new Uint32Array(memory, output, TOGETHER * HASH_WORDS),
    hash,
  };
}
