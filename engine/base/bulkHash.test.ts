import { sha256 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from './bytes.ts';
import { type BulkHash, bulkHash, HASH_BYTES, INPUT_BYTES, loadBulkHash, TOGETHER } from './bulkHash.ts';

const plain = bulkHash();

function hashed(by: BulkHash, inputs: Uint8Array): string[] {
  by.inputBytes.set(inputs);
  by.hash();
  return Array.from({ length: TOGETHER }, (_, i) =>
    toHex(by.outputBytes.subarray(HASH_BYTES * i, HASH_BYTES * (i + 1))),
  );
}

describe('hashing by the thousand', () => {
  it('starts in JavaScript and goes on in WebAssembly', async () => {
    expect(plain.implementation).toBe('javascript');
    expect((await loadBulkHash()).implementation).toBe('wasm');
    expect(bulkHash().implementation).toBe('wasm');
    expect(await loadBulkHash()).toBe(bulkHash());
  });

  it('gives what SHA-256 gives, whoever computes it', async () => {
    const wasm = await loadBulkHash();
    const length = TOGETHER * INPUT_BYTES;
    fc.assert(
      fc.property(fc.uint8Array({ minLength: length, maxLength: length }), (inputs) => {
        const expected = Array.from({ length: TOGETHER }, (_, i) =>
          toHex(sha256(inputs.subarray(INPUT_BYTES * i, INPUT_BYTES * (i + 1)))),
        );
        expect(hashed(plain, inputs)).toEqual(expected);
        expect(hashed(wasm, inputs)).toEqual(expected);
      }),
    );
  });

  it('has words in the memory of the bytes', async () => {
    for (const hash of [plain, await loadBulkHash()]) {
      hash.inputBytes.set([1, 0, 0, 0]);
      expect(hash.inputWords[0]).toBe(new Uint32Array(Uint8Array.of(1, 0, 0, 0).buffer)[0]);
      expect(hash.outputBytes.byteOffset).toBe(hash.outputWords.byteOffset);
    }
  });
});
