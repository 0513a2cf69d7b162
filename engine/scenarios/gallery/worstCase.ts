import type { Scenario } from '../../api/scenario.ts';
import { EIGHT_VIRTUAL_CORES, USUAL_WORK } from './stage.ts';

/** Every payment goes to one account: the whole block is a chain. */
export const worstCase: Scenario = {
  format: 1,
  semantics: 1,
  id: 'worst-case',
  title: 'The worst case',
  about:
    'Every payment goes to one account, so each must wait for the one before it. No executor can run this block in parallel; what counts is how little it loses by trying.',
  settings: {
    genesis: { seed: 3, accounts: 400, assets: 1, pools: 0, bankPartition: 'asset' },
    traffic: { transactionsPerBlock: 200, swapPermille: 0, hotPermille: 1000, work: USUAL_WORK },
    execution: EIGHT_VIRTUAL_CORES,
  },
  blocks: 1,
  actions: [],
  moment: { height: 1, permille: 0 },
  panels: ['workerTimeline', 'conflictGraph', 'throughput'],
  captions: [
    {
      height: 1,
      text: 'The longest chain is {criticalPath} of {transactions}: the whole block. The cores hand it from one to the next, with {aborts} aborts, {speedup} as fast as one core alone.',
    },
  ],
  expected: {
    digest: '1f55ff537e95a4498247d482550d335bdd7dc06795cfdee29006f54d89dfef19',
    checkpoints: [],
  },
};
