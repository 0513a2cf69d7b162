import {
  account,
  messageTables,
  type ModuleDefinition,
  struct,
  type Table,
  table,
  u32,
  u128,
} from '../../moduleSdk/index.ts';
import type { LaneFault } from '../../types/laneFault.ts';
import type { Receipt } from '../../types/receipt.ts';
import type { ArgumentValue, Transaction } from '../../types/transaction.ts';
import { Ended, ReferenceContext, type ReferenceFaults } from './referenceContext.ts';
import { type Entry, ReferenceState } from './referenceState.ts';
import { PRICE } from './rules.ts';

/** The kernel's tables, declared again. */
export const referenceAccounts = table('kernel/accounts', {
  key: { account: account() },
  value: struct({ nonce: u32(), feeBalance: u128() }),
});
export const referenceFees = table('kernel/fees', { key: { recipient: account() }, value: u128() });

export interface ReferenceBlock {
  readonly height: number;
  /** Seconds. */
  readonly timestamp: number;
  /** Gas that the block's transactions may use together; the first transaction is always in. */
  readonly gasLimit: number;
  readonly feeRecipient: number;
  /** What is wrong with lanes, from which transaction on; the later one of a lane counts. */
  readonly faults?: readonly LaneFault[];
  readonly transactions: readonly Transaction[];
}

/** Key texts that one transaction read from the state and wrote to it, the kernel's record included. */
export interface ReferenceAccess {
  readonly reads: ReadonlySet<string>;
  readonly writes: ReadonlySet<string>;
}

export interface ReferenceOutcome {
  readonly state: ReferenceState;
  /** One for each transaction that is in the block; those that the gas limit cut have none. */
  readonly receipts: readonly Receipt[];
  readonly accesses: readonly ReferenceAccess[];
}

type Ending = Pick<Receipt, 'status' | 'error' | 'errorData'>;

/**
 * Executes a block the plain way: maps, big integers, one transaction after another. Shares nothing
 * with `engine/execution`, so that a mistake there cannot hide here. `before` is not changed.
 */
export function interpretBlock(
  modules: readonly ModuleDefinition[],
  before: ReferenceState,
  block: ReferenceBlock,
): ReferenceOutcome {
  const state = new ReferenceState(before);
  const receipts: Receipt[] = [];
  const accesses: ReferenceAccess[] = [];
  let gas = 0;
  let earned = 0n;
  for (const [place, transaction] of block.transactions.entries()) {
    const faults = faultsAt(block, place);
    const { receipt, access, changes } = interpretTransaction(modules, state, block, transaction, faults);
    if (receipts.length > 0 && gas + receipt.gasUsed > block.gasLimit) break;
    gas += receipt.gasUsed;
    earned += BigInt(receipt.gasUsed) * (BigInt(transaction.gasPrice) - BigInt(transaction.burntPrice ?? 0));
    receipts.push(receipt);
    accesses.push(access);
    for (const [text, entry] of changes) {
      if (entry === undefined) state.remove(text);
      else state.put(entry);
    }
  }
  if (earned > 0n) {
    const held = state.get(referenceFees, block.feeRecipient) ?? 0n;
    state.set(referenceFees, held + earned, block.feeRecipient);
  }
  return { state, receipts, accesses };
}

interface Interpreted {
  readonly receipt: Receipt;
  readonly access: ReferenceAccess;
  /** By key text; `undefined` removes the key. */
  readonly changes: ReadonlyMap<string, Entry | undefined>;
}

/** Executes one transaction; `state` is not changed. */
function interpretTransaction(
  modules: readonly ModuleDefinition[],
  state: ReferenceState,
  block: ReferenceBlock,
  transaction: Transaction,
  faults: ReferenceFaults,
): Interpreted {
  const { sender, gasLimit } = transaction;
  const own = `kernel/accounts/${sender}`;
  const { nonce, feeBalance } = state.get(referenceAccounts, sender) ?? { nonce: 0, feeBalance: 0n };
  const gasPrice = BigInt(transaction.gasPrice);
  const needed = BigInt(gasLimit) * gasPrice;
  const reject = (error: string, errorData: Receipt['errorData']): Interpreted => ({
    receipt: { status: 'rejected', gasUsed: 0, error, errorData, events: [] },
    access: { reads: new Set([own]), writes: new Set() },
    changes: new Map(),
  });
  if (nonce !== transaction.nonce) {
    return reject('kernel/nonce_mismatch', { expected: nonce, given: transaction.nonce });
  }
  if (feeBalance < needed) return reject('kernel/insufficient_fee_balance', { balance: feeBalance, needed });

  const module = modules.find(({ id }) => id === transaction.module);
  if (module?.transactions[transaction.name] === undefined) {
    throw new Error(`there is no ${transaction.module}.${transaction.name}`);
  }
  const context = new ReferenceContext(state, modules, {
    sender,
    lane: module.lane,
    height: block.height,
    timestamp: block.timestamp,
    gasLimit,
    work: transaction.work,
    faults,
  });
  const ending = runModule(module, context, transaction);
  const { failed } = module.transactions[transaction.name]!;
  const succeeded = ending.status === 'success';
  if (!succeeded) {
    context.startAfresh();
    failed?.(context, transaction.args as Readonly<Record<string, never>>);
  }
  const changes = new Map(context.written);
  const paid = { nonce: nonce + 1, feeBalance: feeBalance - BigInt(context.gasUsed) * gasPrice };
  changes.set(own, { table: referenceAccounts as unknown as Table, key: [sender], value: paid });
  return {
    receipt: { ...ending, gasUsed: context.gasUsed, events: context.events },
    access: { reads: new Set([own, ...context.reads]), writes: new Set(changes.keys()) },
    changes,
  };
}

function runModule(module: ModuleDefinition, context: ReferenceContext, transaction: Transaction): Ending {
  const type = module.transactions[transaction.name]!;
  try {
    context.pay(PRICE.transaction);
    context.requireRunning(module.lane);
    if (type.genesisOnly && context.height !== 0) {
      throw new Ended('reverted', 'kernel/genesis_only', {});
    }
    type.run(context, transaction.args as Readonly<Record<string, never>>);
    return { status: 'success' };
  } catch (thrown) {
    if (!(thrown instanceof Ended)) return { status: 'panicked', error: 'kernel/panic', errorData: {} };
    const errorData = thrown.data as Readonly<Record<string, Exclude<ArgumentValue, object>>>;
    // Too many keys or events is a refusal like any other.
    const status = thrown.reason === 'outOfGas' ? 'outOfGas' : 'reverted';
    return { status, error: thrown.error, errorData };
  }
}

/** What is wrong with each lane when the transaction at this place runs. */
function faultsAt({ faults = [] }: ReferenceBlock, place: number): ReferenceFaults {
  const begun = faults.filter(({ fromIndex }) => fromIndex <= place);
  return new Map(begun.map(({ lane, kind }) => [lane, kind]));
}

/** Every table of the modules and the kernel's, by name. */
export function referenceTables(modules: readonly ModuleDefinition[]): Map<string, Table> {
  const tables = modules.flatMap((module) => [...(module.tables as readonly Table[])]);
  return new Map(
    [...tables, ...messageTables, referenceAccounts, referenceFees].map((item) => [
      item.name,
      item as unknown as Table,
    ]),
  );
}
