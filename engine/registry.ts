import { amm } from './modules/amm/manifest.ts';
import { bank } from './modules/bank/manifest.ts';
import { gameAssets } from './modules/gameAssets/manifest.ts';
import { identity } from './modules/identity/manifest.ts';
import { ethereum } from './modules/ethereum/manifest.ts';
import { healthRecords } from './modules/healthRecords/manifest.ts';
import { supplyChain } from './modules/supplyChain/manifest.ts';
import type { ModuleDefinition } from './moduleSdk/index.ts';

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
