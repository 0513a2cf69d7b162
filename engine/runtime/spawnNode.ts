import { Worker } from 'node:worker_threads';
import { wrap } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter';
import type { ExecutorService } from './executorService.ts';
import type { ExecutorThread } from './threadWorkerPool.ts';

/** Starts an executor thread in Node from its bundled entry. */
export function spawnNodeExecutor(entry: URL | string): ExecutorThread {
  // Without the options of the process: a path among them may mean something else by now.
  const worker = new Worker(entry, { execArgv: [] });
  worker.unref();
  const died = new Promise<string>((resolve) => {
    worker.once('error', (error) => resolve(error instanceof Error ? error.message : String(error)));
    worker.once('exit', (code) => resolve(`the thread ended with ${code}`));
  });
  return {
    service: wrap<ExecutorService>(nodeEndpoint(worker)),
    died,
    terminate: () => {
      void worker.terminate();
    },
  };
}
