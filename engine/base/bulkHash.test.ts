import { sha256 as plainSha256 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from './bytes.ts';
import { bulkHash, loadBulkHash } from './bulkHash.ts';

describe('hashing by the thousand', () => {
  it('starts in JavaScript and goes on in WebAssembly', async () => {
    const plain = bulkHash();
    expect(plain.implementation).toBe('javascript');
    expect((await loadBulkHash()).implementation).toBe('wasm');
    expect(bulkHash().implementation).toBe('wasm');
    const input = Uint8Array.from({ length: 6 * 64 }, (_, i) => i);
    const [slow, fast] = [plain, bulkHash()].map((hash) => {
      const output = new Uint8Array(6 * 32);
      hash.hash64s(input, output);
      return toHex(output);
    });
    expect(slow).toBe(fast);
  });

  it('gives what SHA-256 gives, whoever computes it', async () => {
    const wasm = await loadBulkHash();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), (bytes) => {
        expect(toHex(wasm.sha256(bytes))).toBe(toHex(plainSha256(bytes)));
        const whole = bytes.subarray(0, bytes.length - (bytes.length % 64));
        const output = new Uint8Array(whole.length / 2);
        wasm.hash64s(whole, output);
        for (let at = 0; at < whole.length; at += 64) {
          expect(toHex(output.subarray(at / 2, at / 2 + 32))).toBe(
            toHex(plainSha256(whole.subarray(at, at + 64))),
          );
        }
      }),
    );
  });
});
