import { toHex } from '../../base/bytes.ts';
import { sha256 } from '../../base/hash.ts';
import type { BlockCommitment, ModuleStorage, StorageProof, StorageWrites } from '../contract.ts';

/**
 * A module's state of which the large part is sealed: blobs by the hash of their bytes, and beside them what the chain sees (hashes,
 * commitments, wrapped keys), in a storage of another kind that makes root and proofs. Blobs are in no root: their hashes are, as values of keys,
 * so that a proof of a record is a proof of its blob. Blocks neither bring blobs nor take them back.
 */
export class EncryptedBlobStorage implements ModuleStorage {
  readonly kind = 'encryptedBlob';
  private readonly records: ModuleStorage;
  private readonly blobs = new Map<string, Uint8Array>();
  private blobBytes = 0;

  /** `records` keeps what the chain sees; empty. */
  constructor(records: ModuleStorage) {
    this.records = records;
  }

  get commitsTo(): ModuleStorage['commitsTo'] {
    return this.records.commitsTo;
  }

  get proves(): ModuleStorage['proves'] {
    return this.records.proves;
  }

  get size(): number {
    return this.records.size;
  }

  get sizeBytes(): number {
    return this.records.sizeBytes + this.blobBytes;
  }

  get(key: Uint8Array): Uint8Array | undefined {
    return this.records.get(key);
  }

  entries(): ReturnType<ModuleStorage['entries']> {
    return this.records.entries();
  }

  apply(writes: StorageWrites, backwards = false): void {
    this.records.apply(writes, backwards);
  }

  root(): Uint8Array {
    return this.records.root();
  }

  prove(key: Uint8Array, block?: BlockCommitment): StorageProof | undefined {
    return this.records.prove(key, block);
  }

  /** Keeps a sealed blob, once however often it comes; gives the hash by which it is found, 64 hex digits. */
  keep(blob: Uint8Array): string {
    const hash = toHex(sha256(blob));
    if (!this.blobs.has(hash)) {
      this.blobs.set(hash, blob.slice());
      this.blobBytes += blob.length;
    }
    return hash;
  }

  /** The blob with this hash, or undefined when it is not here, or not whole any more. */
  blob(contentHash: string): Uint8Array | undefined {
    const blob = this.blobs.get(contentHash);
    return blob !== undefined && toHex(sha256(blob)) === contentHash ? blob.slice() : undefined;
  }

  /** Removes a blob: what the chain knows of it stays, and opens nothing any more. */
  forget(contentHash: string): void {
    this.blobBytes -= this.blobs.get(contentHash)?.length ?? 0;
    this.blobs.delete(contentHash);
  }
}
