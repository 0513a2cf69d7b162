import type {
  ApiResult,
  BenchmarkDescription,
  BenchmarkName,
  BenchmarkRequest,
  MachineInfo,
} from '../api/index.ts';
import type { OnRow } from './benchmark.ts';
import { BENCHMARK_LIMITS, fewWorkerCounts, scalingRequest, throughputRequest } from './benchmarkRequest.ts';
import type { ThreadWorkerPool } from './threadWorkerPool.ts';

/** Why threads cannot share memory: the page is not from https or localhost, its host sends no isolation headers, or neither helps. */
export type NoSharedMemoryReason = 'insecure' | 'headers' | 'missing';

export interface BenchmarkDoorOptions {
  readonly machine: MachineInfo;
  /** Null where memory can be shared. */
  readonly noSharedMemory: NoSharedMemoryReason | null;
  readonly createPool: () => ThreadWorkerPool;
  readonly nowUs: () => number;
}

/** The benchmark beside the engine's door: one at a time, on threads of its own. */
export interface BenchmarkDoor {
  describeBenchmark(): BenchmarkDescription;
  /**
   * Measures a request row by row; see {@link runBenchmark}. Fails besides with `benchmark/no_shared_memory` (with
   * `reason`) and `benchmark/busy`.
   */
  runBenchmark<Name extends BenchmarkName>(
    request: BenchmarkRequest<Name>,
    onRow: OnRow<Name>,
  ): Promise<ApiResult<{ readonly rows: number }>>;
  /** Ends the measurement that runs, if one does. */
  cancelBenchmark(): void;
}

const WHAT_TO_DO = {
  insecure: 'it was not loaded over https or from localhost. Open it over https',
  headers: 'its host does not send the cross-origin isolation headers. Open it from a host that does',
  missing: 'this browser has no SharedArrayBuffer. Open it in a newer browser',
} as const;

export function createBenchmarkDoor(options: BenchmarkDoorOptions): BenchmarkDoor {
  const { machine, noSharedMemory, createPool, nowUs } = options;
  let running: AbortController | null = null;
  return {
    describeBenchmark: () => ({
      machine,
      clockResolutionUs: clockStepUs(nowUs),
      limits: BENCHMARK_LIMITS,
      throughput: throughputRequest(machine.cores),
      scaling: { ...scalingRequest(machine.cores), workers: fewWorkerCounts(machine.cores) },
    }),
    runBenchmark: async (request, onRow) => {
      if (noSharedMemory !== null) {
        const message = `This page may not share memory between threads, so there is nothing to measure with: ${WHAT_TO_DO[noSharedMemory]}.`;
        const data = { reason: noSharedMemory };
        return { ok: false, error: { code: 'benchmark/no_shared_memory', message, data } };
      }
      if (running !== null) {
        const message = 'A benchmark is running already. Wait for its end, or cancel it.';
        return { ok: false, error: { code: 'benchmark/busy', message } };
      }
      running = new AbortController();
      const pool = createPool();
      try {
        const { runBenchmark } = await import('./benchmark.ts');
        return await runBenchmark(pool, request, onRow, running.signal);
      } finally {
        pool.dispose();
        running = null;
      }
    },
    cancelBenchmark: () => running?.abort(),
  };
}

const STEPS = 50;
const LONGEST_LOOK_US = 5000;

/** The smallest step in which a clock is seen to move, µs. Looks for at most 5 ms. */
export function clockStepUs(nowUs: () => number): number {
  const start = nowUs();
  let smallest = LONGEST_LOOK_US;
  let last = start;
  for (let steps = 0; steps < STEPS && last - start < LONGEST_LOOK_US; ) {
    const now = nowUs();
    if (now === last) continue;
    smallest = Math.min(smallest, now - last);
    last = now;
    steps++;
  }
  return Math.max(0.001, Math.round(smallest * 1000) / 1000);
}
