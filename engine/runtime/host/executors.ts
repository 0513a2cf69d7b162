import type { ExecutionSettings, MachineInfo } from '../../api/index.ts';
import type { ExecutionRecord, ExecutionRequest, WorkerPool } from '../../execution/pool.ts';

export type PoolKind = ExecutionSettings['cores']['kind'];
export type CreatePool = (kind: PoolKind) => WorkerPool | Promise<WorkerPool>;
export interface Notice {
  readonly code: string;
  readonly message: string;
}

/** What a pool with nothing left to try throws; it has run the block with fresh threads already. */
const GAVE_UP = 'execution/threads_failed';
/** Runs with real threads that failed in a row until threads are left alone. */
const MOST_FAILURES = 2;
/** Time after which a measured block is not run again, µs. */
const MEASURING_US = 200_000;

/** A run was given up because somebody asked for it. */
export class Cancelled extends Error {
  constructor() {
    super('the run was cancelled');
    this.name = 'Cancelled';
  }
}

/**
 * The pools that execute blocks, made when they are first needed. Where real threads cannot be had,
 * or failed twice, virtual cores execute the block, and a notice says so.
 */
export class Executors {
  private readonly pools = new Map<PoolKind, WorkerPool>();
  private readonly createPool: CreatePool;
  private readonly machine: MachineInfo;
  readonly measuringUs: number;
  private failures = 0;
  /**
   * Whether threads have yet to run their first block, or the first of a chain from a file: that one is wanted on
   * screen at once, and its code is cold.
   */
  fresh = true;
  private cancelRun: (() => void) | undefined;

  constructor(createPool: CreatePool, machine: MachineInfo, measuringUs = MEASURING_US) {
    this.createPool = createPool;
    this.machine = machine;
    this.measuringUs = measuringUs;
  }

  /** Threads are given another chance. */
  forgive(): void {
    this.failures = 0;
  }

  /** Executes a block. Throws {@link Cancelled}, or what virtual cores throw. */
  async run(kind: PoolKind, request: ExecutionRequest, notices: Notice[]): Promise<ExecutionRecord> {
    if (kind === 'real') {
      const record = await this.runOnThreads(request, notices);
      if (record !== undefined) return record;
    }
    return this.runOn('virtual', request);
  }

  /** Gives up the run in progress, if there is one: its pool is dropped with all that it did. */
  cancel(): void {
    this.cancelRun?.();
  }

  dispose(): void {
    this.cancel();
    for (const kind of [...this.pools.keys()]) this.drop(kind);
  }

  private async runOnThreads(
    request: ExecutionRequest,
    notices: Notice[],
  ): Promise<ExecutionRecord | undefined> {
    if (!this.machine.sharedMemory) {
      notices.push({
        code: 'machine/no_shared_memory',
        message: 'Threads cannot share memory here, so virtual cores executed the block.',
      });
      return undefined;
    }
    let reason = 'they failed before';
    for (let tries = 0; tries < 2 && this.failures < MOST_FAILURES; tries++) {
      try {
        const record = await this.runOn('real', request);
        this.failures = 0;
        this.fresh = false;
        return record;
      } catch (thrown) {
        if (thrown instanceof Cancelled) throw thrown;
        this.drop('real');
        reason = thrown instanceof Error ? thrown.message : String(thrown);
        const gaveUp = (thrown as { readonly code?: unknown } | null)?.code === GAVE_UP;
        this.failures = gaveUp ? MOST_FAILURES : this.failures + 1;
      }
    }
    notices.push({
      code: 'run/threads_failed',
      message: `Real threads could not execute the block (${reason}), so virtual cores did.`,
    });
    return undefined;
  }

  private async runOn(kind: PoolKind, request: ExecutionRequest): Promise<ExecutionRecord> {
    let given = true;
    const cancelled = new Promise<never>((_, reject) => {
      this.cancelRun = () => {
        given = false;
        this.drop(kind);
        reject(new Cancelled());
      };
    });
    const execute = async (): Promise<ExecutionRecord> => {
      const pool = this.pools.get(kind) ?? (await this.createPool(kind));
      // It was cancelled while its pool was still being made: nobody knows of that one.
      if (!given) {
        pool.dispose();
        throw new Cancelled();
      }
      this.pools.set(kind, pool);
      return pool.run(request);
    };
    const executed = execute();
    // Whichever comes second is nobody's concern any more.
    executed.catch(() => {});
    cancelled.catch(() => {});
    try {
      return await Promise.race([executed, cancelled]);
    } finally {
      this.cancelRun = undefined;
    }
  }

  private drop(kind: PoolKind): void {
    const pool = this.pools.get(kind);
    this.pools.delete(kind);
    try {
      pool?.dispose();
    } catch {
      // A pool that cannot even be stopped is not used again.
    }
  }
}
