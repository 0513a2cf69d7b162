import type { Scenario } from '../../api/scenario.ts';
import { EIGHT_VIRTUAL_CORES, USUAL_WORK } from './stage.ts';

/** The blocks that the opening tells of, one after the other: calm, a rush on one pool, and the pool split. */
export const openingStory: Scenario = {
  format: 1,
  semantics: 1,
  id: 'opening-story',
  title: 'The opening story',
  about:
    'A calm block, a rush on one pool, and the split that takes the chain apart: what the playground tells at first, in forty seconds.',
  settings: {
    genesis: { seed: 7, accounts: 400, assets: 4, pools: 16, bankPartition: 'asset' },
    traffic: { transactionsPerBlock: 200, swapPermille: 800, hotPermille: 0, work: USUAL_WORK },
    execution: EIGHT_VIRTUAL_CORES,
  },
  blocks: 3,
  actions: [
    { height: 2, actions: [{ kind: 'setTraffic', traffic: { hotPermille: 900, swapPermille: 900 } }] },
    { height: 3, actions: [{ kind: 'splitPool', pool: 0, ways: 4 }] },
  ],
  moment: { height: 1, permille: 0 },
  panels: ['workerTimeline', 'conflictGraph', 'throughput'],
  captions: [
    {
      height: 1,
      text: 'A calm block: {transactions} transactions, and {workers} cores share them. The longest chain is {criticalPath}.',
    },
    {
      height: 2,
      text: 'A rush on one pool. {aborts} executions had read a price that somebody then changed, and ran again; the longest chain is {criticalPath}.',
    },
    {
      height: 3,
      text: 'The pool is split in four. The longest chain is {criticalPath}, and no number of cores gets beyond {idealSpeedup}.',
    },
  ],
  expected: {
    digest: '91ba4f1e50234e1f8dea220f41ab503ee0672cc6887617c2b0366f5807bd8358',
    checkpoints: [
      [1, 'b8258ab1'],
      [2, 'edab05f3'],
    ],
  },
};
