/**
 * How a module's state is kept: quickly and without proofs, in a sparse tree with proofs of every key, in a log that proves that it
 * only grew, or as sealed blobs of which the chain sees a commitment.
 */
export type StorageKind = 'flatMap' | 'merkleTree' | 'appendLog' | 'encryptedBlob';
