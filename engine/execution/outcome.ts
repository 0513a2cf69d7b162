import type { StateChange } from '../storage/contract.ts';
import type { ReceiptStatus } from '../types/receipt.ts';

/** A receipt as words: enough for the digest, decoded only when somebody looks. */
export interface RawReceipt {
  readonly status: ReceiptStatus;
  readonly errorId: number;
  readonly gasUsed: number;
  readonly eventCount: number;
  readonly errorData: Uint32Array;
  readonly events: Uint32Array;
}

/** What one transaction touched, by key number of the run. */
export interface AccessSet {
  readonly reads: readonly number[];
  readonly writes: readonly number[];
}

/** What a block did, whoever executed it: the same for every executor. */
export interface BlockOutcome {
  /** Transactions that are in the block; the gas limit may have cut the rest. */
  readonly count: number;
  /** Keys written, with values before and after, in no particular order. */
  readonly changes: readonly StateChange[];
  readonly receipts: readonly RawReceipt[];
}
