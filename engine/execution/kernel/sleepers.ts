import { CONTROL, STOP } from './blockMemory.ts';

/** Ends the block for every worker and wakes those that sleep. False when it had ended already, for whatever reason. */
export function stopBlock(i32: Int32Array, reason: number): boolean {
  const first = Atomics.compareExchange(i32, CONTROL.stop, STOP.running, reason) === STOP.running;
  Atomics.add(i32, CONTROL.wake, 1);
  Atomics.notify(i32, CONTROL.wake);
  return first;
}

/** Wakes a worker that sleeps. One that is missed here looks by itself before long. */
export function wakeOne(i32: Int32Array): void {
  if (i32[CONTROL.sleepers] === 0) return;
  Atomics.add(i32, CONTROL.wake, 1);
  Atomics.notify(i32, CONTROL.wake, 1);
}
