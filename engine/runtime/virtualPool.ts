import { collectOutcome } from '../execution/blockStm/collect.ts';
import { collectRecord } from '../execution/blockStm/collectRecord.ts';
import { VirtualWorker } from '../execution/blockStm/virtualWorker.ts';
import { CONTROL, STOP } from '../execution/kernel/blockMemory.ts';
import type { ExecutionRecord, ExecutionRequest, WorkerPool } from '../execution/pool.ts';
import { runVirtual } from '../execution/virtualWorkerPool.ts';
import { HeldMemory } from './heldMemory.ts';
import { moduleSet } from './modules.ts';

/** A pool of virtual cores, 1 to 64, in this thread: the same step machines, called in turn. */
export function createVirtualPool(): WorkerPool {
  const held = new HeldMemory(false);
  const run = (request: ExecutionRequest): ExecutionRecord => {
    for (let growth = 1; ; growth *= 2) {
      const { memory } = held.prepare(request, growth);
      const { durationUs } = runVirtual(memory, moduleSet, request.workers, {
        seed: request.scheduleSeed,
        createWorker: (...args) => new VirtualWorker(...args),
      });
      if (memory.i32[CONTROL.stop] === STOP.memoryFull) {
        held.forget();
        continue;
      }
      return {
        outcome: collectOutcome(memory, moduleSet, request.state),
        clock: 'virtual',
        workers: request.workers,
        durationUs,
        ...collectRecord(memory, moduleSet, request.workers, 0),
        notices: [],
      };
    }
  };
  return { run: async (request) => run(request), dispose: () => held.forget() };
}
