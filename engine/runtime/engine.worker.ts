/** The engine in the browser: a worker of its own, so that the page never waits for it. */
import { expose } from 'comlink';
import { createEngineHost } from './engineHost.ts';
import { roundsPerUs } from './executorService.ts';
import { moduleSet } from './modules.ts';
import { spawnBrowserExecutor } from './spawnBrowser.ts';
import { ThreadWorkerPool } from './threadWorkerPool.ts';
import { createVirtualPool } from './virtualPool.ts';

const sharedMemory = self.crossOriginIsolated && typeof SharedArrayBuffer === 'function';

expose(
  createEngineHost({
    modules: moduleSet,
    machine: {
      sharedMemory,
      cores: navigator.hardwareConcurrency || 1,
      roundsPerUs: roundsPerUs(() => performance.now() * 1000),
    },
    createPool: (kind) =>
      kind === 'real' ? new ThreadWorkerPool({ spawn: spawnBrowserExecutor }) : createVirtualPool(),
    breathe: () => new Promise((resolve) => setTimeout(resolve, 0)),
  }),
);
