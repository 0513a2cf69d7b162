import { asciiBytes } from '../../base/bytes.ts';
import { sha256 } from '../../base/hash.ts';
import { fail, ok, type Result } from '../../base/result.ts';

/**
 * Sealing of blobs, outside of transactions: it takes chance and is asynchronous, and the chain is neither. What a transaction says of a
 * blob are the content hash, the commitment and the wrapped keys that come from here.
 *
 * - Blob: 1 ‖ nonce (12 bytes) ‖ AES-256-GCM under a key of its own of salt (32 bytes) ‖ text.
 * - Content hash: SHA-256 of the blob. By it the blob is found, and known to be whole.
 * - Commitment: SHA-256("switchyard/commitment/1" ‖ salt ‖ text). GCM does not commit to its key: somebody can make a blob that two keys
 *   open to two texts. The commitment tells which text the author meant, and says nothing of it to others.
 * - Wrapped key: an ephemeral X25519 key (32 bytes) ‖ the blob's key under AES-256-GCM with a nonce of zeros (each such key is used
 *   once), bound to the content hash. That key is HKDF-SHA256 of the shared secret, with the content hash as salt and
 *   "switchyard/wrap/1" ‖ ephemeral key ‖ reader's key as info.
 */

export const WRAPPED_BYTES = 80;
/** Bytes of a text, at most. */
export const MAX_TEXT_BYTES = 16 * 1024 * 1024;

const VERSION = 1;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const SALT_BYTES = 32;
const TAG_BYTES = 16;
const COMMITMENT_LABEL = asciiBytes('switchyard/commitment/1');
const WRAP_LABEL = asciiBytes('switchyard/wrap/1');

type Bytes = Uint8Array<ArrayBuffer>;

/** A key that stays in the platform's hands. */
export interface HeldKey {
  readonly type: string;
}

interface GcmParameters {
  readonly name: 'AES-GCM';
  readonly iv: Bytes;
  readonly additionalData?: Bytes;
}

/** The part of the platform's WebCrypto that is used: `globalThis.crypto` of a page, a worker, or Node. */
export interface SealingCrypto {
  getRandomValues(into: Bytes): Bytes;
  readonly subtle: {
    generateKey(
      algorithm: 'X25519',
      extractable: boolean,
      usages: readonly ['deriveBits'],
    ): Promise<{ readonly publicKey: HeldKey; readonly privateKey: HeldKey }>;
    importKey(
      format: 'raw',
      key: Bytes,
      algorithm: 'AES-GCM' | 'HKDF' | 'X25519',
      extractable: boolean,
      usages: readonly string[],
    ): Promise<HeldKey>;
    exportKey(format: 'raw', key: HeldKey): Promise<ArrayBuffer>;
    deriveBits(
      algorithm:
        | { readonly name: 'X25519'; readonly public: HeldKey }
        | { readonly name: 'HKDF'; readonly hash: 'SHA-256'; readonly salt: Bytes; readonly info: Bytes },
      key: HeldKey,
      length: number,
    ): Promise<ArrayBuffer>;
    encrypt(algorithm: GcmParameters, key: HeldKey, text: Bytes): Promise<ArrayBuffer>;
    decrypt(algorithm: GcmParameters, key: HeldKey, text: Bytes): Promise<ArrayBuffer>;
  };
}

/** A reader's pair of keys. The private one never leaves the platform. */
export interface ReaderKeys {
  /** 32 bytes, for `publishKey`. */
  readonly publicKey: Bytes;
  readonly privateKey: HeldKey;
}

export interface SealedBlob {
  readonly blob: Bytes;
  /** 32 bytes. */
  readonly contentHash: Bytes;
  /** 32 bytes. */
  readonly commitment: Bytes;
  /** Opens the blob; 32 bytes. To be wrapped for each reader, then forgotten. */
  readonly key: Bytes;
}

/** A new pair of keys for a reader. */
export async function createReaderKeys({ subtle }: SealingCrypto): Promise<ReaderKeys> {
  const { publicKey, privateKey } = await subtle.generateKey('X25519', false, ['deriveBits']);
  return { publicKey: new Uint8Array(await subtle.exportKey('raw', publicKey)), privateKey };
}

/** Seals a text under a new key. Fails with `blob/too_large`. */
export async function sealBlob(crypto: SealingCrypto, text: Uint8Array): Promise<Result<SealedBlob>> {
  if (text.length > MAX_TEXT_BYTES) {
    return fail('blob/too_large', `A text has at most ${MAX_TEXT_BYTES / 2 ** 20} MB: split it.`, {
      max: MAX_TEXT_BYTES,
    });
  }
  const key = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const held = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, held, joined(salt, text));
  const blob = joined(Uint8Array.of(VERSION), nonce, new Uint8Array(sealed));
  return ok({ blob, contentHash: hashOf(blob), commitment: hashOf(COMMITMENT_LABEL, salt, text), key });
}

/**
 * Opens a blob that was found by its content hash. Fails with `blob/wrong_content` (another blob, or not whole), `blob/malformed`,
 * `blob/wrong_key`, or `blob/wrong_commitment` (the author committed to another text).
 */
export async function openBlob(
  { subtle }: SealingCrypto,
  blob: Uint8Array,
  key: Uint8Array,
  expected: { readonly contentHash: Uint8Array; readonly commitment: Uint8Array },
): Promise<Result<Bytes>> {
  if (!equal(hashOf(blob), expected.contentHash)) {
    return fail('blob/wrong_content', 'The blob is not the one that the record names: get it again.');
  }
  if (blob[0] !== VERSION || blob.length < 1 + NONCE_BYTES + SALT_BYTES + TAG_BYTES) {
    return fail('blob/malformed', 'That is no sealed blob: its author has to seal it again.');
  }
  const nonce = blob.slice(1, 1 + NONCE_BYTES);
  const opened = await decrypted(subtle, key, { name: 'AES-GCM', iv: nonce }, blob.slice(1 + NONCE_BYTES));
  if (!opened.ok) return opened;
  const salt = opened.value.subarray(0, SALT_BYTES);
  const text = opened.value.slice(SALT_BYTES);
  if (!equal(hashOf(COMMITMENT_LABEL, salt, text), expected.commitment)) {
    return fail('blob/wrong_commitment', 'The blob opens to another text than its author committed to.');
  }
  return ok(text);
}

/** Wraps a blob's key for a reader: {@link WRAPPED_BYTES} bytes. Fails with `blob/wrong_key` for what is no X25519 key. */
export async function wrapKey(
  { subtle }: SealingCrypto,
  sealed: Pick<SealedBlob, 'key' | 'contentHash'>,
  readerKey: Uint8Array,
): Promise<Result<Bytes>> {
  const pair = await subtle.generateKey('X25519', false, ['deriveBits']);
  const ephemeral = new Uint8Array(await subtle.exportKey('raw', pair.publicKey));
  const ends = { ephemeral, reader: joined(readerKey), contentHash: joined(sealed.contentHash) };
  const secret = await wrappingKey(subtle, pair.privateKey, ends.reader, ends);
  if (!secret.ok) return secret;
  const held = await subtle.importKey('raw', secret.value, 'AES-GCM', false, ['encrypt']);
  const wrapped = await subtle.encrypt(once(ends.contentHash), held, sealed.key);
  return ok(joined(ephemeral, new Uint8Array(wrapped)));
}

/** The blob's key, by the reader for whom it was wrapped. Fails with `blob/malformed` or `blob/wrong_key`. */
export async function unwrapKey(
  { subtle }: SealingCrypto,
  wrapped: Uint8Array,
  contentHash: Uint8Array,
  reader: ReaderKeys,
): Promise<Result<Bytes>> {
  if (wrapped.length !== WRAPPED_BYTES) {
    return fail('blob/malformed', `A wrapped key has ${WRAPPED_BYTES} bytes.`, { length: wrapped.length });
  }
  const ephemeral = wrapped.slice(0, KEY_BYTES);
  const ends = { ephemeral, reader: reader.publicKey, contentHash: joined(contentHash) };
  const secret = await wrappingKey(subtle, reader.privateKey, ephemeral, ends);
  if (!secret.ok) return secret;
  return decrypted(subtle, secret.value, once(ends.contentHash), wrapped.slice(KEY_BYTES));
}

interface Ends {
  readonly ephemeral: Bytes;
  readonly reader: Bytes;
  readonly contentHash: Bytes;
}

/** What both ends of a wrapping know. */
async function wrappingKey(
  subtle: SealingCrypto['subtle'],
  own: HeldKey,
  others: Bytes,
  { ephemeral, reader, contentHash }: Ends,
): Promise<Result<Bytes>> {
  let secret: ArrayBuffer;
  try {
    const held = await subtle.importKey('raw', others, 'X25519', false, []);
    // Refuses points of small order, with which everybody would know the secret.
    secret = await subtle.deriveBits({ name: 'X25519', public: held }, own, 8 * KEY_BYTES);
  } catch {
    return wrongKey();
  }
  const held = await subtle.importKey('raw', new Uint8Array(secret), 'HKDF', false, ['deriveBits']);
  const info = joined(WRAP_LABEL, ephemeral, reader);
  const how = { name: 'HKDF', hash: 'SHA-256', salt: contentHash, info } as const;
  return ok(new Uint8Array(await subtle.deriveBits(how, held, 8 * KEY_BYTES)));
}

async function decrypted(
  subtle: SealingCrypto['subtle'],
  key: Uint8Array,
  how: GcmParameters,
  text: Bytes,
): Promise<Result<Bytes>> {
  if (key.length !== KEY_BYTES) return wrongKey();
  const held = await subtle.importKey('raw', joined(key), 'AES-GCM', false, ['decrypt']);
  try {
    return ok(new Uint8Array(await subtle.decrypt(how, held, text)));
  } catch {
    return wrongKey();
  }
}

/** Of a key that is used once. */
function once(contentHash: Bytes): GcmParameters {
  return { name: 'AES-GCM', iv: new Uint8Array(NONCE_BYTES), additionalData: contentHash };
}

function wrongKey(): ReturnType<typeof fail> {
  return fail('blob/wrong_key', 'The key does not fit: ask the patient to wrap it for you.');
}

function hashOf(...parts: readonly Uint8Array[]): Bytes {
  return joined(sha256(joined(...parts)));
}

function joined(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
