import type { ModuleSet } from '../../moduleSdk/index.ts';
import { STEP, type StepMachine, type WorkerOptions } from '../contract.ts';
import { type BlockMemory, CONTROL, STOP, WORKER, workerLine, TX } from '../kernel/blockMemory.ts';
import { createTransactionExecutor, type TransactionExecutor } from '../kernel/executeTransaction.ts';
import { LOCK_WORDS } from '../kernel/memorySize.ts';
import { LANE_MISS, MEMORY_FULL, PAUSED } from '../kernel/signals.ts';
import { RECORD, TraceWriter } from '../kernel/traceWriter.ts';
import { TransactionContext } from '../kernel/transactionContext.ts';
import { LaneMemory } from './laneMemory.ts';
import { LaneQueues } from './laneQueues.ts';
import { LANE_TX, LOCK } from './lockRecords.ts';

/** What the next step of a worker is. */
export const LANE_PHASE = {
  pick: 0,
  execute: 1,
  publish: 2,
  handOn: 3,
  commit: 4,
  stopped: STEP.stopped,
  idle: STEP.idle,
} as const;

/** Virtual nanoseconds of what is not a transaction's own gas. */
const COST = { pick: 20, look: 10, publish: 60, lock: 15, commit: 30 } as const;

/**
 * Gas for which a worker stays in the lanes it is in before it looks where it is needed most. Staying is cheap and keeps
 * the lane's keys close; looking in time keeps equal lanes in step, so that none is left over at the end.
 */
const STAY_GAS = 50_000;

/**
 * One worker of module lanes as a step machine: it takes the head of a lane that has all its locks, runs it, publishes, hands the
 * locks on and goes on with whoever got its last lock by that. See {@link LaneQueues} for why that is right.
 */
export class LaneWorker implements StepMachine {
  phase: number = LANE_PHASE.pick;
  /** The transaction at hand, or -1. */
  tx = -1;
  costNs = 0;
  readonly memory: LaneMemory;
  readonly queues: LaneQueues;
  readonly context: TransactionContext;
  protected readonly i32: Int32Array;
  protected readonly f64: Float64Array;
  /** A transaction that this worker has claimed and will run next, or -1. */
  private following = -1;
  private resume = false;
  private status = 0;
  private spentBefore = 0;
  private stayed = 0;
  private startUs = 0;
  /** When the worker began to have nothing to do, and when it was called again; -1 when it was not. */
  private idleFromUs = -1;
  private idleToUs = -1;
  private readonly line: number;
  private readonly executor: TransactionExecutor;
  private readonly trace: TraceWriter;
  private readonly nowUs: () => number;
  private readonly onCommit: (tx: number) => void;

  constructor(block: BlockMemory, worker: number, modules: ModuleSet, options: WorkerOptions) {
    this.i32 = block.i32;
    this.f64 = block.f64;
    this.line = workerLine(worker);
    this.memory = this.createMemory(block, modules);
    this.queues = this.createQueues(block, worker);
    this.context = new TransactionContext(this.memory, modules, {
      keyCapacity: block.layout.size.keys,
      performsWork: options.performsWork,
    });
    this.executor = createTransactionExecutor(block, modules, this.context);
    this.trace = new TraceWriter(block, worker);
    this.nowUs = options.nowUs;
    this.onCommit = (tx) => {
      if (!this.trace.full) return;
      const at = this.nowUs();
      this.trace.span(RECORD.commit, tx, 0, at, at, -1, -1, 0, 0);
    };
  }

  /** Gets ready for the block that stands prepared in memory; a worker serves many blocks. */
  begin(): void {
    this.phase = LANE_PHASE.pick;
    this.tx = -1;
    this.following = -1;
    this.stayed = 0;
    this.idleFromUs = -1;
    this.memory.begin();
    this.queues.begin();
    this.trace.begin();
    // Lanes are coarser than accounts: those of a lane are in order whatever they touch.
    this.context.byAccount = false;
  }

  protected createMemory(block: BlockMemory, modules: ModuleSet): LaneMemory {
    return new LaneMemory(block, modules);
  }

  protected createQueues(block: BlockMemory, worker: number): LaneQueues {
    return new LaneQueues(block, worker);
  }

  stopped(): boolean {
    return this.queues.stopped();
  }

  stop(reason: number): void {
    this.queues.stop(reason);
  }

  /** Does one scheduling step and answers the phase that it did; `idle` when there was nothing to do. */
  step(): number {
    this.i32[this.line + WORKER.heartbeat]!++;
    const phase = this.phase;
    try {
      switch (phase) {
        case LANE_PHASE.pick:
          return this.pick();
        case LANE_PHASE.execute:
          this.execute();
          break;
        case LANE_PHASE.publish:
          this.publish();
          break;
        case LANE_PHASE.handOn:
          this.handOn();
          break;
        case LANE_PHASE.commit:
          this.commit();
          break;
        default:
      }
    } catch (thrown) {
      this.giveUp(thrown);
      if (thrown !== MEMORY_FULL && thrown !== LANE_MISS) throw thrown;
    }
    return phase;
  }

  hasWork(): boolean {
    return (
      this.phase !== LANE_PHASE.pick || this.following >= 0 || this.queues.stopped() || this.queues.hasReady()
    );
  }

  /** Notes that the worker had nothing to do between two moments, µs; what ended it is known when it takes something up. */
  recordWait(startUs: number, endUs: number): void {
    if (!this.trace.full || endUs <= startUs) return;
    if (this.idleFromUs < 0) this.idleFromUs = startUs;
    this.idleToUs = endUs;
    if (this.queues.stopped()) this.fileWait(-1);
  }

  private pick(): number {
    this.costNs = COST.pick;
    const { queues } = this;
    if (queues.stopped()) {
      this.fileWait(-1);
      this.phase = LANE_PHASE.stopped;
      return LANE_PHASE.stopped;
    }
    const taken = this.following >= 0 ? this.following : this.takeMostUrgent();
    this.following = -1;
    if (taken < 0) return LANE_PHASE.idle;
    this.start(taken);
    return LANE_PHASE.pick;
  }

  /** Claims the head on which most depends; -1 when there is none, or somebody was faster. */
  private takeMostUrgent(): number {
    this.costNs += COST.look;
    this.stayed = 0;
    const most = this.queues.mostUrgent();
    return most >= 0 && this.queues.claim(most) ? most : -1;
  }

  private start(tx: number): void {
    this.tx = tx;
    this.resume = false;
    this.spentBefore = 0;
    this.phase = LANE_PHASE.execute;
    if (!this.trace.full) return;
    this.recordLocks(tx);
    this.startUs = this.nowUs();
  }

  private execute(): void {
    this.memory.enter(this.tx);
    try {
      this.status = this.executor.execute(this.tx, this.resume);
      this.phase = LANE_PHASE.publish;
    } catch (thrown) {
      if (thrown !== PAUSED) throw thrown;
      this.resume = true;
    }
    // A slow lane takes time beside the gas.
    const spentNs = this.context.gasUsed + this.context.delay;
    this.costNs = Math.max(1, spentNs - this.spentBefore);
    this.spentBefore = spentNs;
  }

  private publish(): void {
    this.costNs = COST.publish;
    const { tx, trace } = this;
    this.memory.publish(this.context, this.status, trace.full);
    this.i32[this.line + WORKER.executions]!++;
    this.stayed += this.context.gasUsed;
    if (trace.full) {
      const endUs = this.nowUs();
      const record = this.queues.place(tx);
      this.f64[(record + LANE_TX.finishedAt) >> 1] = endUs;
      const access = this.i32[record + TX.access]!;
      trace.span(RECORD.execute, tx, 0, this.startUs, endUs, -1, -1, access, this.status);
    }
    this.queues.finished(tx);
    this.phase = LANE_PHASE.handOn;
  }

  private handOn(): void {
    const { queues, tx } = this;
    this.costNs = COST.lock * this.i32[queues.place(tx) + LANE_TX.lockCount]!;
    const next = queues.handOn(tx);
    // Taken at once: otherwise an idle worker takes it, and a lane wanders from core to core.
    if (next >= 0)
      this.following = this.stayed < STAY_GAS && queues.claim(next) ? next : this.takeMostUrgent();
    // What is left for something more urgent is there for another.
    if (queues.others > 0 || this.following !== next) queues.wake();
    this.phase = LANE_PHASE.commit;
  }

  private commit(): void {
    this.costNs = COST.commit;
    this.queues.advanceCommit(this.tx, this.onCommit);
    this.phase = this.queues.stopped() ? LANE_PHASE.stopped : LANE_PHASE.pick;
  }

  private giveUp(thrown: unknown): void {
    this.phase = LANE_PHASE.stopped;
    if (thrown !== LANE_MISS) {
      this.queues.stop(thrown === MEMORY_FULL ? STOP.memoryFull : STOP.failed);
      return;
    }
    if (!this.queues.stop(STOP.laneMiss)) return;
    this.i32[CONTROL.missedTx] = this.tx;
    this.i32[CONTROL.missedLane] = this.memory.missedLane;
  }

  /**
   * Files how long the worker had nothing to do before it started `tx`, and how long a lane stood still at `tx` because it missed
   * another lock: from when the first of its lanes had come to it until the last lock came, by the transaction that brought it.
   */
  private recordLocks(tx: number): void {
    const { i32, f64 } = this;
    const originUs = f64[CONTROL.times >> 1]!;
    const record = this.queues.place(tx);
    const laneCount = i32[record + LANE_TX.laneCount]!;
    let firstUs = Number.POSITIVE_INFINITY;
    let lastUs = originUs;
    let cause = -1;
    let entry = i32[record + LANE_TX.locks]!;
    for (let lock = 0; lock < i32[record + LANE_TX.lockCount]!; lock++, entry += LOCK_WORDS) {
      const previous = i32[entry + LOCK.previous]!;
      const atUs = previous < 0 ? originUs : f64[(this.queues.place(previous) + LANE_TX.finishedAt) >> 1]!;
      if (lock < laneCount) firstUs = Math.min(firstUs, atUs);
      if (previous >= 0 && atUs >= lastUs) {
        lastUs = atUs;
        cause = previous;
      }
    }
    this.fileWait(cause);
    if (lastUs > firstUs) this.trace.span(RECORD.laneWait, tx, 0, firstUs, lastUs, cause, -1, 0, 0);
  }

  private fileWait(cause: number): void {
    if (this.idleFromUs < 0) return;
    this.trace.span(RECORD.wait, -1, 0, this.idleFromUs, this.idleToUs, cause, -1, 0, 0);
    this.idleFromUs = -1;
  }
}
