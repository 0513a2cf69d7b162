// The entry of an executor thread in which something is wrong: it gets into trouble at one of its atomic
// operations, as `workerData` says, and otherwise is the thread that the pool starts. A deaf one never starts.
import { workerData } from 'node:worker_threads';

/** @type {{ entry: string, trouble: 'throw' | 'hang' | 'exit' | 'jitter' | 'deaf', after: number, seed: number }} */
const { entry, trouble, after, seed } = workerData;

/** Only the scheduler stores atomically: what it throws is no module's panic. */
const store = Atomics.store;
let left = after;
if (trouble === 'deaf') setInterval(() => undefined, 1000);
else if (trouble !== 'jitter') {
  Atomics.store = /** @type {typeof Atomics.store} */ (
    (/** @type {Int32Array} */ array, /** @type {number} */ index, /** @type {number} */ value) => {
      if (left-- === 0) {
        if (trouble === 'throw') throw new Error('trouble');
        if (trouble === 'exit') process.exit(3);
        for (;;);
      }
      return store(array, index, value);
    }
  );
} else {
  // Now and then a pause ahead of an atomic operation: threads meet in ways they rarely would.
  let state = seed | 1;
  const rest = new Int32Array(new SharedArrayBuffer(4));
  const wait = Atomics.wait;
  const mayPause = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    if ((state & 127) === 0) for (let i = (state >>> 7) & 4095; i > 0; i--) state = (state + 2) | 0;
    if ((state & 16383) === 1) wait(rest, 0, 0, 1);
  };
  for (const name of /** @type {const} */ (['load', 'store', 'add', 'exchange', 'compareExchange'])) {
    const operation = /** @type {(...args: unknown[]) => unknown} */ (Atomics[name]);
    Object.assign(Atomics, {
      [name]: (/** @type {unknown[]} */ ...args) => {
        mayPause();
        return operation(...args);
      },
    });
  }
}

if (trouble !== 'deaf') await import(entry);
