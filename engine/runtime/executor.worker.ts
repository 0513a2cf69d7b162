/** An executor thread in the browser. */
import { expose } from 'comlink';
import { createExecutorService } from './executorService.ts';

// The time origins of workers are points on one clock, so their sum with `now` is comparable between threads.
expose(createExecutorService(() => (performance.timeOrigin + performance.now()) * 1000));
