import type { Workload } from '../../moduleSdk/index.ts';

/** The asset that payments are made in. */
const PAYMENT_ASSET = 0;
/** The account that hot payments go to. */
const HOT_ACCOUNT = 0;
const MAX_PAYMENT = 1000;

/**
 * People paying people, small amounts of asset 0. `hotPermille` of the payments go to account 0,
 * the others to anybody. With fewer than two accounts there is nobody to pay.
 */
export const payments: Workload = {
  name: 'payments',
  generate: (prng, { accounts, hotPermille, work }, count) => {
    if (accounts < 2) return [];
    return Array.from({ length: count }, () => {
      const to = prng.chance(hotPermille) ? HOT_ACCOUNT : prng.below(accounts);
      const sender = (to + 1 + prng.below(accounts - 1)) % accounts;
      const args = { asset: PAYMENT_ASSET, to, amount: BigInt(prng.between(1, MAX_PAYMENT)) };
      return { sender, module: 'bank', name: 'transfer', args, work };
    });
  },
};
