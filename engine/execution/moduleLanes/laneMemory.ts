import { laneOfKey, type ModuleSet, NO_LANE } from '../../moduleSdk/index.ts';
import type { StateStore } from '../contract.ts';
import { Arena } from '../kernel/arena.ts';
import {
  type BlockMemory,
  CONTROL,
  HEADER,
  HEADER_WORDS,
  KEY,
  KEY_WORDS,
  NODE_WORDS,
  RECORD_HEADER,
  TX,
  TX_WORDS,
} from '../kernel/blockMemory.ts';
import { accounts, fees } from '../kernel/kernelTables.ts';
import { KeyTable } from '../kernel/keyTable.ts';
import { LOCK_WORDS } from '../kernel/memorySize.ts';
import { LANE_MISS } from '../kernel/signals.ts';
import { NOT_READ, type TransactionContext } from '../kernel/transactionContext.ts';
import { ACCESS, fileReceipt, READ_WORDS, WRITE_WORDS } from '../kernel/transactionRecords.ts';
import { EVERY_LANE } from './declaredLanes.ts';
import { LANE_TX, LOCK, QUEUE } from './lockRecords.ts';

/**
 * Single-version memory: a key has one word of this block (`KEY.head`), which points to the record written last, or is 0
 * while the committed value stands. Nobody but the holder of the key's lock looks at it. Records are never reused, and committed values
 * stay where they are, so that the same block can be run again in the same memory.
 *
 * Every key is held against the locks of the transaction at hand: a key of another lane, or of another sender, throws LANE_MISS.
 */
export class LaneMemory implements StateStore {
  readonly u32: Uint32Array;
  version = 0;
  /** Which lane was touched undeclared, after LANE_MISS was thrown; {@link EVERY_LANE} when no lane would do. */
  missedLane = EVERY_LANE;
  readonly arena: Arena;
  private tx = 0;
  private sender = 0;
  /** Lanes of the transaction at hand; the first `laneCount` are valid. */
  private lanes = new Int32Array(16);
  private laneCount = 0;
  private holdsAll = false;
  private tracksFees = false;
  private readonly i32: Int32Array;
  private readonly keys: KeyTable;
  private readonly keyRecords: number;
  private readonly records: number;
  private readonly headers: number;
  private readonly modules: ModuleSet;

  constructor(memory: BlockMemory, modules: ModuleSet) {
    this.i32 = memory.i32;
    this.u32 = memory.u32;
    this.modules = modules;
    this.keys = new KeyTable(memory);
    this.arena = new Arena(memory, NODE_WORDS);
    this.keyRecords = memory.layout.keys;
    this.records = memory.layout.tx;
    this.headers = memory.layout.headers;
  }

  /** Forgets the block before. */
  begin(): void {
    this.arena.reset();
    this.tracksFees = this.i32[CONTROL.trackFees] === 1;
  }

  /** Reads and writes from now on are those of this transaction. */
  enter(tx: number): void {
    const { i32 } = this;
    const record = this.records + tx * TX_WORDS;
    this.tx = tx;
    this.sender = this.u32[this.headers + tx * HEADER_WORDS + HEADER.sender]!;
    this.laneCount = i32[record + LANE_TX.laneCount]!;
    if (this.laneCount > this.lanes.length) this.lanes = new Int32Array(this.laneCount);
    let entry = i32[record + LANE_TX.locks]!;
    for (let i = 0; i < this.laneCount; i++, entry += LOCK_WORDS)
      this.lanes[i] = i32[i32[entry + LOCK.queue]! + QUEUE.lane]!;
    this.holdsAll = this.lanes[0] === EVERY_LANE;
  }

  intern(words: Uint32Array, count: number): number {
    const key = this.keys.intern(words, count);
    if (!this.holdsAll) this.requireLock(key, words);
    return key;
  }

  load(key: number): number {
    const word = this.i32[this.keyRecords + key * KEY_WORDS + KEY.head]!;
    this.version = word;
    if (word === 0) return this.i32[this.keyRecords + key * KEY_WORDS + KEY.base]!;
    return (this.i32[word - 1]! & 1) === 1 ? 0 : word;
  }

  allocate(words: number, deleted: boolean): number {
    const at = this.arena.take(RECORD_HEADER + words) + RECORD_HEADER;
    this.i32[at - 2] = this.tx;
    this.i32[at - 1] = deleted ? 1 : 0;
    return at;
  }

  /** Makes the writes of the transaction at hand the keys' values and files its receipt, and with `reads` what it read. */
  publish(context: TransactionContext, status: number, reads: boolean): void {
    const { i32 } = this;
    const record = this.records + this.tx * TX_WORDS;
    let readCount = 0;
    let writeCount = 0;
    for (let e = 0; e < context.accessCount; e++) {
      if (reads && context.accessVersion[e] !== NOT_READ) readCount++;
      if (context.accessWrite[e] !== 0) writeCount++;
    }
    const access = this.arena.take(ACCESS.list + readCount * READ_WORDS + writeCount * WRITE_WORDS);
    i32[access + ACCESS.reads] = readCount;
    i32[access + ACCESS.writes] = writeCount;
    let readAt = access + ACCESS.list;
    let writeAt = readAt + readCount * READ_WORDS;
    for (let e = 0; e < context.accessCount; e++) {
      const key = context.accessKey[e]!;
      if (reads && context.accessVersion[e] !== NOT_READ) {
        i32[readAt] = key;
        i32[readAt + 1] = context.accessVersion[e]!;
        readAt += READ_WORDS;
      }
      const place = context.accessWrite[e]!;
      if (place === 0) continue;
      this.requireOwner(key);
      i32[this.keyRecords + key * KEY_WORDS + KEY.head] = place;
      i32[writeAt] = key;
      i32[writeAt + 1] = 0;
      i32[writeAt + 2] = place;
      writeAt += WRITE_WORDS;
    }
    i32[record + TX.access] = access;
    i32[record + TX.executions] = 1;
    i32[record + TX.gasUsed] = context.gasUsed;
    i32[record + TX.receipt] = fileReceipt(i32, this.u32, this.arena, context, status);
  }

  /** Throws LANE_MISS unless the transaction holds the lock of the key whose words stand in `words`. */
  private requireLock(key: number, words: Uint32Array): void {
    const table = words[0]!;
    if (table === accounts.id && words[1] === this.sender) return;
    const lane = this.laneOf(key, words);
    if (lane === NO_LANE) {
      // What is no lane's is the kernel's, or only read after genesis; see requireOwner.
      if (table === accounts.id || (table === fees.id && !this.tracksFees)) this.miss(EVERY_LANE);
      return;
    }
    for (let i = 0; i < this.laneCount; i++) if (this.lanes[i] === lane) return;
    this.miss(lane);
  }

  /** Throws LANE_MISS for a write to a key that everybody may read without a lock. */
  private requireOwner(key: number): void {
    if (this.holdsAll || this.i32[this.keyRecords + key * KEY_WORDS + KEY.misses] !== NO_LANE + 1) return;
    const table = this.u32[this.keys.placeOf(key)];
    if (table !== accounts.id && table !== fees.id) this.miss(EVERY_LANE);
  }

  /** The lane that owns a key. Worked out once a block and kept, plus one, in a word that only executors with versions use. */
  private laneOf(key: number, words: Uint32Array): number {
    const at = this.keyRecords + key * KEY_WORDS + KEY.misses;
    const known = this.i32[at]!;
    if (known !== 0) return known - 1;
    const lane = laneOfKey(this.modules, words);
    this.i32[at] = lane + 1;
    return lane;
  }

  private miss(lane: number): never {
    this.missedLane = lane;
    throw LANE_MISS;
  }
}
