import type { Scenario } from '../../api/scenario.ts';
import { EIGHT_VIRTUAL_CORES, USUAL_WORK } from './stage.ts';

/** Two hundred payments between people who hardly ever meet. */
export const independentPayments: Scenario = {
  format: 1,
  semantics: 1,
  id: 'independent-payments',
  title: 'Independent payments',
  about:
    'Two hundred people pay two hundred others. Hardly any two payments touch the same account, so the cores never wait for each other.',
  settings: {
    genesis: { seed: 5, accounts: 4000, assets: 1, pools: 0, bankPartition: 'asset' },
    traffic: { transactionsPerBlock: 200, swapPermille: 0, hotPermille: 0, work: USUAL_WORK },
    execution: EIGHT_VIRTUAL_CORES,
  },
  blocks: 1,
  actions: [],
  moment: { height: 1, permille: 0 },
  panels: ['workerTimeline', 'conflictGraph', 'throughput'],
  captions: [
    {
      height: 1,
      text: '{transactions} payments, and the longest chain of payments that must wait for each other is {criticalPath}. All {workers} cores are busy to the end: {speedup} as fast as one.',
    },
  ],
  expected: {
    digest: '3b81cbd554b85b1bf318b7f209943b7df8d3eaa2a18c1c656a33769134d15f9c',
    checkpoints: [],
  },
};
