import { type SkewTable, skewedPlace, type Workload } from '../../moduleSdk/index.ts';

/** The asset that payments are made in. */
const PAYMENT_ASSET = 0;
/** The account that hot payments go to. */
const HOT_ACCOUNT = 0;
const MAX_PAYMENT = 1000;

/**
 * Shares of transfers that the ten busiest recipients of Ethereum's main network get, in thousandths: the first and
 * the sum (44 %) are measured, the slope between them is ours.
 */
export const BUSY_RECIPIENTS: SkewTable = [200, 60, 42, 32, 26, 22, 18, 15, 13, 12];

/**
 * People paying people, small amounts of asset 0. `hotPermille` of the payments go to account 0; of
 * the others, `skewPermille` choose by {@link BUSY_RECIPIENTS}, and the rest anybody. With fewer than two accounts there is nobody to pay. Each choice has a
 * generator of its own: another hot share changes who is paid, and leaves senders and amounts alone.
 */
export const payments: Workload = {
  name: 'payments',
  generate: (prng, { accounts, hotPermille, skewPermille, work }, count) => {
    if (accounts < 2) return [];
    const people = prng.fork('people');
    const heat = prng.fork('heat');
    const crowd = prng.fork('skew');
    const amounts = prng.fork('amounts');
    return Array.from({ length: count }, () => {
      const first = people.below(accounts);
      const second = (first + 1 + people.below(accounts - 1)) % accounts;
      const hot = heat.chance(hotPermille);
      const busy = crowd.chance(skewPermille) ? skewedPlace(crowd, BUSY_RECIPIENTS, accounts) : second;
      const to = hot ? HOT_ACCOUNT : busy;
      // Nobody pays themselves: the other one pays.
      const sender = first === to ? second : first;
      const args = { asset: PAYMENT_ASSET, to, amount: BigInt(amounts.between(1, MAX_PAYMENT)) };
      return { sender, module: 'bank', name: 'transfer', args, work };
    });
  },
};
