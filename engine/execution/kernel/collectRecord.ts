import type { ModuleSet } from '../../moduleSdk/index.ts';
import {
  type BlockMemory,
  CONTROL,
  KEY,
  KEY_WORDS,
  TRACE,
  TRACE_WORDS,
  TX,
  TX_WORDS,
  WORKER,
  workerLine,
} from './blockMemory.ts';
import { KeyTable } from './keyTable.ts';
import { markerTable } from './kernelTables.ts';
import type { ExecutionCounts, ExecutionRecord, RawAccess, RawSpan, RawVersion } from '../pool.ts';
import { ACCESS, READ_WORDS, WRITE_WORDS } from './transactionRecords.ts';
import { RECORD } from './traceWriter.ts';

type Recorded = Pick<ExecutionRecord, 'counts' | 'perTransaction' | 'spans' | 'accesses' | 'keys'>;

/** Reads what the workers recorded out of memory; `originUs` is the moment that becomes zero. */
export function collectRecord(
  memory: BlockMemory,
  modules: ModuleSet,
  workers: number,
  originUs: number,
): Recorded {
  const { i32, layout } = memory;
  const count = i32[CONTROL.transactionCount]!;
  const perTransaction = Array.from({ length: count }, (_, tx) => {
    const at = layout.tx + tx * TX_WORDS;
    return {
      executions: i32[at + TX.executions]!,
      suspensions: i32[at + TX.suspensions]!,
      aborts: i32[at + TX.aborts]!,
    };
  });
  return {
    counts: countsOf(memory, workers),
    perTransaction,
    ...readSpans(memory, modules, workers, originUs),
  };
}

/** Sums of the workers' counters. */
export function countsOf(memory: BlockMemory, workers: number): ExecutionCounts {
  const sum = (offset: number): number => {
    let total = 0;
    for (let w = 0; w < workers; w++) total += memory.i32[workerLine(w) + offset]!;
    return total;
  };
  return {
    executions: sum(WORKER.executions),
    suspensions: sum(WORKER.suspensions),
    validations: sum(WORKER.validations),
    aborts: sum(WORKER.aborts),
    sleeps: sum(WORKER.sleeps),
  };
}

/** Numbers keys and access lists in the order in which the spans name them. */
class Names {
  readonly keys: Uint32Array[] = [];
  readonly accesses: RawAccess[] = [];
  private readonly keyNumbers = new Map<number, number>();
  private readonly accessNumbers = new Map<number, number>();
  private readonly table: KeyTable;
  private readonly memory: BlockMemory;
  private readonly modules: ModuleSet;

  constructor(memory: BlockMemory, modules: ModuleSet) {
    this.memory = memory;
    this.modules = modules;
    this.table = new KeyTable(memory);
  }

  key(key: number): number {
    if (key < 0) return -1;
    let number = this.keyNumbers.get(key);
    if (number === undefined) {
      number = this.keys.length;
      const at = this.table.placeOf(key);
      this.keys.push(this.memory.u32.slice(at, at + this.keyWords(this.memory.u32[at]!)));
      this.keyNumbers.set(key, number);
    }
    return number;
  }

  access(place: number): number {
    if (place === 0) return -1;
    let number = this.accessNumbers.get(place);
    if (number === undefined) {
      number = this.accesses.length;
      this.accesses.push(this.readAccess(place));
      this.accessNumbers.set(place, number);
    }
    return number;
  }

  private readAccess(place: number): RawAccess {
    const { i32, layout } = this.memory;
    const reads: RawAccess['reads'][number][] = [];
    const writes: RawAccess['writes'][number][] = [];
    let at = place + ACCESS.list;
    for (let r = 0; r < i32[place + ACCESS.reads]!; r++, at += READ_WORDS) {
      const key = i32[at]!;
      const word = i32[at + 1]!;
      const value =
        word === 0 ? i32[layout.keys + key * KEY_WORDS + KEY.base]! : deleted(i32, word) ? 0 : word;
      reads.push({ key: this.key(key), version: versionOf(i32, word, -1), value: this.value(key, value) });
    }
    for (let w = 0; w < i32[place + ACCESS.writes]!; w++, at += WRITE_WORDS) {
      const key = i32[at]!;
      const record = i32[at + 2]!;
      writes.push({ key: this.key(key), value: this.value(key, deleted(i32, record) ? 0 : record) });
    }
    return { reads, writes };
  }

  private value(key: number, place: number): Uint32Array | null {
    if (place === 0) return null;
    const tableId = this.memory.u32[this.table.placeOf(key)]!;
    const words = markerTable(tableId) !== undefined ? 0 : this.modules.tableById(tableId).valueWords;
    return this.memory.u32.slice(place, place + words);
  }

  private keyWords(tableId: number): number {
    return (markerTable(tableId) ?? this.modules.tableById(tableId)).keyWords;
  }
}

function deleted(i32: Int32Array, record: number): boolean {
  return (i32[record - 1]! & 1) === 1;
}

function versionOf(i32: Int32Array, word: number, estimateTx: number): RawVersion {
  if (word === 0) return { kind: 'committed' };
  if (word < 0) return { kind: 'estimate', tx: estimateTx };
  return { kind: 'transaction', tx: i32[word - 2]!, incarnation: i32[word - 1]! >> 1 };
}

function readSpans(
  memory: BlockMemory,
  modules: ModuleSet,
  workers: number,
  originUs: number,
): Pick<Recorded, 'spans' | 'accesses' | 'keys'> {
  const { i32, f64, layout } = memory;
  const names = new Names(memory, modules);
  const spans: RawSpan[] = [];
  const capacity = layout.size.traceRecords;
  for (let worker = 0; worker < workers; worker++) {
    const records = layout.trace + worker * capacity * TRACE_WORDS;
    const times = (layout.traceTimes + worker * capacity * 4) >> 1;
    for (let n = 0; n < i32[workerLine(worker) + WORKER.traceCount]!; n++) {
      const at = records + n * TRACE_WORDS;
      const kind = i32[at + TRACE.kind]!;
      const found = i32[at + TRACE.found]!;
      spans.push({
        worker,
        sequence: i32[at + TRACE.sequence]!,
        kind,
        tx: i32[at + TRACE.tx]!,
        incarnation: i32[at + TRACE.incarnation]!,
        startUs: f64[times + n * 2]! - originUs,
        endUs: f64[times + n * 2 + 1]! - originUs,
        causeTx: i32[at + TRACE.causeTx]!,
        causeKey: names.key(i32[at + TRACE.causeKey]!),
        access: names.access(i32[at + TRACE.access]!),
        found: kind === RECORD.abort ? versionOf(i32, found, i32[at + TRACE.causeTx]!) : found,
      });
    }
  }
  spans.sort((a, b) => a.sequence - b.sequence);
  return { spans, accesses: names.accesses, keys: names.keys };
}
