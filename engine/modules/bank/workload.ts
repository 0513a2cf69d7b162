import type { Workload } from '../../moduleSdk/index.ts';

/** The asset that payments are made in. */
const PAYMENT_ASSET = 0;
/** The account that hot payments go to. */
const HOT_ACCOUNT = 0;
const MAX_PAYMENT = 1000;

/**
 * People paying people, small amounts of asset 0. `hotPermille` of the payments go to account 0,
 * the others to anybody. With fewer than two accounts there is nobody to pay. Each choice has a
 * generator of its own: another hot share changes who is paid, and leaves senders and amounts alone.
 */
export const payments: Workload = {
  name: 'payments',
  generate: (prng, { accounts, hotPermille, work }, count) => {
    if (accounts < 2) return [];
    const people = prng.fork('people');
    const heat = prng.fork('heat');
    const amounts = prng.fork('amounts');
    return Array.from({ length: count }, () => {
      const first = people.below(accounts);
      const second = (first + 1 + people.below(accounts - 1)) % accounts;
      const hot = heat.chance(hotPermille);
      // The hot account does not pay itself: the other one pays it.
      const sender = hot && first === HOT_ACCOUNT ? second : first;
      const to = hot ? HOT_ACCOUNT : second;
      const args = { asset: PAYMENT_ASSET, to, amount: BigInt(amounts.between(1, MAX_PAYMENT)) };
      return { sender, module: 'bank', name: 'transfer', args, work };
    });
  },
};
