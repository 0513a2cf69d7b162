import type { ModuleSet } from '../../moduleSdk/index.ts';
import { STEP, type StepMachine, type WorkerOptions } from '../contract.ts';
import { type BlockMemory, CONTROL, STOP, TX, WORKER, workerLine } from '../kernel/blockMemory.ts';
import { createTransactionExecutor, type TransactionExecutor } from '../kernel/executeTransaction.ts';
import { ESTIMATE, MEMORY_FULL, PAUSED } from '../kernel/signals.ts';
import { TransactionContext } from '../kernel/transactionContext.ts';
import { ACCESS, READ_WORDS } from '../kernel/transactionRecords.ts';
import { MultiVersionMemory } from './multiVersionMemory.ts';
import { incarnationOf, Scheduler, STATUS, statusOf } from './scheduler.ts';
import { RECORD, TraceWriter } from '../kernel/traceWriter.ts';

/** What the next step of a worker is. */
export const PHASE = {
  pick: 0,
  execute: 1,
  publish: 2,
  finish: 3,
  validate: 4,
  abort: 5,
  commit: 6,
  stopped: STEP.stopped,
  idle: STEP.idle,
} as const;

/** Transactions that are scouted after the last sign of a crowd. */
const CROWD = 4;

/** Virtual nanoseconds of what is not a transaction's own gas. */
const COST = {
  pick: 20,
  publish: 80,
  finish: 40,
  validate: 40,
  validateRead: 15,
  abort: 60,
  commit: 30,
} as const;

/**
 * One worker of Block-STM as a step machine: `step()` does one scheduling step and says what kind.
 * Threads loop it; virtual cores call it in an order of somebody's choice.
 */
export class BlockStmWorker implements StepMachine {
  phase: number = PHASE.pick;
  /** The transaction at hand, or -1. */
  tx = -1;
  /** Virtual duration of the last step, ns. */
  costNs = 0;
  readonly memory: MultiVersionMemory;
  readonly scheduler: Scheduler;
  readonly context: TransactionContext;
  protected readonly i32: Int32Array;
  private incarnation = 0;
  /** A parked transaction that this worker freed and will run itself, or -1. */
  private handedOver = -1;
  private resume = false;
  /** Above zero for a while after an abort or a wait: new transactions are scouted before they run. */
  private crowded = 0;
  private spentBefore = 0;
  private status = 0;
  private wroteNew = false;
  private startUs = 0;
  private failedKey = -1;
  private failedTx = -1;
  private failedWord = 0;
  private readonly line: number;
  private readonly executor: TransactionExecutor;
  private readonly trace: TraceWriter;
  private readonly nowUs: () => number;
  private readonly onCommit: (tx: number, incarnation: number) => void;

  constructor(block: BlockMemory, worker: number, modules: ModuleSet, options: WorkerOptions) {
    this.i32 = block.i32;
    this.line = workerLine(worker);
    this.memory = this.createMultiVersionMemory(block);
    this.scheduler = this.createScheduler(block);
    this.context = new TransactionContext(this.memory, modules, {
      keyCapacity: block.layout.size.keys,
      performsWork: options.performsWork,
    });
    this.executor = createTransactionExecutor(block, modules, this.context);
    this.trace = new TraceWriter(block, worker);
    this.nowUs = options.nowUs;
    this.onCommit = (tx, incarnation) => {
      if (!this.trace.full) return;
      const at = this.nowUs();
      this.trace.span(RECORD.commit, tx, incarnation, at, at, -1, -1, 0, 0);
    };
  }

  /** Gets ready for the block that stands prepared in memory; a worker serves many blocks. */
  begin(): void {
    this.phase = PHASE.pick;
    this.tx = -1;
    this.handedOver = -1;
    this.crowded = 0;
    this.memory.arena.reset();
    this.scheduler.begin();
    this.trace.begin();
    this.context.byAccount = this.i32[CONTROL.accountGranularity] === 1;
  }

  protected createMultiVersionMemory(block: BlockMemory): MultiVersionMemory {
    return new MultiVersionMemory(block);
  }

  protected createScheduler(block: BlockMemory): Scheduler {
    return new Scheduler(block);
  }

  /** Does one scheduling step and answers the phase that it did; `idle` when there was nothing to do. */
  step(): number {
    this.i32[this.line + WORKER.heartbeat]!++;
    const phase = this.phase;
    try {
      switch (phase) {
        case PHASE.pick:
          return this.pick();
        case PHASE.execute:
          this.execute();
          break;
        case PHASE.publish:
          this.publish();
          break;
        case PHASE.finish:
          this.finish();
          break;
        case PHASE.validate:
          this.validate();
          break;
        case PHASE.abort:
          this.abort();
          break;
        case PHASE.commit:
          this.commit();
          break;
        default:
      }
    } catch (thrown) {
      this.phase = PHASE.stopped;
      this.scheduler.stop(thrown === MEMORY_FULL ? STOP.memoryFull : STOP.failed);
      if (thrown !== MEMORY_FULL) throw thrown;
    }
    return phase;
  }

  stopped(): boolean {
    return this.scheduler.stopped();
  }

  stop(reason: number): void {
    this.scheduler.stop(reason);
  }

  hasWork(): boolean {
    return this.phase !== PHASE.pick || this.handedOver >= 0 || this.scheduler.hasWork();
  }

  /** Records that the worker had nothing to do between two moments, µs. */
  recordWait(startUs: number, endUs: number): void {
    if (this.trace.full && endUs > startUs) this.trace.span(RECORD.wait, -1, 0, startUs, endUs, -1, -1, 0, 0);
  }

  private pick(): number {
    this.costNs = COST.pick;
    const { scheduler } = this;
    if (scheduler.stopped()) {
      this.phase = PHASE.stopped;
      return PHASE.stopped;
    }
    // Validations first: they cost little, and the frontier and the look-ahead wait for them.
    let tx = scheduler.claimValidation();
    if (tx >= 0) {
      this.tx = tx;
      this.phase = PHASE.validate;
      return PHASE.pick;
    }
    const handed = this.handedOver;
    this.handedOver = -1;
    if (handed >= 0 && scheduler.claimReady(handed)) {
      this.startExecution(handed);
      return PHASE.pick;
    }
    tx = scheduler.claimExecution();
    if (tx < 0) return PHASE.idle;
    this.startExecution(tx);
    return PHASE.pick;
  }

  private startExecution(tx: number): void {
    this.tx = tx;
    this.incarnation = incarnationOf(this.scheduler.statusAt(tx));
    this.resume = false;
    this.spentBefore = 0;
    this.phase = PHASE.execute;
    if (this.trace.full) this.startUs = this.nowUs();
  }

  private execute(): void {
    this.memory.enter(this.tx, this.incarnation);
    if (this.crowded > 0 && !this.resume) {
      this.memory.estimateTx = -1;
      this.scout(false);
      if (this.memory.estimateTx >= 0) {
        this.park();
        return;
      }
    }
    try {
      this.status = this.executor.execute(this.tx, this.resume);
      this.phase = PHASE.publish;
    } catch (thrown) {
      if (thrown === PAUSED) this.resume = true;
      else if (thrown === ESTIMATE) this.park();
      else throw thrown;
    }
    // A slow lane takes time beside the gas.
    const spentNs = this.context.gasUsed + this.context.delay;
    this.costNs = Math.max(1, spentNs - this.spentBefore);
    this.spentBefore = spentNs;
  }

  /**
   * Finds out what a transaction is going to write: its function runs with guesses and without its
   * declared work, and each key it writes gets an ESTIMATE. For those that must wait (`resume`: what was
   * read so far is kept), and for all new ones while there is a crowd, so that those behind wait too
   * and do not run on stale values. Only a hint, and only while nothing is known of its writes: nothing it
   * computes is kept.
   */
  private scout(resume: boolean): void {
    const { memory, context, tx } = this;
    const record = this.scheduler.place(tx);
    const access = this.i32[record + TX.access]!;
    if (this.i32[record + TX.claims] !== 0 || (access !== 0 && this.i32[access + ACCESS.writes] !== 0))
      return;
    memory.scouting = context.scouting = true;
    try {
      this.executor.execute(tx, resume);
      for (let e = 0; e < context.accessCount; e++) {
        if (context.accessWrite[e] !== 0) memory.announceWrite(context.accessKey[e]!, tx);
      }
    } finally {
      memory.scouting = context.scouting = false;
    }
  }

  private park(): void {
    this.scout(true);
    this.crowded = CROWD;
    const { scheduler, tx, incarnation } = this;
    const on = this.memory.estimateTx;
    const key = this.memory.estimateKey;
    this.i32[this.line + WORKER.suspensions]!++;
    this.i32[scheduler.place(tx) + TX.suspensions]!++;
    if (this.trace.full)
      this.trace.span(RECORD.suspend, tx, incarnation, this.startUs, this.nowUs(), on, key, 0, 0);
    scheduler.setStatus(tx, incarnation, STATUS.parked);
    if (scheduler.park(tx, on)) this.handOver(on);
    this.phase = PHASE.pick;
  }

  private publish(): void {
    this.costNs = COST.publish;
    const { tx, incarnation } = this;
    this.wroteNew = this.memory.publish(this.context, tx, this.status);
    if (this.crowded > 0) this.crowded--;
    this.i32[this.line + WORKER.executions]!++;
    if (this.trace.full) {
      const access = this.i32[this.scheduler.place(tx) + TX.access]!;
      this.trace.span(
        RECORD.execute,
        tx,
        incarnation,
        this.startUs,
        this.nowUs(),
        -1,
        -1,
        access,
        this.status,
      );
    }
    this.phase = PHASE.finish;
  }

  private finish(): void {
    this.costNs = COST.finish;
    const { scheduler, tx, incarnation } = this;
    if (this.wroteNew) scheduler.noteChange(tx);
    scheduler.setStatus(tx, incarnation, STATUS.executed);
    this.handOver(tx);
    this.phase = PHASE.pick;
    if (scheduler.validationIsPast(tx)) {
      if (this.wroteNew) scheduler.pullValidation(tx);
      else this.phase = PHASE.validate;
    }
  }

  /** Frees those parked on a finished transaction; this worker takes the first itself. */
  private handOver(on: number): void {
    const lowest = this.scheduler.unpark(on);
    if (lowest < 0) return;
    if (this.handedOver >= 0) {
      const later = Math.max(this.handedOver, lowest);
      this.handedOver = Math.min(this.handedOver, lowest);
      this.scheduler.pullExecution(later);
      this.scheduler.wake();
    } else {
      this.handedOver = lowest;
      if (this.scheduler.others > 0) this.scheduler.wake();
    }
  }

  private validate(): void {
    const { scheduler, tx } = this;
    this.phase = PHASE.pick;
    const startUs = this.trace.full ? this.nowUs() : 0;
    const at = scheduler.changes();
    const word = scheduler.statusAt(tx);
    if (statusOf(word) !== STATUS.executed) {
      this.costNs = COST.pick;
      return;
    }
    const incarnation = incarnationOf(word);
    const access = this.i32[scheduler.place(tx) + TX.access]!;
    this.i32[this.line + WORKER.validations]!++;
    this.costNs = COST.validate + COST.validateRead * this.i32[access + ACCESS.reads]!;
    if (this.readsStillValid(access, tx)) {
      scheduler.noteValidation(tx, at);
      if (this.trace.full)
        this.trace.span(RECORD.validate, tx, incarnation, startUs, this.nowUs(), -1, -1, access, 0);
      this.phase = PHASE.commit;
      return;
    }
    if (!scheduler.claim(tx, incarnation, STATUS.executed, STATUS.aborting)) return;
    this.incarnation = incarnation;
    this.crowded = CROWD;
    this.i32[this.line + WORKER.aborts]!++;
    this.i32[scheduler.place(tx) + TX.aborts]!++;
    if (this.trace.full) {
      this.trace.span(
        RECORD.abort,
        tx,
        incarnation,
        startUs,
        this.nowUs(),
        this.failedTx,
        this.failedKey,
        access,
        this.failedWord,
      );
    }
    this.phase = PHASE.abort;
  }

  /** Whether each read of an access list would still give the same version; mutants override it. */
  protected readsStillValid(access: number, tx: number): boolean {
    const { i32, memory } = this;
    let at = access + ACCESS.list;
    for (let r = i32[access + ACCESS.reads]!; r > 0; r--, at += READ_WORDS) {
      const word = memory.lookup(i32[at]!, tx);
      if (word === i32[at + 1]) continue;
      this.failedKey = i32[at]!;
      this.failedWord = word;
      // An entry that is gone was written by whoever wrote what had been read.
      this.failedTx = word < 0 ? memory.estimateTx : word > 0 ? i32[word - 2]! : i32[i32[at + 1]! - 2]!;
      return false;
    }
    return true;
  }

  private abort(): void {
    this.costNs = COST.abort;
    const { scheduler, tx } = this;
    this.markEstimates(tx);
    scheduler.noteChange(tx);
    scheduler.setStatus(tx, this.incarnation + 1, STATUS.ready);
    scheduler.pullValidation(tx + 1);
    this.phase = PHASE.pick;
    if (scheduler.claimReady(tx)) this.startExecution(tx);
  }

  /** Mutants override it. */
  protected markEstimates(tx: number): void {
    this.memory.markEstimates(tx);
  }

  private commit(): void {
    this.costNs = COST.commit;
    this.scheduler.advanceCommit(this.tx, this.onCommit);
    this.scheduler.wakeForHorizon();
    this.phase = this.scheduler.stopped() ? PHASE.stopped : PHASE.pick;
  }
}
