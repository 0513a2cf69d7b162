import type { ThreadWorkerPool } from './threadWorkerPool.ts';

/**
 * The first pool of threads, started before a block asks for it: the threads' code loads while the first chain is
 * made. Later pools are made when they are needed, since by then the code is at hand.
 */
export class ForeseenPool {
  private readonly make: () => ThreadWorkerPool;
  private waiting: ThreadWorkerPool | undefined;
  private used = false;

  constructor(make: () => ThreadWorkerPool) {
    this.make = make;
  }

  /** Threads will be wanted, so many. Does nothing once there is, or was, a pool. */
  foresee(threads: number): void {
    if (this.used) return;
    this.used = true;
    this.waiting = this.make();
    try {
      this.waiting.prepare(threads);
    } catch {
      // The block that needs them says what is wrong.
      this.waiting.dispose();
      this.waiting = undefined;
    }
  }

  /** The pool that was started, once; after that a new one each time. */
  take(): ThreadWorkerPool {
    const pool = this.waiting ?? this.make();
    this.waiting = undefined;
    this.used = true;
    return pool;
  }
}
