import type { AccountId, AssetId } from '../types/ids.ts';
import type { Context } from './context.ts';

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
}

export function provide<I>(capability: Capability<I>, bind: (context: Context) => I): Provision<I> {
  return { capability, bind };
}

/** A ledger of many assets: the only way in which other modules move money. */
export interface AssetLedger {
  balanceOf(asset: AssetId, owner: AccountId): bigint;
  totalSupply(asset: AssetId): bigint;
  /** The caller may move what belongs to the transaction's sender or to the calling module. */
  transfer(asset: AssetId, from: AccountId, to: AccountId, amount: bigint): void;
  /** The caller may mint and burn only assets of its own. */
  mint(asset: AssetId, to: AccountId, amount: bigint): void;
  burn(asset: AssetId, from: AccountId, amount: bigint): void;
}

export const assetLedger: Capability<AssetLedger> = { name: 'assetLedger' };
