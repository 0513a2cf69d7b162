import { ACCESS, READ_WORDS, WRITE_WORDS } from '../../../execution/kernel/transactionRecords.ts';
import { Scheduler, STATUS, statusOf, statusWord } from '../../../execution/blockStm/scheduler.ts';
import { PausingMemory, VirtualWorker } from '../../../execution/blockStm/virtualWorker.ts';
import { type BlockMemory, CONTROL, NODE, TX, TX_WORDS } from '../../../execution/kernel/blockMemory.ts';
import type { WorkerFactory } from '../../../execution/virtualWorkerPool.ts';
import type { Schedule } from '../choosers.ts';

/** One mistake in the worker, the memory or the scheduler, which the suite must notice. */
export interface Mutant {
  readonly name: string;
  /** What goes wrong, and so why some seed must notice. */
  readonly because: string;
  /** Schedules of which each alone must catch it. */
  readonly schedules: readonly Schedule[];
  /** Only in these blocks, where others are a waste of time. */
  readonly blocks?: 'relay';
  readonly createWorker: WorkerFactory;
}

/** Whole steps are enough: some order of them shows it, and so do interruptions. */
const STEPS: readonly Schedule[] = ['clock', 'atomics'];
/** Only a thread that stops inside a step shows it. */
const ATOMICS: readonly Schedule[] = ['atomics'];

function withScheduler(Mutated: typeof Scheduler): WorkerFactory {
  class MutantWorker extends VirtualWorker {
    protected override createScheduler(block: BlockMemory): Scheduler {
      return new Mutated(block);
    }
  }
  return (...args) => new MutantWorker(...args);
}

function withMemory(Mutated: typeof PausingMemory): WorkerFactory {
  class MutantWorker extends VirtualWorker {
    protected override createMultiVersionMemory(block: BlockMemory): PausingMemory {
      return new Mutated(block);
    }
  }
  return (...args) => new MutantWorker(...args);
}

class NeverInvalid extends VirtualWorker {
  protected override readsStillValid(): boolean {
    return true;
  }
}

class NoEstimates extends VirtualWorker {
  protected override markEstimates(): void {}
}

class ForgetsAbsentReads extends VirtualWorker {
  protected override readsStillValid(access: number, tx: number): boolean {
    const { i32, memory } = this;
    let at = access + ACCESS.list;
    for (let r = i32[access + ACCESS.reads]!; r > 0; r--, at += READ_WORDS) {
      const key = i32[at]!;
      if (i32[at + 1] === 0 && memory.valuePlace(key, 0) === 0) continue;
      if (memory.lookup(key, tx) !== i32[at + 1]) return false;
    }
    return true;
  }
}

class CommitsUnvalidated extends Scheduler {
  protected override mayCommit(): boolean {
    return true;
  }
}

class CommitsValidatedOnce extends Scheduler {
  protected override mayCommit(tx: number): boolean {
    return Atomics.load(this.i32, this.place(tx) + TX.validatedAt) >= 0;
  }
}

class NotesAfterReading extends Scheduler {
  override noteValidation(tx: number): void {
    super.noteValidation(tx, this.changes());
  }
}

class NumbersNothing extends Scheduler {
  override noteChange(): void {}
}

class NumbersAfterPulling extends Scheduler {
  private unnumbered = -1;
  override noteChange(tx: number): void {
    this.unnumbered = tx;
  }
  override pullValidation(to: number): void {
    super.pullValidation(to);
    this.numberNow();
  }
  override validationIsPast(tx: number): boolean {
    const past = super.validationIsPast(tx);
    if (!past) this.numberNow();
    return past;
  }
  private numberNow(): void {
    if (this.unnumbered >= 0) super.noteChange(this.unnumbered);
    this.unnumbered = -1;
  }
}

class NeverSweepsAgain extends Scheduler {
  override pullValidation(): void {}
}

class NeverExecutesAgain extends Scheduler {
  override pullExecution(): void {}
}

class FreesOne extends Scheduler {
  override unpark(on: number): number {
    const head = Atomics.load(this.i32, this.place(on) + TX.parkedHead);
    if (head !== 0) Atomics.store(this.i32, this.place(head - 1) + TX.parkedNext, 0);
    return super.unpark(on);
  }
}

class ParksWithoutLookingAgain extends Scheduler {
  override park(tx: number, on: number): boolean {
    super.park(tx, on);
    return false;
  }
}

class DecidesBeforeClaiming extends Scheduler {
  override claimValidation(): number {
    const { i32 } = this;
    for (;;) {
      const index = Atomics.load(i32, CONTROL.validationIndex);
      if (index >= this.count || index >= Atomics.load(i32, CONTROL.executionIndex)) return -1;
      const word = this.statusAt(index);
      if (word === statusWord(0, STATUS.ready) || word === statusWord(0, STATUS.executing)) return -1;
      if (Atomics.compareExchange(i32, CONTROL.validationIndex, index, index + 1) !== index) continue;
      if (statusOf(word) === STATUS.executed) return index;
    }
  }
}

class LooksBeforeFinishing extends Scheduler {
  private wasPast = false;
  override setStatus(tx: number, incarnation: number, status: number): void {
    this.wasPast = super.validationIsPast(tx);
    super.setStatus(tx, incarnation, status);
  }
  override validationIsPast(): boolean {
    return this.wasPast;
  }
}

class NewOnlyAtFirst extends PausingMemory {
  protected override isNewLocation(_completed: number, _finished: number, incarnation: number): boolean {
    return incarnation === 0;
  }
}

class NeverNew extends PausingMemory {
  protected override isNewLocation(): boolean {
    return false;
  }
}

class NewOnlyWhenNeverWritten extends PausingMemory {
  protected override isNewLocation(completed: number): boolean {
    return completed === 0;
  }
}

class KeepsWhatIsNoLongerWritten extends PausingMemory {
  protected override removeUnwritten(): void {}
}

class MarksAllButTheLast extends PausingMemory {
  override markEstimates(tx: number): void {
    const { i32, records } = this as unknown as { i32: Int32Array; records: number };
    const access = i32[records + tx * TX_WORDS + TX.access]!;
    const writes = i32[access + ACCESS.writes]!;
    super.markEstimates(tx);
    if (writes === 0) return;
    const last = access + ACCESS.list + i32[access + ACCESS.reads]! * READ_WORDS + (writes - 1) * WRITE_WORDS;
    Atomics.store(i32, i32[last + 1]! + NODE.word, i32[last + 2]!);
  }
}

class ReadsThroughEstimates extends PausingMemory {
  override lookup(key: number, tx: number): number {
    const word = super.lookup(key, tx);
    return Math.max(word, 0);
  }
}

export const mutants: readonly Mutant[] = [
  {
    name: 'drops every validation',
    because: 'what was read too early is committed',
    schedules: STEPS,
    createWorker: (...args) => new NeverInvalid(...args),
  },
  {
    name: 'marks no ESTIMATE',
    because:
      'between an abort and the next publication at the same place the aborted value can be read and found ' +
      'valid; that publication has no number of its own, so nobody looks again',
    schedules: STEPS,
    createWorker: (...args) => new NoEstimates(...args),
  },
  {
    name: 'marks all writes but the last ESTIMATE',
    because: 'the same, at one place only',
    schedules: STEPS,
    createWorker: withMemory(MarksAllButTheLast),
  },
  {
    name: 'reads through an ESTIMATE to what was there before the block',
    because: 'a read of the base is found valid while the writer is at it',
    schedules: STEPS,
    createWorker: withMemory(ReadsThroughEstimates),
  },
  {
    name: 'forgets absent reads',
    because: 'a key that comes into being does not abort who found it absent',
    schedules: STEPS,
    createWorker: (...args) => new ForgetsAbsentReads(...args),
  },
  {
    name: 'finishes early: commits what was executed',
    because: 'nobody has looked whether its reads still hold',
    schedules: STEPS,
    createWorker: withScheduler(CommitsUnvalidated),
  },
  {
    name: 'finishes early: commits what was ever found valid',
    because: 'something below has changed since',
    schedules: STEPS,
    createWorker: withScheduler(CommitsValidatedOnce),
  },
  {
    name: 'wrote a new location only at incarnation 0',
    because: 'a parked first incarnation publishes for the first time at a later one',
    schedules: STEPS,
    createWorker: withMemory(NewOnlyAtFirst),
  },
  {
    name: 'wrote a new location only where it never wrote before',
    because: 'a place left by one incarnation and taken again by a later one is news to readers',
    schedules: STEPS,
    createWorker: withMemory(NewOnlyWhenNeverWritten),
  },
  {
    name: 'never wrote a new location',
    because: 'readers that came first are not looked at again',
    schedules: STEPS,
    createWorker: withMemory(NeverNew),
  },
  {
    name: 'keeps what the next incarnation no longer writes',
    because: 'readers wait for ever at a place where nobody writes',
    schedules: STEPS,
    createWorker: withMemory(KeepsWhatIsNoLongerWritten),
  },
  {
    name: 'pulls validation back without numbering the change',
    because: 'an old validation still counts',
    schedules: STEPS,
    createWorker: withScheduler(NumbersNothing),
  },
  {
    name: 'never pulls validation back',
    because: 'nobody validates again, and the frontier stands still',
    schedules: STEPS,
    createWorker: withScheduler(NeverSweepsAgain),
  },
  {
    name: 'never pulls execution back',
    because: 'of three that waited for one, only the one handed over runs again',
    schedules: STEPS,
    createWorker: withScheduler(NeverExecutesAgain),
  },
  {
    name: 'frees only the last that parked',
    because: 'the others wait for ever',
    schedules: STEPS,
    createWorker: withScheduler(FreesOne),
  },
  {
    name: 'parks without looking again',
    because: 'who is waited for may have finished in between',
    schedules: ATOMICS,
    createWorker: withScheduler(ParksWithoutLookingAgain),
  },
  {
    name: 'notes the change count after reading, not before',
    because: 'a change during the reads counts as seen',
    schedules: ATOMICS,
    blocks: 'relay',
    createWorker: withScheduler(NotesAfterReading),
  },
  {
    name: 'numbers a change after pulling validation back',
    because: 'the sweep can be past again with a count that is too old, and does not come back',
    schedules: ATOMICS,
    createWorker: withScheduler(NumbersAfterPulling),
  },
  {
    name: 'decides on a validation by the status before the claim',
    because: 'who finishes in between leaves it to a sweep that is past',
    schedules: ATOMICS,
    createWorker: withScheduler(DecidesBeforeClaiming),
  },
  {
    name: 'looks at the validation index before it says that it has finished',
    because: 'the sweep can pass in between',
    schedules: ATOMICS,
    createWorker: withScheduler(LooksBeforeFinishing),
  },
];
