import { wrap } from 'comlink';
import type { ExecutorService } from './executorService.ts';
import type { ExecutorThread } from './threadWorkerPool.ts';

/** Fragment of the address under which the engine's script is an executor thread: one file, so it is fetched once. */
export const EXECUTOR_FRAGMENT = '#executor';

/** Starts an executor thread in the browser: from the script of the engine's own worker, where this is called. */
export function spawnBrowserExecutor(): ExecutorThread {
  const worker = new Worker(new URL(EXECUTOR_FRAGMENT, self.location.href), {
    type: 'module',
    name: 'executor',
  });
  const died = new Promise<string>((resolve) => {
    worker.addEventListener('error', (event) => resolve(event.message || 'the worker failed to start'));
  });
  return { service: wrap<ExecutorService>(worker), died, terminate: () => worker.terminate() };
}
