import type { Scenario } from '../../api/scenario.ts';
import { EIGHT_CORES_BY_LANES, USUAL_WORK } from './stage.ts';

/** A craze for one module's items, where each module has a base fee of its own. */
export const feeStorm: Scenario = {
  format: 1,
  semantics: 1,
  id: 'a-fee-storm',
  title: 'A fee storm',
  about:
    'A drop that everybody wants fills one module’s lane, block after block. Its base fee rises by an eighth each time, and nobody else’s: each lane has a fee of its own.',
  settings: {
    genesis: {
      ...{ seed: 37, accounts: 800, assets: 4, pools: 16, bankPartition: 'lane' },
      modules: ['bank', 'amm', 'gameAssets'],
      mode: 'modular',
      fees: 'local',
      gasTarget: 3_000_000,
      builder: 'byFee',
    },
    traffic: {
      ...{ transactionsPerBlock: 120, swapPermille: 500, hotPermille: 0, work: USUAL_WORK },
      shares: { games: 333 },
    },
    execution: EIGHT_CORES_BY_LANES,
  },
  blocks: 5,
  actions: [
    {
      height: 2,
      actions: [
        { kind: 'setTraffic', traffic: { transactionsPerBlock: 240, shares: { games: 100, drops: 567 } } },
      ],
    },
  ],
  moment: { height: 1, permille: 0 },
  panels: ['modules', 'moduleLanes', 'throughput'],
  captions: [
    {
      height: 1,
      text: 'A calm block of {transactions} transactions. Every lane has a base fee of its own, and all three ask 1,000 for a unit of gas.',
    },
    {
      height: 2,
      text: 'A craze: a drop of game items that everybody wants, at eight times the usual bid. Its lane is full with 94 transactions, and 71 wait. Prices answer one block later.',
    },
    {
      height: 3,
      text: 'A unit of gas costs 1,104 in the games’ lane now. Bank asks 916, for its lane has room: 151 wait for the games, and nobody for the others.',
    },
    {
      height: 4,
      text: '1,241 for the games, 883 at the bank, 962 at the exchange. 218 wait in the one lane that is full.',
    },
    {
      height: 5,
      text: '1,395, 855 and 956: the storm stays where it is. Now set “Price of gas” to “one for all” and “Built as” to “monolithic”: then everybody pays 1,230 by now, and 28 payments wait for it to fall.',
    },
  ],
  expected: {
    digest: '822edd6efb159717e378c196ac6d66fbf0e64a1ecfcbef6f1b10c4cb5eb66097',
    checkpoints: [
      [1, '6f287a83'],
      [2, 'e325fc6e'],
      [3, '3625b64a'],
      [4, 'da49b28b'],
    ],
  },
};
