import { creditFees } from '../../execution/sequential/creditFees.ts';
import type { OracleOutcome } from '../../execution/sequential/oracle.ts';
import type { BlockOutcome, RawReceipt } from '../../execution/outcome.ts';
import { keyText, type ModuleSet, readKeyParts, type Table } from '../../moduleSdk/index.ts';
import { FlatState } from '../../storage/flatMap/flatState.ts';
import { type ChainEvent, type Receipt, RECEIPT_STATUS_NAMES } from '../../types/receipt.ts';
import { interpretBlock, referenceTables } from '../reference/interpreter.ts';
import { ReferenceState } from '../reference/referenceState.ts';
import type { Block } from './world.ts';

function sameWords(a: Uint32Array | null, b: Uint32Array | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((word, i) => word === b[i]);
}

function sameReceipt(a: RawReceipt, b: RawReceipt): boolean {
  return (
    a.status === b.status &&
    a.errorId === b.errorId &&
    a.gasUsed === b.gasUsed &&
    a.eventCount === b.eventCount &&
    sameWords(a.errorData, b.errorData) &&
    sameWords(a.events, b.events)
  );
}

/** The first thing in which an executor's outcome is not the oracle's, or undefined. Fees are credited to both. */
export function differenceFromOracle(
  modules: ModuleSet,
  block: Block,
  oracle: OracleOutcome,
  got: BlockOutcome,
): string | undefined {
  if (got.count !== oracle.count) return `${got.count} transactions instead of ${oracle.count}`;
  for (let i = 0; i < oracle.count; i++) {
    if (!sameReceipt(oracle.receipts[i]!, got.receipts[i]!)) {
      return `receipt ${i}: ${text(got.receipts[i])} instead of ${text(oracle.receipts[i])}`;
    }
  }
  const changes = creditFees(block.state, block.environment.feeRecipient, block.transactions, got);
  const seen = new Map(changes.map((change) => [change.identity, change]));
  for (const want of oracle.changes) {
    const change = seen.get(want.identity);
    const name = keyTextOf(modules, want.key);
    if (change === undefined) return `${name} is not written`;
    if (!sameWords(change.after, want.after))
      return `${name} is ${text(change.after)} instead of ${text(want.after)}`;
    if (!sameWords(change.before, want.before))
      return `${name} was ${text(change.before)} before, not ${text(want.before)}`;
  }
  if (seen.size === changes.length && changes.length === oracle.changes.length) return undefined;
  const extra = changes.find((change) =>
    oracle.changes.every(({ identity }) => identity !== change.identity),
  );
  return extra
    ? `${keyTextOf(modules, extra.key)} is written, to ${text(extra.after)}`
    : 'a key is written twice';
}

/** The first thing in which the oracle's outcome is not the reference interpreter's, or undefined. */
export function differenceFromReference(
  modules: ModuleSet,
  block: Block,
  oracle: OracleOutcome,
): string | undefined {
  const want = interpretBlock(modules.modules, toReferenceState(modules, block.state), {
    ...block.environment,
    transactions: block.transactions,
  });
  if (want.receipts.length !== oracle.count)
    return `${oracle.count} transactions instead of ${want.receipts.length}`;
  for (let i = 0; i < oracle.count; i++) {
    const receipt = text(decodeReceipt(modules, oracle.receipts[i]!));
    if (receipt !== text(want.receipts[i]))
      return `receipt ${i}: ${receipt} instead of ${text(want.receipts[i])}`;
    const { reads, writes } = want.accesses[i]!;
    const access = oracle.accesses[i]!;
    const name = (key: number): string => keyTextOf(modules, oracle.keys[key]!);
    for (const [what, got, expected] of [
      ['reads', access.reads, reads],
      ['writes', access.writes, writes],
    ] as const) {
      const names = got.map(name).sort().join(' ');
      const wanted = [...expected].sort().join(' ');
      if (names !== wanted) return `transaction ${i} ${what} ${names} instead of ${wanted}`;
    }
  }
  const after = new FlatState(block.state);
  after.apply(oracle.changes);
  const got = toReferenceState(modules, after).toJson();
  const wanted = want.state.toJson();
  for (const [key, value] of wanted) {
    if (text(got.get(key)) !== text(value))
      return `${key} is ${text(got.get(key))} instead of ${text(value)}`;
  }
  for (const key of got.keys()) if (!wanted.has(key)) return `${key} is there`;
  return undefined;
}

function toReferenceState(modules: ModuleSet, state: FlatState): ReferenceState {
  const tables = referenceTables(modules.modules);
  const reference = new ReferenceState();
  for (const { key, value } of state.entries()) {
    const table = modules.tableById(key[0]!);
    const parts = readKeyParts(table, key, 0);
    reference.set(tables.get(table.name)! as unknown as Table, table.readValue(value, 0), ...parts);
  }
  return reference;
}

function decodeReceipt(modules: ModuleSet, raw: RawReceipt): Receipt {
  const events: ChainEvent[] = [];
  for (let at = 0; at < raw.events.length; ) {
    const type = modules.eventById(raw.events[at]!);
    const [module, name] = type.name.split('/') as [string, string];
    events.push({ module, name, fields: type.shape.read(raw.events, at + 1) as ChainEvent['fields'] });
    at += 1 + type.shape.words;
  }
  const status = RECEIPT_STATUS_NAMES[raw.status]!;
  if (raw.errorId === 0) return { status, gasUsed: raw.gasUsed, events };
  const error = modules.errorById(raw.errorId);
  const errorData = error.shape.read(raw.errorData, 0) as Receipt['errorData'];
  return { status, error: error.name, errorData, gasUsed: raw.gasUsed, events };
}

function keyTextOf(modules: ModuleSet, key: Uint32Array): string {
  const table = modules.tableById(key[0]!);
  return keyText(table, readKeyParts(table, key, 0));
}

/** As JSON with sorted names, so that equal things have equal texts. */
function text(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => {
    if (typeof item === 'bigint') return item.toString();
    if (item instanceof Uint32Array) return [...item];
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
    return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
