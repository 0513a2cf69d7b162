import { type StepMachine, STEP } from '../execution/contract.ts';
import { type BlockMemory, CONTROL, WORKER, workerLine } from '../execution/kernel/blockMemory.ts';

/** Looks at the work to be done before going to sleep: some ten microseconds. */
const SPINS = 400;
/** A sleeper looks again after this long, even if nobody woke it. */
const SLEEP_MS = 2;
const BARRIER_SPINS = 20_000;

const pause: () => void = (Atomics as unknown as { pause?: () => void }).pause ?? (() => undefined);

/**
 * The starting line: answers once all `workers` have arrived, so that a run's time does not
 * count how long messages took. The last to arrive writes down when that was.
 */
export function meetAtStart(memory: BlockMemory, workers: number, nowUs: () => number): void {
  const { i32, f64 } = memory;
  if (Atomics.add(i32, CONTROL.arrived, 1) + 1 === workers) {
    f64[CONTROL.times >> 1] = nowUs();
    Atomics.add(i32, CONTROL.arrived, 1);
    Atomics.notify(i32, CONTROL.arrived);
    return;
  }
  for (let i = 0; i < BARRIER_SPINS; i++) {
    if (Atomics.load(i32, CONTROL.arrived) > workers) return;
    pause();
  }
  for (;;) {
    const seen = Atomics.load(i32, CONTROL.arrived);
    if (seen > workers) return;
    Atomics.wait(i32, CONTROL.arrived, seen, SLEEP_MS);
  }
}

/** The first to see the end writes down when it was. */
export function noteEnd(memory: BlockMemory, nowUs: () => number): void {
  if (Atomics.compareExchange(memory.i32, CONTROL.endClaim, 0, 1) === 0) {
    memory.f64[(CONTROL.times >> 1) + 1] = nowUs();
  }
}

/** Loops a step machine on this thread until the block has ended; sleeps when there is nothing to do. */
export function loopWorker(
  memory: BlockMemory,
  index: number,
  machine: StepMachine,
  nowUs: () => number,
): void {
  for (;;) {
    const phase = machine.step();
    // An empty block has ended before anybody took a step.
    if (phase === STEP.stopped || machine.stopped()) {
      noteEnd(memory, nowUs);
      return;
    }
    if (phase === STEP.idle) waitForWork(memory, index, machine, nowUs);
  }
}

function waitForWork(memory: BlockMemory, index: number, machine: StepMachine, nowUs: () => number): void {
  const { i32 } = memory;
  const line = workerLine(index);
  const startUs = nowUs();
  for (let spin = 0; spin < SPINS; spin++) {
    if (machine.hasWork()) {
      machine.recordWait(startUs, nowUs());
      return;
    }
    pause();
  }
  const executions = i32[line + WORKER.executions]!;
  i32[CONTROL.drowsy] = executions === i32[line + WORKER.executionsAtSleep] ? 1 : 0;
  i32[line + WORKER.executionsAtSleep] = executions;
  // The ticket is taken before the last look: a wake between the two makes the wait return at once.
  Atomics.add(i32, CONTROL.sleepers, 1);
  for (;;) {
    const ticket = Atomics.load(i32, CONTROL.wake);
    if (machine.hasWork()) break;
    i32[line + WORKER.sleeps]!++;
    i32[line + WORKER.heartbeat]!++;
    Atomics.wait(i32, CONTROL.wake, ticket, SLEEP_MS);
  }
  Atomics.sub(i32, CONTROL.sleepers, 1);
  machine.recordWait(startUs, nowUs());
}
