import { nextPowerOfTwo } from '../../base/integerMath.ts';
import type { ModuleSet } from '../../moduleSdk/index.ts';
import type { CommittedState } from '../../storage/contract.ts';
import type { Transaction } from '../../types/transaction.ts';
import { KEY_INLINE_WORDS, LINE, type MemorySize } from './blockMemory.ts';
import { argumentWordsOf } from './encodedBlock.ts';

/** How a block is to be executed; nothing here changes what it does. */
export interface ExecutionPlan {
  readonly workers: number;
  readonly trackFees: boolean;
  readonly accountGranularity: boolean;
  /** 0 counters only, 1 every span. */
  readonly traceLevel: number;
  /** Lanes of each transaction, ascending, for the executor that needs them; see `moduleLanes/`. */
  readonly lanes?: DeclaredLanes;
}

/** For each transaction of a block the numbers of the lanes in which it may touch keys. */
export type DeclaredLanes = readonly (readonly number[])[];

/** Words a transaction's records take in the arenas, all its incarnations together; grown when it was too little. */
const ARENA_WORDS_PER_TRANSACTION = 256;
const NODES_PER_TRANSACTION = 12;
const KEYS_PER_TRANSACTION = 3;
const TRACE_RECORDS_PER_TRANSACTION = 12;
/** What an entry of a list in the arguments adds: most often it is a key that is read and written. */
const ARENA_WORDS_PER_ENTRY = 48;

/** A memory size for such a block; `growth` doubles what may have been too small. */
export function memorySizeFor(
  modules: ModuleSet,
  state: CommittedState,
  transactions: readonly Transaction[],
  plan: ExecutionPlan,
  growth = 1,
): MemorySize {
  const count = Math.max(16, transactions.length);
  const entries = listEntriesOf(transactions, modules);
  const keys = nextPowerOfTwo((state.size + count * KEYS_PER_TRANSACTION + entries) * growth + 1024);
  const longest = longestKeyOf(transactions, modules);
  return {
    transactions: nextPowerOfTwo(count),
    keys,
    longKeyWords: longest > KEY_INLINE_WORDS ? keys * longest : keys,
    argumentWords: nextPowerOfTwo(argumentWordsOf(transactions, modules) + 1024),
    lockWords: plan.lanes === undefined ? 1 : lockWordsOf(plan.lanes),
    nodes: (count * NODES_PER_TRANSACTION + entries) * growth + plan.workers * 128,
    stateWords: keys * 6,
    arenaWords:
      (count * ARENA_WORDS_PER_TRANSACTION + entries * ARENA_WORDS_PER_ENTRY) * growth + plan.workers * 8192,
    workers: plan.workers,
    traceRecords: plan.traceLevel === 0 ? 16 : count * TRACE_RECORDS_PER_TRANSACTION * growth,
  };
}

/** Words of one entry of a transaction's list of locks. */
export const LOCK_WORDS = 3;

/** Room for a queue a lane, and for each transaction its lanes, its sender and the fee recipient. */
function lockWordsOf(lanes: DeclaredLanes): number {
  const queues = new Set<number>();
  let entries = 0;
  for (const declared of lanes) {
    entries += declared.length + 2;
    for (const lane of declared) queues.add(lane);
  }
  return nextPowerOfTwo(queues.size * LINE + entries * LOCK_WORDS + 1);
}

/** Entries of all lists among the arguments. */
function listEntriesOf(transactions: readonly Transaction[], modules: ModuleSet): number {
  let entries = 0;
  for (const { module, name, args } of transactions) {
    const { names, fields } = modules.transaction(module, name)!.type.args;
    const last = names[names.length - 1];
    if (last !== undefined && fields[last]!.kind === 'list')
      entries += (args[last] as readonly unknown[]).length;
  }
  return entries;
}

/** Words of the longest key that the modules of these transactions have. */
function longestKeyOf(transactions: readonly Transaction[], modules: ModuleSet): number {
  let longest = 0;
  for (const id of new Set(transactions.map(({ module }) => module))) {
    for (const { keyWords } of modules.module(id)!.tables) longest = Math.max(longest, keyWords);
  }
  return longest;
}

/** Whether a block of that size runs in this memory as it is. */
export function memoryFits(has: MemorySize, needs: MemorySize): boolean {
  return (Object.keys(needs) as (keyof MemorySize)[]).every((part) => has[part] >= needs[part]);
}
