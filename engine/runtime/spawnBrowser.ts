import { wrap } from 'comlink';
import type { ExecutorService } from './executorService.ts';
import type { ExecutorThread } from './threadWorkerPool.ts';

/** Starts an executor thread in the browser. */
export function spawnBrowserExecutor(): ExecutorThread {
  const worker = new Worker(new URL('./executor.worker.ts', import.meta.url), {
    type: 'module',
    name: 'executor',
  });
  const died = new Promise<string>((resolve) => {
    worker.addEventListener('error', (event) => resolve(event.message || 'the worker failed to start'));
  });
  return { service: wrap<ExecutorService>(worker), died, terminate: () => worker.terminate() };
}
