import { type BlockMemory, CONTROL, TRACE, TRACE_WORDS, WORKER, workerLine } from './blockMemory.ts';

/** What a trace record says; the numbers are part of the engine's door. */
export const RECORD = {
  execute: 0,
  suspend: 1,
  validate: 2,
  abort: 3,
  wait: 4,
  commit: 5,
  laneWait: 6,
} as const;

/** How much is recorded: counters only, or every span. */
export const TRACE_LEVEL = { counters: 0, full: 1 } as const;

/**
 * A worker's trace: fixed records in shared memory, each with a number from a shared sequence so
 * that causes are ordered without comparing clocks. When the room is used up it stops recording.
 */
export class TraceWriter {
  full = false;
  private readonly i32: Int32Array;
  private readonly f64: Float64Array;
  private readonly records: number;
  private readonly times: number;
  private readonly capacity: number;
  private readonly countAt: number;

  constructor(memory: BlockMemory, worker: number) {
    const { layout } = memory;
    this.i32 = memory.i32;
    this.f64 = memory.f64;
    this.capacity = layout.size.traceRecords;
    this.records = layout.trace + worker * this.capacity * TRACE_WORDS;
    this.times = (layout.traceTimes + worker * this.capacity * 4) >> 1;
    this.countAt = workerLine(worker) + WORKER.traceCount;
  }

  /** Reads how much the block at hand wants recorded. */
  begin(): void {
    this.full = this.i32[CONTROL.traceLevel] === TRACE_LEVEL.full;
  }

  /** Records a span; times are µs on the worker's clock. */
  span(
    kind: number,
    tx: number,
    incarnation: number,
    startUs: number,
    endUs: number,
    causeTx: number,
    causeKey: number,
    access: number,
    found: number,
  ): void {
    const { i32 } = this;
    const index = i32[this.countAt]!;
    if (index >= this.capacity) return;
    const at = this.records + index * TRACE_WORDS;
    i32[at + TRACE.sequence] = Atomics.add(i32, CONTROL.sequence, 1);
    i32[at + TRACE.kind] = kind;
    i32[at + TRACE.tx] = tx;
    i32[at + TRACE.incarnation] = incarnation;
    i32[at + TRACE.causeTx] = causeTx;
    i32[at + TRACE.causeKey] = causeKey;
    i32[at + TRACE.access] = access;
    i32[at + TRACE.found] = found;
    this.f64[this.times + index * 2] = startUs;
    this.f64[this.times + index * 2 + 1] = endUs;
    i32[this.countAt] = index + 1;
  }
}
