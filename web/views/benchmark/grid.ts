import type { BenchmarkCell, BenchmarkDescription, BenchmarkRequest } from '../../../engine/api/index.ts';
import { formatUs } from '../../lib/format.ts';
import { benchmarkMessages as text } from '../../lib/messages/benchmark.ts';
import { format } from '../../lib/messages.ts';

type Request = BenchmarkRequest<'scaling'>;
export type Preset = 'quick' | 'full' | 'custom';

/** The grid as a person types it. */
export interface GridText {
  readonly accounts: string;
  readonly workUs: string;
  readonly workers: string;
  readonly transactions: string;
  readonly runs: string;
}
export type GridField = keyof GridText;
export const GRID_FIELDS: readonly GridField[] = ['accounts', 'workUs', 'workers', 'transactions', 'runs'];

/** Some twenty seconds: the two ends of contention and the middle, payments alone and with work; one core, half, all. */
export function quickGrid({ scaling }: BenchmarkDescription): Request {
  const { workers } = scaling;
  const kept = new Set([workers[0]!, workers[workers.length >> 1]!, workers.at(-1)!]);
  return { ...scaling, accounts: [10_000, 100, 2], workUs: [20, 0], workers: [...kept] };
}

/** Everything. The least contended and the most work come first: there the figure of the card is. */
export function fullGrid({ scaling }: BenchmarkDescription): Request {
  const descending = (values: readonly number[]): readonly number[] => [...values].sort((a, b) => b - a);
  return { ...scaling, accounts: descending(scaling.accounts), workUs: descending(scaling.workUs) };
}

export function gridText(request: Request): GridText {
  const { accounts, workUs, workers, transactions, runs } = request;
  return {
    accounts: accounts.join(', '),
    workUs: workUs.join(', '),
    workers: workers.join(', '),
    transactions: String(transactions),
    runs: String(runs),
  };
}

export type GridReading =
  | { readonly ok: true; readonly request: Request }
  | { readonly ok: false; readonly field: GridField | null; readonly message: string };

/** Reads what was typed; the first thing that is wrong is named with its field. */
export function readGrid(typed: GridText, { limits }: BenchmarkDescription): GridReading {
  const read: Partial<Record<GridField, readonly number[]>> = {};
  for (const field of GRID_FIELDS) {
    const list = field !== 'transactions' && field !== 'runs';
    const parts = list ? typed[field].split(/[\s,;]+/).filter((part) => part !== '') : [typed[field].trim()];
    const { min, max } = limits[field];
    const values = parts.map((part) => (/^\d{1,7}$/.test(part) ? Number(part) : Number.NaN));
    if (values.length === 0 || values.some((value) => !(value >= min && value <= max)))
      return wrong(field, format(list ? text.listWrong : text.numberWrong, named(field, { min, max })));
    const twice = values.find((value, at) => values.indexOf(value) !== at);
    if (twice !== undefined) return wrong(field, format(text.twice, named(field, { value: twice })));
    read[field] = values;
  }
  const request: Request = {
    bench: 'scaling',
    accounts: read.accounts!,
    workUs: read.workUs!,
    workers: read.workers!,
    transactions: read.transactions![0]!,
    runs: read.runs![0]!,
  };
  const rows = request.accounts.length * request.workUs.length * request.workers.length;
  if (rows > limits.rows) return wrong(null, format(text.tooManyRows, { rows, most: limits.rows }));
  if (Math.max(...request.workUs) * request.transactions > limits.blockWorkUs)
    return wrong('workUs', format(text.tooMuchWork, { most: formatUs(limits.blockWorkUs) }));
  return { ok: true, request };
}

function wrong(field: GridField | null, message: string): GridReading {
  return { ok: false, field, message };
}

function named(field: GridField, values: Record<string, number>): Record<string, string | number> {
  return { field: text.fields[field], ...values };
}

/** The combinations in the order in which the engine measures them. */
export function cellsOf(request: Request): readonly BenchmarkCell[] {
  return request.accounts.flatMap((accounts) =>
    request.workUs.flatMap((workUs) => request.workers.map((workers) => ({ accounts, workUs, workers }))),
  );
}

/** Runs of a row beside the measured ones: held against the oracle, and to warm up. */
const OTHER_RUNS = 9;
/** What a payment costs by itself, and what surrounds each run; of an ordinary machine. */
const PAYMENT_US = 3;
const AROUND_RUN_US = 4000;
const PREPARE_US = 150_000;

/** About how long a row takes, µs: good for a plan before, and for shares of the whole while measuring. */
export function estimateCellUs({ accounts, workUs, workers }: BenchmarkCell, request: Request): number {
  const sequentialUs = request.transactions * (workUs + PAYMENT_US);
  const atOnce = Math.max(1, Math.min(workers, accounts / 2));
  const runUs = sequentialUs * (1 + 1 / workers + 1.1 / atOnce);
  return PREPARE_US + (request.runs + OTHER_RUNS) * (runUs + AROUND_RUN_US);
}

export function estimateUs(request: Request): number {
  return cellsOf(request).reduce((sum, cell) => sum + estimateCellUs(cell, request), 0);
}

/** What is left, µs, by how long the rows so far took against what was expected; null before the first. */
export function remainingUs(request: Request, done: number, elapsedMs: number): number | null {
  if (done === 0) return null;
  const cells = cellsOf(request).map((cell) => estimateCellUs(cell, request));
  const before = cells.slice(0, done).reduce((sum, each) => sum + each, 0);
  const after = cells.slice(done).reduce((sum, each) => sum + each, 0);
  return (elapsedMs * 1000 * after) / before;
}

/** A rough time in words: seconds in steps of five above twenty, minutes above a hundred seconds. */
export function roughTime(durationUs: number): string {
  const seconds = Math.max(1, Math.round(durationUs / 1e6));
  if (seconds > 100) return format(text.minutes, { count: Math.round(seconds / 60) });
  return format(text.seconds, { count: seconds <= 20 ? seconds : Math.round(seconds / 5) * 5 });
}
