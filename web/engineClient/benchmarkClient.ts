import { proxy, type Remote, wrap } from 'comlink';
import type {
  ApiError,
  ApiResult,
  BenchmarkDescription,
  BenchmarkRequest,
  Progress,
  ScalingRow,
} from '../../engine/api/index.ts';
import { benchmarkMessages } from '../lib/messages/benchmark.ts';
import { format } from '../lib/messages.ts';

export type BenchmarkRowHandler = (row: ScalingRow, progress: Progress) => void;

/** The benchmark in a worker of its own, with threads of its own: the chain on stage is left alone. */
export interface BenchmarkClient {
  /** What the machine is and what it can be asked; fails when the worker does not start. */
  describe(): Promise<ApiResult<BenchmarkDescription>>;
  /** Measures row by row. Errors as `runBenchmark` of the engine, and `benchmark/crashed`. */
  run(
    request: BenchmarkRequest<'scaling'>,
    onRow: BenchmarkRowHandler,
  ): Promise<ApiResult<{ readonly rows: number }>>;
  /** Ends what runs; `run` answers `benchmark/cancelled`. */
  cancel(): void;
  /** Ends the worker and its threads. */
  dispose(): void;
}

/** What the worker offers beside the engine's door. */
interface BenchmarkDoor {
  describeBenchmark(): BenchmarkDescription;
  runBenchmark(
    request: BenchmarkRequest<'scaling'>,
    onRow: BenchmarkRowHandler,
  ): Promise<ApiResult<{ readonly rows: number }>>;
  cancelBenchmark(): void;
}

export function createBenchmarkClient(): BenchmarkClient {
  const worker = new Worker(new URL('../../engine/runtime/engine.worker.ts', import.meta.url), {
    type: 'module',
    name: 'benchmark',
  });
  const remote: Remote<BenchmarkDoor> = wrap<BenchmarkDoor>(worker);
  let end: (error: ApiError) => void = () => {};
  const ended = new Promise<{ readonly ok: false; readonly error: ApiError }>((resolve) => {
    end = (error) => {
      worker.terminate();
      resolve({ ok: false, error });
    };
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    const why = event.message || benchmarkMessages.didNotLoad;
    end({ code: 'benchmark/crashed', message: format(benchmarkMessages.crashed, { why }) });
  });
  const asked = <T>(call: () => Promise<ApiResult<T>>): Promise<ApiResult<T>> => {
    const answer = call().catch((thrown: unknown): ApiResult<T> => {
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      const message = format(benchmarkMessages.crashed, { why });
      return { ok: false, error: { code: 'benchmark/crashed', message } };
    });
    return Promise.race([answer, ended]);
  };
  return {
    describe: () => asked(async () => ({ ok: true, value: await remote.describeBenchmark() })),
    run: (request, onRow) => asked(() => remote.runBenchmark(request, proxy(onRow))),
    cancel: () => void remote.cancelBenchmark().catch(() => {}),
    dispose: () => end({ code: 'benchmark/cancelled', message: benchmarkMessages.cancelled }),
  };
}
