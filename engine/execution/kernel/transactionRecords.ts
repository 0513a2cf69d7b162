import type { Arena } from './arena.ts';
import type { TransactionContext } from './transactionContext.ts';

/** Offsets in an access record: counts, then (key, version) a read, then (key, node, record) a write; executors without versions have no nodes. */
export const ACCESS = { reads: 0, writes: 1, list: 2 } as const;
export const READ_WORDS = 2;
export const WRITE_WORDS = 3;

/** Offsets in a receipt record. */
export const RECEIPT = {
  status: 0,
  errorId: 1,
  gasUsed: 2,
  eventCount: 3,
  errorWords: 4,
  eventWords: 5,
  data: 6,
} as const;

/** Writes down how the transaction in `context` ended, as {@link RECEIPT} says; answers the record's place. Throws MEMORY_FULL. */
export function fileReceipt(
  i32: Int32Array,
  u32: Uint32Array,
  arena: Arena,
  context: TransactionContext,
  status: number,
): number {
  const at = arena.take(RECEIPT.data + context.errorWords + context.eventWords);
  const failed = context.errorId !== 0 ? context.errorWords : 0;
  i32[at + RECEIPT.status] = status;
  i32[at + RECEIPT.errorId] = context.errorId;
  i32[at + RECEIPT.gasUsed] = context.gasUsed;
  i32[at + RECEIPT.eventCount] = context.eventCount;
  i32[at + RECEIPT.errorWords] = failed;
  i32[at + RECEIPT.eventWords] = context.eventWords;
  let next = at + RECEIPT.data;
  for (let i = 0; i < failed; i++) u32[next++] = context.errorData[i]!;
  for (let i = 0; i < context.eventWords; i++) u32[next++] = context.events[i]!;
  return at;
}
