import type { Action } from '../api/settings.ts';
import type { Result } from '../base/result.ts';
import type { TransactionDraft } from '../types/transaction.ts';

/**
 * A block that comes from outside instead of from traffic: block 1 of a chain that has no other. Where it
 * was read from is not the chain's concern.
 */
export interface GivenBlock {
  /** Nonces that the senders start with; they are accounts 0, 1, … */
  readonly nonces: readonly number[];
  /** Transactions of block 0 that set the stage, all by the account after the senders. */
  readonly genesis: readonly TransactionDraft[];
  /**
   * The block's transactions with what the actions change about them, in order; declared work is the chain's to say.
   * Deterministic. Fails with a typed error when an action does not fit the block.
   */
  transactions(actions: readonly Action[]): Result<readonly TransactionDraft[]>;
}

/** Actions that change a given block; in chains with traffic they mean nothing. */
export function changesGivenBlock(
  action: Action,
): action is Extract<Action, { readonly kind: 'splitKey' | 'keepContract' }> {
  return action.kind === 'splitKey' || action.kind === 'keepContract';
}
