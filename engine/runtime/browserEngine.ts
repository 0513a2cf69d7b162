import { createBenchmarkDoor } from './benchmarkDoor.ts';
import { createEngineHost } from './engineHost.ts';
import { ForeseenPool } from './foreseenPool.ts';
import { roundsPerUs } from './executorService.ts';
import type { HaltRequest } from './haltMeasurement.ts';
import type { LanesRequest } from './laneMeasurement.ts';
import type { MeasureRequest } from './measurement.ts';
import { type ModuleSetName, moduleSet } from './modules.ts';
import { spawnBrowserExecutor } from './spawnBrowser.ts';
import { ThreadWorkerPool } from './threadWorkerPool.ts';
import { createVirtualPool } from './virtualPool.ts';

/** What the engine's worker offers the page, through Comlink: the host, and the measurements. Takes some 5 ms, to learn how fast this machine is. */
export function createBrowserEngine(): object {
  const sharedMemory = self.crossOriginIsolated && typeof SharedArrayBuffer === 'function';

  const machine = {
    sharedMemory,
    cores: navigator.hardwareConcurrency || 1,
    roundsPerUs: roundsPerUs(() => performance.now() * 1000),
  };
  const withoutIsolation = self.isSecureContext
    ? self.crossOriginIsolated
      ? 'missing'
      : 'headers'
    : 'insecure';
  /** Threads that only measure, so a block may take long. */
  const measuringPool = (modules: ModuleSetName = 'chain'): ThreadWorkerPool =>
    new ThreadWorkerPool({ spawn: spawnBrowserExecutor, deadAfterMs: 20_000, modules });

  const pools = new ForeseenPool(() => new ThreadWorkerPool({ spawn: spawnBrowserExecutor }));

  const host = createEngineHost({
    modules: moduleSet,
    machine,
    createPool: (kind) => (kind === 'real' ? pools.take() : createVirtualPool()),
    foreseeThreads: (count) => pools.foresee(count),
    breathe: () => new Promise((resolve) => setTimeout(resolve, 0)),
  });

  return {
    ...host,
    ...createBenchmarkDoor({
      machine,
      noSharedMemory: sharedMemory ? null : withoutIsolation,
      createPool: measuringPool,
      nowUs: () => performance.now() * 1000,
    }),
    /** Measures one row in threads of its own; what measures is loaded with the first. */
    measure: async (request: MeasureRequest | LanesRequest | HaltRequest) => {
      const [{ measure }, { measureLanes }, { measureHalt }] = await Promise.all([
        import('./measurement.ts'),
        import('./laneMeasurement.ts'),
        import('./haltMeasurement.ts'),
      ]);
      const pool = measuringPool('bench');
      try {
        if ('crossingPercent' in request) return await measureLanes(pool, request);
        return 'lanes' in request ? await measureHalt(pool, request) : await measure(pool, request);
      } finally {
        pool.dispose();
      }
    },
  };
}
