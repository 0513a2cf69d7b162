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
    return fail('import/empty', 'The list holds no transactions: there is nothing to execute.');
  }
  if (convention.transactions > MAX_TRANSACTIONS) {
    const message = `The list names more than ${MAX_TRANSACTIONS} transactions, which is more than a block may have here.`;
    return fail('import/too_many_transactions', message, { max: MAX_TRANSACTIONS });
  }
  const replays = replaysOf(list.value.keys, convention);
  const large = replays.findIndex((writes) => writes.length > MAX_WRITES);
  if (large >= 0) {
    const message = `Transaction ${large} writes ${replays[large]!.length} keys; a transaction here may write ${MAX_WRITES}.`;
    return fail('import/transaction_too_big', message, { tx: large, max: MAX_WRITES });
  }
  return ok(assemble(list.value, convention, replays, name));
}

/** Writes by transaction, the system's after the last. */
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

function assemble(
  { keys: listed, storageReads }: BlockAccessList,
  convention: IndexConvention,
  replays: readonly (readonly Write[])[],
  name: string,
): ImportedBlock {
  const { first, transactions } = convention;
  const keys = listed.map(importedKey);
  const paid = mostWritten(listed);
  const feeRecipient = paid === undefined ? -1 : listed.indexOf(paid);
  const addresses = new Numbering<bigint>();
  const numberOf = listed.map(({ address }) => addresses.numberOf(addressText(address), () => address));
  const ofTransactions = replays.slice(0, transactions);
  const touches = replays.map((writes) => [
    ...new Set(writes.filter(({ key }) => key !== feeRecipient).map(({ key }) => numberOf[key]!)),
  ]);
  const block = numberInName(name);
  const change = (write: Pick<Write, 'key' | 'value'>, reading: number, shard: number, expected = 0n) => {
    const { place, address, slot } = listed[write.key]!;
    return { place: PLACE[place], address, slot, shard, reading, expected, value: write.value };
  };

  const systemBefore = listed.flatMap(({ changes }, key) =>
    changes.filter(({ index }) => index < first).map(({ value }) => ({ key, value })),
  );
  const genesis: TransactionDraft[] = [];
  for (let at = 0; at < systemBefore.length; at += MAX_WRITES) {
    const changes = systemBefore.slice(at, at + MAX_WRITES).map((write) => change(write, READING.blind, 0));
    genesis.push({ sender: replays.length, module: 'ethereum', name: 'preset', args: { changes } });
  }

  const draftsOf = ({ kept, ways }: ImportEdits): TransactionDraft[] => {
    const writersSoFar = new Map<number, number>();
    const drafts: TransactionDraft[] = [];
    replays.forEach((writes, tx) => {
      if (kept[tx] === false) return;
      const changes = writes.map((write) => {
        const spread = ways.get(write.key);
        const place = writersSoFar.get(write.key) ?? 0;
        writersSoFar.set(write.key, place + 1);
        const shard = spread === undefined ? 0 : place % spread;
        if (write.key === feeRecipient) return change(write, READING.blind, shard);
        const { previous } = write;
        const comparable = spread === undefined && previous !== undefined && kept[previous.writer] !== false;
        return comparable
          ? change(write, READING.compare, shard, previous.value)
          : change(write, READING.read, shard);
      });
      drafts.push({ sender: tx, module: 'ethereum', name: 'replay', args: { changes } });
    });
    return drafts;
  };

  const expected = ({ kept, ways }: ImportEdits): Expectation => {
    const finals: FinalValue[] = [];
    listed.forEach(({ changes }, key) => {
      const { index, value } = changes[changes.length - 1]!;
      if (ways.has(key) || kept[index - first] === false) return;
      const { table, parts } = keys[key]!;
      finals.push({ table, parts, value });
    });
    const comparisons = draftsOf({ kept, ways }).reduce(
      (sum, { args }) => sum + (args.changes as readonly Change[]).filter(isCompared).length,
      0,
    );
    return { finals, leftOut: listed.length - finals.length, comparisons };
  };

  return {
    kind: 'blockAccessList',
    block,
    indexConvention: convention.name,
    nonces: replays.map(() => 0),
    genesis,
    keys,
    writes: ofTransactions.map((writes) => writes.map(({ key }) => key)),
    feeRecipient,
    addresses: addresses.items,
    touches,
    notes: notesOf(convention, storageReads, listed, block !== null),
    transactions: draftsOf,
    expected,
  };
}

type Change = { readonly reading: number };
const isCompared = ({ reading }: Change): boolean => reading === READING.compare;

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
