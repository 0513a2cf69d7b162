import {
  type Context,
  list,
  struct,
  type Table,
  transaction,
  u16,
  u160,
  u256,
} from '../../moduleSdk/index.ts';
import { insufficientBalance } from './errors.ts';
import { moved } from './events.ts';
import { balances, NATIVE, targets, tokens, totals } from './state.ts';

/** Holders that one genesis transaction funds, at most: below the keys that one transaction may touch. */
export const MAX_FUNDED = 500;

/** Takes from shard 0 of `from`, adds to a shard of `to`: all is read, then the work is done, then all is written. */
function move<K extends readonly (number | bigint)[]>(
  context: Context,
  table: Table<K, bigint>,
  from: K,
  to: K,
  amount: bigint,
): void {
  const held = context.get(table, ...from) ?? 0n;
  if (held < amount) context.revert(insufficientBalance, { balance: held, amount });
  if (from.every((part, i) => part === to[i])) {
    context.work();
    context.set(table, held, ...from);
    return;
  }
  const before = context.get(table, ...to) ?? 0n;
  context.work();
  context.set(table, held - amount, ...from);
  context.set(table, before + amount, ...to);
}

/** A plain payment of the native currency. */
export const pay = transaction(
  { from: u160(), to: u160(), shard: u16(), amount: u256() },
  'Pays in the native currency of an imported block.',
  (context, { from, to, shard, amount }) => {
    move(context, balances, [from, 0], [to, shard], amount);
    context.emit(moved, { token: NATIVE, from, to, amount });
  },
  { importedOnly: true },
);

/** `transfer` and `transferFrom` of a token; who may move what was settled when the block was made. */
export const payToken = transaction(
  { token: u160(), from: u160(), to: u160(), shard: u16(), amount: u256() },
  'Moves a token of an imported block.',
  (context, { token, from, to, shard, amount }) => {
    move(context, tokens, [token, from, 0], [token, to, shard], amount);
    context.emit(moved, { token, from, to, amount });
  },
  { importedOnly: true },
);

/** Any other call: nobody knows what it touched, so it reads and writes one record of its target. */
export const call = transaction(
  { target: u160(), shard: u16() },
  'Calls a contract of an imported block: one read and one write of its target.',
  (context, { target, shard }) => {
    const calls = context.get(targets, target, shard) ?? 0n;
    context.work();
    context.set(targets, calls + 1n, target, shard);
  },
  { importedOnly: true },
);

const holding = struct({ token: u160(), holder: u160(), amount: u256() });

/** Gives those who will spend what they spend; token 0 is the native currency. */
export const fund = transaction(
  { holdings: list(holding, MAX_FUNDED) },
  'Gives the senders of an imported block what they spend.',
  (context, { holdings }) => {
    for (const { token, holder, amount } of holdings) {
      context.set(totals, (context.get(totals, token) ?? 0n) + amount, token);
      if (token === NATIVE) {
        context.set(balances, (context.get(balances, holder, 0) ?? 0n) + amount, holder, 0);
      } else {
        context.set(tokens, (context.get(tokens, token, holder, 0) ?? 0n) + amount, token, holder, 0);
      }
    }
  },
  { genesisOnly: true },
);
