import type { ModuleSet } from '../../moduleSdk/index.ts';
import { type CommittedState, keyIdentity, type StateChange } from '../../storage/contract.ts';
import type { Transaction } from '../../types/transaction.ts';
import { CONTROL, createMemory, RECORD_HEADER } from '../kernel/blockMemory.ts';
import type { StateStore } from '../contract.ts';
import { argumentWordsOf, type BlockEnvironment, encodeBlock } from '../kernel/encodedBlock.ts';
import { createTransactionExecutor } from '../kernel/executeTransaction.ts';
import type { AccessSet, BlockOutcome, RawReceipt } from '../outcome.ts';
import { NOT_READ, TransactionContext } from '../kernel/transactionContext.ts';
import { creditFees } from './creditFees.ts';

/** What little gas can write, and the kernel's own records. */
const SCRATCH_WORDS = 1 << 16;
/** A record of w words takes w + 2 and costs four gas a word and more than eight for the two. */
const GAS_PER_WORD = 4;

/** The oracle's answer: the outcome, and what each transaction touched. */
export interface OracleOutcome extends BlockOutcome {
  readonly accesses: readonly AccessSet[];
  /** What each transaction wrote, in the order of {@link AccessSet.writes}; null where it deleted. */
  readonly written: readonly (readonly (Uint32Array | null)[])[];
  /** The words of each key number that {@link AccessSet} names. */
  readonly keys: readonly Uint32Array[];
}

/** A plain map over the state before the block; values are copied into scratch memory when read. */
class OracleStore implements StateStore {
  readonly u32: Uint32Array;
  readonly version = 0;
  readonly keys: Uint32Array[] = [];
  readonly values = new Map<number, Uint32Array | null>();
  private readonly identities: string[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly state: CommittedState;
  private readonly start: number;
  private readonly end: number;
  private next: number;

  constructor(u32: Uint32Array, start: number, end: number, state: CommittedState) {
    this.u32 = u32;
    this.start = this.next = start;
    this.end = end;
    this.state = state;
  }

  begin(): void {
    this.next = this.start;
  }

  intern(words: Uint32Array, count: number): number {
    const identity = keyIdentity(words, 0, count);
    let key = this.numbers.get(identity);
    if (key === undefined) {
      key = this.keys.length;
      this.numbers.set(identity, key);
      this.keys.push(words.slice(0, count));
      this.identities.push(identity);
    }
    return key;
  }

  load(key: number): number {
    const value = this.current(key);
    if (value === null) return 0;
    const place = this.allocate(value.length, false);
    this.u32.set(value, place);
    return place;
  }

  allocate(words: number, deleted: boolean): number {
    const place = this.next + RECORD_HEADER;
    this.next = place + words;
    // Gas bounds what a transaction can write, and the scratch is larger than that.
    if (this.next > this.end) throw new RangeError('oracle scratch memory exhausted');
    this.u32[place - 1] = deleted ? 1 : 0;
    return place;
  }

  /** The key's value at this point of the block. */
  current(key: number): Uint32Array | null {
    const written = this.values.get(key);
    return written === undefined ? this.before(key) : written;
  }

  /** The key's value before the block. */
  before(key: number): Uint32Array | null {
    return this.state.get(this.identities[key]!)?.value ?? null;
  }

  change(key: number): StateChange {
    return {
      identity: this.identities[key]!,
      key: this.keys[key]!,
      before: this.before(key),
      after: this.values.get(key)!,
    };
  }
}

export interface OracleOptions {
  /** Each transaction writes the fee recipient's fees itself: other accesses, the same changes. */
  readonly trackFees?: boolean;
}

/**
 * The sequential oracle: every transaction of the block, one after another, over a plain map. Simple enough to be right;
 * what every other executor must equal.
 */
export function runOracle(
  modules: ModuleSet,
  state: CommittedState,
  environment: BlockEnvironment,
  transactions: readonly Transaction[],
  options: OracleOptions = {},
): OracleOutcome {
  const mostGas = transactions.reduce((most, { gasLimit }) => Math.max(most, gasLimit), 0);
  const size = {
    transactions: Math.max(1, transactions.length),
    keys: 1,
    longKeyWords: 1,
    argumentWords: argumentWordsOf(transactions, modules) + 1,
    nodes: 1,
    stateWords: 1,
    arenaWords: SCRATCH_WORDS + Math.ceil(mostGas / GAS_PER_WORD),
    workers: 1,
    traceRecords: 1,
  };
  const memory = createMemory(size, false);
  encodeBlock(memory, modules, environment, transactions);
  memory.i32[CONTROL.trackFees] = options.trackFees === true ? 1 : 0;
  const { arena } = memory.layout;
  const store = new OracleStore(memory.u32, arena, arena + size.arenaWords, state);
  const context = new TransactionContext(store, modules, {
    keyCapacity: 4096,
    performsWork: false,
  });
  const executor = createTransactionExecutor(memory, modules, context);
  const receipts: RawReceipt[] = [];
  const accesses: AccessSet[] = [];
  const written: (Uint32Array | null)[][] = [];
  let gas = 0;
  for (let i = 0; i < transactions.length; i++) {
    store.begin();
    const status = executor.execute(i, false);
    if (gas + context.gasUsed > environment.gasLimit && i > 0) break;
    gas += context.gasUsed;
    const reads: number[] = [];
    const writes: number[] = [];
    const values: (Uint32Array | null)[] = [];
    for (let e = 0; e < context.accessCount; e++) {
      const key = context.accessKey[e]!;
      if (context.accessVersion[e] !== NOT_READ) reads.push(key);
      const place = context.accessWrite[e]!;
      if (place === 0) continue;
      writes.push(key);
      const deleted = memory.u32[place - 1] === 1;
      const value = deleted ? null : memory.u32.slice(place, place + valueWords(modules, store.keys[key]!));
      store.values.set(key, value);
      values.push(value);
    }
    accesses.push({ reads, writes });
    written.push(values);
    receipts.push({
      status,
      errorId: context.errorId,
      gasUsed: context.gasUsed,
      eventCount: context.eventCount,
      errorData: context.errorData.slice(0, context.errorWords),
      events: context.events.slice(0, context.eventWords),
    });
  }
  const changes = [...store.values.keys()].map((key) => store.change(key));
  const outcome = { count: receipts.length, receipts, changes };
  return {
    ...outcome,
    changes: creditFees(state, environment.feeRecipient, transactions, outcome),
    accesses,
    written,
    keys: store.keys,
  };
}

function valueWords(modules: ModuleSet, key: Uint32Array): number {
  return modules.tableById(key[0]!).valueWords;
}
