import type { MachineInfo, Settings } from '../../api/index.ts';

/** Declared work of a transaction: some 40 µs on a usual machine. A fixed number, so that everybody's chain is the same. */
const WORK_ROUNDS = 20_000;

/**
 * A calm chain: with so many people and pools, transactions of a block rarely meet, and up to 16 cores
 * find work. Mostly swaps, so that a rush on one pool is felt and splitting the pool helps. Only the
 * cores follow the machine: they change no digest.
 */
export function defaultSettings(machine: MachineInfo): Settings {
  const real = machine.sharedMemory && machine.cores > 1;
  return {
    genesis: { seed: 7, accounts: 400, assets: 4, pools: 16, bankPartition: 'asset' },
    traffic: {
      transactionsPerBlock: 200,
      swapPermille: 800,
      hotPermille: 0,
      work: WORK_ROUNDS,
    },
    execution: {
      executor: 'blockStm',
      cores: real ? { kind: 'real', count: Math.min(16, machine.cores) } : { kind: 'virtual', count: 8 },
      scheduleSeed: 1,
      granularity: 'slot',
      feeRecipient: 'exempt',
    },
  };
}
