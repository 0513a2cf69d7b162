import { assert } from '../../base/assert.ts';
import type { ModuleSet } from '../../moduleSdk/index.ts';
import type { LaneFault } from '../../types/laneFault.ts';
import type { Transaction } from '../../types/transaction.ts';
import { type BlockMemory, CONTROL, HEADER, HEADER_WORDS } from './blockMemory.ts';
import { writeFaults } from './faults.ts';

/** What a block says beside its transactions. */
export interface BlockEnvironment {
  readonly height: number;
  readonly timestamp: number;
  readonly gasLimit: number;
  readonly feeRecipient: number;
  /** What is wrong with lanes; absent when nothing is. */
  readonly faults?: readonly LaneFault[];
}

/** Words the arguments of these transactions take. */
export function argumentWordsOf(transactions: readonly Transaction[], modules: ModuleSet): number {
  let words = 0;
  for (const item of transactions) {
    words += modules.transaction(item.module, item.name)!.type.args.wordsFor(item.args as never);
  }
  return words;
}

/** Writes the block's header and transactions into memory. The transactions fit their schemas. */
export function encodeBlock(
  memory: BlockMemory,
  modules: ModuleSet,
  environment: BlockEnvironment,
  transactions: readonly Transaction[],
): void {
  const { u32, i32, layout } = memory;
  assert(transactions.length <= layout.size.transactions, 'the block fits its memory', {
    transactions: transactions.length,
  });
  i32[CONTROL.transactionCount] = transactions.length;
  i32[CONTROL.height] = environment.height;
  i32[CONTROL.timestamp] = environment.timestamp;
  u32[CONTROL.blockGasLimit] = environment.gasLimit;
  u32[CONTROL.feeRecipient] = environment.feeRecipient;
  writeFaults(memory, environment.faults ?? []);
  let next = layout.args;
  transactions.forEach((item, i) => {
    const linked = modules.transaction(item.module, item.name)!;
    const at = layout.headers + i * HEADER_WORDS;
    u32[at + HEADER.sender] = item.sender;
    u32[at + HEADER.nonce] = item.nonce;
    u32[at + HEADER.type] = linked.index;
    u32[at + HEADER.gasLimit] = item.gasLimit;
    u32[at + HEADER.gasPrice] = item.gasPrice;
    u32[at + HEADER.burntPrice] = item.burntPrice ?? 0;
    u32[at + HEADER.work] = item.work;
    u32[at + HEADER.args] = next;
    next += linked.type.args.write(u32, next, item.args as never);
  });
}
