import { type BlockMemory, KEY, KEY_WORDS } from '../../../execution/kernel/blockMemory.ts';
import { LOCK_WORDS } from '../../../execution/kernel/memorySize.ts';
import type { TransactionContext } from '../../../execution/kernel/transactionContext.ts';
import { LaneQueues } from '../../../execution/moduleLanes/laneQueues.ts';
import { LANE_STATUS, LANE_TX, LOCK } from '../../../execution/moduleLanes/lockRecords.ts';
import { PausingLaneMemory, VirtualLaneWorker } from '../../../execution/moduleLanes/virtualWorker.ts';
import { LANE_PHASE } from '../../../execution/moduleLanes/worker.ts';
import type { WorkerFactory } from '../../../execution/virtualWorkerPool.ts';
import type { ModuleSet } from '../../../moduleSdk/index.ts';
import type { Schedule } from '../choosers.ts';

/** One mistake in module lanes, which the suite must notice; see {@link Mutant}. */
export interface LaneMutant {
  readonly name: string;
  readonly because: string;
  readonly schedules: readonly Schedule[];
  readonly trackFees?: boolean;
  /** Only in these blocks, where others are a waste of time. */
  readonly blocks?: 'straying';
  readonly createWorker: WorkerFactory;
}

const STEPS: readonly Schedule[] = ['uniform', 'atomics'];
const ATOMICS: readonly Schedule[] = ['atomics'];

function withQueues(Mutated: typeof LaneQueues): WorkerFactory {
  class MutantWorker extends VirtualLaneWorker {
    protected override createQueues(block: BlockMemory, worker: number): LaneQueues {
      return new Mutated(block, worker);
    }
  }
  return (...args) => new MutantWorker(...args);
}

function withMemory(Mutated: typeof PausingLaneMemory): WorkerFactory {
  class MutantWorker extends VirtualLaneWorker {
    protected override createMemory(block: BlockMemory, modules: ModuleSet): PausingLaneMemory {
      return new Mutated(block, modules);
    }
  }
  return (...args) => new MutantWorker(...args);
}

/** Does not wait for the locks that `which` names by their number in a transaction's list. */
function withoutLocks(which: (lock: number, lanes: number) => boolean): WorkerFactory {
  return withQueues(
    class extends LaneQueues {
      override ready(tx: number): boolean {
        const { i32 } = this;
        const record = this.place(tx);
        if (Atomics.load(i32, record + LANE_TX.status) !== LANE_STATUS.waiting) return false;
        const lanes = i32[record + LANE_TX.laneCount]!;
        for (let lock = 0; lock < i32[record + LANE_TX.lockCount]!; lock++) {
          const previous = i32[i32[record + LANE_TX.locks]! + lock * LOCK_WORDS + LOCK.previous]!;
          if (previous < 0 || which(lock, lanes)) continue;
          if (Atomics.load(i32, this.place(previous) + LANE_TX.status) !== LANE_STATUS.executed) return false;
        }
        return true;
      }
    },
  );
}

class StartsAtTheFirstLane extends LaneQueues {
  override ready(tx: number): boolean {
    return Atomics.load(this.i32, this.place(tx) + LANE_TX.status) === LANE_STATUS.waiting;
  }
}

class StartsOneLockEarly extends LaneQueues {
  override ready(tx: number): boolean {
    const record = this.place(tx);
    const waits = Atomics.load(this.i32, record + LANE_TX.status) === LANE_STATUS.waiting;
    return waits && Atomics.load(this.i32, record + LANE_TX.pending) <= 1;
  }
}

class LooksAndThenTakes extends LaneQueues {
  override claim(tx: number): boolean {
    if (!this.ready(tx)) return false;
    Atomics.store(this.i32, this.place(tx) + LANE_TX.status, LANE_STATUS.running);
    return true;
  }
}

class CountsWithoutAtomics extends LaneQueues {
  protected override giveLock(tx: number): boolean {
    const at = this.place(tx) + LANE_TX.pending;
    const held = Atomics.load(this.i32, at);
    Atomics.store(this.i32, at, held - 1);
    return held === 1;
  }
}

class HandsOnTheFirstLockOnly extends LaneQueues {
  private first = true;
  override handOn(tx: number): number {
    this.first = true;
    return super.handOn(tx);
  }
  protected override giveLock(tx: number): boolean {
    if (!this.first) return false;
    this.first = false;
    return super.giveLock(tx);
  }
}

class NeverCuts extends LaneQueues {
  protected override cuts(): boolean {
    return false;
  }
}

class CutsTheFirstToo extends LaneQueues {
  protected override cuts(gas: number, tx: number): boolean {
    return super.cuts(gas, tx) || super.cuts(gas, tx + 1);
  }
}

class HandsOnBeforePublishing extends VirtualLaneWorker {
  private early = false;
  override step(): number {
    // The locks go while the transaction is still at its reads.
    if (!this.early && this.tx >= 0 && this.phase === LANE_PHASE.publish) {
      this.early = true;
      this.queues.handOn(this.tx);
      return LANE_PHASE.publish;
    }
    if (this.phase === LANE_PHASE.handOn) {
      this.early = false;
      this.phase = LANE_PHASE.commit;
      return LANE_PHASE.handOn;
    }
    return super.step();
  }
}

class ReadsWhatWasBeforeTheBlock extends PausingLaneMemory {
  override load(key: number): number {
    super.load(key);
    const { i32, keyRecords } = this as unknown as { i32: Int32Array; keyRecords: number };
    return i32[keyRecords + key * KEY_WORDS + KEY.base]!;
  }
}

class ReadsWhatWasDeleted extends PausingLaneMemory {
  override load(key: number): number {
    const place = super.load(key);
    return place === 0 ? this.version : place;
  }
}

class PublishesAllButTheFirst extends PausingLaneMemory {
  override publish(context: TransactionContext, status: number, reads: boolean): void {
    const first = context.accessKey[0]!;
    const { i32, keyRecords } = this as unknown as { i32: Int32Array; keyRecords: number };
    const before = i32[keyRecords + first * KEY_WORDS + KEY.head]!;
    super.publish(context, status, reads);
    i32[keyRecords + first * KEY_WORDS + KEY.head] = before;
  }
}

class AsksForNoLock extends PausingLaneMemory {
  override enter(tx: number): void {
    super.enter(tx);
    (this as unknown as { holdsAll: boolean }).holdsAll = true;
  }
}

export const laneMutants: readonly LaneMutant[] = [
  {
    name: 'starts when the first of its lanes has come to it',
    because: 'the other lanes are still at earlier transactions',
    schedules: STEPS,
    createWorker: withQueues(StartsAtTheFirstLane),
  },
  {
    name: 'starts when it misses one lock only',
    because: 'that one may be the lane it reads from',
    schedules: STEPS,
    createWorker: withQueues(StartsOneLockEarly),
  },
  {
    name: 'skips the lock of the last lane',
    because: 'it overtakes in that lane, whose queue then goes back to one that has run',
    schedules: STEPS,
    createWorker: withoutLocks((lock, lanes) => lock === lanes - 1),
  },
  {
    name: 'forgets the sender’s lock',
    because: 'a sender’s next transaction in another lane finds the old nonce',
    schedules: STEPS,
    createWorker: withoutLocks((lock, lanes) => lock === lanes),
  },
  {
    name: 'forgets the fee recipient’s lock',
    because: 'two transactions earn on top of the same balance',
    schedules: STEPS,
    trackFees: true,
    createWorker: withoutLocks((lock, lanes) => lock === lanes + 1),
  },
  {
    name: 'hands its locks on before it has published',
    because: 'the next one reads what was before',
    schedules: STEPS,
    createWorker: (...args) => new HandsOnBeforePublishing(...args),
  },
  {
    name: 'hands on the first of its locks only',
    because: 'the others wait for ever',
    schedules: STEPS,
    createWorker: withQueues(HandsOnTheFirstLockOnly),
  },
  {
    name: 'reads what was before the block',
    because: 'what the lane wrote is not seen',
    schedules: STEPS,
    createWorker: withMemory(ReadsWhatWasBeforeTheBlock),
  },
  {
    name: 'reads what was deleted',
    because: 'an absent cell has a value again',
    schedules: STEPS,
    createWorker: withMemory(ReadsWhatWasDeleted),
  },
  {
    name: 'publishes all writes but the first',
    because: 'the sender’s nonce stands still',
    schedules: STEPS,
    createWorker: withMemory(PublishesAllButTheFirst),
  },
  {
    name: 'asks for no lock when it touches a key',
    because: 'who strays into another lane is not noticed',
    schedules: STEPS,
    blocks: 'straying',
    createWorker: withMemory(AsksForNoLock),
  },
  {
    name: 'never cuts the block',
    because: 'what ran behind the gas limit counts',
    schedules: STEPS,
    createWorker: withQueues(NeverCuts),
  },
  {
    name: 'cuts the first transaction too',
    because: 'a block would have none',
    schedules: STEPS,
    createWorker: withQueues(CutsTheFirstToo),
  },
  {
    name: 'takes a head without compare-and-swap',
    because: 'two workers run the same transaction',
    schedules: ATOMICS,
    createWorker: withQueues(LooksAndThenTakes),
  },
  {
    name: 'counts locks without an atomic subtraction',
    because: 'of two locks that come at once one is lost, and the transaction waits for ever',
    schedules: ATOMICS,
    createWorker: withQueues(CountsWithoutAtomics),
  },
];
