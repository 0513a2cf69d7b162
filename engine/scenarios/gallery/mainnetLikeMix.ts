import type { Scenario } from '../../api/scenario.ts';
import { EIGHT_VIRTUAL_CORES, USUAL_WORK } from './stage.ts';

/**
 * Recipients and pools as busy as measured on Ethereum's main network. Size, share of swaps and seed are chosen so that the
 * block has the medians of real ones: 172 transactions, a longest chain of 23 without the fee recipient.
 */
export const mainnetLikeMix: Scenario = {
  format: 1,
  semantics: 1,
  id: 'mainnet-like-mix',
  title: 'A mainnet-like mix',
  about:
    'Recipients and pools as crowded as on Ethereum, in a block of median size with the median longest chain. A few are busy; more than half of the transactions meet nobody.',
  settings: {
    genesis: { seed: 6, accounts: 3000, assets: 16, pools: 64, bankPartition: 'asset' },
    traffic: {
      transactionsPerBlock: 172,
      swapPermille: 200,
      hotPermille: 0,
      skewPermille: 1000,
      work: USUAL_WORK,
    },
    execution: EIGHT_VIRTUAL_CORES,
  },
  blocks: 1,
  actions: [],
  moment: { height: 1, permille: 0 },
  panels: ['workerTimeline', 'conflictGraph', 'throughput'],
  captions: [
    {
      height: 1,
      text: '{transactions} transactions, longest chain {criticalPath}: no number of cores gets beyond {idealSpeedup}. Now set “Fee recipient” to tracked: every transaction writes one balance, and all {transactions} stand in a chain.',
    },
  ],
  expected: {
    digest: '0a1ca2704a4e84cf9f1c745a48175a52e4fa88efac86adf0f8dc4d0bcc25fdcd',
    checkpoints: [],
  },
};
