import type { Scenario } from '../../api/scenario.ts';
import { EIGHT_VIRTUAL_CORES, USUAL_WORK } from './stage.ts';

/** Traders in sixteen pools, then all in one, then in the eight that it was split into. */
export const onePoolAgainstMany: Scenario = {
  format: 1,
  semantics: 1,
  id: 'one-pool-against-many',
  title: 'One pool against many',
  about:
    'The same traders swap in fifteen pools, then all in one, then in the eight pools that the one was split into. A swap moves the price, so swaps in one pool go one by one.',
  settings: {
    genesis: { seed: 7, accounts: 400, assets: 4, pools: 16, bankPartition: 'asset' },
    traffic: { transactionsPerBlock: 200, swapPermille: 1000, hotPermille: 0, work: USUAL_WORK },
    execution: EIGHT_VIRTUAL_CORES,
  },
  blocks: 3,
  actions: [
    { height: 2, actions: [{ kind: 'setTraffic', traffic: { hotPermille: 1000 } }] },
    { height: 3, actions: [{ kind: 'splitPool', pool: 0, ways: 8 }] },
  ],
  moment: { height: 1, permille: 0 },
  panels: ['workerTimeline', 'conflictGraph', 'pool', 'throughput'],
  captions: [
    {
      height: 1,
      text: '{transactions} swaps over fifteen pools: fifteen short chains side by side, the longest {criticalPath}.',
    },
    {
      height: 2,
      text: 'Everybody wants the same pool. Each swap needs the price that the one before it left: a chain of {criticalPath}, and {workers} cores gain {speedup}.',
    },
    {
      height: 3,
      text: 'The pool is split in eight, its liquidity and its traders with it. The longest chain is {criticalPath}; the speed-up {speedup}. Each pool is smaller now, so each swap moves its price further.',
    },
  ],
  expected: {
    digest: 'f752bab7f6ebe3a040266dbcfb97f89e4d35c58a74980400a64aeecef9753386',
    checkpoints: [
      [1, 'e860326b'],
      [2, '3ee7f7c3'],
    ],
  },
};
