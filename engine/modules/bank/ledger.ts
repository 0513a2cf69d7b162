import { MAX_U128 } from '../../base/integerMath.ts';
import type { AssetTransfer, Context } from '../../moduleSdk/index.ts';
import { type AccountId, type AssetId, MODULE_OWNED } from '../../types/ids.ts';
import {
  balanceOverflow,
  insufficientBalance,
  notAPerson,
  notAuthorised,
  unknownAsset,
  zeroAmount,
} from './errors.ts';
import { burned, minted, transferred } from './events.ts';
import { balances, supply } from './state.ts';

/** Reverts unless a person signed: nobody holds the key of an account that a module owns. */
export function requirePersonAsSender(context: Context): void {
  if (context.sender >= MODULE_OWNED) context.revert(notAuthorised, { owned: context.sender });
}

export function requirePerson(context: Context, account: AccountId): void {
  if (account >= MODULE_OWNED) context.revert(notAPerson, { account });
}

/** Ends the transaction because `balance` does not cover `amount`; only now is it worth a read to know why. */
function refuseDebit(context: Context, asset: AssetId, balance: bigint, amount: bigint): never {
  if (balance === 0n && context.get(supply, asset) === undefined) context.revert(unknownAsset, { asset });
  context.revert(insufficientBalance, { balance, amount });
}

/** `balance + amount`, unless that is more than a balance can hold. */
export function credited(context: Context, balance: bigint, amount: bigint): bigint {
  const sum = balance + amount;
  if (sum > MAX_U128) context.revert(balanceOverflow, { balance, amount });
  return sum;
}

/** Stores a balance; a balance of zero is an absent key. */
export function store(
  context: Context,
  lane: number,
  asset: AssetId,
  owner: AccountId,
  balance: bigint,
): void {
  if (balance === 0n) context.delete(balances, lane, asset, owner);
  else context.set(balances, balance, lane, asset, owner);
}

/**
 * One transfer inside a lane: two reads, the transaction's declared work, two writes. To oneself it
 * changes nothing and is still announced.
 */
export function move(
  context: Context,
  lane: number,
  asset: AssetId,
  from: AccountId,
  to: AccountId,
  amount: bigint,
): void {
  if (amount === 0n) context.revert(zeroAmount, {});
  const balance = context.get(balances, lane, asset, from) ?? 0n;
  if (balance < amount) refuseDebit(context, asset, balance, amount);
  if (from === to) {
    context.work();
  } else {
    const raised = credited(context, context.get(balances, lane, asset, to) ?? 0n, amount);
    context.work();
    store(context, lane, asset, from, balance - amount);
    context.set(balances, raised, lane, asset, to);
  }
  context.emit(transferred, { asset, from, to, amount });
}

/** A balance that several transfers of one transaction change. */
interface Holding {
  readonly asset: AssetId;
  readonly owner: AccountId;
  balance: bigint;
}

/**
 * Transfers one after another inside a lane: every balance is read, then the declared work is done,
 * then every balance is written. Each transfer sees what those before it did. Quadratic in the
 * accounts named.
 */
export function moveAll(context: Context, lane: number, transfers: readonly AssetTransfer[]): void {
  const holdings: Holding[] = [];
  const holdingOf = (asset: AssetId, owner: AccountId): Holding => {
    const known = holdings.find((holding) => holding.owner === owner && holding.asset === asset);
    if (known !== undefined) return known;
    const holding = { asset, owner, balance: context.get(balances, lane, asset, owner) ?? 0n };
    holdings.push(holding);
    return holding;
  };
  for (const { asset, from, to, amount } of transfers) {
    if (amount === 0n) context.revert(zeroAmount, {});
    const source = holdingOf(asset, from);
    if (source.balance < amount) refuseDebit(context, asset, source.balance, amount);
    source.balance -= amount;
    const target = holdingOf(asset, to);
    target.balance = credited(context, target.balance, amount);
  }
  context.work();
  for (const { asset, owner, balance } of holdings) store(context, lane, asset, owner, balance);
  for (const { asset, from, to, amount } of transfers) context.emit(transferred, { asset, from, to, amount });
}

/** Makes `amount` of `asset` out of nothing. */
export function mint(context: Context, lane: number, asset: AssetId, to: AccountId, amount: bigint): void {
  if (amount === 0n) context.revert(zeroAmount, {});
  const total = credited(context, context.get(supply, asset) ?? 0n, amount);
  const raised = credited(context, context.get(balances, lane, asset, to) ?? 0n, amount);
  context.work();
  context.set(supply, total, asset);
  context.set(balances, raised, lane, asset, to);
  context.emit(minted, { asset, to, amount });
}

/** Unmakes `amount` of `asset`. The supply's key stays at zero: an asset once known stays known. */
export function burn(context: Context, lane: number, asset: AssetId, from: AccountId, amount: bigint): void {
  if (amount === 0n) context.revert(zeroAmount, {});
  const balance = context.get(balances, lane, asset, from) ?? 0n;
  if (balance < amount) refuseDebit(context, asset, balance, amount);
  const total = context.get(supply, asset) ?? 0n;
  context.work();
  store(context, lane, asset, from, balance - amount);
  context.set(supply, total - amount, asset);
  context.emit(burned, { asset, from, amount });
}
