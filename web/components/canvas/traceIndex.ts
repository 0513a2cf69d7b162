import type { BlockRun, TraceColumns } from '../../../engine/api/index.ts';
import { runOrdinals, SPAN } from '../../lib/trace.ts';

/** How a span looks, by status; `wasted` is an execution that a later validation threw away. */
export const LOOK = {
  execute: 0,
  reexecute: 1,
  validate: 2,
  abort: 3,
  suspend: 4,
  wait: 5,
  commit: 6,
  wasted: 7,
} as const;
export const LOOKS = 8;

/** The spans of one track, ordered by start; what they are is found through `mark` in the trace. */
export interface SpanRow {
  readonly count: number;
  readonly startUs: Float64Array;
  readonly endUs: Float64Array;
  /** Latest end among the spans up to this one: searchable even where clock steps make spans overlap. */
  readonly reachUs: Float64Array;
  readonly look: Uint8Array;
  /** Index into the trace. */
  readonly mark: Int32Array;
}

/** What panels with a clock ask of a trace, computed once a run. A *mark* is an index into the trace. */
export interface TraceIndex {
  /** A row a worker; commits are left out. */
  readonly rows: readonly SpanRow[];
  /** Where a mark stands in its worker's row; -1 for commits. */
  readonly placeInRow: Int32Array;
  /** Per row, useful time before each span, and in all: `count + 1` entries. */
  readonly usefulUs: readonly Float64Array[];
  readonly commits: SpanRow;
  /** Aborts in order of their end. */
  readonly aborts: Int32Array;
  /** For an execution that was thrown away, the mark of its abort; else -1. */
  readonly abortOf: Int32Array;
  /** For an abort, the mark of the execution that it threw away; else -1. */
  readonly thrownAway: Int32Array;
  /** Per transaction: the mark of the execution that was committed, and of its commit; -1 when there is none. */
  readonly finalOf: Int32Array;
  readonly commitOf: Int32Array;
  /** Marks of transaction `tx`, by sequence: `marks[firstOf[tx]]` up to `firstOf[tx + 1]`. */
  readonly firstOf: Int32Array;
  readonly marks: Int32Array;
  /** Start of a transaction's first execution or suspension; Infinity when it never ran. */
  readonly firstStartUs: Float64Array;
  readonly durationUs: number;
}

const known = new WeakMap<BlockRun, TraceIndex>();

export function traceIndexOf(run: BlockRun): TraceIndex {
  const found = known.get(run);
  if (found !== undefined) return found;
  const index = indexTrace(run.trace, run.workers, run.transactions.length, run.metrics.durationUs);
  known.set(run, index);
  return index;
}

export function indexTrace(
  trace: TraceColumns,
  workers: number,
  transactions: number,
  durationUs = 0,
): TraceIndex {
  const { firstOf, marks } = groupByTransaction(trace, transactions);
  const abortOf = new Int32Array(trace.count).fill(-1);
  const thrownAway = new Int32Array(trace.count).fill(-1);
  const finalOf = new Int32Array(transactions).fill(-1);
  const commitOf = new Int32Array(transactions).fill(-1);
  const firstStartUs = new Float64Array(transactions).fill(Infinity);
  for (let tx = 0; tx < transactions; tx++) {
    for (let at = firstOf[tx]!; at < firstOf[tx + 1]!; at++) {
      const mark = marks[at]!;
      const kind = trace.kind[mark];
      if (kind === SPAN.execute || kind === SPAN.suspend) {
        firstStartUs[tx] = Math.min(firstStartUs[tx]!, trace.startUs[mark]!);
      }
      if (kind === SPAN.execute) finalOf[tx] = mark;
      if (kind === SPAN.commit) commitOf[tx] = mark;
      if (kind !== SPAN.abort) continue;
      const execution = executionOf(trace, marks, firstOf[tx]!, at, trace.incarnation[mark]!);
      if (execution < 0) continue;
      abortOf[execution] = mark;
      thrownAway[mark] = execution;
    }
    if (finalOf[tx]! >= 0 && abortOf[finalOf[tx]!]! >= 0) finalOf[tx] = -1;
  }
  const byWorker: number[][] = Array.from({ length: workers }, () => []);
  const commits: number[] = [];
  const aborts: number[] = [];
  let endUs = durationUs;
  for (let mark = 0; mark < trace.count; mark++) {
    endUs = Math.max(endUs, trace.endUs[mark]!);
    if (trace.kind[mark] === SPAN.commit) commits.push(mark);
    // The transaction's time: its worker was doing something else.
    else if (trace.kind[mark] !== SPAN.laneWait) byWorker[trace.worker[mark]!]?.push(mark);
    if (trace.kind[mark] === SPAN.abort) aborts.push(mark);
  }
  const lookOf = (mark: number): number => spanLook(trace, abortOf, mark);
  const rows = byWorker.map((list) => makeRow(trace, list, lookOf));
  const placeInRow = new Int32Array(trace.count).fill(-1);
  for (const row of rows) {
    for (let place = 0; place < row.count; place++) placeInRow[row.mark[place]!] = place;
  }
  const usefulUs = rows.map((row) => {
    const sums = new Float64Array(row.count + 1);
    for (let i = 0; i < row.count; i++) {
      const tx = trace.tx[row.mark[i]!]!;
      const useful = tx >= 0 && finalOf[tx] === row.mark[i];
      sums[i + 1] = sums[i]! + (useful ? row.endUs[i]! - row.startUs[i]! : 0);
    }
    return sums;
  });
  aborts.sort((a, b) => trace.endUs[a]! - trace.endUs[b]!);
  return {
    rows,
    placeInRow,
    usefulUs,
    commits: makeRow(trace, commits, () => LOOK.commit),
    aborts: Int32Array.from(aborts),
    abortOf,
    thrownAway,
    finalOf,
    commitOf,
    firstOf,
    marks,
    firstStartUs,
    durationUs: endUs,
  };
}

/** The status that a span is drawn in. */
export function spanLook(trace: TraceColumns, abortOf: Int32Array, mark: number): number {
  switch (trace.kind[mark]) {
    case SPAN.execute:
      if (abortOf[mark]! >= 0) return LOOK.wasted;
      return runOrdinals(trace)[mark]! > 0 ? LOOK.reexecute : LOOK.execute;
    case SPAN.suspend:
      return LOOK.suspend;
    case SPAN.validate:
      return LOOK.validate;
    case SPAN.abort:
      return LOOK.abort;
    case SPAN.commit:
      return LOOK.commit;
    default:
      return LOOK.wait;
  }
}

/**
 * The writer's execution that an abort (or a suspension) is tied to: its latest one that ended, in
 * the order of causes, before the abort; for a suspension the next one, which is waited for. -1 when there is none.
 */
export function causeMark(trace: TraceColumns, index: TraceIndex, mark: number): number {
  const writer = trace.causeTx[mark]!;
  if (writer < 0 || writer + 1 >= index.firstOf.length) return -1;
  const waits = trace.kind[mark] === SPAN.suspend;
  let latest = -1;
  for (let at = index.firstOf[writer]!; at < index.firstOf[writer + 1]!; at++) {
    const candidate = index.marks[at]!;
    if (trace.kind[candidate] !== SPAN.execute) continue;
    const before = trace.sequence[candidate]! < trace.sequence[mark]!;
    if (waits && !before) return candidate;
    if (before && !waits) latest = candidate;
  }
  return latest;
}

/** Share of the time up to `nowUs` that a worker spent on executions that were committed. */
export function usefulShareUntil(index: TraceIndex, worker: number, nowUs: number): number {
  const row = index.rows[worker];
  const sums = index.usefulUs[worker];
  if (row === undefined || sums === undefined || nowUs <= 0) return 0;
  const place = lastStartingBefore(row, nowUs);
  if (place < 0) return 0;
  const lengthUs = row.endUs[place]! - row.startUs[place]!;
  const useful = sums[place + 1]! - sums[place]! > 0;
  const partUs = useful ? Math.min(lengthUs, nowUs - row.startUs[place]!) : 0;
  return Math.min(1, (sums[place]! + partUs) / nowUs);
}

/** Place of the last span that starts at or before the moment; -1 when none does. */
export function lastStartingBefore(row: SpanRow, timeUs: number): number {
  let low = 0;
  let high = row.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (row.startUs[middle]! <= timeUs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Place of the first span that may reach past the moment; `count` when all ended before. */
export function firstReaching(row: SpanRow, timeUs: number): number {
  let low = 0;
  let high = row.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (row.reachUs[middle]! < timeUs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Orders marks by start into a row. */
export function makeRow(
  trace: TraceColumns,
  marks: readonly number[],
  lookOf: (mark: number) => number,
): SpanRow {
  const sorted = [...marks].sort(
    (a, b) => trace.startUs[a]! - trace.startUs[b]! || trace.sequence[a]! - trace.sequence[b]!,
  );
  const row = {
    count: sorted.length,
    startUs: Float64Array.from(sorted, (mark) => trace.startUs[mark]!),
    endUs: Float64Array.from(sorted, (mark) => trace.endUs[mark]!),
    reachUs: new Float64Array(sorted.length),
    look: Uint8Array.from(sorted, lookOf),
    mark: Int32Array.from(sorted),
  };
  let reach = -Infinity;
  for (let i = 0; i < row.count; i++) {
    reach = Math.max(reach, row.endUs[i]!);
    row.reachUs[i] = reach;
  }
  return row;
}

function groupByTransaction(
  trace: TraceColumns,
  transactions: number,
): { firstOf: Int32Array; marks: Int32Array } {
  const firstOf = new Int32Array(transactions + 1);
  const inBlock = (tx: number): boolean => tx >= 0 && tx < transactions;
  for (let mark = 0; mark < trace.count; mark++) {
    const tx = trace.tx[mark]!;
    if (inBlock(tx)) firstOf[tx + 1]!++;
  }
  for (let tx = 0; tx < transactions; tx++) firstOf[tx + 1]! += firstOf[tx]!;
  const next = firstOf.slice();
  const marks = new Int32Array(firstOf[transactions]!);
  for (let mark = 0; mark < trace.count; mark++) {
    const tx = trace.tx[mark]!;
    if (inBlock(tx)) marks[next[tx]!++] = mark;
  }
  return { firstOf, marks };
}

/** The execution of an incarnation among the marks before `until`; they are few. */
function executionOf(
  trace: TraceColumns,
  marks: Int32Array,
  from: number,
  until: number,
  incarnation: number,
): number {
  for (let at = until - 1; at >= from; at--) {
    const mark = marks[at]!;
    if (trace.kind[mark] === SPAN.execute && trace.incarnation[mark] === incarnation) return mark;
  }
  return -1;
}
