import { BlockStmWorker } from '../execution/blockStm/worker.ts';
import type { StepMachine } from '../execution/contract.ts';
import {
  type BlockMemory,
  CONTROL,
  type MemorySize,
  resetBlockArenas,
  STOP,
  STRATEGY,
  viewMemory,
  WORKER,
  workerLine,
} from '../execution/kernel/blockMemory.ts';
import { spin } from '../execution/kernel/work.ts';
import { LaneWorker } from '../execution/moduleLanes/worker.ts';
import { runFastSequential } from '../execution/sequential/fastSequential.ts';
import type { ModuleSet } from '../moduleSdk/index.ts';
import { loopWorker, meetAtStart, noteEnd } from './executorLoop.ts';
import { MODULES_HASH, type ModuleSetName, moduleSet, moduleSetOf } from './modules.ts';

/** What an executor thread does for the pool; called through Comlink. */
export interface ExecutorService {
  /** Takes the shared memory. Refuses when it runs other module code than the pool. */
  attach(
    buffer: SharedArrayBuffer,
    size: MemorySize,
    worker: number,
    modulesHash: string,
    modules: ModuleSetName,
  ): void;
  /** Executes the block in memory together with the other workers; answers when it has ended. */
  runBlock(workers: number): void;
  /**
   * Executes transactions `from` to `to` of the block one after another in a private copy of the
   * memory, with those before them done first and not timed. Meets `workers` others at the start. µs.
   */
  measureSlice(from: number, to: number, workers: number): number;
  /** Rounds of declared work a microsecond on this thread. */
  calibrate(): number;
}

/** `absoluteUs` is a clock that all threads of the process share. */
export function createExecutorService(absoluteUs: () => number): ExecutorService {
  let memory: BlockMemory | undefined;
  let copy: BlockMemory | undefined;
  let machines: StepMachine[] = [];
  let index = 0;
  let modules = moduleSet;

  const attached = (): BlockMemory => {
    if (!memory) throw new Error('executor/not_attached');
    return memory;
  };

  return {
    attach: (buffer, size, worker, modulesHash, name) => {
      if (modulesHash !== MODULES_HASH) throw new Error(`executor/other_modules ${MODULES_HASH}`);
      memory = viewMemory(buffer, size);
      copy = undefined;
      machines = [];
      index = worker;
      modules = moduleSetOf(name);
    },
    runBlock: (workers) => {
      const block = attached();
      const strategy = block.i32[CONTROL.strategy]!;
      machines[strategy] ??= createMachine(strategy, block, index, modules, absoluteUs);
      const machine = machines[strategy]!;
      machine.begin();
      meetAtStart(block, workers, absoluteUs);
      try {
        loopWorker(block, index, machine, absoluteUs);
      } catch (thrown) {
        machine.stop(STOP.failed);
        noteEnd(block, absoluteUs);
        throw thrown;
      }
    },
    measureSlice: (from, to, workers) => {
      const block = attached();
      copy ??= viewMemory(new ArrayBuffer(block.buffer.byteLength), block.layout.size);
      // What the block starts from; copying the arenas too would only drive it out of the caches.
      copy.i32.set(block.i32.subarray(0, block.layout.nodes));
      resetBlockArenas(copy);
      runFastSequential(copy, modules, 0, from, false);
      meetAtStart(block, workers, absoluteUs);
      const heartbeat = workerLine(index) + WORKER.heartbeat;
      const start = absoluteUs();
      runFastSequential(copy, modules, from, Math.min(to, copy.i32[CONTROL.transactionCount]!), true, () => {
        block.i32[heartbeat]!++;
      });
      return absoluteUs() - start;
    },
    calibrate: () => roundsPerUs(absoluteUs),
  };
}

function createMachine(
  strategy: number,
  block: BlockMemory,
  index: number,
  modules: ModuleSet,
  nowUs: () => number,
): StepMachine {
  const options = { nowUs, performsWork: true };
  return strategy === STRATEGY.moduleLanes
    ? new LaneWorker(block, index, modules, options)
    : new BlockStmWorker(block, index, modules, options);
}

const CALIBRATION_ROUNDS = 100_000;
/** So many tries in a row that are not faster, and the compiler has done what it will do. */
const CALIBRATION_SETTLED = 24;
const CALIBRATION_TRIES = 400;

/**
 * Rounds of declared work a microsecond on this thread: the best of many tries, until for a while none is
 * better; a thread that has just started runs slow code for some milliseconds. Takes about 5 ms.
 */
export function roundsPerUs(nowUs: () => number): number {
  let best = 0;
  for (let tries = 0, since = 0; tries < CALIBRATION_TRIES && since < CALIBRATION_SETTLED; tries++, since++) {
    const start = nowUs();
    spin(CALIBRATION_ROUNDS);
    const took = nowUs() - start;
    const rate = took > 0 ? CALIBRATION_ROUNDS / took : 0;
    if (rate > best * 1.02) since = 0;
    best = Math.max(best, rate);
  }
  return Math.round(best);
}
