import type { Scenario } from '../../api/scenario.ts';
import { EIGHT_CORES_BY_LANES, USUAL_WORK } from './stage.ts';

/** Every module that moves money meets in the one lane where all money is. */
export const unpartitionedBank: Scenario = {
  format: 1,
  semantics: 1,
  id: 'an-unpartitioned-bank',
  title: 'An unpartitioned bank',
  about:
    'Payments, swaps and drops of game items have lanes of their own, but all the money lies in bank’s. So every transaction needs that one lane, and eight cores do no more than one.',
  settings: {
    genesis: {
      ...{ seed: 13, accounts: 800, assets: 4, pools: 16, bankPartition: 'asset' },
      modules: ['bank', 'amm', 'gameAssets'],
      mode: 'modular',
    },
    traffic: {
      ...{ transactionsPerBlock: 210, swapPermille: 0, hotPermille: 0, work: USUAL_WORK },
      shares: { swaps: 333, drops: 333 },
    },
    execution: EIGHT_CORES_BY_LANES,
  },
  blocks: 1,
  actions: [],
  moment: { height: 1, permille: 0 },
  panels: ['modules', 'moduleLanes', 'workerTimeline'],
  captions: [
    {
      height: 1,
      text: 'Three modules, and each of the {transactions} transactions needs bank’s lane: {workers} cores are {speedup} as fast as one. Now set “Bank keeps balances” to “by lane”: each module finds its money in its own lane, and the three run side by side.',
    },
  ],
  expected: {
    digest: '2f66609d9ccb2ca607b1b5321191c494973489835b9576fb4db6e80fe20d7d8c',
    checkpoints: [],
  },
};
