import type { Scenario } from '../../api/scenario.ts';
import { EIGHT_CORES_BY_LANES, USUAL_WORK } from './stage.ts';

/** Every module side by side; one stops in the middle of a block, and is resumed. */
export const city: Scenario = {
  format: 1,
  semantics: 1,
  id: 'the-city',
  title: 'The city',
  about:
    'Six modules side by side: money, an exchange, games, identities, goods, health records. The one for goods stops in the middle of a block; the others do not notice. Then it goes on.',
  settings: {
    genesis: {
      ...{ seed: 43, accounts: 800, assets: 4, pools: 16, bankPartition: 'lane' },
      modules: ['bank', 'amm', 'gameAssets', 'identity', 'supplyChain', 'healthRecords'],
      mode: 'modular',
    },
    traffic: {
      ...{ transactionsPerBlock: 240, swapPermille: 0, hotPermille: 0, work: USUAL_WORK },
      shares: { swaps: 180, games: 160, credentials: 160, shipments: 180, visits: 160 },
    },
    execution: EIGHT_CORES_BY_LANES,
  },
  blocks: 4,
  actions: [
    { height: 2, actions: [{ kind: 'haltModule', module: 'supplyChain', policy: 'queue', at: 120 }] },
    { height: 4, actions: [{ kind: 'resumeModule', module: 'supplyChain' }] },
  ],
  moment: { height: 1, permille: 0 },
  panels: ['modules'],
  captions: [
    {
      height: 1,
      text: 'Six modules, each with its own queue, storage and lane, and each finds its money there: no transaction crosses. {transactions} of them on {workers} cores, {speedup} as fast as one.',
    },
    {
      height: 2,
      text: 'In the middle of this block the supply chain is halted. 26 of its transactions are in, 16 wait. The other five modules do exactly what they would have done without that.',
    },
    {
      height: 3,
      text: 'A whole block without it. 64 of its transactions wait by now, and the other five go on; the block is as valid as any.',
    },
    {
      height: 4,
      text: 'It is resumed: the 64 that waited come first, in their order, and 48 new ones after them. Nothing was lost, and the other five never noticed.',
    },
  ],
  expected: {
    digest: '1efcc74172e3dcea38140a40bbd8eb31446381c0650f9905d00ccb9b3f6babbf',
    checkpoints: [
      [1, 'f6afbb80'],
      [2, '8a54e5fd'],
      [3, '35bcb348'],
    ],
  },
};
