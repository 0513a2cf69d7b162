import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import type { MachineInfo } from '../api/index.ts';
import { createEngineHost, type EngineHost } from '../runtime/engineHost.ts';
import { roundsPerUs } from '../runtime/executorService.ts';
import { type ModuleSetName, moduleSet } from '../runtime/modules.ts';
import { spawnNodeExecutor } from '../runtime/spawnNode.ts';
import { ThreadWorkerPool } from '../runtime/threadWorkerPool.ts';
import { createVirtualPool } from '../runtime/virtualPool.ts';
import type { Stage } from './verb.ts';

/** The bundle that executor threads run; it lies beside the bundled command line. */
const EXECUTOR = new URL('./executor.node.js', import.meta.url);

/** Cores that threads may use. */
export const cores: number = availableParallelism();

/** This machine, as the engine's door describes one. */
export function thisMachine(): MachineInfo {
  return { sharedMemory: true, cores, roundsPerUs: roundsPerUs(() => performance.now() * 1000) };
}

/** Threads for blocks that may take long. */
export function measuringPool(modules: ModuleSetName = 'chain'): ThreadWorkerPool {
  return new ThreadWorkerPool({ spawn: () => spawnNodeExecutor(EXECUTOR), deadAfterMs: 60_000, modules });
}

/** The engine that the page drives, on threads of Node; see {@link Stage.createEngine}. */
export function createNodeEngine(measuringUs?: number): EngineHost {
  return createEngineHost({
    modules: moduleSet,
    machine: thisMachine(),
    createPool: (kind) =>
      kind === 'real'
        ? new ThreadWorkerPool({ spawn: () => spawnNodeExecutor(EXECUTOR) })
        : createVirtualPool(),
    breathe: () => setImmediate(),
    ...(measuringUs === undefined ? {} : { measuringUs }),
  });
}

/** Does something with an engine of its own, and stops its threads afterwards. */
export async function withEngine<T>(
  stage: Stage,
  work: (engine: EngineHost) => Promise<T>,
  measuringUs?: number,
): Promise<T> {
  const engine = stage.createEngine(measuringUs);
  stage.onInterrupt(() => engine.dispose());
  try {
    return await work(engine);
  } finally {
    engine.dispose();
  }
}
