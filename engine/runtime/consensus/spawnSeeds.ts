import { Worker } from 'node:worker_threads';
import { fail, type Result } from '../../base/result.ts';
import { joinSeeds, runSeeds, type SeedsReport } from './seeds.ts';
import type { SeedsTask } from './seeds.node.ts';
import { prepareSimulation, type SimulationOrder } from './simulating.ts';

/** Seeds that a thread is given at once, at most. */
const CHUNK = 100;
/** Below so many, threads are not worth their start. */
const FEW = 40;

export interface SeedsOnThreads {
  /** Bundle that threads run. */
  readonly entry: URL;
  readonly threads: number;
  readonly onProgress: (done: number) => void;
  /** Told how to end it. */
  readonly onInterrupt: (stop: () => void) => void;
}

/**
 * Runs seeds that follow each other, on threads where there are many; what comes out is the same on any number of them. Fails as the order does, and with
 * `engine/internal` when a thread dies.
 */
export async function runSeedsOnThreads(
  order: SimulationOrder,
  from: number,
  count: number,
  { entry, threads, onProgress, onInterrupt }: SeedsOnThreads,
): Promise<Result<SeedsReport>> {
  const prepared = prepareSimulation(order);
  if (!prepared.ok) return prepared;
  if (count <= FEW || threads <= 1) return runSeeds(order, from, count);
  const size = Math.min(CHUNK, Math.ceil(count / (4 * threads)));
  const tasks: SeedsTask[] = [];
  for (let at = 0; at < count; at += size) {
    tasks.push({ order, from: from + at, count: Math.min(size, count - at) });
  }
  const parts: SeedsReport[] = [];
  let next = 0;
  let done = 0;
  const workers: Worker[] = [];
  onInterrupt(() => {
    for (const worker of workers) void worker.terminate();
  });
  const lane = async (): Promise<Result<SeedsReport> | undefined> => {
    const worker = new Worker(entry, { execArgv: [] });
    workers.push(worker);
    while (next < tasks.length) {
      const at = next++;
      const task = tasks[at]!;
      const part = await answerOf(worker, task);
      if (!part.ok) return part;
      parts[at] = part.value;
      done += task.count;
      onProgress(done);
    }
    return undefined;
  };
  try {
    const failed = (await Promise.all(Array.from({ length: threads }, lane))).find(
      (one) => one !== undefined,
    );
    return failed ?? { ok: true, value: joinSeeds(parts) };
  } finally {
    for (const worker of workers) void worker.terminate();
  }
}

function answerOf(worker: Worker, task: SeedsTask): Promise<Result<SeedsReport>> {
  return new Promise((resolve) => {
    const died = (why: unknown): void =>
      resolve(fail('engine/internal', `A thread that ran simulations died: ${why}.`));
    worker.once('error', died);
    worker.once('exit', died);
    worker.once('message', (part: Result<SeedsReport>) => {
      worker.off('error', died);
      worker.off('exit', died);
      resolve(part);
    });
    worker.postMessage(task);
  });
}
