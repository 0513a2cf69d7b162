import type { ModuleSet } from '../../moduleSdk/index.ts';
import { type CommittedState, keyIdentity, type StateChange } from '../../storage/contract.ts';
import type { ReceiptStatus } from '../../types/receipt.ts';
import { type BlockMemory, CONTROL, TX, TX_WORDS } from './blockMemory.ts';
import { KeyTable } from './keyTable.ts';
import { markerTable } from './kernelTables.ts';
import type { BlockOutcome, RawReceipt } from '../outcome.ts';
import { ACCESS, READ_WORDS, RECEIPT, WRITE_WORDS } from './transactionRecords.ts';

/** Reads a finished block's outcome out of memory: last committed write of each key, and receipts. */
export function collectOutcome(memory: BlockMemory, modules: ModuleSet, state: CommittedState): BlockOutcome {
  const { i32, u32, layout } = memory;
  const keys = new KeyTable(memory);
  const count = i32[CONTROL.commitIndex]!;
  const last = new Map<number, number>();
  const receipts: RawReceipt[] = [];
  for (let tx = 0; tx < count; tx++) {
    const record = layout.tx + tx * TX_WORDS;
    const access = i32[record + TX.access]!;
    const first = access + ACCESS.list + i32[access + ACCESS.reads]! * READ_WORDS;
    for (let w = 0; w < i32[access + ACCESS.writes]!; w++) {
      last.set(i32[first + w * WRITE_WORDS]!, i32[first + w * WRITE_WORDS + 2]!);
    }
    receipts.push(readReceipt(memory, i32[record + TX.receipt]!));
  }
  const changes: StateChange[] = [];
  for (const [key, place] of last) {
    const at = keys.placeOf(key);
    const tableId = u32[at]!;
    if (markerTable(tableId) !== undefined) continue;
    const table = modules.tableById(tableId);
    const identity = keyIdentity(u32, at, table.keyWords);
    const deleted = (i32[place - 1]! & 1) === 1;
    changes.push({
      identity,
      key: u32.slice(at, at + table.keyWords),
      before: state.get(identity)?.value ?? null,
      after: deleted ? null : u32.slice(place, place + table.valueWords),
    });
  }
  return { count, changes, receipts };
}

function readReceipt(memory: BlockMemory, at: number): RawReceipt {
  const { i32, u32 } = memory;
  const errorWords = i32[at + RECEIPT.errorWords]!;
  const data = at + RECEIPT.data;
  return {
    status: i32[at + RECEIPT.status] as ReceiptStatus,
    errorId: u32[at + RECEIPT.errorId]!,
    gasUsed: i32[at + RECEIPT.gasUsed]!,
    eventCount: i32[at + RECEIPT.eventCount]!,
    errorData: u32.slice(data, data + errorWords),
    events: u32.slice(data + errorWords, data + errorWords + i32[at + RECEIPT.eventWords]!),
  };
}
