import { RECEIPT_STATUS } from '../../types/receipt.ts';
import {
  type BlockMemory,
  KEY,
  KEY_WORDS,
  NODE,
  NODE_WORDS,
  RECORD_HEADER,
  TX,
  TX_WORDS,
} from '../kernel/blockMemory.ts';
import type { StateStore } from '../contract.ts';
import { KeyTable } from '../kernel/keyTable.ts';
import { ESTIMATE } from '../kernel/signals.ts';
import { NOT_READ, type TransactionContext } from '../kernel/transactionContext.ts';
import { Arena } from '../kernel/arena.ts';
import { ACCESS, fileReceipt, READ_WORDS, WRITE_WORDS } from '../kernel/transactionRecords.ts';

/** After this many wrong guesses on a key, parked readers no longer announce a write to it. */
const MAX_MISSES = 2;

/**
 * Multi-version memory (Block-STM, arXiv 2203.06871, algorithm 2) in typed arrays. Each key has a
 * list of version nodes, one a transaction that wrote it, latest transaction first; nodes are only
 * ever added, by compare-and-swap, so no lock is taken. A node's word says it all in one load:
 *
 *   > 0  place of an immutable value record (its header names transaction and incarnation)
 *   < 0  ESTIMATE: an aborted incarnation wrote here (minus the place of its record), or the transaction is
 *        expected to (-1)
 *     0  nothing: the last incarnation did not write here
 *
 * Nodes and records are published by an atomic write and reached by following the place that it wrote, so
 * readers follow with plain loads.
 *
 * A record is never reused within a block, so its place is the version: a read is still valid when
 * the same lookup gives the same word. Value records lie in each worker's part of the arena.
 */
export class MultiVersionMemory implements StateStore {
  readonly u32: Uint32Array;
  version = 0;
  /** Who is being waited for, after ESTIMATE was thrown or {@link lookup} answered one. */
  estimateTx = -1;
  estimateKey = -1;
  /** Reads are guesses: they see through ESTIMATEs and are never published. See {@link BlockStmWorker}. */
  scouting = false;
  readonly arena: Arena;
  private tx = 0;
  private incarnation = 0;
  private readonly i32: Int32Array;
  private readonly keys: KeyTable;
  private readonly keyRecords: number;
  private readonly records: number;

  constructor(memory: BlockMemory) {
    this.i32 = memory.i32;
    this.u32 = memory.u32;
    this.keys = new KeyTable(memory);
    this.arena = new Arena(memory, NODE_WORDS);
    this.keyRecords = memory.layout.keys;
    this.records = memory.layout.tx;
  }

  /** Reads and writes from now on are those of this incarnation. */
  enter(tx: number, incarnation: number): void {
    this.tx = tx;
    this.incarnation = incarnation;
  }

  intern(words: Uint32Array, count: number): number {
    return this.keys.intern(words, count);
  }

  load(key: number): number {
    if (this.scouting) return this.guess(key);
    const word = this.lookup(key, this.tx);
    if (word < 0) {
      this.estimateKey = key;
      throw ESTIMATE;
    }
    this.version = word;
    return this.valuePlace(key, word);
  }

  allocate(words: number, deleted: boolean): number {
    const at = this.arena.take(RECORD_HEADER + words) + RECORD_HEADER;
    this.i32[at - 2] = this.tx;
    this.i32[at - 1] = this.incarnation * 2 + (deleted ? 1 : 0);
    return at;
  }

  /** Version word that transaction `tx` sees of a key: the latest write by an earlier transaction. */
  lookup(key: number, tx: number): number {
    const i32 = this.i32;
    let node = i32[this.keyRecords + key * KEY_WORDS + KEY.head]!;
    while (node !== 0) {
      const writer = i32[node + NODE.tx]!;
      if (writer < tx) {
        const word = i32[node + NODE.word]!;
        if (word > 0) return word;
        if (word < 0) {
          this.estimateTx = writer;
          return word;
        }
      }
      node = i32[node + NODE.next]!;
    }
    return 0;
  }

  /** Place of the value the key probably will have, or 0; notes the latest transaction it would have to wait for. */
  private guess(key: number): number {
    const { i32, tx } = this;
    this.version = 0;
    let node = i32[this.keyRecords + key * KEY_WORDS + KEY.head]!;
    for (; node !== 0; node = i32[node + NODE.next]!) {
      const writer = i32[node + NODE.tx]!;
      const word = i32[node + NODE.word]!;
      if (writer >= tx || word === 0) continue;
      if (word > 0) return this.valuePlace(key, word);
      if (writer > this.estimateTx) {
        this.estimateTx = writer;
        this.estimateKey = key;
      }
      if (word < -1) return this.valuePlace(key, -word);
    }
    return this.valuePlace(key, 0);
  }

  /** Place of the value a version word stands for, or 0 when it says that the key is absent. */
  valuePlace(key: number, word: number): number {
    if (word === 0) return this.i32[this.keyRecords + key * KEY_WORDS + KEY.base]!;
    return (this.i32[word - 1]! & 1) === 1 ? 0 : word;
  }

  /**
   * Publishes the writes of a finished incarnation and files its access list and receipt. Answers
   * `wroteNewLocation`: whether a key was written that the last *finished* incarnation had not
   * written. It must not look at the incarnation's number: when incarnation 0 is parked, the
   * first write of all happens at incarnation 1.
   */
  publish(context: TransactionContext, tx: number, status: number): boolean {
    const { i32 } = this;
    const record = this.records + tx * TX_WORDS;
    const finished = i32[record + TX.executions]! + 1;
    let reads = 0;
    let writes = 0;
    for (let e = 0; e < context.accessCount; e++) {
      if (context.accessVersion[e] !== NOT_READ) reads++;
      if (context.accessWrite[e] !== 0) writes++;
    }
    const access = this.arena.take(ACCESS.list + reads * READ_WORDS + writes * WRITE_WORDS);
    i32[access + ACCESS.reads] = reads;
    i32[access + ACCESS.writes] = writes;
    let readAt = access + ACCESS.list;
    let writeAt = readAt + reads * READ_WORDS;
    let wroteNew = false;
    for (let e = 0; e < context.accessCount; e++) {
      const key = context.accessKey[e]!;
      if (context.accessVersion[e] !== NOT_READ) {
        i32[readAt] = key;
        i32[readAt + 1] = context.accessVersion[e]!;
        readAt += READ_WORDS;
      }
      const place = context.accessWrite[e]!;
      if (place === 0) continue;
      const node = this.nodeFor(key, tx, place);
      if (this.isNewLocation(i32[node + NODE.completed]!, finished, this.incarnation)) wroteNew = true;
      i32[node + NODE.completed] = finished;
      if (!this.inserted) Atomics.store(i32, node + NODE.word, place);
      i32[writeAt] = key;
      i32[writeAt + 1] = node;
      i32[writeAt + 2] = place;
      writeAt += WRITE_WORDS;
    }
    this.removeUnwritten(record, finished, status !== RECEIPT_STATUS.rejected);
    i32[record + TX.access] = access;
    i32[record + TX.executions] = finished;
    i32[record + TX.gasUsed] = context.gasUsed;
    i32[record + TX.receipt] = fileReceipt(this.i32, this.u32, this.arena, context, status);
    return wroteNew;
  }

  /** Turns every write of the last finished incarnation into an ESTIMATE. */
  markEstimates(tx: number): void {
    const { i32 } = this;
    const access = i32[this.records + tx * TX_WORDS + TX.access]!;
    const first = access + ACCESS.list + i32[access + ACCESS.reads]! * READ_WORDS;
    for (let w = 0; w < i32[access + ACCESS.writes]!; w++) {
      const node = i32[first + w * WRITE_WORDS + 1]!;
      Atomics.store(i32, node + NODE.word, -i32[first + w * WRITE_WORDS + 2]!);
    }
  }

  /**
   * Puts an ESTIMATE where a parked transaction is expected to write. The next reader then parks on it and
   * not on the same distant transaction: a crowd on a hot key becomes a chain that is handed on one by one.
   * A wrong guess costs a wait and is counted; a key that was guessed wrongly too often is left alone.
   */
  announceWrite(key: number, tx: number): void {
    const { i32 } = this;
    if (i32[this.keyRecords + key * KEY_WORDS + KEY.misses]! > MAX_MISSES) return;
    const record = this.records + tx * TX_WORDS;
    const node = this.nodeFor(key, tx, -1);
    if (!this.inserted && i32[node + NODE.word] !== 0) return;
    const claim = this.arena.take(3);
    i32[claim] = key;
    i32[claim + 1] = node;
    i32[claim + 2] = i32[record + TX.claims]!;
    i32[record + TX.claims] = claim;
    if (!this.inserted) Atomics.store(i32, node + NODE.word, -1);
  }

  /** Whether a written key was not written by the last finished incarnation; mutants override it. */
  protected isNewLocation(completed: number, finished: number, _incarnation: number): boolean {
    return completed === 0 || completed !== finished - 1;
  }

  /**
   * Takes back what earlier incarnations wrote or announced and this one did not; mutants override it. With `counts`
   * announcements are judged: a transaction that the kernel refused says nothing of what it would have written.
   */
  protected removeUnwritten(record: number, finished: number, counts: boolean): void {
    const { i32 } = this;
    const before = i32[record + TX.access]!;
    if (before !== 0) {
      const first = before + ACCESS.list + i32[before + ACCESS.reads]! * READ_WORDS;
      for (let w = 0; w < i32[before + ACCESS.writes]!; w++) {
        const node = i32[first + w * WRITE_WORDS + 1]!;
        if (i32[node + NODE.completed] !== finished) Atomics.store(i32, node + NODE.word, 0);
      }
    }
    let claim = i32[record + TX.claims]!;
    i32[record + TX.claims] = 0;
    while (claim !== 0) {
      const node = i32[claim + 1]!;
      const misses = this.keyRecords + i32[claim]! * KEY_WORDS + KEY.misses;
      if (i32[node + NODE.completed] !== finished) {
        Atomics.store(i32, node + NODE.word, 0);
        if (counts) i32[misses]!++;
      } else if (i32[misses]! > 0) i32[misses]!--;
      claim = i32[claim + 2]!;
    }
  }

  /** Whether the last {@link nodeFor} added the node, its word with it. */
  private inserted = false;

  /** The node of a key and a transaction; a new one appears with `word` in it. */
  private nodeFor(key: number, tx: number, word: number): number {
    const { i32 } = this;
    this.inserted = false;
    let fresh = 0;
    for (;;) {
      let link = this.keyRecords + key * KEY_WORDS + KEY.head;
      let node = i32[link]!;
      while (node !== 0 && i32[node + NODE.tx]! > tx) {
        link = node + NODE.next;
        node = i32[link]!;
      }
      if (node !== 0 && i32[node + NODE.tx] === tx) return node;
      if (fresh === 0) {
        fresh = this.arena.takeNode();
        i32[fresh + NODE.tx] = tx;
        i32[fresh + NODE.word] = word;
        i32[fresh + NODE.completed] = 0;
      }
      i32[fresh + NODE.next] = node;
      if (Atomics.compareExchange(i32, link, node, fresh) === node) {
        this.inserted = true;
        return fresh;
      }
    }
  }
}
