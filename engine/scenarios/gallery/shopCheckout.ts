import type { Scenario } from '../../api/scenario.ts';
import type { Action } from '../../api/settings.ts';
import { EIGHT_VIRTUAL_CORES, USUAL_WORK } from './stage.ts';

const SHOP = 0;
const TILLS = [1, 2, 3, 4];
const SUPPLIERS = [20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31];
const CUSTOMERS = Array.from({ length: 40 }, (_, at) => 100 + at);

/** What a customer's basket costs: a link has no room for forty prices. */
const BASKETS = ['12', '30', '7', '45'];
const basket = (customer: number): string => BASKETS[customer % BASKETS.length]!;

const pay = (sender: number, to: number, amount: string): Action => ({
  kind: 'submit',
  transaction: {
    sender,
    module: 'bank',
    name: 'transfer',
    args: { asset: 0, to, amount },
    work: USUAL_WORK,
  },
});

/** The same customers pay the shop's one account, then its tills; at closing time the tills are emptied. */
export const shopCheckout: Scenario = {
  format: 1,
  semantics: 1,
  id: 'shop-checkout',
  title: 'A shop’s checkout',
  about:
    'Forty customers pay one shop while the town goes on paying. First into a single account, then at four tills, each with an account of its own.',
  settings: {
    genesis: { seed: 20, accounts: 1000, assets: 1, pools: 0, bankPartition: 'asset' },
    traffic: { transactionsPerBlock: 40, swapPermille: 0, hotPermille: 0, work: USUAL_WORK },
    execution: EIGHT_VIRTUAL_CORES,
  },
  blocks: 3,
  actions: [
    { height: 1, actions: CUSTOMERS.map((customer) => pay(customer, SHOP, basket(customer))) },
    {
      height: 2,
      actions: CUSTOMERS.map((customer, at) => pay(customer, TILLS[at % TILLS.length]!, basket(customer))),
    },
    {
      height: 3,
      actions: [
        ...TILLS.map((till) => pay(till, SHOP, '300')),
        {
          kind: 'submit',
          transaction: {
            sender: SHOP,
            module: 'bank',
            name: 'batchTransfer',
            args: { asset: 0, payments: SUPPLIERS.map((to) => ({ to, amount: '80' })) },
            work: USUAL_WORK,
          },
        },
      ],
    },
  ],
  moment: { height: 1, permille: 0 },
  panels: ['workerTimeline', 'conflictGraph', 'throughput'],
  captions: [
    {
      height: 1,
      text: 'Forty customers pay into one account. Each payment reads the balance the one before it wrote: a chain of {criticalPath}, and {workers} cores gain only {speedup}.',
    },
    {
      height: 2,
      text: 'The same customers at four tills. The one chain became four: the longest is {criticalPath}, and the speed-up {speedup}.',
    },
    {
      height: 3,
      text: 'Closing time: each till hands its takings to the shop once, and one batch pays twelve suppliers. What the shop must know exactly costs a chain of {criticalPath}, once a day.',
    },
  ],
  expected: {
    digest: 'a1d4477c368156a31242e31f9a6cae7320276ad02383023c97356a7b7d997d79',
    checkpoints: [
      [1, '5c5dc7a2'],
      [2, 'c13d61f8'],
    ],
  },
};
