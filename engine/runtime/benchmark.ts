import type {
  ApiError,
  ApiResult,
  BenchmarkCell,
  BenchmarkName,
  BenchmarkRequest,
  BenchmarkRows,
  Progress,
} from '../api/index.ts';
import { benchmarkCells, readBenchmarkRequest, rowCount } from './benchmarkRequest.ts';
import {
  type MeasuredRow,
  measurePrepared,
  type PreparedMeasurement,
  prepareMeasurement,
  roundsFor,
} from './measurement.ts';
import { sequentialArmMatches } from './sequentialCheck.ts';
import type { ThreadWorkerPool } from './threadWorkerPool.ts';

/** Takes a row when it is there. The next one is measured when what it answers has settled. */
export type OnRow<Name extends BenchmarkName> = (
  row: BenchmarkRows[Name],
  progress: Progress,
) => void | Promise<void>;

/**
 * Measures every row of a request on a pool's threads, in the order of {@link benchmarkCells}; the same in Node
 * and in a browser. Ratios are medians over runs of the block, each of which runs the executor, the sequential arm and
 * the even split one after another. `signal` ends it between rows and during one, and disposes of the pool.
 *
 * Errors: `benchmark/bad_request` (with `field`), `benchmark/cancelled` (with `done` and `total`; the rows that were
 * given stand), `benchmark/threads_failed`.
 */
export async function runBenchmark<Name extends BenchmarkName>(
  pool: ThreadWorkerPool,
  request: BenchmarkRequest<Name>,
  onRow: OnRow<Name>,
  signal?: AbortSignal,
): Promise<ApiResult<{ readonly rows: number }>> {
  const read = readBenchmarkRequest(request);
  if (!read.ok) return read;
  const total = rowCount(read.value);
  let done = 0;
  const stop = (): void => pool.dispose();
  signal?.addEventListener('abort', stop);
  try {
    for await (const row of measuredRows(pool, read.value, signal)) {
      done++;
      await onRow(row, { done, total });
    }
    return signal?.aborted ? cancelled(done, total) : { ok: true, value: { rows: done } };
  } catch (thrown) {
    if (signal?.aborted) return cancelled(done, total);
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    const message = `The measurement stopped: ${why}. Close what else is running and try again.`;
    return { ok: false, error: { code: 'benchmark/threads_failed', message, data: { done, total } } };
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

async function* measuredRows<Name extends BenchmarkName>(
  pool: ThreadWorkerPool,
  request: BenchmarkRequest<Name>,
  signal: AbortSignal | undefined,
): AsyncGenerator<BenchmarkRows[Name]> {
  const rounds = new Map<number, number>();
  let last: { readonly of: BenchmarkCell; readonly prepared: PreparedMeasurement } | undefined;
  for (const cell of benchmarkCells(request)) {
    if (signal?.aborted) return;
    let work = rounds.get(cell.workUs);
    if (work === undefined) {
      work = await roundsFor(pool, cell.workUs);
      rounds.set(cell.workUs, work);
    }
    const fresh = last?.of.accounts !== cell.accounts || last.of.workUs !== cell.workUs;
    const prepared =
      last === undefined || fresh
        ? prepareMeasurement(cell.accounts, request.transactions, work)
        : last.prepared;
    last = { of: cell, prepared };
    const measured = await measurePrepared(pool, prepared, cell.workers, request.runs);
    if (request.bench === 'throughput') {
      if (fresh) yield sequentialRow(cell, measured, prepared) as BenchmarkRows[Name];
      yield throughputRow(cell, measured) as BenchmarkRows[Name];
    } else {
      yield scalingRow(cell, measured, prepared) as BenchmarkRows[Name];
    }
  }
}

/** The sequential arm was measured beside the block's first worker count. */
function sequentialRow(
  { accounts, workUs }: BenchmarkCell,
  { sequentialPerSecond }: MeasuredRow,
  prepared: PreparedMeasurement,
): BenchmarkRows['throughput'] {
  return {
    executor: 'sequential',
    workers: 1,
    workUs,
    accounts,
    transactionsPerSecond: sequentialPerSecond,
    matchesSequential: sequentialArmMatches(prepared),
  };
}

function throughputRow(
  { accounts, workUs, workers }: BenchmarkCell,
  { transactionsPerSecond, matchesSequential }: MeasuredRow,
): BenchmarkRows['throughput'] {
  return { executor: 'block-stm', workers, workUs, accounts, transactionsPerSecond, matchesSequential };
}

function scalingRow(
  { accounts, workUs, workers }: BenchmarkCell,
  measured: MeasuredRow,
  { idealSpeedup }: PreparedMeasurement,
): BenchmarkRows['scaling'] {
  const { speedup, interval, hardwareCeiling, ofCeiling, executions, aborts } = measured;
  const { transactionsPerSecond, matchesSequential } = measured;
  return {
    accounts,
    workUs,
    workers,
    speedup,
    interval,
    hardwareCeiling,
    ofCeiling,
    executions,
    aborts,
    matchesSequential,
    idealSpeedup: Math.round(idealSpeedup * 1000) / 1000,
    transactionsPerSecond,
  };
}

function cancelled(done: number, total: number): { readonly ok: false; readonly error: ApiError } {
  const message = `The benchmark was cancelled after ${done} of ${total} rows.`;
  return { ok: false, error: { code: 'benchmark/cancelled', message, data: { done, total } } };
}
