import { amm } from './modules/amm/manifest.ts';
import { bank } from './modules/bank/manifest.ts';
import { gameAssets } from './modules/gameAssets/manifest.ts';
import { identity } from './modules/identity/manifest.ts';
import { ethereum } from './modules/ethereum/manifest.ts';
import { healthRecords } from './modules/healthRecords/manifest.ts';
import { supplyChain } from './modules/supplyChain/manifest.ts';
import type { ModuleDefinition } from './moduleSdk/index.ts';
import type { ModuleStorage } from './storage/contract.ts';
import { AppendLogStorage } from './storage/appendLog/appendLogStorage.ts';
import { EncryptedBlobStorage } from './storage/encryptedBlob/encryptedBlobStorage.ts';
import { FlatStorage } from './storage/flatMap/flatStorage.ts';
import { MerkleStorage } from './storage/merkleTree/merkleStorage.ts';
import type { StorageKind } from './types/storageKind.ts';

/** The modules of the chain, providers before those who need them at genesis. */
export const modules: readonly ModuleDefinition[] = [
  bank,
  amm,
  ethereum,
  gameAssets,
  identity,
  supplyChain,
  healthRecords,
];

/** The backends that a module's state can be kept in, empty. */
export const storages: { readonly [kind in StorageKind]: () => ModuleStorage } = {
  flatMap: () => new FlatStorage(),
  appendLog: () => new AppendLogStorage(),
  merkleTree: () => new MerkleStorage(),
  encryptedBlob: () => new EncryptedBlobStorage(new MerkleStorage()),
};
