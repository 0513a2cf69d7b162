import { collectOutcome } from '../execution/kernel/collect.ts';
import { collectRecord } from '../execution/kernel/collectRecord.ts';
import { VirtualWorker } from '../execution/blockStm/virtualWorker.ts';
import { CONTROL, STOP } from '../execution/kernel/blockMemory.ts';
import { VirtualLaneWorker } from '../execution/moduleLanes/virtualWorker.ts';
import type { ExecutionRecord, ExecutionRequest, WorkerPool } from '../execution/pool.ts';
import { runVirtual } from '../execution/virtualWorkerPool.ts';
import { HeldMemory } from './heldMemory.ts';
import { missIn, missNotice } from './lanePlan.ts';
import { moduleSet } from './modules.ts';

/** A pool of virtual cores, 1 to 64, in this thread: the same step machines, called in turn. */
export function createVirtualPool(): WorkerPool {
  const held = new HeldMemory(false, moduleSet);
  const run = (request: ExecutionRequest): ExecutionRecord => {
    const notices: ExecutionRecord['notices'][number][] = [];
    for (let growth = 1; ; ) {
      const { memory } = held.prepare(request, growth);
      const { durationUs } = runVirtual(memory, moduleSet, request.workers, {
        seed: request.scheduleSeed,
        createWorker: (...args) =>
          request.strategy === 'moduleLanes' ? new VirtualLaneWorker(...args) : new VirtualWorker(...args),
      });
      if (memory.i32[CONTROL.stop] === STOP.memoryFull) {
        held.forget();
        growth *= 2;
        continue;
      }
      if (memory.i32[CONTROL.stop] === STOP.laneMiss) {
        const miss = missIn(memory);
        held.plan.widen(miss);
        notices.push(missNotice(moduleSet, request, miss));
        continue;
      }
      return {
        outcome: collectOutcome(memory, moduleSet, request.state),
        clock: 'virtual',
        workers: request.workers,
        durationUs,
        ...collectRecord(memory, moduleSet, request.workers, 0),
        notices,
      };
    }
  };
  return { run: async (request) => run(request), dispose: () => held.forget() };
}
