import { describe, expect, it } from 'vitest';
import { asciiBytes, toHex } from '../../base/bytes.ts';
import { sha256 } from '../../base/hash.ts';
import { MerkleStorage } from '../merkleTree/merkleStorage.ts';
import { EncryptedBlobStorage } from './encryptedBlobStorage.ts';

const BLOB = asciiBytes('sealed');
const HASH = toHex(sha256(BLOB));

describe('a storage of sealed blobs', () => {
  it('keeps a blob once, and finds it by its hash', () => {
    const storage = new EncryptedBlobStorage(new MerkleStorage());
    const before = storage.sizeBytes;
    expect(storage.keep(BLOB)).toBe(HASH);
    expect(storage.keep(BLOB)).toBe(HASH);
    expect(storage.blob(HASH)).toEqual(BLOB);
    expect(storage.blob(HASH.replace(/^./, 'x'))).toBeUndefined();
    expect(storage.sizeBytes).toBe(before + BLOB.length);
    storage.forget(HASH);
    storage.forget(HASH);
    expect(storage.blob(HASH)).toBeUndefined();
    expect(storage.sizeBytes).toBe(before);
  });

  it('hands out no other bytes than those it was given', () => {
    const storage = new EncryptedBlobStorage(new MerkleStorage());
    const given = BLOB.slice();
    storage.keep(given);
    given.fill(0);
    storage.blob(HASH)!.fill(0);
    expect(storage.blob(HASH)).toEqual(BLOB);
  });

  it('has the root of what the chain sees: blobs are in it by their hashes alone', () => {
    const [storage, plain] = [new EncryptedBlobStorage(new MerkleStorage()), new MerkleStorage()];
    const writes = { height: 1, changes: [{ key: asciiBytes('record'), before: null, after: sha256(BLOB) }] };
    storage.apply(writes);
    plain.apply(writes);
    storage.keep(BLOB);
    expect(toHex(storage.root())).toBe(toHex(plain.root()));
    storage.apply(writes, true);
    expect(storage.size).toBe(0);
    // A branch that was left may be taken up again: its blobs stay.
    expect(storage.blob(HASH)).toEqual(BLOB);
  });
});
