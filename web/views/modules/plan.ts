import type { BlockLanes, BlockRun } from '../../../engine/api/index.ts';
import { traceIndexOf } from '../../components/canvas/traceIndex.ts';

/** A block's transactions as they pass through the lanes: one entry a transaction, or a column of them. */
export interface TrafficPlan {
  readonly count: number;
  /** Rows: the lanes, in their order. */
  readonly rows: number;
  /** Row of the transaction's own module. */
  readonly rowOf: Int16Array;
  /** Other rows that it touches. */
  readonly othersOf: readonly (readonly number[])[];
  /** Its place among the transactions of its row, and among all. */
  readonly rankInRow: Int32Array;
  /** How many transactions each row has. */
  readonly countOfRow: Int32Array;
  /** First start of any execution; Infinity when it never ran. */
  readonly startUs: Float64Array;
  /** The execution that was committed. */
  readonly finalStartUs: Float64Array;
  readonly finalEndUs: Float64Array;
  readonly commitUs: Float64Array;
  readonly worker: Uint8Array;
  readonly failed: Uint8Array;
  readonly workers: number;
  readonly durationUs: number;
}

export function makePlan(run: BlockRun, lanes: BlockLanes): TrafficPlan {
  const { trace, transactions } = run;
  const index = traceIndexOf(run);
  const rowOfModule = new Map(lanes.lanes.map(({ module }, row) => [module, row]));
  const count = transactions.length;
  const rows = lanes.lanes.length;
  const rowOf = Int16Array.from(transactions, ({ module }) => rowOfModule.get(module) ?? -1);
  const countOfRow = new Int32Array(rows);
  const rankInRow = Int32Array.from(rowOf, (row) => (row < 0 ? 0 : countOfRow[row]!++));
  const at = (marks: Int32Array, column: Float64Array): Float64Array =>
    Float64Array.from(marks, (mark) => (mark < 0 ? Infinity : column[mark]!));
  return {
    count,
    rows,
    rowOf,
    othersOf: lanes.lanesOfTransaction.map((touched, tx) => touched.filter((row) => row !== rowOf[tx])),
    rankInRow,
    countOfRow,
    startUs: index.firstStartUs,
    finalStartUs: at(index.finalOf, trace.startUs),
    finalEndUs: at(index.finalOf, trace.endUs),
    commitUs: at(index.commitOf, trace.endUs),
    worker: Uint8Array.from(index.finalOf, (mark) => (mark < 0 ? 0 : trace.worker[mark]!)),
    failed: Uint8Array.from(transactions, ({ status }) => (status === 'success' ? 0 : 1)),
    workers: run.workers,
    durationUs: run.metrics.durationUs,
  };
}

export type Phase = 'queued' | 'running' | 'ran' | 'committed' | 'failed';

/** Where a transaction is at a moment of the block. */
export function phaseAt(plan: TrafficPlan, tx: number, timeUs: number): Phase {
  if (timeUs >= plan.commitUs[tx]!) return plan.failed[tx] === 1 ? 'failed' : 'committed';
  if (timeUs >= plan.finalEndUs[tx]!) return 'ran';
  return timeUs >= plan.startUs[tx]! ? 'running' : 'queued';
}
