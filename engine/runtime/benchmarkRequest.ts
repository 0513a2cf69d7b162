import type {
  ApiResult,
  BenchmarkCell,
  BenchmarkLimits,
  BenchmarkName,
  BenchmarkRequest,
} from '../api/index.ts';

/** What may be asked for. Both ends are allowed. */
export const BENCHMARK_LIMITS: BenchmarkLimits = {
  accounts: { min: 2, max: 10_000 },
  workUs: { min: 0, max: 500 },
  workers: { min: 1, max: 32 },
  transactions: { min: 16, max: 10_000 },
  runs: { min: 3, max: 101 },
  // The scaling grid on the most workers: 5 × 4 × 32.
  rows: 640,
  // A fast machine does fewer than 2,000 rounds a microsecond, and a block has room for 4 × 10^9.
  blockWorkUs: 2_000_000,
};

/** 1, 2, 3 … up to all cores, or as many as may be asked for. */
export function workerCounts(cores: number): readonly number[] {
  const most = Math.max(1, Math.min(cores, BENCHMARK_LIMITS.workers.max));
  return Array.from({ length: most }, (_, i) => i + 1);
}

const MOST_WORKERS_ONE_BY_ONE = 4;

/** Some of {@link workerCounts}, for a person who waits: each of four, else doubling, and all cores. */
export function fewWorkerCounts(cores: number): readonly number[] {
  const all = workerCounts(cores);
  if (all.length <= MOST_WORKERS_ONE_BY_ONE) return all;
  const isPowerOfTwo = (count: number): boolean => Number.isInteger(Math.log2(count));
  return all.filter((count) => isPowerOfTwo(count) || count === all.length);
}

/** 10,000 payments between 10,000 people, with no work beside the payment itself. */
export function throughputRequest(cores: number): BenchmarkRequest<'throughput'> {
  return {
    bench: 'throughput',
    accounts: [10_000],
    workUs: [0],
    workers: workerCounts(cores),
    transactions: 10_000,
    runs: 15,
  };
}

/** Contention × work × every number of cores, in blocks of 2,000 payments: one or two minutes a number. */
export function scalingRequest(cores: number): BenchmarkRequest<'scaling'> {
  return {
    bench: 'scaling',
    accounts: [2, 10, 100, 1000, 10_000],
    workUs: [0, 5, 20, 100],
    workers: workerCounts(cores),
    transactions: 2000,
    runs: 15,
  };
}

/** The combinations in the order in which they are measured: cores change fastest, contention slowest. */
export function benchmarkCells(request: BenchmarkRequest): readonly BenchmarkCell[] {
  return request.accounts.flatMap((accounts) =>
    request.workUs.flatMap((workUs) => request.workers.map((workers) => ({ accounts, workUs, workers }))),
  );
}

/** Rows that a request gives; the throughput bench has one of the sequential arm for every block. */
export function rowCount(request: BenchmarkRequest): number {
  const cells = benchmarkCells(request).length;
  return request.bench === 'throughput' ? cells + request.accounts.length * request.workUs.length : cells;
}

const LISTS = ['accounts', 'workUs', 'workers'] as const;
const NUMBERS = ['transactions', 'runs'] as const;

/** Reads a request from whatever was given. Fails with `benchmark/bad_request`, which names the field. */
export function readBenchmarkRequest<Name extends BenchmarkName>(
  given: BenchmarkRequest<Name>,
): ApiResult<BenchmarkRequest<Name>> {
  const request: unknown = given;
  if (typeof request !== 'object' || request === null) return refused('request', 'must be an object');
  const fields = request as Readonly<Record<string, unknown>>;
  if (fields.bench !== 'throughput' && fields.bench !== 'scaling')
    return refused('bench', 'must be “throughput” or “scaling”');
  for (const field of LISTS) {
    const list: unknown = fields[field];
    if (!Array.isArray(list) || list.length === 0) return refused(field, 'must name at least one number');
    if (new Set(list).size !== list.length) return refused(field, 'names a number twice');
    for (const value of list) if (!fits(field, value)) return refused(field, range(field));
  }
  for (const field of NUMBERS) if (!fits(field, fields[field])) return refused(field, range(field));
  const { accounts, workUs, workers, transactions, runs } = given;
  // Counted before any list is multiplied out.
  const combinations = accounts.length * workUs.length * (workers.length + 1);
  if (combinations > 2 * BENCHMARK_LIMITS.rows || rowCount(given) > BENCHMARK_LIMITS.rows)
    return refused('request', `asks for more than ${BENCHMARK_LIMITS.rows} rows`);
  if (Math.max(...workUs) * transactions > BENCHMARK_LIMITS.blockWorkUs)
    return refused('workUs', `times transactions may come to ${BENCHMARK_LIMITS.blockWorkUs} µs a block`);
  const read = { bench: given.bench, accounts, workUs, workers, transactions, runs };
  return { ok: true, value: read };
}

function fits(field: (typeof LISTS)[number] | (typeof NUMBERS)[number], value: unknown): boolean {
  const { min, max } = BENCHMARK_LIMITS[field];
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
}

function range(field: (typeof LISTS)[number] | (typeof NUMBERS)[number]): string {
  const { min, max } = BENCHMARK_LIMITS[field];
  return `must be whole numbers from ${min} to ${max}`;
}

function refused(field: string, why: string): ApiResult<never> {
  const message = `The benchmark cannot be run as asked: ${field} ${why}.`;
  return { ok: false, error: { code: 'benchmark/bad_request', message, data: { field } } };
}
