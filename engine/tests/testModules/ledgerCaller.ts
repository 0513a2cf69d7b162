import {
  account,
  asset as assetCell,
  assetLedger,
  defineModule,
  transaction,
  u128,
} from '../../moduleSdk/index.ts';
import { moduleAccount } from '../../types/ids.ts';

const LANE = 201;
/** An account and an asset of {@link ledgerCaller}. */
export const CALLER_ACCOUNT = moduleAccount(LANE, 0);
export const CALLER_ASSET = moduleAccount(LANE, 1);
export const CALLER_LANE = LANE;

/** A module that asks the ledger for whatever it is told to, so that the ledger's authority can be tried. */
export const ledgerCaller = defineModule({
  id: 'ledgerCaller',
  lane: LANE,
  title: 'Ledger caller',
  summary: 'For tests: passes calls on to the ledger.',
  tables: [],
  transactions: {
    move: transaction(
      { asset: assetCell(), from: account(), to: account(), amount: u128() },
      'One transfer.',
      (context, { asset, from, to, amount }) => context.use(assetLedger).transfer(asset, from, to, amount),
    ),
    moveTwice: transaction(
      { asset: assetCell(), from: account(), to: account(), amount: u128() },
      'The same transfer twice, as one call.',
      (context, { asset, from, to, amount }) => {
        const transfer = { asset, from, to, amount };
        context.use(assetLedger).transferAll([transfer, transfer]);
      },
    ),
    mint: transaction(
      { asset: assetCell(), to: account(), amount: u128() },
      'Mint.',
      (context, { asset, to, amount }) => context.use(assetLedger).mint(asset, to, amount),
    ),
    burn: transaction(
      { asset: assetCell(), from: account(), amount: u128() },
      'Burn.',
      (context, { asset, from, amount }) => context.use(assetLedger).burn(asset, from, amount),
    ),
  },
  events: [],
  errors: [],
  provides: [],
  requires: [assetLedger],
  invariants: [],
  views: [],
  workloads: [],
});
