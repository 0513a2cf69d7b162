import {
  type Capability,
  type Context,
  type ErrorType,
  type EventType,
  type Fields,
  laneOfKey,
  type ModuleSet,
  type StructValue,
  type Table,
} from '../../moduleSdk/index.ts';
import type { StateStore } from '../contract.ts';
import { FAULT, type FaultsInForce } from './faults.ts';
import { CAPACITY, GAS } from './gas.ts';
import { accountMarkers, addressMarkers, kernelErrors } from './kernelTables.ts';
import { fillKeyWords } from './keyTable.ts';
import { LANE_PANIC, OUT_OF_GAS, OVER_CAPACITY, REVERT } from './signals.ts';
import { spin } from './work.ts';

type KeyPart = number | bigint;

/** Version word of an access that only wrote. */
export const NOT_READ = -1;
/** Enough to find out what an ordinary transaction writes. */
const SCOUT_GAS = 20_000;
/** Keys remembered with their entries. */
const MEMO = 4;
const MAX_ERROR_WORDS = 64;
/** Beside the module's keys: a marker for each, and the kernel's records with theirs. */
const ENTRIES = 2 * CAPACITY.keys + 8;

/**
 * The context a transaction runs in: one a worker, used for every transaction it executes. It keeps
 * one access list — keys in the order of their first touch, the version read, the record written —
 * and the store below decides what a read sees. Writes stay in the list until they are published.
 */
export class TransactionContext implements Context {
  sender = 0;
  height = 0;
  timestamp = 0;
  callerLane = 0;
  gasUsed = 0;
  gasLimit = 0;
  /** Also track conflicts by the account that a key names. */
  byAccount = false;
  /** The run is only to find out what would be written: no declared work, little gas, checks of the kernel pass. */
  scouting = false;

  /** What is wrong with lanes, for this transaction; set by whoever executes it. */
  faults: FaultsInForce | undefined;
  /** Rounds by which a slow lane made it longer: they cost time, and no gas. */
  delay = 0;

  /** The access list; the first `accessCount` entries of each column are valid. */
  accessCount = 0;
  readonly accessKey = new Int32Array(ENTRIES);
  /** Version word that was read, or {@link NOT_READ}. */
  readonly accessVersion = new Int32Array(ENTRIES);
  /** Place of the value a read sees now (own write first), or 0. */
  readonly accessValue = new Int32Array(ENTRIES);
  /** Place of the record written, or 0. */
  readonly accessWrite = new Int32Array(ENTRIES);

  /** Place a read of the entry saw before any own write; needed to undo writes. */
  private readonly readPlace = new Int32Array(ENTRIES);

  eventWords = 0;
  eventCount = 0;
  readonly events = new Uint32Array(CAPACITY.eventWords);

  errorId = 0;
  errorWords = 0;
  readonly errorData = new Uint32Array(MAX_ERROR_WORDS);

  /**
   * Entries that do not count for the capacity of keys: the kernel's records and the markers of
   * accounts. How conflicts and fees are tracked must not decide what a transaction may do.
   */
  private exemptCount = 0;
  /** The last few keys and their entries: what is read is most often written soon after. */
  private readonly memoTable: (Table | undefined)[] = new Array<Table | undefined>(MEMO).fill(undefined);
  private readonly memoA: KeyPart[] = new Array<KeyPart>(MEMO).fill(0);
  private readonly memoB: KeyPart[] = new Array<KeyPart>(MEMO).fill(0);
  private readonly memoC: KeyPart[] = new Array<KeyPart>(MEMO).fill(0);
  private readonly memoEntry = new Uint16Array(MEMO);
  private memoNext = 0;

  private ownLane = 0;
  private currentLane = 0;
  private declaredWork = 0;
  private stamp = 0;
  private stamps: Uint32Array;
  private entries: Uint16Array;
  private readonly keyWords = new Uint32Array(32);
  private readonly bound = new Map<string, unknown>();
  private readonly store: StateStore;
  private readonly modules: ModuleSet;
  private readonly performsWork: boolean;

  /** Without `performsWork` declared work only costs gas. */
  constructor(
    store: StateStore,
    modules: ModuleSet,
    options: { readonly keyCapacity: number; readonly performsWork: boolean },
  ) {
    this.store = store;
    this.modules = modules;
    this.performsWork = options.performsWork;
    this.stamps = new Uint32Array(options.keyCapacity);
    this.entries = new Uint16Array(options.keyCapacity);
  }

  /** Starts a transaction with an empty access list. */
  begin(sender: number, lane: number, gasLimit: number, work: number): void {
    this.stamp++;
    this.accessCount = 0;
    this.exemptCount = 0;
    const memo = this.memoTable;
    memo[0] = memo[1] = memo[2] = memo[3] = undefined;
    this.rewind(sender, lane, gasLimit, work);
  }

  /** Starts the same transaction over, keeping what was read: those reads are answered from the list. */
  rewind(sender: number, lane: number, gasLimit: number, work: number): void {
    for (let e = 0; e < this.accessCount; e++) {
      if (this.accessWrite[e] !== 0) {
        this.accessWrite[e] = 0;
        this.accessValue[e] = this.readPlace[e]!;
      }
    }
    this.sender = sender;
    this.currentLane = lane;
    this.callerLane = 0;
    this.gasUsed = 0;
    this.gasLimit = this.scouting ? Math.min(gasLimit, SCOUT_GAS) : gasLimit;
    this.declaredWork = work;
    this.ownLane = lane;
    this.delay = 0;
    this.eventWords = 0;
    this.eventCount = 0;
    this.errorId = 0;
    this.errorWords = 0;
  }

  get lane(): number {
    return this.currentLane;
  }

  takesMessage(lane: number, kind: number): boolean {
    return this.modules.takesMessage(lane, kind);
  }

  get<K extends readonly KeyPart[], V>(table: Table<K, V>, ...key: K): V | undefined;
  get(table: Table, a: KeyPart = 0, b: KeyPart = 0, c: KeyPart = 0): unknown {
    this.charge(GAS.read + GAS.word * table.valueWords);
    const entry = this.readEntry(table, a, b, c, false);
    const place = this.accessValue[entry]!;
    return place === 0 ? undefined : table.readValue(this.store.u32, place);
  }

  set<K extends readonly KeyPart[], V>(table: Table<K, V>, value: V, ...key: K): void;
  set(table: Table, value: unknown, a: KeyPart = 0, b: KeyPart = 0, c: KeyPart = 0): void {
    this.charge(GAS.write + GAS.word * table.valueWords);
    if (this.faults?.anyFull) this.requireRoom(table, a, b, c);
    const entry = this.touch(table, a, b, c);
    let place = this.accessWrite[entry]!;
    if (place === 0 || this.accessValue[entry] === 0) place = this.store.allocate(table.valueWords, false);
    table.writeValue(this.store.u32, place, value);
    this.accessWrite[entry] = place;
    this.accessValue[entry] = place;
    if (this.byAccount) this.markWrite(table, a, b, c);
  }

  delete<K extends readonly KeyPart[], V>(table: Table<K, V>, ...key: K): void;
  delete(table: Table, a: KeyPart = 0, b: KeyPart = 0, c: KeyPart = 0): void {
    this.charge(GAS.write);
    const entry = this.touch(table, a, b, c);
    this.accessWrite[entry] = this.store.allocate(0, true);
    this.accessValue[entry] = 0;
    if (this.byAccount) this.markWrite(table, a, b, c);
  }

  work(): void {
    const rounds = this.declaredWork;
    if (rounds === 0) return;
    this.declaredWork = 0;
    if (this.scouting) return;
    this.charge(rounds * GAS.round);
    const factor = this.faults?.any ? this.faults.factorOf(this.ownLane) : 1;
    this.delay = rounds * (factor - 1);
    if (this.performsWork) spin(rounds + this.delay);
  }

  /** Ends the transaction when the storage of the lane that owns the key is full. */
  private requireRoom(table: Table, a: KeyPart, b: KeyPart, c: KeyPart): void {
    // The kernel's own records of a lane, of messages say, take no room of its module's.
    if (this.modules.laneOfTable(table.id) === 0) return;
    const count = fillKeyWords(this.keyWords, table, a, b, c);
    const lane = laneOfKey(this.modules, this.keyWords.subarray(0, count));
    if (this.faults!.kindOf(lane) === FAULT.storageFull) this.revert(kernelErrors.storageFull, { lane });
  }

  emit<F extends Fields>(event: EventType<F>, fields: StructValue<F>): void {
    const words = event.shape.words;
    this.charge(GAS.event + GAS.eventWord * words);
    const at = this.eventWords;
    if (at + 1 + words > CAPACITY.eventWords) throw OVER_CAPACITY;
    this.events[at] = event.id;
    event.shape.write(this.events, at + 1, fields);
    this.eventWords = at + 1 + words;
    this.eventCount++;
  }

  revert<F extends Fields>(error: ErrorType<F>, data: StructValue<F>): never {
    this.errorId = error.id;
    this.errorWords = error.shape.write(this.errorData, 0, data);
    throw REVERT;
  }

  use<I>(capability: Capability<I>): I {
    const known = this.bound.get(capability.name);
    if (known !== undefined) return known as I;
    const { lane, provision } = this.modules.provider(capability.name);
    const functions = provision.bind(this) as Record<string, (...args: unknown[]) => unknown>;
    const wrapped: Record<string, (...args: unknown[]) => unknown> = {};
    for (const name of Object.keys(functions)) {
      const call = functions[name]!;
      wrapped[name] = (a, b, c, d) => {
        this.charge(GAS.call);
        if (this.faults?.any) this.requireRunning(lane);
        const outerCaller = this.callerLane;
        const outerLane = this.currentLane;
        this.callerLane = outerLane;
        this.currentLane = lane;
        const result = call(a, b, c, d);
        this.callerLane = outerCaller;
        this.currentLane = outerLane;
        return result;
      };
    }
    this.bound.set(capability.name, wrapped);
    return wrapped as I;
  }

  /** Ends the transaction when a module that it calls stands still or panics. */
  private requireRunning(lane: number): void {
    const wrong = this.faults!.kindOf(lane);
    if (wrong === FAULT.halted) this.revert(kernelErrors.moduleHalted, { lane });
    if (wrong === FAULT.panic) throw LANE_PANIC;
  }

  /** Takes the limit off, for what must be done after a transaction failed. */
  liftLimit(): void {
    this.gasLimit = Number.MAX_SAFE_INTEGER;
    this.exemptCount = this.accessCount;
    this.callerLane = 0;
    this.currentLane = this.ownLane;
  }

  charge(gas: number): void {
    const used = this.gasUsed + gas;
    if (used > this.gasLimit) {
      this.gasUsed = this.gasLimit;
      throw OUT_OF_GAS;
    }
    this.gasUsed = used;
  }

  /** The entry of a key, with its value read; used by the kernel for its own records, free of gas. */
  read(table: Table, a: KeyPart, b: KeyPart, c: KeyPart): number {
    return this.readEntry(table, a, b, c, true);
  }

  private readEntry(table: Table, a: KeyPart, b: KeyPart, c: KeyPart, exempt: boolean): number {
    const entry = this.entryFor(table, a, b, c, exempt);
    if (this.accessVersion[entry] === NOT_READ && this.accessWrite[entry] === 0) this.loadEntry(entry);
    if (this.byAccount && table.accountPart >= 0) this.markRead(table, a, b, c);
    return entry;
  }

  /** Gives the entry a fresh record of `words` words and answers its place; for the kernel's records. */
  writeEntry(entry: number, words: number): number {
    const place = this.store.allocate(words, false);
    this.accessWrite[entry] = place;
    this.accessValue[entry] = place;
    return place;
  }

  /** Marks the account of a kernel record as written. */
  markWrite(table: Table, a: KeyPart, b: KeyPart, c: KeyPart): void {
    if (!this.byAccount || table.accountPart < 0) return;
    const entry = this.markerEntry(table, a, b, c);
    if (this.accessWrite[entry] === 0) this.writeEntry(entry, 1);
  }

  /** Drops every write and event; reads stay. */
  dropWrites(): void {
    for (let e = 0; e < this.accessCount; e++) {
      this.accessWrite[e] = 0;
      this.accessValue[e] = this.readPlace[e]!;
    }
    this.eventWords = 0;
    this.eventCount = 0;
  }

  /** The entry of the key whose number is `key` in the current access list, or -1. */
  find(key: number): number {
    return this.stamps[key] === this.stamp ? this.entries[key]! : -1;
  }

  private loadEntry(entry: number): void {
    const place = this.store.load(this.accessKey[entry]!);
    this.accessVersion[entry] = this.store.version;
    this.accessValue[entry] = place;
    this.readPlace[entry] = place;
  }

  private touch(table: Table, a: KeyPart, b: KeyPart, c: KeyPart): number {
    return this.entryFor(table, a, b, c, false);
  }

  private entryFor(table: Table, a: KeyPart, b: KeyPart, c: KeyPart, exempt: boolean): number {
    const { memoTable, memoA, memoB, memoC } = this;
    for (let m = 0; m < MEMO; m++) {
      if (memoTable[m] === table && memoA[m] === a && memoB[m] === b && memoC[m] === c)
        return this.memoEntry[m]!;
    }
    const count = fillKeyWords(this.keyWords, table, a, b, c);
    const entry = this.entryOf(this.store.intern(this.keyWords, count), exempt);
    const m = this.memoNext;
    this.memoNext = (m + 1) % MEMO;
    memoTable[m] = table;
    memoA[m] = a;
    memoB[m] = b;
    memoC[m] = c;
    this.memoEntry[m] = entry;
    return entry;
  }

  private entryOf(key: number, exempt: boolean): number {
    if (this.stamps[key] === this.stamp) return this.entries[key]!;
    const entry = this.accessCount;
    if (exempt) this.exemptCount++;
    else if (entry - this.exemptCount >= CAPACITY.keys) throw OVER_CAPACITY;
    if (key >= this.stamps.length) this.growFor(key);
    this.accessCount = entry + 1;
    this.accessKey[entry] = key;
    this.accessVersion[entry] = NOT_READ;
    this.accessValue[entry] = 0;
    this.accessWrite[entry] = 0;
    this.readPlace[entry] = 0;
    this.stamps[key] = this.stamp;
    this.entries[key] = entry;
    return entry;
  }

  private growFor(key: number): void {
    const stamps = new Uint32Array(key * 2);
    stamps.set(this.stamps);
    this.stamps = stamps;
    const entries = new Uint16Array(key * 2);
    entries.set(this.entries);
    this.entries = entries;
  }

  private markRead(table: Table, a: KeyPart, b: KeyPart, c: KeyPart): void {
    const entry = this.markerEntry(table, a, b, c);
    if (this.accessVersion[entry] === NOT_READ && this.accessWrite[entry] === 0) this.loadEntry(entry);
  }

  private markerEntry(table: Table, a: KeyPart, b: KeyPart, c: KeyPart): number {
    const part = table.accountPart;
    const role = table.parts[part]!.role;
    const words = this.keyWords;
    const value = part === 0 ? a : part === 1 ? b : c;
    if (role === 'address') {
      const count = fillKeyWords(words, addressMarkers as unknown as Table, value, 0, 0);
      return this.entryOf(this.store.intern(words, count), true);
    }
    words[0] = accountMarkers.id;
    words[1] = role === 'pool' ? 1 : 0;
    words[2] = Number(value);
    return this.entryOf(this.store.intern(words, 3), true);
  }
}
