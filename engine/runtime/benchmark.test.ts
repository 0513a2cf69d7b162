import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { BenchmarkRequest, ScalingRow, ThroughputRow } from '../api/index.ts';
import { runBenchmark } from './benchmark.ts';
import { clockStepUs, createBenchmarkDoor } from './benchmarkDoor.ts';
import {
  BENCHMARK_LIMITS,
  benchmarkCells,
  fewWorkerCounts,
  readBenchmarkRequest,
  rowCount,
  scalingRequest,
  throughputRequest,
  workerCounts,
} from './benchmarkRequest.ts';
import { prepareMeasurement } from './measurement.ts';
import { sequentialArmMatches } from './sequentialCheck.ts';
import { spawnNodeExecutor } from './spawnNode.ts';
import { ThreadWorkerPool } from './threadWorkerPool.ts';

const entry = new URL('../../.build/executor.node.js', import.meta.url);
const pools: ThreadWorkerPool[] = [];
function newPool(): ThreadWorkerPool {
  const pool = new ThreadWorkerPool({ spawn: () => spawnNodeExecutor(entry), deadAfterMs: 60_000 });
  pools.push(pool);
  return pool;
}
afterEach(() => {
  for (const pool of pools.splice(0)) pool.dispose();
});

const TINY: BenchmarkRequest<'scaling'> = {
  bench: 'scaling',
  accounts: [2, 100],
  workUs: [0, 5],
  workers: [1, 2],
  transactions: 100,
  runs: 3,
};

test('gives every row of the grid in order, with figures that hang together', async () => {
  const rows: ScalingRow[] = [];
  const progress: string[] = [];
  const answer = await runBenchmark(newPool(), TINY, (row, { done, total }) => {
    rows.push(row);
    progress.push(`${done}/${total}`);
  });
  expect(answer).toEqual({ ok: true, value: { rows: 8 } });
  expect(progress).toEqual(['1/8', '2/8', '3/8', '4/8', '5/8', '6/8', '7/8', '8/8']);
  expect(rows.map(({ accounts, workUs, workers }) => ({ accounts, workUs, workers }))).toEqual(
    benchmarkCells(TINY),
  );
  for (const row of rows) {
    expect(row.matchesSequential).toBe(true);
    expect(row.speedup).toBeGreaterThan(0);
    expect(row.interval[0]).toBeLessThanOrEqual(row.speedup);
    expect(row.interval[1]).toBeGreaterThanOrEqual(row.speedup);
    expect(row.executions).toBeGreaterThanOrEqual(100);
    expect(row.idealSpeedup).toBeGreaterThanOrEqual(1);
  }
  // Whatever the machine: two people's payments are one chain, those of a hundred are not.
  const idealOf = (accounts: number): number => rows.find((row) => row.accounts === accounts)!.idealSpeedup;
  expect(idealOf(2)).toBe(1);
  expect(idealOf(100)).toBeGreaterThan(2);
});

test('throughput says what one core does without an executor, then what the threads do', async () => {
  const rows: ThroughputRow[] = [];
  const request: BenchmarkRequest<'throughput'> = {
    ...TINY,
    bench: 'throughput',
    accounts: [50],
    workUs: [0],
  };
  expect(await runBenchmark(newPool(), request, (row) => void rows.push(row))).toEqual({
    ok: true,
    value: { rows: 3 },
  });
  expect(rows.map(({ executor, workers }) => `${executor} ${workers}`)).toEqual([
    'sequential 1',
    'block-stm 1',
    'block-stm 2',
  ]);
  expect(rows.every((row) => row.matchesSequential && row.transactionsPerSecond > 0)).toBe(true);
});

test('the check of the sequential arm sees a value that differs', () => {
  const prepared = prepareMeasurement(20, 60, 0);
  expect(sequentialArmMatches(prepared)).toBe(true);
  const changes = prepared.changes.map((change, at) =>
    at === 3 ? { ...change, after: change.after!.map((word) => word + 1) } : change,
  );
  expect(sequentialArmMatches({ ...prepared, changes })).toBe(false);
});

test('ends between rows and in the midst of one, and keeps what was measured', async () => {
  const between = new AbortController();
  const rows: ScalingRow[] = [];
  const answer = await runBenchmark(
    newPool(),
    TINY,
    (row) => {
      rows.push(row);
      if (rows.length === 2) between.abort();
    },
    between.signal,
  );
  expect(answer).toMatchObject({
    ok: false,
    error: { code: 'benchmark/cancelled', data: { done: 2, total: 8 } },
  });
  expect(rows).toHaveLength(2);

  // A row of minutes: it ends at once all the same.
  const during = new AbortController();
  const pool = newPool();
  const long = { ...TINY, workUs: [500], transactions: 4000, runs: 101 };
  const ends = runBenchmark(pool, long, () => {}, during.signal);
  await expect.poll(() => pool.executors.length).toBeGreaterThan(0);
  during.abort();
  expect(await ends).toMatchObject({ ok: false, error: { code: 'benchmark/cancelled', data: { done: 0 } } });
  expect(pool.executors).toHaveLength(0);
});

test('a pool that was disposed of fails what waits for it and what comes later, and starts no thread again', async () => {
  const pool = newPool();
  const { block } = prepareMeasurement(10, 2000, 100_000);
  const request = {
    parentId: 'x',
    ...block,
    workers: 2,
    scheduleSeed: 0,
    trackFees: false,
    accountGranularity: false,
    traceLevel: 0,
    measureArms: false,
  };
  const running = pool.run(request);
  await expect.poll(() => pool.executors.length).toBe(2);
  pool.dispose();
  await expect(running).rejects.toMatchObject({ code: 'execution/pool_disposed' });
  await expect(pool.run(request)).rejects.toMatchObject({ code: 'execution/pool_disposed' });
  await expect(pool.calibrate()).rejects.toMatchObject({ code: 'execution/pool_disposed' });
  expect(pool.executors).toHaveLength(0);
});

test('the door says why threads cannot share memory, and serves one at a time', async () => {
  const machine = { sharedMemory: true, cores: 2, roundsPerUs: 1 };
  const nowUs = (): number => performance.now() * 1000;
  const without = createBenchmarkDoor({ machine, noSharedMemory: 'headers', createPool: newPool, nowUs });
  expect(await without.runBenchmark(TINY, () => {})).toMatchObject({
    ok: false,
    error: { code: 'benchmark/no_shared_memory', data: { reason: 'headers' } },
  });
  const door = createBenchmarkDoor({ machine, noSharedMemory: null, createPool: newPool, nowUs });
  expect(door.describeBenchmark()).toMatchObject({ machine, scaling: { workers: [1, 2] } });
  const first = door.runBenchmark({ ...TINY, workUs: [500], transactions: 4000, runs: 101 }, () => {});
  expect(await door.runBenchmark(TINY, () => {})).toMatchObject({ error: { code: 'benchmark/busy' } });
  door.cancelBenchmark();
  expect(await first).toMatchObject({ error: { code: 'benchmark/cancelled' } });
  expect(await door.runBenchmark({ ...TINY, accounts: [2], workUs: [0], workers: [1] }, () => {})).toEqual({
    ok: true,
    value: { rows: 1 },
  });
});

test('what is asked by default is within the limits on every machine', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 512 }), (cores) => {
      for (const request of [throughputRequest(cores), scalingRequest(cores)]) {
        expect(readBenchmarkRequest<'throughput' | 'scaling'>(request).ok).toBe(true);
        expect(rowCount(request)).toBeLessThanOrEqual(BENCHMARK_LIMITS.rows);
      }
    }),
  );
  expect(workerCounts(1)).toEqual([1]);
  expect(workerCounts(3)).toEqual([1, 2, 3]);
  expect(workerCounts(12)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(workerCounts(64)).toHaveLength(BENCHMARK_LIMITS.workers.max);
});

test('the scaling grid has a row for every number of cores; the page is offered fewer', () => {
  const workersOf = (rows: readonly { readonly workers: number }[]): ReadonlySet<number> =>
    new Set(rows.map(({ workers }) => workers));
  for (const cores of [1, 2, 5, 6, 16, 32]) {
    const cells = benchmarkCells(scalingRequest(cores));
    expect(workersOf(cells)).toEqual(new Set(Array.from({ length: cores }, (_, i) => i + 1)));
    expect(cells).toHaveLength(5 * 4 * cores);
    const machine = { sharedMemory: true, cores, roundsPerUs: 1 };
    const nowUs = (): number => performance.now() * 1000;
    const door = createBenchmarkDoor({ machine, noSharedMemory: null, createPool: newPool, nowUs });
    expect(door.describeBenchmark().scaling.workers).toEqual(fewWorkerCounts(cores));
  }
  expect(fewWorkerCounts(1)).toEqual([1]);
  expect(fewWorkerCounts(3)).toEqual([1, 2, 3]);
  expect(fewWorkerCounts(5)).toEqual([1, 2, 4, 5]);
  expect(fewWorkerCounts(12)).toEqual([1, 2, 4, 8, 12]);
  expect(fewWorkerCounts(64)).toEqual([1, 2, 4, 8, 16, 32]);
});

test('refuses what is out of bounds and names the field', () => {
  const refused = (patch: Record<string, unknown>): unknown => {
    const read = readBenchmarkRequest({ ...TINY, ...patch } as BenchmarkRequest);
    return read.ok ? null : read.error.data?.field;
  };
  expect(refused({})).toBe(null);
  expect(refused({ bench: 'speed' })).toBe('bench');
  expect(refused({ accounts: [] })).toBe('accounts');
  expect(refused({ accounts: [1] })).toBe('accounts');
  expect(refused({ accounts: 'all' })).toBe('accounts');
  expect(refused({ workUs: [0.5] })).toBe('workUs');
  expect(refused({ workers: [2, 2] })).toBe('workers');
  expect(refused({ workers: [33] })).toBe('workers');
  expect(refused({ transactions: 10_001 })).toBe('transactions');
  expect(refused({ runs: Number.NaN })).toBe('runs');
  expect(refused({ workUs: [500], transactions: 10_000 })).toBe('workUs');
  const many = Array.from({ length: 26 }, (_, i) => i + 2);
  expect(refused({ accounts: many, workUs: many })).toBe('request');
  expect(readBenchmarkRequest(null as unknown as BenchmarkRequest).ok).toBe(false);
});

test('finds the step of a clock', () => {
  let calls = 0;
  expect(clockStepUs(() => Math.floor(calls++ / 3) * 5)).toBe(5);
  expect(clockStepUs(() => performance.now() * 1000)).toBeGreaterThan(0);
});
