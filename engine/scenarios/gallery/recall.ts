import type { Scenario } from '../../api/scenario.ts';
import { does, EIGHT_VIRTUAL_CORES, USUAL_WORK } from './stage.ts';

const MAKER = 3;
const SERIAL = 5;
const CARRIER = 120;
const SHOP = 130;
/** 18 °C in millikelvin, where 2 to 8 are right. */
const TOO_WARM = 291_150;

const item = { maker: MAKER, serial: SERIAL };

/** A parcel got warm on its way, and its batch is recalled. */
export const recall: Scenario = {
  format: 1,
  semantics: 1,
  id: 'a-recall',
  title: 'A recall',
  about:
    'A vaccine leaves its maker, is measured too warm, and its batch is recalled. Each step is one entry of a log that is only ever added to, so its whole journey can be proven.',
  settings: {
    genesis: {
      ...{ seed: 23, accounts: 400, assets: 1, pools: 0, bankPartition: 'asset' },
      modules: ['supplyChain'],
      mode: 'modular',
    },
    traffic: {
      ...{ transactionsPerBlock: 150, swapPermille: 0, hotPermille: 0, work: USUAL_WORK },
      shares: { shipments: 1000 },
    },
    execution: EIGHT_VIRTUAL_CORES,
  },
  blocks: 3,
  actions: [
    {
      height: 1,
      actions: [does(MAKER, 'supplyChain', 'passCustody', { ...item, to: CARRIER })],
    },
    {
      height: 2,
      actions: [
        does(CARRIER, 'supplyChain', 'recordReading', { ...item, quantity: 0, value: TOO_WARM }),
        does(MAKER, 'supplyChain', 'recallBatch', { batch: 0, reason: 1 }),
        does(CARRIER, 'supplyChain', 'passCustody', { ...item, to: SHOP }),
      ],
    },
    {
      height: 3,
      actions: [
        does(CARRIER, 'supplyChain', 'passCustody', { ...item, to: MAKER }),
        does(MAKER, 'supplyChain', 'recallBatch', { batch: 99, reason: 1 }),
      ],
    },
  ],
  moment: { height: 1, permille: 0 },
  panels: ['workerTimeline', 'modules', 'conflictGraph'],
  captions: [
    {
      height: 1,
      text: '{transactions} times goods are made, handed on or measured. Transaction 0: maker 3 hands item 5 to a carrier. Each maker numbers its own items, so the longest chain is only {criticalPath}.',
    },
    {
      height: 2,
      text: 'Transaction 0: the carrier measures 18 °C. Transaction 1: the maker recalls the batch. Transaction 2: the carrier hands it on all the same, and is refused, in the same block already.',
    },
    {
      height: 3,
      text: 'Transaction 0: back to the maker is the one way left. Transaction 1 recalls a batch that never was, and is refused. The item’s journey of four steps stands in the log for good.',
    },
  ],
  expected: {
    digest: 'fd87f81c4808a0a278897697f9ee7e7cf0f6e4e0cf63c7b81cb52180d7cc2258',
    checkpoints: [
      [1, '4cc24b22'],
      [2, '1dccaa58'],
    ],
  },
};
