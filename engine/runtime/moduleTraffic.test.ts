import { describe, expect, it } from 'vitest';
import type { ExecutionSettings, Settings } from '../api/index.ts';
import { modules } from '../registry.ts';
import { LIMITS } from './host/limits.ts';
import { produce, SETTINGS, started, value, VIRTUAL } from '../tests/testHost.ts';

const BLOCKS = 3;
const EXECUTORS: readonly ExecutionSettings['executor'][] = ['blockStm', 'moduleLanes'];

/** Every workload of every module, with what its module needs. */
const workloads = modules.flatMap((module) =>
  module.workloads.map(({ name }) => {
    const needed = modules.filter(({ id, provides }) =>
      provides.some(
        ({ capability }) => module.requires.some((one) => one.name === capability.name) && id !== module.id,
      ),
    );
    return { name, ids: [...new Set(['bank', ...needed.map(({ id }) => id), module.id])] };
  }),
);

function settingsOf(name: string, ids: readonly string[], partition: 'asset' | 'lane'): Settings {
  return {
    ...SETTINGS,
    genesis: { ...SETTINGS.genesis, accounts: 12, pools: 3, bankPartition: partition, modules: ids },
    traffic: {
      ...SETTINGS.traffic,
      transactionsPerBlock: 40,
      swapPermille: 0,
      work: 500,
      shares: { [name]: 900 },
    },
  };
}

describe.each(workloads)('traffic of $name', ({ name, ids }) => {
  it.each(['asset', 'lane'] as const)(
    'equals the oracle with every executor, balances by %s, and keeps every invariant',
    async (partition) => {
      const settings = settingsOf(name, ids, partition);
      const digests = new Set<string>();
      for (const executor of EXECUTORS) {
        const host = await started({ ...settings, execution: { ...VIRTUAL, executor } });
        let digest = '';
        let succeeded = 0;
        for (let height = 1; height <= BLOCKS; height++) {
          const run = await produce(host);
          expect(run.matchesOracle).toBe(true);
          // Also no lane that a module forgot to declare.
          expect(run.notices).toEqual([]);
          succeeded += run.transactions.filter(({ status }) => status === 'success').length;
          const checks = await value(host.checkInvariants(run.blockId));
          expect(checks.filter(({ holds }) => !holds)).toEqual([]);
          digest = run.digest;
        }
        // Of traffic in which most fails there is nothing to see.
        expect(succeeded).toBeGreaterThan(BLOCKS * 20);
        digests.add(digest);
      }
      expect(digests.size).toBe(1);
    },
  );
});

describe.each(['asset', 'lane'] as const)('genesis of all modules, balances by %s', (bankPartition) => {
  it('has room for as many people and as few as a chain may have', async () => {
    for (const accounts of [LIMITS.accounts.min, LIMITS.accounts.max]) {
      const ids = modules.filter(({ workloads }) => workloads.length > 0).map(({ id }) => id);
      const genesis = { ...SETTINGS.genesis, accounts, assets: 2, pools: 2, bankPartition, modules: ids };
      const host = await started({ ...SETTINGS, genesis });
      const { current } = await host.history();
      const checks = await value(host.checkInvariants(current.blockId));
      expect(checks.filter(({ holds }) => !holds)).toEqual([]);
    }
  });
});
