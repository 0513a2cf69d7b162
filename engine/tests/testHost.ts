import type {
  Action,
  ApiResult,
  BlockRun,
  EngineApi,
  ExecutionSettings,
  MachineInfo,
  Settings,
} from '../api/index.ts';
import { createEngineHost, type EngineHostOptions } from '../runtime/engineHost.ts';
import { moduleSet } from '../runtime/modules.ts';
import { createVirtualPool } from '../runtime/virtualPool.ts';

export const TEST_MACHINE: MachineInfo = { sharedMemory: true, cores: 2, roundsPerUs: 1000 };

export const VIRTUAL: ExecutionSettings = {
  executor: 'blockStm',
  cores: { kind: 'virtual', count: 8 },
  scheduleSeed: 1,
  granularity: 'slot',
  feeRecipient: 'exempt',
};

export const SETTINGS: Settings = {
  genesis: { seed: 3, accounts: 200, assets: 4, pools: 8, bankPartition: 'asset' },
  traffic: { transactionsPerBlock: 100, swapPermille: 800, hotPermille: 0, work: 20_000 },
  execution: VIRTUAL,
};

/** A host on virtual cores, whatever kind of pool is asked for. */
export function testHost(options: Partial<EngineHostOptions> = {}) {
  return createEngineHost({
    createPool: () => createVirtualPool(),
    machine: TEST_MACHINE,
    modules: moduleSet,
    ...options,
  });
}

/** The value of an answer; an error fails the test with its code. */
export async function value<T>(answer: Promise<ApiResult<T>>): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

export async function started(settings: Settings = SETTINGS, options: Partial<EngineHostOptions> = {}) {
  const host = testHost(options);
  await value(host.start(settings));
  return host;
}

export function produce(host: EngineApi, actions: readonly Action[] = []): Promise<BlockRun> {
  return value(host.produceBlock(actions));
}
