import { AssertionError } from '../../base/assert.ts';
import { createPrng } from '../../base/prng.ts';
import { MultiVersionMemory } from '../../execution/blockStm/multiVersionMemory.ts';
import { BlockStmWorker } from '../../execution/blockStm/worker.ts';
import type { StepMachine } from '../../execution/contract.ts';
import { type BlockMemory, CONTROL, STOP } from '../../execution/kernel/blockMemory.ts';
import { LaneMemory } from '../../execution/moduleLanes/laneMemory.ts';
import { LaneWorker } from '../../execution/moduleLanes/worker.ts';
import type { VirtualRun, WorkerFactory } from '../../execution/virtualWorkerPool.ts';
import type { ModuleSet } from '../../moduleSdk/index.ts';

const OPERATIONS = ['load', 'store', 'add', 'sub', 'exchange', 'compareExchange'] as const;
type Operation = (array: Int32Array, index: number, a?: number, b?: number) => number;

const originals = Object.fromEntries(OPERATIONS.map((name) => [name, Atomics[name]])) as unknown as Record<
  (typeof OPERATIONS)[number],
  Operation
>;

/** Calls `before` ahead of every atomic operation of this thread while `body` runs. */
function interrupting<T>(before: () => void, body: () => T): T {
  const replaced = Object.fromEntries(
    OPERATIONS.map((name) => {
      const operation = originals[name];
      // The engine tells a missing argument from an undefined one: pass on as many as came.
      const interrupted = (...args: Parameters<Operation>): number => {
        before();
        return operation(...args);
      };
      return [name, interrupted];
    }),
  );
  Object.assign(Atomics, replaced);
  try {
    return body();
  } finally {
    Object.assign(Atomics, originals);
  }
}

/** Memory whose look-ups can be interrupted too: they take no atomic operation of their own. */
class InterruptibleMemory extends MultiVersionMemory {
  private readonly words: Int32Array;

  constructor(block: BlockMemory) {
    super(block);
    this.words = block.i32;
  }

  override lookup(key: number, tx: number): number {
    Atomics.load(this.words, CONTROL.stop);
    return super.lookup(key, tx);
  }
}

/** The threads' own worker, with a place to interrupt it ahead of every read. */
export class InterruptibleWorker extends BlockStmWorker {
  protected override createMultiVersionMemory(block: BlockMemory): MultiVersionMemory {
    return new InterruptibleMemory(block);
  }
}

/** The same for memory of one version. */
class InterruptibleLaneMemory extends LaneMemory {
  private readonly words: Int32Array;

  constructor(block: BlockMemory, modules: ModuleSet) {
    super(block, modules);
    this.words = block.i32;
  }

  override load(key: number): number {
    Atomics.load(this.words, CONTROL.stop);
    return super.load(key);
  }
}

/** The threads' own worker of module lanes, with a place to interrupt it ahead of every read. */
export class InterruptibleLaneWorker extends LaneWorker {
  protected override createMemory(block: BlockMemory, modules: ModuleSet): LaneMemory {
    return new InterruptibleLaneMemory(block, modules);
  }
}

const MOST_NESTED_STEPS = 12;
const STEPS_PER_TRANSACTION = 5_000;

/**
 * Runs an encoded block on virtual cores that can be interrupted *inside* a scheduling step, ahead of any
 * atomic operation (and any read, with {@link InterruptibleWorker}): the others then do whole steps (and may be
 * interrupted themselves), and the first goes on with what it already knew. Races that need two threads inside a step show here, seeded
 * and without threads. What does not: two steps that overlap without one lying inside the other.
 */
export function runPreempted(
  memory: BlockMemory,
  modules: ModuleSet,
  workers: number,
  options: { readonly seed: number; readonly createWorker: WorkerFactory },
): VirtualRun {
  const prng = createPrng(options.seed, 'atomic-preemption');
  // Blocks differ in how often a step is interrupted: rare interruptions reach far apart, frequent ones deep.
  const permille = [3, 15, 60, 200][prng.below(4)]!;
  const machines: StepMachine[] = [];
  for (let w = 0; w < workers; w++) {
    machines.push(options.createWorker(memory, w, modules, { nowUs: () => 0, performsWork: false }));
  }
  for (const machine of machines) machine.begin();
  const inside = new Set<number>();
  let deciding = false;
  let steps = 0;
  const mostSteps = 50_000 + STEPS_PER_TRANSACTION * memory.i32[CONTROL.transactionCount]!;

  const running = (): boolean => memory.i32[CONTROL.stop] === STOP.running;
  const willing = (): number[] => {
    deciding = true;
    const found = machines.flatMap((machine, w) => (!inside.has(w) && machine.hasWork() ? [w] : []));
    deciding = false;
    return found;
  };
  const step = (w: number): void => {
    if (steps++ > mostSteps)
      throw new AssertionError('the virtual cores go round in circles', { seed: options.seed });
    inside.add(w);
    machines[w]!.step();
    inside.delete(w);
  };
  const anyOf = (workersReady: readonly number[], liked: number): number =>
    workersReady.includes(liked) && prng.chance(600) ? liked : workersReady[prng.below(workersReady.length)]!;
  const interrupt = (): void => {
    if (deciding || inside.size === 0 || inside.size === workers || !prng.chance(permille)) return;
    let liked = -1;
    for (let left = prng.between(1, prng.between(1, MOST_NESTED_STEPS)); left > 0 && running(); left--) {
      const others = willing();
      if (others.length === 0) return;
      liked = anyOf(others, liked);
      step(liked);
    }
  };

  interrupting(interrupt, () => {
    let liked = -1;
    while (running()) {
      const ready = willing();
      if (ready.length === 0) {
        throw new AssertionError('the virtual cores are stuck', {
          workers,
          seed: options.seed,
          commit: memory.i32[CONTROL.commitIndex]!,
        });
      }
      liked = anyOf(ready, liked);
      step(liked);
    }
  });
  return { durationUs: 0, steps };
}
