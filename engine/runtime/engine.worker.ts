/** The engine in the browser: a worker of its own, so that the page never waits for it. */
import { expose } from 'comlink';
import { createEngineHost } from './engineHost.ts';
import { roundsPerUs } from './executorService.ts';
import { type MeasureRequest, measure } from './measurement.ts';
import { moduleSet } from './modules.ts';
import { spawnBrowserExecutor } from './spawnBrowser.ts';
import { ThreadWorkerPool } from './threadWorkerPool.ts';
import { createVirtualPool } from './virtualPool.ts';

const sharedMemory = self.crossOriginIsolated && typeof SharedArrayBuffer === 'function';

const host = createEngineHost({
  modules: moduleSet,
  machine: {
    sharedMemory,
    cores: navigator.hardwareConcurrency || 1,
    roundsPerUs: roundsPerUs(() => performance.now() * 1000),
  },
  createPool: (kind) =>
    kind === 'real' ? new ThreadWorkerPool({ spawn: spawnBrowserExecutor }) : createVirtualPool(),
  breathe: () => new Promise((resolve) => setTimeout(resolve, 0)),
});

expose({
  ...host,
  /** Measures this machine in threads of its own; for the benchmark, not for the page. */
  measure: async (request: MeasureRequest) => {
    const pool = new ThreadWorkerPool({ spawn: spawnBrowserExecutor, deadAfterMs: 60_000 });
    try {
      return await measure(pool, request);
    } finally {
      pool.dispose();
    }
  },
});
