import type { Remote } from 'comlink';
import { collectOutcome } from '../execution/kernel/collect.ts';
import { collectRecord, countsOf } from '../execution/kernel/collectRecord.ts';
import { prepareBlock } from '../execution/blockStm/prepareBlock.ts';
import { type BlockMemory, CONTROL, STOP, WORKER, workerLine } from '../execution/kernel/blockMemory.ts';
import type { LaneMiss } from '../execution/moduleLanes/declaredLanes.ts';
import type { ExecutionRecord, ExecutionRequest, WorkerPool } from '../execution/pool.ts';
import type { ModuleSet } from '../moduleSdk/index.ts';
import type { ExecutorService } from './executorService.ts';
import { HeldMemory } from './heldMemory.ts';
import { missIn, missNotice } from './lanePlan.ts';
import { MODULES_HASH, type ModuleSetName, moduleSetOf } from './modules.ts';

/** A thread as the host made it. */
export interface ExecutorThread {
  readonly service: Remote<ExecutorService>;
  /** Settles with the reason when the thread dies of itself. */
  readonly died: Promise<string>;
  terminate(): void;
}

export interface ThreadPoolOptions {
  /** The chain's when it is not said. */
  readonly modules?: ModuleSetName;
  readonly spawn: () => ExecutorThread;
  /** A worker whose heartbeat stands still for this long is dead. */
  readonly deadAfterMs?: number;
  /** Threads that have not taken the memory after this long never started. */
  readonly startWithinMs?: number;
}

/** A pool that failed for good: the block was tried again with fresh threads and failed again. */
export class ThreadPoolError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'ThreadPoolError';
    this.code = code;
  }
}

const HEARTBEAT_MS = 200;
/** Long enough for a slow network to bring the threads' code. */
const START_WITHIN_MS = 20_000;
const MAX_RECOVERIES = 1;

/**
 * Parallel executors on real threads over one SharedArrayBuffer. Comlink carries the commands; the workers meet
 * in the buffer. A worker that throws, hangs or dies takes the pool and its buffer with it: fresh threads
 * run the block again from the committed state, once; a second failure is a {@link ThreadPoolError}.
 */
export class ThreadWorkerPool implements WorkerPool {
  private threads: ExecutorThread[] = [];
  private held: HeldMemory;
  private attachedTo: BlockMemory | undefined;
  private disposed = false;
  /** Tell those who wait for a thread that there will be no answer. */
  private readonly waiting = new Set<(end: ThreadPoolError) => void>();
  private readonly options: ThreadPoolOptions;
  private readonly modules: ModuleSet;

  constructor(options: ThreadPoolOptions) {
    this.options = options;
    this.modules = moduleSetOf(options.modules ?? 'chain');
    this.held = new HeldMemory(true, this.modules);
  }

  /** Starts so many threads if they are not there yet, and does not wait for them. */
  prepare(workers: number): void {
    this.ensureThreads(workers);
  }

  async run(asked: ExecutionRequest): Promise<ExecutionRecord> {
    const notices: { code: string; message: string }[] = [];
    let request = asked;
    for (let recoveries = 0, growth = 1; ; ) {
      try {
        const record = await this.tryRun(request, growth);
        if (record !== undefined) return { ...record, notices: [...notices, ...record.notices] };
        growth *= 2;
      } catch (thrown) {
        this.drop();
        if (this.disposed) throw thrown;
        const reason = thrown instanceof Error ? thrown.message : String(thrown);
        if (recoveries >= MAX_RECOVERIES) throw new ThreadPoolError('execution/threads_failed', reason);
        recoveries++;
        request = { ...asked, loseWorker: false };
        notices.push({
          code: 'execution/worker_replaced',
          message: `A worker stopped (${reason}); the block was run again from the committed state with fresh workers.`,
        });
      }
    }
  }

  /** Rounds of declared work a microsecond on an executor thread. Threads that do not start are replaced once. */
  async calibrate(): Promise<number> {
    for (let recoveries = 0; ; recoveries++) {
      try {
        this.ensureThreads(1);
        const thread = this.threads[0]!;
        return await this.startedInTime([thread], thread.service.calibrate() as Promise<number>);
      } catch (thrown) {
        this.drop();
        if (this.disposed) throw thrown;
        const reason = thrown instanceof Error ? thrown.message : String(thrown);
        if (recoveries >= MAX_RECOVERIES) throw new ThreadPoolError('execution/threads_failed', reason);
      }
    }
  }

  /** Stops the threads for good. A call that still waits for them, or comes later, fails with `execution/pool_disposed`. */
  dispose(): void {
    this.disposed = true;
    this.drop();
    for (const tell of this.waiting) tell(poolDisposed());
  }

  /** The threads, for tests that harm them. */
  get executors(): readonly ExecutorThread[] {
    return this.threads;
  }

  /**
   * Runs a block for its times and counts alone: nothing else is read out, so that the garbage of reading
   * does not run beside the next measurement. Fails where {@link run} would try again.
   */
  async time(
    request: ExecutionRequest,
  ): Promise<Pick<ExecutionRecord, 'durationUs' | 'counts' | 'sequentialUs' | 'ceilingUs'>> {
    const { memory } = await this.execute(request, 1);
    if (memory === undefined)
      throw new ThreadPoolError('execution/memory_full', 'the block needs more memory');
    const times = { durationUs: durationOf(memory), counts: countsOf(memory, request.workers) };
    return request.measureArms ? { ...times, ...(await this.measureArms(memory, request)) } : times;
  }

  private async tryRun(request: ExecutionRequest, growth: number): Promise<ExecutionRecord | undefined> {
    const { memory, misses } = await this.execute(request, growth);
    if (memory === undefined) return undefined;
    const { workers } = request;
    const record: ExecutionRecord = {
      outcome: collectOutcome(memory, this.modules, request.state),
      clock: 'measured',
      workers,
      durationUs: durationOf(memory),
      ...collectRecord(memory, this.modules, workers, memory.f64[CONTROL.times >> 1]!),
      notices: misses.map((miss) => missNotice(this.modules, request, miss)),
    };
    return request.measureArms ? { ...record, ...(await this.measureArms(memory, request)) } : record;
  }

  /**
   * Lets the threads execute the block, again and again with more lanes declared where these were too few; answers the memory
   * it was done in, or none when that was too small.
   */
  private async execute(
    request: ExecutionRequest,
    growth: number,
  ): Promise<{ readonly memory: BlockMemory | undefined; readonly misses: readonly LaneMiss[] }> {
    const misses: LaneMiss[] = [];
    for (;;) {
      const memory = await this.executeOnce(request, growth);
      if (memory === undefined || memory.i32[CONTROL.stop] === STOP.done) return { memory, misses };
      const miss = missIn(memory);
      misses.push(miss);
      this.held.plan.widen(miss);
    }
  }

  /** The memory in which the block has ended or stopped for a lane miss, or nothing when it was too small. */
  private async executeOnce(request: ExecutionRequest, growth: number): Promise<BlockMemory | undefined> {
    const { memory } = this.held.prepare(request, growth);
    const { workers } = request;
    await this.attach(memory, workers);
    memory.i32[CONTROL.arrived] = 0;
    memory.i32[CONTROL.endClaim] = 0;
    const running = this.guarded(
      memory,
      workers,
      (thread) => thread.service.runBlock(workers) as Promise<void>,
    );
    if (request.loseWorker === true) this.loseWorker(memory, workers);
    await running;
    const stop = memory.i32[CONTROL.stop]!;
    if (stop === STOP.memoryFull) {
      this.held.forget();
      return undefined;
    }
    if (stop !== STOP.done && stop !== STOP.laneMiss) throw new Error('the block did not end');
    return memory;
  }

  /** Stops the last worker's thread once it has executed something; when the block is over before that, nothing is lost. */
  private loseWorker({ i32 }: BlockMemory, workers: number): void {
    const thread = this.threads[workers - 1];
    const executions = workerLine(workers - 1) + WORKER.executions;
    const look = (): void => {
      if (Atomics.load(i32, CONTROL.stop) !== STOP.running) return;
      if (Atomics.load(i32, executions) > 0) thread?.terminate();
      else setTimeout(look);
    };
    look();
  }

  /** The fast sequential arm on one worker, and every worker with its even share. */
  private async measureArms(
    memory: BlockMemory,
    request: ExecutionRequest,
  ): Promise<{ sequentialUs: number; ceilingUs: number }> {
    const { workers, transactions } = request;
    prepareBlock(memory, this.modules, request.environment, transactions, { ...request });
    const count = transactions.length;
    const [sequentialUs] = await this.guarded(
      memory,
      1,
      (thread) => thread.service.measureSlice(0, count, 1) as Promise<number>,
    );
    memory.i32[CONTROL.arrived] = 0;
    const slices = await this.guarded(
      memory,
      workers,
      (thread, w) =>
        thread.service.measureSlice(
          Math.floor((count * w) / workers),
          Math.floor((count * (w + 1)) / workers),
          workers,
        ) as Promise<number>,
    );
    // The slices together are the same work as the sequential arm, done once more: the less disturbed of the two counts.
    const together = slices.reduce((sum, slice) => sum + slice, 0);
    return { sequentialUs: Math.min(sequentialUs!, together), ceilingUs: Math.max(...slices) };
  }

  /** Lets the first `workers` threads do something, and fails when one of them dies or its heart stops. */
  private async guarded<T>(
    memory: BlockMemory,
    workers: number,
    task: (thread: ExecutorThread, worker: number) => Promise<T>,
  ): Promise<T[]> {
    const threads = this.threads.slice(0, workers);
    const running = threads.map(() => true);
    let timer: ReturnType<typeof setInterval> | undefined;
    const heartbeat = new Promise<never>((_, reject) => {
      const limit = Math.ceil((this.options.deadAfterMs ?? 4000) / HEARTBEAT_MS);
      const last = threads.map(() => -1);
      const still = threads.map(() => 0);
      timer = setInterval(() => {
        for (let w = 0; w < workers; w++) {
          const beat = Atomics.load(memory.i32, workerLine(w) + WORKER.heartbeat);
          still[w] = running[w] && beat === last[w] ? still[w]! + 1 : 0;
          last[w] = beat;
          if (still[w]! >= limit) reject(new Error(`worker ${w} hangs`));
        }
      }, HEARTBEAT_MS);
    });
    const guardedTask = async (thread: ExecutorThread, w: number): Promise<T> => {
      const answer = await task(thread, w);
      running[w] = false;
      return answer;
    };
    const deaths = threads.map((thread) => thread.died.then((reason) => Promise.reject(new Error(reason))));
    try {
      const done = Promise.all(threads.map(guardedTask));
      return await this.untilDisposed(Promise.race([done, heartbeat, ...deaths]));
    } finally {
      clearInterval(timer);
      heartbeat.catch(() => undefined);
      for (const death of deaths) death.catch(() => undefined);
    }
  }

  /** The task's answer; fails at once when the pool is disposed of, since a stopped thread never answers. */
  private async untilDisposed<T>(task: Promise<T>): Promise<T> {
    let tell: (end: ThreadPoolError) => void = () => {};
    const end = new Promise<never>((_, reject) => {
      tell = reject;
    });
    this.waiting.add(tell);
    try {
      return await Promise.race([task, end]);
    } finally {
      this.waiting.delete(tell);
    }
  }

  private ensureThreads(count: number): void {
    if (this.disposed) throw poolDisposed();
    while (this.threads.length < count) {
      this.threads.push(this.options.spawn());
      this.attachedTo = undefined;
    }
  }

  private async attach(memory: BlockMemory, workers: number): Promise<void> {
    this.ensureThreads(workers);
    if (this.attachedTo === memory) return;
    const attached = Promise.all(
      this.threads.map((thread, w) =>
        thread.service.attach(
          memory.buffer as SharedArrayBuffer,
          memory.layout.size,
          w,
          MODULES_HASH,
          this.options.modules ?? 'chain',
        ),
      ),
    );
    await this.startedInTime(this.threads, attached);
    this.attachedTo = memory;
  }

  /** The first answer of threads that may only just have been started; fails when one dies, or says nothing. */
  private async startedInTime<T>(threads: readonly ExecutorThread[], answer: Promise<T>): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      const limit = this.options.startWithinMs ?? START_WITHIN_MS;
      timer = setTimeout(() => reject(new Error(`no answer within ${limit} ms of starting`)), limit);
    });
    const deaths = threads.map((thread) => thread.died.then((reason) => Promise.reject(new Error(reason))));
    try {
      return await this.untilDisposed(Promise.race([answer, late, ...deaths]));
    } finally {
      clearTimeout(timer);
      late.catch(() => undefined);
      for (const death of deaths) death.catch(() => undefined);
    }
  }

  private drop(): void {
    for (const thread of this.threads) thread.terminate();
    this.threads = [];
    this.held = new HeldMemory(true, this.modules);
    this.attachedTo = undefined;
  }
}

function poolDisposed(): ThreadPoolError {
  return new ThreadPoolError('execution/pool_disposed', 'the pool was disposed of');
}

function durationOf({ f64 }: BlockMemory): number {
  return f64[(CONTROL.times >> 1) + 1]! - f64[CONTROL.times >> 1]!;
}
