/**
 * The engine in the browser, a worker of its own, so that the page never waits for it, and each of the executor threads that it
 * starts: one script, told apart by the address's fragment, since both need the modules and the kernel, which are fetched once then.
 */
import { expose } from 'comlink';
import { createBrowserEngine } from './browserEngine.ts';
import { createExecutorService } from './executorService.ts';
import { EXECUTOR_FRAGMENT } from './spawnBrowser.ts';

// The time origins of workers are points on one clock, so their sum with `now` is comparable between threads.
if (self.location.hash === EXECUTOR_FRAGMENT)
  expose(createExecutorService(() => (performance.timeOrigin + performance.now()) * 1000));
else expose(createBrowserEngine());
