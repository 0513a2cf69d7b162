import { type BlockMemory, CONTROL, STOP, TX, TX_WORDS } from '../kernel/blockMemory.ts';
import { stopBlock, wakeOne } from '../kernel/sleepers.ts';

/**
 * Status of a transaction, beside its incarnation in one word (incarnation × 8 + status):
 *
 *   READY(i) → EXECUTING(i) → EXECUTED(i) → COMMITTED(i)
 *                  │               └→ ABORTING(i) → READY(i+1)
 *                  └→ PARKED(i) → READY(i+1)          (ran into an ESTIMATE)
 */
export const STATUS = { ready: 0, executing: 1, parked: 2, executed: 3, aborting: 4, committed: 5 } as const;
export const STATUS_BITS = 8;

export function statusWord(incarnation: number, status: number): number {
  return incarnation * STATUS_BITS + status;
}
export function statusOf(word: number): number {
  return word & (STATUS_BITS - 1);
}
export function incarnationOf(word: number): number {
  return word >> 3;
}

/** Told of each commit, in order. */
export type CommitListener = (tx: number, incarnation: number) => void;

/**
 * The scheduler of Block-STM (arXiv 2203.06871, algorithm 4) over shared memory: two indices, a
 * status a transaction, lists of parked transactions, and a commit frontier. It knows nothing of
 * values. Every worker has one; they meet in the buffer.
 *
 * **Why a committed transaction is right.** `changeCount` is bumped after every change of the
 * multi-version memory that can make a read of a later transaction stale: an abort (its writes
 * became ESTIMATEs) and a publication at a new location. The transaction remembers the number
 * (`changedAt`). A validation notes the count *before* it reads (`validatedAt`). Publishing again at the same
 * locations needs no number: between the abort and the publication readers meet an ESTIMATE.
 * Transaction c commits when all before it have, it is EXECUTED, and `validatedAt(c)` is at least
 * the greatest `changedAt` of those before it: nothing below has changed since its reads were
 * found valid, and nothing below can change again. A note left by a validation of an earlier
 * incarnation does no harm: the later incarnation began after that note was taken, and a note
 * that is new enough says that nothing below changed after it, so what it read is final too.
 *
 * **Why the block ends, and not too early.** It is finished when the commit frontier reaches the end (or the
 * gas limit's cut), and only then: no counting of idle workers, no looking twice at two indices.
 * The frontier cannot get stuck: if c waits for a newer validation, the change that asked for it pulled
 * `validationIndex` to c or below *after* taking its number, so the sweep will pass c again; if c
 * was not EXECUTED when it passed, whoever finishes c sees the index above c and validates it itself.
 *
 * **Which loads are atomic.** An atomic load costs as much as an atomic write in some engines (about 10 ns). Where
 * a decision rests on "I wrote, then I looked" against another thread's mirror image, both sides
 * are atomic. Hints that a compare-and-swap confirms afterwards are plain loads.
 */
export class Scheduler {
  readonly i32: Int32Array;
  count = 0;
  protected readonly records: number;
  private lookAhead = 0;
  private gasLimit = 0;
  private readonly u32: Uint32Array;

  constructor(memory: BlockMemory) {
    this.i32 = memory.i32;
    this.u32 = memory.u32;
    this.records = memory.layout.tx;
  }

  /** Reads the settings of the block at hand. */
  begin(): void {
    this.count = this.i32[CONTROL.transactionCount]!;
    this.lookAhead = this.i32[CONTROL.lookAhead]!;
    this.gasLimit = this.u32[CONTROL.blockGasLimit]!;
  }

  place(tx: number): number {
    return this.records + tx * TX_WORDS;
  }

  statusAt(tx: number): number {
    return Atomics.load(this.i32, this.records + tx * TX_WORDS + TX.status);
  }

  setStatus(tx: number, incarnation: number, status: number): void {
    Atomics.store(this.i32, this.records + tx * TX_WORDS + TX.status, statusWord(incarnation, status));
  }

  /** Moves from one status to another of the same incarnation; false when somebody was faster. */
  claim(tx: number, incarnation: number, from: number, to: number): boolean {
    const expected = statusWord(incarnation, from);
    const at = this.records + tx * TX_WORDS + TX.status;
    return Atomics.compareExchange(this.i32, at, expected, statusWord(incarnation, to)) === expected;
  }

  stopped(): boolean {
    return this.i32[CONTROL.stop] !== STOP.running;
  }

  stop(reason: number): void {
    stopBlock(this.i32, reason);
  }

  /** First transaction that may not be executed yet: the bound of look-ahead. */
  horizon(): number {
    return Math.min(this.count, this.i32[CONTROL.commitIndex]! + this.lookAhead);
  }

  /**
   * The next transaction to validate, claimed, or -1. Validation follows execution in order: it
   * does not pass a transaction whose first incarnation is still out, because that one's writes would make it
   * come back anyway; it passes those that wait for others.
   */
  claimValidation(): number {
    const { i32 } = this;
    for (;;) {
      const index = i32[CONTROL.validationIndex]!;
      if (index >= this.count || index >= i32[CONTROL.executionIndex]!) return -1;
      const word = i32[this.place(index) + TX.status]!;
      if (word === statusWord(0, STATUS.ready) || word === statusWord(0, STATUS.executing)) return -1;
      if (Atomics.compareExchange(i32, CONTROL.validationIndex, index, index + 1) !== index) continue;
      // Only the status after the claim counts: whoever finished the transaction in between saw the
      // index still at it and left its validation to this sweep.
      if (statusOf(this.statusAt(index)) === STATUS.executed) return index;
    }
  }

  /** The next transaction to execute, claimed EXECUTING, or -1. */
  claimExecution(): number {
    const { i32 } = this;
    for (;;) {
      if (i32[CONTROL.executionIndex]! >= this.horizon()) return -1;
      const index = Atomics.add(i32, CONTROL.executionIndex, 1);
      if (index >= this.count) return -1;
      if (this.claimReady(index)) return index;
    }
  }

  /** Claims one transaction for execution if it is READY. */
  claimReady(tx: number): boolean {
    const word = this.statusAt(tx);
    return (
      statusOf(word) === STATUS.ready && this.claim(tx, incarnationOf(word), STATUS.ready, STATUS.executing)
    );
  }

  /** Whether there is something to do, without claiming it. */
  hasWork(): boolean {
    const { i32 } = this;
    if (this.stopped()) return true;
    const execution = Atomics.load(i32, CONTROL.executionIndex);
    if (execution < this.horizon()) return true;
    const validation = Atomics.load(i32, CONTROL.validationIndex);
    if (validation >= this.count || validation >= execution) return false;
    const word = this.statusAt(validation);
    return word !== statusWord(0, STATUS.ready) && word !== statusWord(0, STATUS.executing);
  }

  pullExecution(to: number): void {
    this.pull(CONTROL.executionIndex, to);
  }

  pullValidation(to: number): void {
    this.pull(CONTROL.validationIndex, to);
  }

  validationIsPast(tx: number): boolean {
    return Atomics.load(this.i32, CONTROL.validationIndex) > tx;
  }

  /** The change count, to be noted before a validation reads. */
  changes(): number {
    return Atomics.load(this.i32, CONTROL.changeCount);
  }

  /** Numbers a change of the memory that transaction `tx` has just finished making. */
  noteChange(tx: number): void {
    // Read by the holder of the commit claim, after the status that is stored next.
    this.i32[this.place(tx) + TX.changedAt] = Atomics.add(this.i32, CONTROL.changeCount, 1) + 1;
  }

  /** Notes a validation that began at change `at`; a later note is never overwritten by an earlier one. */
  noteValidation(tx: number, at: number): void {
    const place = this.place(tx) + TX.validatedAt;
    let held = this.i32[place]!;
    while (held < at) {
      const seen = Atomics.compareExchange(this.i32, place, held, at);
      if (seen === held) return;
      held = seen;
    }
  }

  /**
   * Parks `tx` (PARKED already) on `on`. The list is pushed first and the other's status read after: either its
   * finisher sees the push, or we see that it has finished and empty the list ourselves.
   */
  park(tx: number, on: number): boolean {
    const { i32 } = this;
    const head = this.place(on) + TX.parkedHead;
    const link = this.place(tx) + TX.parkedNext;
    let held = Atomics.load(i32, head);
    for (;;) {
      Atomics.store(i32, link, held);
      const seen = Atomics.compareExchange(i32, head, held, tx + 1);
      if (seen === held) break;
      held = seen;
    }
    return statusOf(this.statusAt(on)) >= STATUS.executed && statusOf(this.statusAt(on)) !== STATUS.aborting;
  }

  /**
   * Frees everyone parked on `on`: each becomes READY with the next incarnation. Answers the lowest
   * (for the caller to run itself), or -1, and how many others there are through `others`.
   */
  unpark(on: number): number {
    const { i32 } = this;
    this.others = 0;
    const head = this.place(on) + TX.parkedHead;
    if (Atomics.load(i32, head) === 0) return -1;
    let entry = Atomics.exchange(i32, head, 0);
    let lowest = -1;
    let nextLowest = -1;
    while (entry !== 0) {
      const tx = entry - 1;
      entry = Atomics.load(i32, this.place(tx) + TX.parkedNext);
      const word = this.statusAt(tx);
      this.setStatus(tx, incarnationOf(word) + 1, STATUS.ready);
      if (lowest < 0 || tx < lowest) {
        nextLowest = lowest;
        lowest = tx;
      } else if (nextLowest < 0 || tx < nextLowest) nextLowest = tx;
      this.others++;
    }
    if (this.others > 0) this.others--;
    if (nextLowest >= 0) this.pullExecution(nextLowest);
    return lowest;
  }
  /** How many besides the lowest the last {@link unpark} freed. */
  others = 0;

  /**
   * Advances the commit frontier as far as it goes, after `validated` was found valid. One worker at a time;
   * others do not wait. Only whoever validated the transaction at the frontier need try: if the frontier moves on to
   * `validated` after this look, the one who moved it sees the note that was left before.
   */
  advanceCommit(validated: number, onCommit: CommitListener): void {
    const { i32 } = this;
    if (Atomics.load(i32, CONTROL.commitIndex) !== validated) return;
    while (this.frontierMayCommit()) {
      if (Atomics.compareExchange(i32, CONTROL.commitClaim, 0, 1) !== 0) return;
      this.commitRun(onCommit);
      // Whoever came in the meantime left: look again after letting go.
      Atomics.store(i32, CONTROL.commitClaim, 0);
    }
  }

  /** Whether the transaction at the frontier has what it needs; mutants override it. */
  protected mayCommit(tx: number): boolean {
    return Atomics.load(this.i32, this.place(tx) + TX.validatedAt) >= this.i32[CONTROL.changePrefix]!;
  }

  private frontierMayCommit(): boolean {
    const next = this.i32[CONTROL.commitIndex]!;
    return (
      next < this.count &&
      statusOf(this.statusAt(next)) === STATUS.executed &&
      this.mayCommit(next) &&
      !this.stopped()
    );
  }

  private commitRun(onCommit: CommitListener): void {
    const { i32 } = this;
    for (let tx = i32[CONTROL.commitIndex]!; tx < this.count; tx++) {
      const word = this.statusAt(tx);
      if (statusOf(word) !== STATUS.executed || !this.mayCommit(tx)) return;
      const incarnation = incarnationOf(word);
      if (!this.claim(tx, incarnation, STATUS.executed, STATUS.committed)) return;
      const place = this.place(tx);
      const gas = (i32[CONTROL.gasCommitted]! >>> 0) + i32[place + TX.gasUsed]!;
      // The limit cuts here for every executor: this transaction and all after it open the next block.
      if (gas > this.gasLimit && tx > 0) {
        this.stop(STOP.done);
        return;
      }
      i32[CONTROL.gasCommitted] = gas;
      const changed = i32[place + TX.changedAt]!;
      if (changed > i32[CONTROL.changePrefix]!) i32[CONTROL.changePrefix] = changed;
      Atomics.store(i32, CONTROL.commitIndex, tx + 1);
      onCommit(tx, incarnation);
    }
    this.stop(STOP.done);
  }

  wake(): void {
    wakeOne(this.i32);
  }

  /**
   * Wakes a sleeper when commits have opened half of the look-ahead: waking costs far more than a small
   * transaction, and a worker that runs a chain alone must not pay that for each link. In a long chain the
   * sleeper would only park what follows: it then wakes by itself, now and then.
   */
  wakeForHorizon(): void {
    const { i32 } = this;
    if (i32[CONTROL.sleepers] === 0 || i32[CONTROL.drowsy] === 1) return;
    if (this.horizon() - i32[CONTROL.executionIndex]! >= this.lookAhead >> 1) this.wake();
  }

  private pull(index: number, to: number): void {
    let held = Atomics.load(this.i32, index);
    while (held > to) {
      const seen = Atomics.compareExchange(this.i32, index, held, to);
      if (seen === held) return;
      held = seen;
    }
  }
}

/** Prepares the status records and control words for a block that stands encoded in memory. */
export function resetSchedule(memory: BlockMemory, lookAhead: number): void {
  const { i32, layout } = memory;
  const count = i32[CONTROL.transactionCount]!;
  i32.fill(0, layout.tx, layout.tx + count * TX_WORDS);
  for (let tx = 0; tx < count; tx++) i32[layout.tx + tx * TX_WORDS + TX.validatedAt] = -1;
  for (const word of [
    CONTROL.executionIndex,
    CONTROL.validationIndex,
    CONTROL.commitIndex,
    CONTROL.commitClaim,
    CONTROL.changeCount,
    CONTROL.sleepers,
    CONTROL.drowsy,
    CONTROL.stop,
    CONTROL.sequence,
    CONTROL.changePrefix,
    CONTROL.gasCommitted,
  ]) {
    i32[word] = 0;
  }
  i32[CONTROL.lookAhead] = lookAhead;
  // Nobody would ever commit the last transaction of an empty block.
  if (count === 0) i32[CONTROL.stop] = STOP.done;
}
