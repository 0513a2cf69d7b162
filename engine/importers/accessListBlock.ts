import { fail, ok, type Result } from '../base/result.ts';
import type { TransactionDraft } from '../types/transaction.ts';
import { type BlockAccessList, type ListedKey, readBlockAccessList } from './blockAccessList.ts';
import {
  addressText,
  type Expectation,
  type FinalValue,
  type ImportedBlock,
  type ImportedKey,
  type ImportEdits,
  keyOf,
  Numbering,
} from './importedBlock.ts';
import { findConvention, type IndexConvention, mostWritten } from './indexConvention.ts';
import { MAX_TRANSACTIONS, MAX_WRITES } from './limits.ts';
import { inPieces, Shards } from './shards.ts';

/** Numbers of the module: `PLACE` and `READING` of `modules/ethereum`. */
const PLACE = { balance: 0, nonce: 1, code: 2, storage: 3 } as const;
const READING = { blind: 0, read: 1, compare: 2 } as const;

/** One write of a transaction. */
interface Write {
  readonly key: number;
  readonly value: bigint;
  /** What the list says was there: the value and its writer, -1 when that is the system before the block. */
  readonly previous?: { readonly value: bigint; readonly writer: number };
}

/**
 * A block access list as a block of `ethereum.replay` transactions. The list does not name senders, so each transaction
 * has an account of its own. What the system wrote before the transactions is there at genesis; what it
 * wrote after them is one more transaction at the end. Fails as {@link readBlockAccessList} does, with
 * `import/empty`, or with `import/transaction_too_big`.
 */
export function accessListBlock(file: Uint8Array, name: string): Result<ImportedBlock> {
  const list = readBlockAccessList(file);
  if (!list.ok) return list;
  const convention = findConvention(list.value);
  if (list.value.keys.length === 0 || convention.transactions === 0) {
    return fail(
      'import/empty',
      'The list holds no transactions: there is nothing to execute. Choose another block.',
    );
  }
  if (convention.transactions > MAX_TRANSACTIONS) {
    const message = `The list names more than ${MAX_TRANSACTIONS} transactions, which is more than a block may have here: choose a smaller one.`;
    return fail('import/too_many_transactions', message, { max: MAX_TRANSACTIONS });
  }
  const replays = replaysOf(list.value.keys, convention);
  const large = replays.findIndex((writes) => writes.length > MAX_WRITES);
  if (large >= 0) {
    const message = `Transaction ${large} writes ${replays[large]!.length} keys; a transaction here may write ${MAX_WRITES}. Choose another block.`;
    return fail('import/transaction_too_big', message, { tx: large, max: MAX_WRITES });
  }
  return ok(assemble(list.value, convention, replays, name));
}

/** Writes by transaction, the system’s after the last. */
function replaysOf(keys: readonly ListedKey[], { first, transactions, systemAfter }: IndexConvention) {
  const replays: Write[][] = Array.from({ length: transactions + (systemAfter ? 1 : 0) }, () => []);
  keys.forEach(({ changes }, key) => {
    changes.forEach(({ index, value }, i) => {
      if (index < first) return;
      const before = changes[i - 1];
      const write = { key, value };
      replays[index - first]!.push(
        before === undefined
          ? write
          : { ...write, previous: { value: before.value, writer: before.index - first } },
      );
    });
  });
  return replays;
}

/** A list as it was understood. */
interface Understood {
  readonly listed: readonly ListedKey[];
  /** The list’s index of the first transaction. */
  readonly first: number;
  readonly replays: readonly (readonly Write[])[];
  /** Number of the fee recipient’s balance, or -1. */
  readonly feeRecipient: number;
}

function assemble(
  { keys: listed, storageReads }: BlockAccessList,
  convention: IndexConvention,
  replays: readonly (readonly Write[])[],
  name: string,
): ImportedBlock {
  const { first, transactions } = convention;
  const paid = mostWritten(listed, first, first + transactions - 1);
  const feeRecipient = paid === undefined ? -1 : listed.indexOf(paid);
  const list: Understood = { listed, first, replays, feeRecipient };
  const keys = listed.map(importedKey);
  const addresses = new Numbering<bigint>();
  const numberOf = listed.map(({ address }) => addresses.numberOf(addressText(address), () => address));
  const touches = replays.map((writes) => [
    ...new Set(writes.filter(({ key }) => key !== feeRecipient).map(({ key }) => numberOf[key]!)),
  ]);
  const block = numberInName(name);
  return {
    kind: 'blockAccessList',
    block,
    indexConvention: convention.name,
    nonces: replays.map(() => 0),
    genesis: presets(list),
    keys,
    writes: replays.slice(0, transactions).map((writes) => writes.map(({ key }) => key)),
    feeRecipient,
    addresses: addresses.items,
    touches,
    notes: notesOf(convention, storageReads, listed, block !== null),
    transactions: (edits) => draftsOf(list, edits),
    expected: (edits) => expectationOf(list, keys, edits),
  };
}

/** What the system wrote before the first transaction, as the transactions of genesis. */
function presets({ listed, first, replays }: Understood): TransactionDraft[] {
  const before = listed.flatMap((key) =>
    key.changes
      .filter(({ index }) => index < first)
      .map(({ value }) => changeOf(key, value, 0, READING.blind)),
  );
  return inPieces(before, MAX_WRITES).map((changes) => ({
    sender: replays.length,
    module: 'ethereum',
    name: 'preset',
    args: { changes },
  }));
}

function draftsOf(
  { listed, replays, feeRecipient }: Understood,
  { kept, ways }: ImportEdits,
): TransactionDraft[] {
  const shards = new Shards(ways);
  const drafts: TransactionDraft[] = [];
  replays.forEach((writes, tx) => {
    if (kept[tx] === false) return;
    const changes = writes.map(({ key, value, previous }) => {
      const shard = shards.next(key);
      if (key === feeRecipient) return changeOf(listed[key]!, value, shard, READING.blind);
      const comparable = !ways.has(key) && previous !== undefined && kept[previous.writer] !== false;
      return comparable
        ? changeOf(listed[key]!, value, shard, READING.compare, previous.value)
        : changeOf(listed[key]!, value, shard, READING.read);
    });
    drafts.push({ sender: tx, module: 'ethereum', name: 'replay', args: { changes } });
  });
  return drafts;
}

/** A change as `ethereum.replay` takes it. */
function changeOf(
  { place, address, slot }: ListedKey,
  value: bigint,
  shard: number,
  reading: number,
  expected = 0n,
) {
  return { place: PLACE[place], address, slot, shard, reading, expected, value };
}

function expectationOf(list: Understood, keys: readonly ImportedKey[], edits: ImportEdits): Expectation {
  const finals: FinalValue[] = [];
  list.listed.forEach(({ changes }, key) => {
    const { index, value } = changes[changes.length - 1]!;
    if (edits.ways.has(key) || edits.kept[index - list.first] === false) return;
    const { table, parts } = keys[key]!;
    finals.push({ table, parts, value });
  });
  const compared = ({ reading }: { readonly reading: number }): boolean => reading === READING.compare;
  const comparisons = draftsOf(list, edits).reduce(
    (sum, { args }) =>
      sum + (args.changes as readonly { readonly reading: number }[]).filter(compared).length,
    0,
  );
  return { finals, leftOut: keys.length - finals.length, comparisons };
}

function importedKey({ place, address, slot }: ListedKey): ImportedKey {
  return place === 'storage' ? keyOf.storage(address, slot) : keyOf[place](address);
}

/** A list does not carry its block's number; people name the file after it. */
function numberInName(name: string): string | null {
  return /^(\d{1,12})(\.\w+)?$/.exec(name)?.[1] ?? null;
}

function notesOf(
  { name, systemAfter }: IndexConvention,
  storageReads: number,
  keys: readonly ListedKey[],
  named: boolean,
): string[] {
  const notes = [
    name === 'transactionsFromZero'
      ? 'Index 0 was read as the first transaction, since a nonce or a balance changes there.'
      : 'Index 0 was read as the system before the first transaction: what it wrote is there from the start.',
    'A block access list names no senders: each transaction has an account of its own.',
  ];
  if (systemAfter) {
    notes.push('What the system wrote after the last transaction is one more transaction at the end.');
  }
  if (storageReads > 0) {
    notes.push(
      `${storageReads} slots are listed as read only; the list does not say by whom, so they are left out.`,
    );
  }
  if (keys.some(({ place }) => place === 'code')) notes.push('Of new code only its SHA-256 is kept.');
  if (named) notes.push('The number of the block is that in the name of the file; a list does not carry it.');
  return notes;
}
