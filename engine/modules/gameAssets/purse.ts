import {
  type Context,
  deposit,
  payOut,
  type Receiver,
  receiver,
  type Sender,
  sender,
} from '../../moduleSdk/index.ts';
import { purses } from './state.ts';

/** Adds to a purse; an empty one is an absent key. */
function putIn(context: Context, account: number, asset: number, amount: bigint): void {
  const held = context.get(purses, account, asset) ?? 0n;
  context.set(purses, held + amount, account, asset);
}

/** What the bank sends goes into the purse of whom it is for. */
export const receives: readonly Receiver[] = [
  receiver(deposit, (context, { account, amount, asset }) => putIn(context, account, asset, amount)),
];

/** What did not reach the bank is back in the purse. */
export const sends: readonly Sender[] = [
  sender(payOut, (context, { account, amount, asset }, outcome) => {
    if (outcome !== 'delivered') putIn(context, account, asset, amount);
  }),
];
