import type { Scenario } from '../../api/scenario.ts';
import { does, EIGHT_VIRTUAL_CORES, USUAL_WORK } from './stage.ts';

const CREATOR = 7;
const RARE = 500;
const FANS = [41, 42, 43, 44, 45];

/** Everybody wants the next item of one limited kind: its counter is a hot key. */
export const hotDrop: Scenario = {
  format: 1,
  semantics: 1,
  id: 'a-hot-drop',
  title: 'A hot drop',
  about:
    'Players trade and craft items. Then everybody wants one limited edition: whoever mints the next item reads the counter that the one before wrote.',
  settings: {
    genesis: {
      ...{ seed: 17, accounts: 600, assets: 1, pools: 0, bankPartition: 'lane' },
      modules: ['bank', 'gameAssets'],
      mode: 'modular',
    },
    traffic: {
      ...{ transactionsPerBlock: 160, swapPermille: 0, hotPermille: 0, work: USUAL_WORK },
      shares: { games: 1000 },
    },
    execution: EIGHT_VIRTUAL_CORES,
  },
  blocks: 3,
  actions: [
    {
      height: 2,
      actions: [{ kind: 'setTraffic', traffic: { shares: { drops: 1000 } } }],
    },
    {
      height: 3,
      actions: [
        { kind: 'setTraffic', traffic: { shares: { games: 1000 } } },
        does(CREATOR, 'gameAssets', 'createKind', { kind: RARE, limit: 3, asset: 0, price: '25' }),
        ...FANS.map((fan) => does(fan, 'gameAssets', 'drop', { kind: RARE })),
      ],
    },
  ],
  moment: { height: 1, permille: 0 },
  panels: ['workerTimeline', 'modules', 'conflictGraph'],
  captions: [
    {
      height: 1,
      text: 'A day at the market: {transactions} times an item is offered for sale, given away, or crafted out of others. The longest chain is {criticalPath}.',
    },
    {
      height: 2,
      text: 'A drop: each takes the number after the one before, and all pay the same seller. One chain of all {criticalPath}; {workers} cores are {speedup} as fast as one.',
    },
    {
      height: 3,
      text: 'Account 7 lets three items go, and five fans want one (transactions 1 to 5). The block’s order decides: three get theirs, two are refused and keep their money.',
    },
  ],
  expected: {
    digest: '1f554d2a6adfd5dc7537e33ded9630d5cb68e95538dac09fc3ba897e0e0274fe',
    checkpoints: [
      [1, 'e20dd01d'],
      [2, 'c6b8a688'],
    ],
  },
};
