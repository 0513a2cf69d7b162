import type { AccountId, AssetId } from '../types/ids.ts';
import type { Context, StateReader } from './context.ts';

/**
 * A named set of functions that one module provides and others use, in the same transaction.
 * Modules never import each other: they meet here.
 */
export interface Capability<I> {
  readonly name: string;
  /** Types only: the functions. */
  readonly __functions?: I;
}

/** What a provider gives: the functions bound to a context whose `callerLane` names the caller. */
export interface Provision<I = unknown> {
  readonly capability: Capability<I>;
  readonly bind: (context: Context) => I;
  /**
   * Lanes whose keys a call by a module of lane `callerLane` may touch, in this state (what it reads there is
   * written at genesis only). When absent, the provider's own and those that its capabilities touch.
   */
  readonly lanes?: (callerLane: number, state: StateReader) => readonly number[];
}

export function provide<I>(
  capability: Capability<I>,
  bind: (context: Context) => I,
  lanes?: Provision['lanes'],
): Provision<I> {
  return lanes === undefined ? { capability, bind } : { capability, bind, lanes };
}

/** One movement of money. */
export interface AssetTransfer {
  readonly asset: AssetId;
  readonly from: AccountId;
  readonly to: AccountId;
  readonly amount: bigint;
}

/**
 * A ledger of many assets: the only way in which other modules move money. Its functions end the
 * transaction with `bank/insufficient_balance`, `bank/zero_amount`, `bank/unknown_asset`,
 * `bank/balance_overflow` or `bank/not_authorised`. Those that write first read all they need, then do
 * the transaction's declared work (unless it is done already), then write.
 */
export interface AssetLedger {
  /** In base units; 0 for an account or an asset that is not there. */
  balanceOf(asset: AssetId, owner: AccountId): bigint;
  /** In base units, over all lanes; 0 for an asset that is not there. */
  totalSupply(asset: AssetId): bigint;
  /** The caller may move what belongs to the transaction's sender or to the calling module. */
  transfer(asset: AssetId, from: AccountId, to: AccountId, amount: bigint): void;
  /**
   * Several transfers as one, each seeing those before it: all balances are read before any is
   * written. The same authority as {@link transfer}.
   */
  transferAll(transfers: readonly AssetTransfer[]): void;
  /** The caller may mint and burn only assets of its own; those it may burn wherever they are held. */
  mint(asset: AssetId, to: AccountId, amount: bigint): void;
  burn(asset: AssetId, from: AccountId, amount: bigint): void;
}

export const assetLedger: Capability<AssetLedger> = { name: 'assetLedger' };
