import type { ModuleSet } from '../../moduleSdk/index.ts';
import type { BlockMemory } from '../kernel/blockMemory.ts';
import { PAUSED } from '../kernel/signals.ts';
import { LaneMemory } from './laneMemory.ts';
import { LaneWorker } from './worker.ts';

/** Single-version memory that lets a transaction read one key a step, so that every interleaving is reached. */
export class PausingLaneMemory extends LaneMemory {
  granted = 0;

  override load(key: number): number {
    if (this.granted === 0) throw PAUSED;
    this.granted--;
    return super.load(key);
  }
}

/** Reads that are granted one by one; those that follow come by so many at once, since resuming runs the function again. */
const FINE_READS = 64;

/** A worker of module lanes on a virtual core: one read a step. */
export class VirtualLaneWorker extends LaneWorker {
  protected override createMemory(block: BlockMemory, modules: ModuleSet): LaneMemory {
    return new PausingLaneMemory(block, modules);
  }

  override step(): number {
    this.costNs = 0;
    (this.memory as PausingLaneMemory).granted = this.context.accessCount < FINE_READS ? 1 : FINE_READS;
    return super.step();
  }
}
