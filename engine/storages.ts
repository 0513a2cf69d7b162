import type { ModuleStorage } from './storage/contract.ts';
import { AppendLogStorage } from './storage/appendLog/appendLogStorage.ts';
import { EncryptedBlobStorage } from './storage/encryptedBlob/encryptedBlobStorage.ts';
import { FlatStorage } from './storage/flatMap/flatStorage.ts';
import { MerkleStorage } from './storage/merkleTree/merkleStorage.ts';
import type { StorageKind } from './types/storageKind.ts';

/** The backends that a module's state can be kept in, empty. Apart from the registry, since they are loaded when roots are asked for. */
export const storages: { readonly [kind in StorageKind]: () => ModuleStorage } = {
  flatMap: () => new FlatStorage(),
  appendLog: () => new AppendLogStorage(),
  merkleTree: () => new MerkleStorage(),
  encryptedBlob: () => new EncryptedBlobStorage(new MerkleStorage()),
};
