import type { BlockMemory } from '../kernel/blockMemory.ts';
import { PAUSED } from '../kernel/signals.ts';
import { MultiVersionMemory } from './multiVersionMemory.ts';
import { BlockStmWorker } from './worker.ts';

/** Multi-version memory that lets a transaction read one key a step, so that every interleaving is reached. */
export class PausingMemory extends MultiVersionMemory {
  granted = 0;

  override load(key: number): number {
    if (!this.scouting) {
      if (this.granted === 0) throw PAUSED;
      this.granted--;
    }
    return super.load(key);
  }
}

/**
 * Reads of a transaction that are granted one by one; those that follow come by so many at once. Resuming
 * runs the function again, which would make a transaction of a thousand reads cost half a million.
 */
const FINE_READS = 64;

/** A worker of Block-STM on a virtual core: one read a step. */
export class VirtualWorker extends BlockStmWorker {
  protected override createMultiVersionMemory(block: BlockMemory): MultiVersionMemory {
    return new PausingMemory(block);
  }

  override step(): number {
    this.costNs = 0;
    (this.memory as PausingMemory).granted = this.context.accessCount < FINE_READS ? 1 : FINE_READS;
    return super.step();
  }
}
