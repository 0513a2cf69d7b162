import { storages } from '../registry.ts';
import type { ModuleStorage } from '../storage/contract.ts';
import type { StorageKind } from '../types/storageKind.ts';

/** An empty storage of a kind. */
export function createStorage(kind: StorageKind): ModuleStorage {
  return storages[kind]();
}
