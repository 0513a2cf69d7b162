import {
  account,
  asset as assetCell,
  type Context,
  deposit,
  list,
  send,
  struct,
  transaction,
  u8,
  u32,
  u128,
} from '../../moduleSdk/index.ts';
import { MODULE_OWNED } from '../../types/ids.ts';
import {
  emptyBatch,
  insufficientBalance,
  notAuthorised,
  notPartitioned,
  sameLane,
  unknownPartition,
  zeroAmount,
} from './errors.ts';
import { mintedToRange, movedBetweenLanes } from './events.ts';
import { escrowOf } from './escrow.ts';
import { credited, mint, move, moveAll, requirePerson, requirePersonAsSender, store } from './ledger.ts';
import { BY_ASSET, BY_LANE, balances, PARTITION, PEOPLE_LANE, settings, supply } from './state.ts';

/** Payments of one batch, at most. */
export const MAX_BATCH = 16;
/** Accounts of one genesis mint, at most: below the keys that one transaction may touch. */
export const MAX_RANGE = 500;

function requireListed(context: Context, asset: number): void {
  if (asset >= MODULE_OWNED) context.revert(notAuthorised, { owned: asset });
}

export const transactions = {
  transfer: transaction(
    { asset: assetCell(), to: account(), amount: u128() },
    'Pay somebody.',
    (context, { asset, to, amount }) => {
      requirePersonAsSender(context);
      requirePerson(context, to);
      move(context, PEOPLE_LANE, asset, context.sender, to, amount);
    },
  ),

  batchTransfer: transaction(
    { asset: assetCell(), payments: list(struct({ to: account(), amount: u128() }), MAX_BATCH) },
    'Pay several people at once: all of them or none.',
    (context, { asset, payments }) => {
      requirePersonAsSender(context);
      if (payments.length === 0) context.revert(emptyBatch, {});
      for (const { to } of payments) requirePerson(context, to);
      const from = context.sender;
      const transfers = payments.map(({ to, amount }) => ({ asset, from, to, amount }));
      moveAll(context, PEOPLE_LANE, transfers);
    },
  ),

  moveBetweenLanes: transaction(
    { asset: assetCell(), fromLane: u8(), toLane: u8(), amount: u128() },
    'Move your own money to the lane of another module.',
    (context, { asset, fromLane, toLane, amount }) => {
      requirePersonAsSender(context);
      if (amount === 0n) context.revert(zeroAmount, {});
      if (fromLane === toLane) context.revert(sameLane, { lane: fromLane });
      if (context.get(settings, PARTITION) !== BY_LANE) context.revert(notPartitioned, {});
      const owner = context.sender;
      const balance = context.get(balances, fromLane, asset, owner) ?? 0n;
      if (balance < amount) context.revert(insufficientBalance, { balance, amount });
      const raised = credited(context, context.get(balances, toLane, asset, owner) ?? 0n, amount);
      context.work();
      store(context, fromLane, asset, owner, balance - amount);
      context.set(balances, raised, toLane, asset, owner);
      context.emit(movedBetweenLanes, { asset, account: owner, fromLane, toLane, amount });
    },
    { lanes: ({ fromLane, toLane }) => [fromLane, toLane].filter((lane) => lane !== PEOPLE_LANE) },
  ),

  sendToModule: transaction(
    { lane: u8(), asset: assetCell(), amount: u128(), timeoutBlocks: u32() },
    'Send your own money to your account with another module: it goes as a message, and comes back if that does not arrive.',
    (context, { amount, asset, lane, timeoutBlocks }) => {
      requirePersonAsSender(context);
      move(context, PEOPLE_LANE, asset, context.sender, escrowOf(lane), amount);
      send(context, deposit, lane, { account: context.sender, asset, amount }, timeoutBlocks);
    },
    { lanes: () => [] },
  ),

  configure: transaction(
    { partition: u8() },
    'Choose how balances are partitioned: 0 by asset, 1 by module lane.',
    (context, { partition }) => {
      if (partition !== BY_ASSET && partition !== BY_LANE) context.revert(unknownPartition, { partition });
      context.set(settings, partition, PARTITION);
    },
    { genesisOnly: true },
  ),

  mint: transaction(
    { asset: assetCell(), to: account(), amount: u128(), lane: u8() },
    'Give an account money out of nothing.',
    (context, { asset, to, amount, lane }) => {
      requireListed(context, asset);
      mint(context, lane, asset, to, amount);
    },
    { genesisOnly: true },
  ),

  /** One transaction for many accounts: genesis of 10,000 people must not take 10,000 transactions an asset. */
  mintRange: transaction(
    { asset: assetCell(), first: account(), count: u32('count'), amount: u128(), lane: u8() },
    'Give neighbouring accounts the same amount each, out of nothing.',
    (context, { asset, first, count, amount, lane }) => {
      requireListed(context, asset);
      if (amount === 0n || count === 0) context.revert(zeroAmount, {});
      const total = credited(context, context.get(supply, asset) ?? 0n, amount * BigInt(count));
      for (let to = first; to < first + count; to++) {
        context.set(
          balances,
          credited(context, context.get(balances, lane, asset, to) ?? 0n, amount),
          lane,
          asset,
          to,
        );
      }
      context.set(supply, total, asset);
      context.emit(mintedToRange, { asset, first, count, amount });
    },
    { genesisOnly: true },
  ),
};
