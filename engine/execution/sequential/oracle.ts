import type { ModuleSet } from '../../moduleSdk/index.ts';
import type { CommittedState } from '../../storage/contract.ts';
import type { ReceiptStatus } from '../../types/receipt.ts';
import type { Transaction } from '../../types/transaction.ts';
import { CONTROL, createMemory, type BlockMemory } from '../kernel/blockMemory.ts';
import { argumentWordsOf, type BlockEnvironment, encodeBlock } from '../kernel/encodedBlock.ts';
import { createTransactionExecutor, type TransactionExecutor } from '../kernel/executeTransaction.ts';
import type { AccessSet, BlockOutcome, RawReceipt } from '../outcome.ts';
import { NOT_READ, TransactionContext } from '../kernel/transactionContext.ts';
import { creditFees } from './creditFees.ts';
import { OracleStore } from './oracleStore.ts';
import { WordLog } from './wordLog.ts';

/** What little gas can write, and the kernel's own records. */
const SCRATCH_WORDS = 1 << 16;
/** A record of w words takes w + 2 and costs four gas a word and more than eight for the two. */
const GAS_PER_WORD = 4;
/** A memory of up to so many words is kept for the next block; larger ones are rare. */
const KEPT_WORDS = 1 << 21;

/** The oracle's answer: the outcome, and what each transaction touched. */
export interface OracleOutcome extends BlockOutcome {
  readonly accesses: readonly AccessSet[];
  /** What each transaction wrote, in the order of {@link AccessSet.writes}; null where it deleted. */
  readonly written: readonly (readonly (Uint32Array | null)[])[];
  /** The words of each key number that {@link AccessSet} names. */
  readonly keys: readonly Uint32Array[];
}

export interface OracleOptions {
  /** Each transaction writes the fee recipient's fees itself: other accesses, the same changes. */
  readonly trackFees?: boolean;
}

/** What an onlooker wants of a block beside its outcome. */
interface BlockRecord {
  readonly accesses: AccessSet[];
  readonly written: (Uint32Array | null)[][];
  keys: readonly Uint32Array[];
}

/** Where the oracle works: memory with a store over it, and the transaction at hand. */
interface Desk {
  readonly memory: BlockMemory;
  readonly store: OracleStore;
  readonly context: TransactionContext;
  readonly executor: TransactionExecutor;
}

/**
 * The sequential oracle: every transaction of the block, one after another, over a plain map. Simple enough to be right;
 * what every other executor must equal. Blocks have nothing in common but the room they are worked in.
 */
export class Oracle {
  private readonly modules: ModuleSet;
  private desk: Desk | undefined;

  constructor(modules: ModuleSet) {
    this.modules = modules;
  }

  /** Executes a block and tells what each transaction touched. */
  execute(
    state: CommittedState,
    environment: BlockEnvironment,
    transactions: readonly Transaction[],
    options: OracleOptions = {},
  ): OracleOutcome {
    const record: BlockRecord = { accesses: [], written: [], keys: [] };
    const outcome = this.run(state, environment, transactions, options, record);
    return { ...outcome, ...record };
  }

  /** Executes a block for its outcome alone. */
  replay(
    state: CommittedState,
    environment: BlockEnvironment,
    transactions: readonly Transaction[],
  ): BlockOutcome {
    return this.run(state, environment, transactions, {}, undefined);
  }

  private run(
    state: CommittedState,
    environment: BlockEnvironment,
    transactions: readonly Transaction[],
    { trackFees = false }: OracleOptions,
    record: BlockRecord | undefined,
  ): BlockOutcome {
    const { memory, store, context, executor } = this.deskFor(transactions);
    encodeBlock(memory, this.modules, environment, transactions);
    memory.i32[CONTROL.trackFees] = trackFees ? 1 : 0;
    store.beginBlock(state);
    const receipts: RawReceipt[] = [];
    const words = new WordLog();
    let gas = 0;
    for (let i = 0; i < transactions.length; i++) {
      store.beginTransaction();
      const status = executor.execute(i, false);
      if (gas + context.gasUsed > environment.gasLimit && i > 0) break;
      gas += context.gasUsed;
      this.keepWrites(store, context, record);
      receipts.push(receiptOf(status, context, words));
    }
    const changes = store.changes();
    if (record !== undefined) record.keys = store.keys;
    // The next block starts from another state; this one is nobody's business any more.
    store.beginBlock(undefined);
    const outcome = { count: receipts.length, receipts, changes };
    return { ...outcome, changes: creditFees(state, environment.feeRecipient, transactions, outcome) };
  }

  /** Puts what the transaction wrote into the map, and what it touched into the record when there is one. */
  private keepWrites(store: OracleStore, context: TransactionContext, record: BlockRecord | undefined): void {
    const written: (Uint32Array | null)[] = [];
    for (let e = 0; e < context.accessCount; e++) {
      const place = context.accessWrite[e]!;
      if (place === 0) continue;
      const key = context.accessKey[e]!;
      const length = this.modules.tableById(store.keys[key]![0]!).valueWords;
      // A record shows every value that a key went through; without one, only the last is looked at.
      const value = store.keep(key, place, length, record !== undefined);
      if (record !== undefined) written.push(value);
    }
    record?.accesses.push(accessSet(context));
    record?.written.push(written);
  }

  private deskFor(transactions: readonly Transaction[]): Desk {
    const mostGas = transactions.reduce((most, { gasLimit }) => Math.max(most, gasLimit), 0);
    const needed = {
      transactions: Math.max(1, transactions.length),
      argumentWords: argumentWordsOf(transactions, this.modules) + 1,
      arenaWords: SCRATCH_WORDS + Math.ceil(mostGas / GAS_PER_WORD),
    };
    const held = this.desk?.memory.layout.size;
    if (
      this.desk !== undefined &&
      held !== undefined &&
      held.transactions >= needed.transactions &&
      held.argumentWords >= needed.argumentWords &&
      held.arenaWords >= needed.arenaWords
    ) {
      return this.desk;
    }
    const rest = {
      keys: 1,
      longKeyWords: 1,
      lockWords: 1,
      nodes: 1,
      stateWords: 1,
      workers: 1,
      traceRecords: 1,
    };
    const memory = createMemory({ ...needed, ...rest }, false);
    const store = new OracleStore(memory);
    const context = new TransactionContext(store, this.modules, { keyCapacity: 4096, performsWork: false });
    const executor = createTransactionExecutor(memory, this.modules, context);
    const desk = { memory, store, context, executor };
    if (memory.layout.words <= KEPT_WORDS) this.desk = desk;
    return desk;
  }
}

/** One block by an oracle of its own. */
export function runOracle(
  modules: ModuleSet,
  state: CommittedState,
  environment: BlockEnvironment,
  transactions: readonly Transaction[],
  options: OracleOptions = {},
): OracleOutcome {
  return new Oracle(modules).execute(state, environment, transactions, options);
}

function accessSet(context: TransactionContext): AccessSet {
  const reads: number[] = [];
  const writes: number[] = [];
  for (let e = 0; e < context.accessCount; e++) {
    const key = context.accessKey[e]!;
    if (context.accessVersion[e] !== NOT_READ) reads.push(key);
    if (context.accessWrite[e] !== 0) writes.push(key);
  }
  return { reads, writes };
}

function receiptOf(status: ReceiptStatus, context: TransactionContext, words: WordLog): RawReceipt {
  const { errorId, gasUsed, eventCount } = context;
  return {
    status,
    errorId,
    gasUsed,
    eventCount,
    errorData: words.keep(context.errorData, context.errorWords),
    events: words.keep(context.events, context.eventWords),
  };
}
