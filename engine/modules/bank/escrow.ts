import {
  type Context,
  deposit,
  payOut,
  type Receiver,
  receiver,
  type Sender,
  sender,
} from '../../moduleSdk/index.ts';
import { type AccountId, type AssetId, moduleAccount } from '../../types/ids.ts';
import { move, requirePerson } from './ledger.ts';
import { LANE, PEOPLE_LANE } from './state.ts';

/** Where the bank keeps what people have with the module of a lane. */
export function escrowOf(lane: number): AccountId {
  return moduleAccount(LANE, lane);
}

function handBack(context: Context, lane: number, account: number, asset: number, amount: bigint): void {
  move(context, PEOPLE_LANE, asset as AssetId, escrowOf(lane), account as AccountId, amount);
}

/** A module pays somebody out of what people have with it. */
export const receives: readonly Receiver[] = [
  receiver(payOut, (context, { account, amount, asset }, { lane }) => {
    requirePerson(context, account as AccountId);
    handBack(context, lane, account, asset, amount);
  }),
];

/** Money that did not arrive comes back. */
export const sends: readonly Sender[] = [
  sender(deposit, (context, { account, amount, asset }, outcome, to) => {
    if (outcome !== 'delivered') handBack(context, to, account, asset, amount);
  }),
];
