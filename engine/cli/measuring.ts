import { fork } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type {
  BenchmarkCell,
  BenchmarkName,
  BenchmarkRequest,
  BenchmarkRows,
  Progress,
} from '../api/index.ts';
import { createBenchmarkDoor } from '../runtime/benchmarkDoor.ts';
import { type HaltRequest, type HaltRow, measureHalt } from '../runtime/haltMeasurement.ts';
import { type LanesRequest, type LanesRow, measureLanes } from '../runtime/laneMeasurement.ts';
import { type MeasuredRow, type MeasureRequest, measure } from '../runtime/measurement.ts';
import type { ModuleSetName } from '../runtime/modules.ts';
import type { ThreadWorkerPool } from '../runtime/threadWorkerPool.ts';
import { answered, EXIT, Failure } from './failure.ts';
import { measuringPool, thisMachine } from './nodeEngine.ts';
import type { Stage } from './verb.ts';

/** Rows of a bench, or of chains, each of which is asked for by itself. */
export type Job =
  | { readonly kind: 'benchmark'; readonly request: BenchmarkRequest }
  | { readonly kind: 'chain'; readonly requests: readonly MeasureRequest[] }
  | { readonly kind: 'lanes'; readonly requests: readonly LanesRequest[] }
  | { readonly kind: 'halt'; readonly requests: readonly HaltRequest[] };

export type JobRow = BenchmarkRows[BenchmarkName] | ChainRow | LanesRow | HaltRow;
export type ChainRow = Omit<BenchmarkCell, 'accounts'> & MeasuredRow;

/** What measured. */
export interface MeasuredOn {
  /** Node or Chromium, with its version. */
  readonly platform: string;
  readonly cores: number;
  readonly clockResolutionUs: number;
}

type OnRow = (row: JobRow, progress: Progress) => void;

/** Measures in this process, on threads of Node. */
export async function measureInNode(job: Job, onRow: OnRow, stage: Stage): Promise<MeasuredOn> {
  const door = createBenchmarkDoor({
    machine: thisMachine(),
    noSharedMemory: null,
    createPool: measuringPool,
    nowUs: () => performance.now() * 1000,
  });
  stage.onInterrupt(() => door.cancelBenchmark());
  if (job.kind === 'benchmark') answered(await door.runBenchmark(job.request, onRow));
  else if (job.kind === 'chain') await measureEach('chain', job.requests, measure, onRow, stage);
  else if (job.kind === 'lanes') await measureEach('bench', job.requests, measureLanes, onRow, stage);
  else await measureEach('bench', job.requests, measureHalt, onRow, stage);
  const { machine, clockResolutionUs } = door.describeBenchmark();
  return { platform: `Node ${process.versions.node}`, cores: machine.cores, clockResolutionUs };
}

/** Measures rows that are asked for by themselves, one after another on the same threads. */
async function measureEach<Request extends { readonly workUs: number }>(
  modules: ModuleSetName,
  requests: readonly Request[],
  measureOne: (pool: ThreadWorkerPool, request: Request) => Promise<MeasuredRow | LanesRow | HaltRow>,
  onRow: OnRow,
  stage: Stage,
): Promise<void> {
  const pool = measuringPool(modules);
  stage.onInterrupt(() => pool.dispose());
  try {
    let done = 0;
    for (const request of requests) {
      const row = await measureOne(pool, request);
      onRow({ workUs: request.workUs, ...row }, { done: ++done, total: requests.length });
    }
  } finally {
    pool.dispose();
  }
}

/** The script lies in the checkout, beside the folder of the bundles. */
const SCRIPT = join(dirname(fileURLToPath(import.meta.url)), '../.ci/benchBrowser.mjs');

type Message =
  | { readonly kind: 'preparing'; readonly line: string }
  | { readonly kind: 'row'; readonly row: JobRow; readonly progress: Progress }
  | { readonly kind: 'done'; readonly on: MeasuredOn }
  | { readonly kind: 'failed'; readonly message: string };

/** Measures in headless Chromium, by the built page’s own engine worker; what is missing for it is made or installed. */
export function measureInBrowser(job: Job, onRow: OnRow, stage: Stage): Promise<MeasuredOn> {
  const child = fork(SCRIPT, [JSON.stringify(job)], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  stage.onInterrupt(() => child.kill());
  return new Promise((resolve, reject) => {
    const failed = (why: string): void =>
      reject(new Failure(`The measurement in the browser failed: ${why}`, EXIT.checkFailed));
    child.on('message', (message: Message) => {
      if (message.kind === 'preparing') stage.progress(message.line);
      else if (message.kind === 'row') onRow(message.row, message.progress);
      else if (message.kind === 'done') resolve(message.on);
      else failed(message.message);
    });
    child.on('error', (error) => failed(error.message));
    child.on('exit', (code, signal) => failed(`it ended with ${signal ?? code}.`));
  });
}
