import { type BlockMemory, CONTROL, LINE, STOP, TX, TX_WORDS } from '../kernel/blockMemory.ts';
import { LOCK_WORDS } from '../kernel/memorySize.ts';
import { stopBlock, wakeOne } from '../kernel/sleepers.ts';
import { LANE_STATUS, LANE_TX, LOCK, QUEUE } from './lockRecords.ts';

/** Told of each commit, in order. */
export type CommitListener = (tx: number) => void;

/**
 * The scheduler of module lanes over shared memory: a queue a lane, and for each transaction how many of its locks it still
 * misses. Every worker has one; they meet in the buffer.
 *
 * **Why every transaction sees what the oracle sees.** Each key has one lock: its lane's, its sender's or the fee recipient's. Two
 * transactions that touch a key share its lock, and a lock goes through its transactions in block order: the later one's
 * `pending` counts it until the earlier one has published its writes and handed the lock on. So when a transaction runs, all
 * earlier ones that touch its keys have published, and no later one has started. What is written plainly before a
 * lock is handed on (an atomic subtraction) is seen by whoever finds `pending` at zero (an atomic load, or the last such
 * subtraction). What a transaction touches beside its locks stops the block (`LANE_MISS`).
 *
 * **Why the block ends.** Locks point from lower to higher places in the block only, so the lowest unfinished transaction misses
 * none; it is the head of its lanes, where everybody looks. No worker waits while holding a lock: a transaction starts
 * when it has all of them.
 *
 * **Gas.** Writes never overwrite: a key's word points to its latest record, and what the block did is read out of the records of
 * those that committed. So the limit cuts by the sum of gas in block order, and what ran behind the cut is not read: there is nothing to undo.
 */
export class LaneQueues {
  readonly i32: Int32Array;
  count = 0;
  /** How many transactions besides the answered one the last {@link handOn} made ready. */
  others = 0;
  private readonly u32: Uint32Array;
  private readonly records: number;
  private readonly worker: number;
  private gasLimit = 0;
  private laneCount = 0;
  private queues = 0;

  constructor(memory: BlockMemory, worker: number) {
    this.i32 = memory.i32;
    this.u32 = memory.u32;
    this.records = memory.layout.tx;
    this.worker = worker;
  }

  /** Reads the settings of the block at hand. */
  begin(): void {
    this.count = this.i32[CONTROL.transactionCount]!;
    this.gasLimit = this.u32[CONTROL.blockGasLimit]!;
    this.laneCount = this.i32[CONTROL.laneCount]!;
    this.queues = this.i32[CONTROL.laneQueues]!;
  }

  place(tx: number): number {
    return this.records + tx * TX_WORDS;
  }

  rankOf(tx: number): number {
    return this.i32[this.place(tx) + LANE_TX.rank]!;
  }

  stopped(): boolean {
    return this.i32[CONTROL.stop] !== STOP.running;
  }

  /** Ends the block for everybody; false when it had ended already. */
  stop(reason: number): boolean {
    return stopBlock(this.i32, reason);
  }

  /** Whether it has all its locks and nobody runs it. */
  ready(tx: number): boolean {
    const record = this.place(tx);
    return (
      Atomics.load(this.i32, record + LANE_TX.pending) === 0 &&
      Atomics.load(this.i32, record + LANE_TX.status) === LANE_STATUS.waiting
    );
  }

  /** Takes a transaction to run it; false when it is not ready, or somebody was faster. */
  claim(tx: number): boolean {
    return (
      this.ready(tx) &&
      Atomics.compareExchange(
        this.i32,
        this.place(tx) + LANE_TX.status,
        LANE_STATUS.waiting,
        LANE_STATUS.running,
      ) === LANE_STATUS.waiting
    );
  }

  /** The ready head of a lane on which most depends, or -1; not claimed. Looks once at each lane. */
  mostUrgent(): number {
    const { laneCount, worker } = this;
    let best = -1;
    let bestRank = -1;
    for (let i = 0; i < laneCount; i++) {
      // Each worker begins elsewhere, so that of equals they do not all take the same.
      const head = this.head((worker + i) % laneCount);
      if (head < 0 || head === best || this.rankOf(head) <= bestRank || !this.ready(head)) continue;
      best = head;
      bestRank = this.rankOf(head);
    }
    return best;
  }

  /** Whether a lane's head is ready, without claiming it. */
  hasReady(): boolean {
    for (let lane = 0; lane < this.laneCount; lane++) {
      const head = this.head(lane);
      if (head >= 0 && this.ready(head)) return true;
    }
    return false;
  }

  /** Says that a transaction's writes are published. */
  finished(tx: number): void {
    Atomics.store(this.i32, this.place(tx) + LANE_TX.status, LANE_STATUS.executed);
  }

  /**
   * Hands the locks of a finished transaction on. Answers the most urgent of those that have all their locks by that, for the
   * caller to run itself, or -1.
   */
  handOn(tx: number): number {
    const { i32 } = this;
    const record = this.place(tx);
    let best = -1;
    this.others = 0;
    let entry = i32[record + LANE_TX.locks]!;
    for (let lock = i32[record + LANE_TX.lockCount]!; lock > 0; lock--, entry += LOCK_WORDS) {
      const next = i32[entry + LOCK.next]!;
      const queue = i32[entry + LOCK.queue]!;
      if (queue !== 0) Atomics.store(i32, queue + QUEUE.head, next);
      if (next < 0) continue;
      if (!this.giveLock(next)) continue;
      if (best >= 0) this.others++;
      if (best < 0 || this.rankOf(next) > this.rankOf(best)) best = next;
    }
    return best;
  }

  /** Gives a transaction one of its locks; whether that was the last it missed. */
  protected giveLock(tx: number): boolean {
    return Atomics.sub(this.i32, this.place(tx) + LANE_TX.pending, 1) === 1;
  }

  wake(): void {
    wakeOne(this.i32);
  }

  /**
   * Advances the commit frontier as far as it goes, after `finished` was. One worker at a time; others do not wait. Only
   * whoever finished the transaction at the frontier need try: if the frontier comes to `finished` after this look, the one who
   * moved it sees that it has finished, which was said before.
   */
  advanceCommit(finished: number, onCommit: CommitListener): void {
    const { i32 } = this;
    if (Atomics.load(i32, CONTROL.commitIndex) !== finished) return;
    while (this.frontierMayCommit()) {
      if (Atomics.compareExchange(i32, CONTROL.commitClaim, 0, 1) !== 0) return;
      this.commitRun(onCommit);
      // Whoever came in the meantime left: look again after letting go.
      Atomics.store(i32, CONTROL.commitClaim, 0);
    }
  }

  private frontierMayCommit(): boolean {
    const next = Atomics.load(this.i32, CONTROL.commitIndex);
    return next < this.count && this.hasFinished(next) && !this.stopped();
  }

  private hasFinished(tx: number): boolean {
    return Atomics.load(this.i32, this.place(tx) + LANE_TX.status) === LANE_STATUS.executed;
  }

  private commitRun(onCommit: CommitListener): void {
    const { i32 } = this;
    for (let tx = i32[CONTROL.commitIndex]!; tx < this.count && this.hasFinished(tx); tx++) {
      const gas = (i32[CONTROL.gasCommitted]! >>> 0) + i32[this.place(tx) + TX.gasUsed]!;
      // The limit cuts here for every executor: this transaction and all after it open the next block.
      if (this.cuts(gas, tx)) {
        this.stop(STOP.done);
        return;
      }
      i32[CONTROL.gasCommitted] = gas;
      Atomics.store(i32, CONTROL.commitIndex, tx + 1);
      onCommit(tx);
    }
    if (i32[CONTROL.commitIndex] === this.count) this.stop(STOP.done);
  }

  /** Whether the block ends before `tx`, with which it would have used `gas`; mutants override it. */
  protected cuts(gas: number, tx: number): boolean {
    return gas > this.gasLimit && tx > 0;
  }

  private head(lane: number): number {
    return Atomics.load(this.i32, this.queues + lane * LINE + QUEUE.head);
  }
}
