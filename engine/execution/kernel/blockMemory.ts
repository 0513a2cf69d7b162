/**
 * The memory of one chain's execution: one buffer, shared between threads or not, that holds the
 * keys, the committed state and everything a block needs. All offsets are in 32-bit words.
 *
 * Regions: control · key table · transaction headers · transaction status · arguments · state arena
 * (kept between blocks) · version nodes · block arena · trace. All before the nodes is what a block starts from.
 */

/** Words between two words that different threads hammer on: two cache lines of 64 bytes. */
export const LINE = 32;

/** Control words. Those that threads contend for stand on lines of their own. */
export const CONTROL = {
  executionIndex: 0 * LINE,
  validationIndex: 1 * LINE,
  commitIndex: 2 * LINE,
  commitClaim: 3 * LINE,
  /** Counts changes of the multi-version memory that can make an earlier validation worthless. */
  changeCount: 4 * LINE,
  /** Workers that sleep. */
  sleepers: 5 * LINE,
  /** 1 while the last to fall asleep had found nothing but transactions to park: not worth waking for more of these. */
  drowsy: 5 * LINE + 1,
  /** What sleepers wait on; bumped by whoever wakes them. */
  wake: 6 * LINE,
  /** 0 while the block runs; see {@link STOP}. */
  stop: 7 * LINE,
  /** Module lanes: which transaction touched which lane undeclared; written by whoever stopped the block for it. */
  missedTx: 7 * LINE + 1,
  missedLane: 7 * LINE + 2,
  sequence: 8 * LINE,
  arenaNext: 9 * LINE,
  nodeNext: 10 * LINE,
  keyCount: 11 * LINE,
  longKeyNext: 12 * LINE,
  // Written only by the holder of the commit claim.
  changePrefix: 13 * LINE,
  gasCommitted: 13 * LINE + 1,
  // Set once for each block, before any worker starts.
  transactionCount: 14 * LINE,
  height: 14 * LINE + 1,
  timestamp: 14 * LINE + 2,
  blockGasLimit: 14 * LINE + 3,
  feeRecipient: 14 * LINE + 4,
  trackFees: 14 * LINE + 5,
  accountGranularity: 14 * LINE + 6,
  lookAhead: 14 * LINE + 7,
  traceLevel: 14 * LINE + 8,
  /** Which executor the block stands prepared for; see {@link STRATEGY}. */
  strategy: 14 * LINE + 9,
  /** Module lanes: how many queues there are, and where the first stands. */
  laneCount: 14 * LINE + 10,
  laneQueues: 14 * LINE + 11,
  /** Faults of lanes in this block. */
  faultCount: 14 * LINE + 12,
  stateNext: 15 * LINE,
  /** Microseconds of the run's beginning and end, as two floats (an even offset). */
  times: 15 * LINE + 2,
  endClaim: 15 * LINE + 6,
  /** How many workers stand at the starting line. */
  arrived: 15 * LINE + 8,
  /** One line a worker: heartbeat, trace count, counters. */
  workers: 16 * LINE,
} as const;

export const MAX_WORKERS = 64;
const CONTROL_WORDS = CONTROL.workers + MAX_WORKERS * LINE;

/** Offsets inside a worker's control line. */
export const WORKER = {
  heartbeat: 0,
  traceCount: 1,
  executions: 2,
  suspensions: 3,
  validations: 4,
  aborts: 5,
  sleeps: 6,
  /** Executions when the worker last fell asleep. */
  executionsAtSleep: 7,
} as const;

export function workerLine(worker: number): number {
  return CONTROL.workers + worker * LINE;
}

/** Why workers stop. `laneMiss`: a transaction touched a lane it had not declared, and the block is run again. */
export const STOP = { running: 0, done: 1, memoryFull: 2, failed: 3, laneMiss: 4 } as const;

/** Executors that take a block out of memory. */
export const STRATEGY = { blockStm: 0, moduleLanes: 1 } as const;

/**
 * A key's record, one cache line: everything that a read needs of a key besides its value. Keys of
 * more than {@link KEY_INLINE_WORDS} words have their words in an arena of their own.
 */
export const KEY = {
  hash: 0,
  /** Head of the list of version nodes in this block, or 0. */
  head: 1,
  /** Place of the committed value, or 0 when there is none. */
  base: 2,
  /** Wrong guesses of a write in this block. */
  misses: 3,
  /** Where the key's words stand. */
  place: 4,
  words: 5,
  /** Committed values of up to {@link KEY_VALUE_WORDS} words lie here, on the line that a read touches anyway. */
  value: 11,
} as const;
export const KEY_WORDS = 16;
export const KEY_INLINE_WORDS = KEY.value - KEY.words;
export const KEY_VALUE_WORDS = KEY_WORDS - KEY.value;

/** A transaction's encoded header, 8 words. */
export const HEADER = {
  sender: 0,
  nonce: 1,
  type: 2,
  gasLimit: 3,
  gasPrice: 4,
  work: 5,
  args: 6,
  burntPrice: 7,
} as const;
export const HEADER_WORDS = 8;

/** Faults of lanes that one block can have, and the words of one: lane, kind, first transaction, factor. */
export const MOST_FAULTS = 32;
export const FAULT_WORDS = 4;

/** A transaction's execution record: one cache line, so that neighbours do not disturb each other. */
export const TX = {
  /** incarnation × 8 + status */
  status: 0,
  /** Head of the list of transactions parked on this one: index + 1, or 0. */
  parkedHead: 1,
  /** Next in the list this one is parked in: index + 1, or 0. */
  parkedNext: 2,
  /** Access list of the last finished incarnation, or 0. */
  access: 3,
  receipt: 4,
  gasUsed: 5,
  changedAt: 6,
  validatedAt: 7,
  /** Keys on which this one set an ESTIMATE when it was parked, or 0. */
  claims: 8,
  executions: 9,
  suspensions: 10,
  aborts: 11,
} as const;
export const TX_WORDS = 16;

/** A version node: one for each (key, transaction) that was ever written in the block. */
export const NODE = { tx: 0, next: 1, word: 2, completed: 3 } as const;
export const NODE_WORDS = 4;

/** A value record has two words before the value: the writer, and incarnation × 2 + deleted. */
export const RECORD_HEADER = 2;

/** Integer part of a trace record; start and end lie in the float part. */
export const TRACE = {
  sequence: 0,
  kind: 1,
  tx: 2,
  incarnation: 3,
  causeTx: 4,
  causeKey: 5,
  access: 6,
  found: 7,
} as const;
export const TRACE_WORDS = 8;

export interface MemorySize {
  readonly transactions: number;
  readonly keys: number;
  readonly longKeyWords: number;
  readonly argumentWords: number;
  /** Queues of lanes, and each transaction's places in them; 1 where no executor needs them. */
  readonly lockWords: number;
  readonly nodes: number;
  readonly stateWords: number;
  readonly arenaWords: number;
  readonly workers: number;
  readonly traceRecords: number;
}

export interface MemoryLayout {
  readonly size: MemorySize;
  readonly keySlots: number;
  readonly keySlotMask: number;
  readonly keys: number;
  readonly longKeys: number;
  readonly headers: number;
  readonly faults: number;
  readonly tx: number;
  readonly args: number;
  readonly locks: number;
  readonly nodes: number;
  readonly trace: number;
  readonly traceTimes: number;
  readonly state: number;
  readonly arena: number;
  readonly words: number;
}

function align(word: number, to: number): number {
  return Math.ceil(word / to) * to;
}

export function layoutOf(size: MemorySize): MemoryLayout {
  let next = CONTROL_WORDS;
  const take = (words: number): number => {
    const at = align(next, LINE);
    next = at + words;
    return at;
  };
  let slots = 64;
  while (slots < size.keys * 2) slots *= 2;
  return {
    size,
    keySlots: take(slots),
    keySlotMask: slots - 1,
    keys: take(size.keys * KEY_WORDS),
    longKeys: take(size.longKeyWords),
    faults: take(MOST_FAULTS * FAULT_WORDS),
    headers: take(size.transactions * HEADER_WORDS),
    tx: take(size.transactions * TX_WORDS),
    args: take(size.argumentWords),
    state: take(size.stateWords),
    nodes: take(size.nodes * NODE_WORDS),
    locks: take(size.lockWords),
    arena: take(size.arenaWords),
    trace: take(size.workers * size.traceRecords * TRACE_WORDS),
    traceTimes: take(size.workers * size.traceRecords * 4),
    words: align(next, LINE),
  };
}

/** The views over the buffer and where things lie in it. Threads share the buffer, not this object. */
export interface BlockMemory {
  readonly buffer: ArrayBufferLike;
  readonly i32: Int32Array;
  readonly u32: Uint32Array;
  readonly f64: Float64Array;
  readonly layout: MemoryLayout;
}

export function viewMemory(buffer: ArrayBufferLike, size: MemorySize): BlockMemory {
  return {
    buffer,
    i32: new Int32Array(buffer),
    u32: new Uint32Array(buffer),
    f64: new Float64Array(buffer),
    layout: layoutOf(size),
  };
}

/** Allocates and prepares an empty memory; `shared` needs SharedArrayBuffer. */
export function createMemory(size: MemorySize, shared: boolean): BlockMemory {
  const bytes = layoutOf(size).words * 4;
  const memory = viewMemory(shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes), size);
  clearMemory(memory);
  return memory;
}

/** Forgets all keys, state and blocks. */
export function clearMemory(memory: BlockMemory): void {
  const { i32, layout } = memory;
  i32.fill(0, 0, layout.headers);
  i32[CONTROL.stateNext] = layout.state;
  i32[CONTROL.longKeyNext] = layout.longKeys;
  resetBlockArenas(memory);
}

/** Empties what belongs to one block; keys and state stay. */
export function resetBlockArenas(memory: BlockMemory): void {
  const { i32, layout } = memory;
  i32[CONTROL.arenaNext] = layout.arena;
  i32[CONTROL.nodeNext] = layout.nodes;
  const end = layout.keys + i32[CONTROL.keyCount]! * KEY_WORDS;
  for (let at = layout.keys; at < end; at += KEY_WORDS) {
    i32[at + KEY.head] = 0;
    i32[at + KEY.misses] = 0;
  }
}
