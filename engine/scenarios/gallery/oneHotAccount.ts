import type { Scenario } from '../../api/scenario.ts';
import { EIGHT_VIRTUAL_CORES, USUAL_WORK } from './stage.ts';

/** Nine payments of ten go to one account: a chain, whatever the number of cores. */
export const oneHotAccount: Scenario = {
  format: 1,
  semantics: 1,
  id: 'one-hot-account',
  title: 'One hot account',
  about:
    'Nine of ten payments go to the same account. Each reads the balance that the one before it wrote, so they stand in a chain.',
  settings: {
    genesis: { seed: 11, accounts: 400, assets: 2, pools: 0, bankPartition: 'asset' },
    traffic: { transactionsPerBlock: 200, swapPermille: 0, hotPermille: 0, work: USUAL_WORK },
    execution: EIGHT_VIRTUAL_CORES,
  },
  blocks: 2,
  actions: [{ height: 2, actions: [{ kind: 'setTraffic', traffic: { hotPermille: 900 } }] }],
  moment: { height: 1, permille: 0 },
  panels: ['workerTimeline', 'conflictGraph', 'throughput'],
  captions: [
    {
      height: 1,
      text: 'Everybody pays somebody: {transactions} payments, the longest chain is {criticalPath}.',
    },
    {
      height: 2,
      text: 'Now nine of ten pay one account: the longest chain is {criticalPath}, and {aborts} executions were aborted.',
    },
  ],
  expected: {
    digest: '1a59ae4be70c99244043bcc9daefe66ba4bf1410581634cc4a97428c82cf6823',
    checkpoints: [[1, 'bedff02a']],
  },
};
