import type { ModuleSet } from '../../moduleSdk/index.ts';
import {
  type BlockMemory,
  CONTROL,
  KEY,
  KEY_WORDS,
  RECORD_HEADER,
  TX,
  TX_WORDS,
} from '../kernel/blockMemory.ts';
import { Arena } from '../kernel/arena.ts';
import type { StateStore } from '../contract.ts';
import { createTransactionExecutor } from '../kernel/executeTransaction.ts';
import { KeyTable } from '../kernel/keyTable.ts';
import { TransactionContext } from '../kernel/transactionContext.ts';

/** Reads and writes committed state in place: no versions, no logs. */
class DirectStore implements StateStore {
  readonly u32: Uint32Array;
  readonly version = 0;
  private readonly keyRecords: number;
  private readonly i32: Int32Array;
  private readonly keys: KeyTable;
  private readonly arena: Arena;

  constructor(memory: BlockMemory) {
    this.u32 = memory.u32;
    this.i32 = memory.i32;
    this.keyRecords = memory.layout.keys;
    this.keys = new KeyTable(memory);
    this.arena = new Arena(memory, 1);
  }

  intern(words: Uint32Array, count: number): number {
    return this.keys.intern(words, count);
  }

  load(key: number): number {
    return this.i32[this.keyRecords + key * KEY_WORDS + KEY.base]!;
  }

  put(key: number, place: number): void {
    this.i32[this.keyRecords + key * KEY_WORDS + KEY.base] = place;
  }

  allocate(words: number, deleted: boolean): number {
    const place = this.arena.take(RECORD_HEADER + words) + RECORD_HEADER;
    this.i32[place - 1] = deleted ? 1 : 0;
    return place;
  }
}

/**
 * The fast sequential arm: the same storage, the same transactions, one after another, writes put
 * in place at once. What speed-ups are measured against. Executes transactions `from` to `to`
 * (excluded) and leaves gas in their records. State in `memory` is changed.
 * Without `performsWork` declared work is skipped: to bring a state forward quickly.
 */
export function runFastSequential(
  memory: BlockMemory,
  modules: ModuleSet,
  from: number,
  to: number,
  performsWork: boolean,
  onTransaction?: () => void,
): void {
  const { i32, layout } = memory;
  const store = new DirectStore(memory);
  const context = new TransactionContext(store, modules, {
    keyCapacity: layout.size.keys,
    performsWork,
  });
  const executor = createTransactionExecutor(memory, modules, context);
  const end = Math.min(to, i32[CONTROL.transactionCount]!);
  for (let tx = from; tx < end; tx++) {
    onTransaction?.();
    executor.execute(tx, false);
    for (let e = 0; e < context.accessCount; e++) {
      const place = context.accessWrite[e]!;
      if (place === 0) continue;
      store.put(context.accessKey[e]!, (i32[place - 1]! & 1) === 1 ? 0 : place);
    }
    i32[layout.tx + tx * TX_WORDS + TX.gasUsed] = context.gasUsed;
  }
}
