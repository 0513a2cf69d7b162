import type { MachineInfo, Settings } from '../../api/index.ts';
import { LIMITS } from './limits.ts';

/** Declared work of a transaction, µs on this machine: with its reads and writes about 40 µs. */
const WORK_US = 37;
const ROUND_TO = 1000;

/**
 * A calm chain: with so many people and pools, transactions of a block rarely meet, and up to 16 cores
 * find work. Mostly swaps, so that a rush on one pool is felt and splitting the pool helps. The work
 * follows the machine, so that a block takes about as long everywhere.
 */
export function defaultSettings(machine: MachineInfo): Settings {
  const rounds = Math.round((machine.roundsPerUs * WORK_US) / ROUND_TO) * ROUND_TO;
  const real = machine.sharedMemory && machine.cores > 1;
  return {
    genesis: { seed: 7, accounts: 400, assets: 4, pools: 16, bankPartition: 'asset' },
    traffic: {
      transactionsPerBlock: 200,
      swapPermille: 800,
      hotPermille: 0,
      work: Math.min(LIMITS.work.max, Math.max(0, Number.isFinite(rounds) ? rounds : 0)),
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
