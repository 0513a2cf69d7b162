import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  webcrypto,
} from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../base/bytes.ts';
import type { Result } from '../../base/result.ts';
import {
  createReaderKeys,
  MAX_TEXT_BYTES,
  openBlob,
  sealBlob,
  type SealingCrypto,
  unwrapKey,
  WRAPPED_BYTES,
  wrapKey,
} from './seal.ts';

const crypto = webcrypto as unknown as SealingCrypto;
const TEXT = new TextEncoder().encode('Blood group 0, and afraid of needles');
const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};
const code = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code);
const flipped = (bytes: Uint8Array, at: number): Uint8Array<ArrayBuffer> => {
  const other = new Uint8Array(bytes);
  other[at] = other[at]! ^ 1;
  return other;
};

const sealed = value(await sealBlob(crypto, TEXT));
const reader = await createReaderKeys(crypto);
const wrapped = value(await wrapKey(crypto, sealed, reader.publicKey));

/** The same formats by Node's other interface to cryptography. */
const bare = {
  sha256: (...parts: readonly Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest(),
  open: (key: Uint8Array, nonce: Uint8Array, text: Uint8Array, about?: Uint8Array) => {
    const cipher = createDecipheriv('aes-256-gcm', key, nonce);
    if (about) cipher.setAAD(about);
    cipher.setAuthTag(text.subarray(-16));
    return Buffer.concat([cipher.update(text.subarray(0, -16)), cipher.final()]);
  },
  seal: (key: Uint8Array, nonce: Uint8Array, text: Uint8Array, about?: Uint8Array) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    if (about) cipher.setAAD(about);
    return Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);
  },
  publicKey: (raw: Uint8Array) =>
    createPublicKey({
      key: { kty: 'OKP', crv: 'X25519', x: Buffer.from(raw).toString('base64url') },
      format: 'jwk',
    }),
};
const label = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a sealed blob', () => {
  it('opens with its key to what its author committed to', async () => {
    expect(value(await openBlob(crypto, sealed.blob, sealed.key, sealed))).toEqual(TEXT);
    const empty = value(await sealBlob(crypto, new Uint8Array(0)));
    expect(value(await openBlob(crypto, empty.blob, empty.key, empty))).toHaveLength(0);
  });

  it('is AES-256-GCM of salt and text, as the format says', () => {
    const { blob, key, contentHash, commitment } = sealed;
    expect(blob[0]).toBe(1);
    const opened = bare.open(key, blob.subarray(1, 13), blob.subarray(13));
    expect(opened.subarray(32).toString()).toBe(Buffer.from(TEXT).toString());
    expect(toHex(bare.sha256(blob))).toBe(toHex(contentHash));
    expect(toHex(bare.sha256(label('switchyard/commitment/1'), opened))).toBe(toHex(commitment));
  });

  it('shows nothing of its text, and is another one each time', async () => {
    const again = value(await sealBlob(crypto, TEXT));
    expect(toHex(sealed.blob)).not.toContain(toHex(TEXT.subarray(0, 4)));
    for (const name of ['blob', 'contentHash', 'commitment', 'key'] as const) {
      expect(toHex(again[name])).not.toBe(toHex(sealed[name]));
    }
  });

  it('with any byte another is not the blob that was named', async () => {
    for (let at = 0; at < sealed.blob.length; at++) {
      const other = flipped(sealed.blob, at);
      expect(code(await openBlob(crypto, other, sealed.key, sealed))).toBe('blob/wrong_content');
      // Nor does it open for whom the hash is fitted to it.
      const fitted = { ...sealed, contentHash: bare.sha256(other) };
      expect(code(await openBlob(crypto, other, sealed.key, fitted))).toBe(
        at === 0 ? 'blob/malformed' : 'blob/wrong_key',
      );
    }
    expect(code(await openBlob(crypto, new Uint8Array(0), sealed.key, sealed))).toBe('blob/wrong_content');
    const short = new Uint8Array(60).fill(1);
    expect(
      code(await openBlob(crypto, short, sealed.key, { ...sealed, contentHash: bare.sha256(short) })),
    ).toBe('blob/malformed');
  });

  it('stays closed to any other key', async () => {
    for (let at = 0; at < 32; at++) {
      expect(code(await openBlob(crypto, sealed.blob, flipped(sealed.key, at), sealed))).toBe(
        'blob/wrong_key',
      );
    }
    expect(code(await openBlob(crypto, sealed.blob, sealed.key.subarray(1), sealed))).toBe('blob/wrong_key');
  });

  it('that opens to what nobody committed to is refused', async () => {
    const text = Buffer.concat([Buffer.alloc(32, 7), Buffer.from('All is well')]);
    const blob = Buffer.concat([
      Uint8Array.of(1),
      Buffer.alloc(12),
      bare.seal(sealed.key, Buffer.alloc(12), text),
    ]);
    const named = { contentHash: bare.sha256(blob), commitment: sealed.commitment };
    expect(code(await openBlob(crypto, blob, sealed.key, named))).toBe('blob/wrong_commitment');
  });

  it('has a limit', async () => {
    expect(code(await sealBlob(crypto, new Uint8Array(MAX_TEXT_BYTES + 1)))).toBe('blob/too_large');
  });
});

describe('a wrapped key', () => {
  it('is unwrapped by its reader, and by nobody else', async () => {
    expect(wrapped).toHaveLength(WRAPPED_BYTES);
    expect(toHex(value(await unwrapKey(crypto, wrapped, sealed.contentHash, reader)))).toBe(
      toHex(sealed.key),
    );
    const other = await createReaderKeys(crypto);
    expect(code(await unwrapKey(crypto, wrapped, sealed.contentHash, other))).toBe('blob/wrong_key');
    const again = value(await wrapKey(crypto, sealed, reader.publicKey));
    expect(toHex(again)).not.toBe(toHex(wrapped));
  });

  it('is bound to its blob, and whole or nothing', async () => {
    const elsewhere = flipped(sealed.contentHash, 5);
    expect(code(await unwrapKey(crypto, wrapped, elsewhere, reader))).toBe('blob/wrong_key');
    for (let at = 0; at < WRAPPED_BYTES; at++) {
      expect(code(await unwrapKey(crypto, flipped(wrapped, at), sealed.contentHash, reader))).toBe(
        'blob/wrong_key',
      );
    }
    expect(code(await unwrapKey(crypto, wrapped.subarray(1), sealed.contentHash, reader))).toBe(
      'blob/malformed',
    );
  });

  it('is X25519, HKDF and AES-256-GCM, as the format says', async () => {
    const pair = generateKeyPairSync('x25519');
    const raw = new Uint8Array(Buffer.from(String(pair.publicKey.export({ format: 'jwk' }).x), 'base64url'));
    const made = value(await wrapKey(crypto, sealed, raw));
    const shared = diffieHellman({
      privateKey: pair.privateKey,
      publicKey: bare.publicKey(made.subarray(0, 32)),
    });
    const info = Buffer.concat([label('switchyard/wrap/1'), made.subarray(0, 32), raw]);
    const key = Buffer.from(hkdfSync('sha256', shared, sealed.contentHash, info, 32));
    const opened = bare.open(key, Buffer.alloc(12), made.subarray(32), sealed.contentHash);
    expect(toHex(opened)).toBe(toHex(sealed.key));
  });

  it('is made for no key that everybody knows the secret of', async () => {
    // Points of small order (RFC 7748, 6.1).
    for (const point of ['00'.repeat(32), `01${'00'.repeat(31)}`]) {
      expect(code(await wrapKey(crypto, sealed, fromHex(point)!))).toBe('blob/wrong_key');
    }
    expect(code(await wrapKey(crypto, sealed, new Uint8Array(31)))).toBe('blob/wrong_key');
  });
});
