import { AssertionError } from '../base/assert.ts';
import { createPrng } from '../base/prng.ts';
import type { ModuleSet } from '../moduleSdk/index.ts';
import { type BlockMemory, CONTROL, STOP } from './kernel/blockMemory.ts';
import { type StepMachine, STEP, type WorkerOptions } from './contract.ts';

export type WorkerFactory = (
  block: BlockMemory,
  worker: number,
  modules: ModuleSet,
  options: WorkerOptions,
) => StepMachine;

/** Decides which of the workers takes the next step: an index below `workers`. */
export type Chooser = (workers: number) => number;

export interface VirtualRun {
  /** Virtual time from the first step to the last commit, µs. */
  readonly durationUs: number;
  readonly steps: number;
}

const IDLE_NS = 10;
const STEPS_PER_TRANSACTION = 20_000;

/**
 * Runs an encoded block on virtual cores: the same step machines as on threads, called one at a time.
 * With a clock (the default) each core has its own virtual time, gas standing for
 * nanoseconds, and the core that is furthest behind steps next; ties go by `seed`. With a chooser its
 * word alone counts. Asserts that the cores never get stuck.
 */
export function runVirtual(
  memory: BlockMemory,
  modules: ModuleSet,
  workers: number,
  options: { readonly seed: number; readonly createWorker: WorkerFactory; readonly choose?: Chooser },
): VirtualRun {
  const clocks = new Float64Array(workers);
  const idleSince = new Float64Array(workers).fill(-1);
  const prng = createPrng(options.seed, 'virtual-cores');
  const order = prng.shuffle(Array.from({ length: workers }, (_, i) => i));
  const machines: StepMachine[] = [];
  for (let w = 0; w < workers; w++) {
    const nowUs = (): number => (clocks[w]! + machines[w]!.costNs) / 1000;
    machines.push(options.createWorker(memory, w, modules, { nowUs, performsWork: false }));
  }
  for (const machine of machines) machine.begin();
  const byClock = (): number => {
    let best = order[0]!;
    for (const w of order) if (clocks[w]! < clocks[best]!) best = w;
    return best;
  };
  const maxSteps = 100_000 + STEPS_PER_TRANSACTION * memory.i32[CONTROL.transactionCount]!;
  let steps = 0;
  let idleInARow = 0;
  let end = 0;
  while (Atomics.load(memory.i32, CONTROL.stop) === STOP.running) {
    const w = options.choose ? options.choose(workers) : byClock();
    const machine = machines[w]!;
    if (idleSince[w]! >= 0 && machine.hasWork()) {
      machine.recordWait(idleSince[w]! / 1000, clocks[w]! / 1000);
      idleSince[w] = -1;
    }
    const phase = machine.step();
    steps++;
    if (phase === STEP.idle) {
      if (idleSince[w]! < 0) idleSince[w] = clocks[w]!;
      clocks[w] = Math.max(clocks[w]!, nextBusyClock(clocks, idleSince, w)) + IDLE_NS;
      idleInARow++;
    } else {
      clocks[w]! += machine.costNs;
      idleInARow = 0;
    }
    end = Math.max(end, clocks[w]!);
    // An unfair chooser may call idle workers for long while another has work: that is not being stuck.
    const stuck = idleInARow > 50 * workers + 50 && !machines.some((other) => other.hasWork());
    if (stuck || steps > maxSteps) {
      throw new AssertionError('the virtual cores are stuck', {
        steps,
        workers,
        seed: options.seed,
        commit: memory.i32[CONTROL.commitIndex]!,
      });
    }
  }
  for (let w = 0; w < workers; w++)
    if (idleSince[w]! >= 0) machines[w]!.recordWait(idleSince[w]! / 1000, end / 1000);
  return { durationUs: end / 1000, steps };
}

/** The earliest clock among the others that have something to do: until then an idle core need not look again. */
function nextBusyClock(clocks: Float64Array, idleSince: Float64Array, self: number): number {
  let next = Number.POSITIVE_INFINITY;
  for (let w = 0; w < clocks.length; w++) {
    if (w !== self && idleSince[w]! < 0 && clocks[w]! < next) next = clocks[w]!;
  }
  return next === Number.POSITIVE_INFINITY ? clocks[self]! : next;
}
