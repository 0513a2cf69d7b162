import { fail, ok, type Result } from '../base/result.ts';
import type { Arguments, TransactionDraft } from '../types/transaction.ts';
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
import { fund, type Funding, type Movement, movementOf } from './movements.ts';
import { readRpcBlock, type RpcBlock } from './rpcBlock.ts';
import { inPieces, Shards } from './shards.ts';

/** `MAX_FUNDED` of the module `ethereum`. */
const HOLDINGS_A_DRAFT = 500;

/**
 * A block of JSON-RPC as a block of `ethereum.pay`, `payToken` and `call` transactions. Genesis gives every sender and
 * token holder what it spends, and its nonce. Fails as {@link readRpcBlock} does, or with `import/empty`.
 */
export function movementBlock(file: Uint8Array): Result<ImportedBlock> {
  const block = readRpcBlock(file);
  if (!block.ok) return block;
  if (block.value.transactions.length === 0) {
    return fail(
      'import/empty',
      'The block has no transactions: there is nothing to execute. Choose another block.',
    );
  }
  const funding = fund(block.value.transactions.map(movementOf));
  if (funding === undefined) {
    return fail(
      'import/bad_transaction',
      'The payments of the block add up to more than 2^256 − 1 wei, which nobody has: fetch it again.',
    );
  }
  return ok(assemble(block.value, funding));
}

/** Where a movement takes from and adds to; a call only adds. */
function placesOf(movement: Movement): { readonly debit?: ImportedKey; readonly credit: ImportedKey } {
  if (movement.kind === 'call') return { credit: keyOf.target(movement.target) };
  const { from, to } = movement;
  if (movement.kind === 'pay') return { debit: keyOf.balance(from), credit: keyOf.balance(to) };
  return { debit: keyOf.token(movement.token, from), credit: keyOf.token(movement.token, to) };
}

function addressesOf(movement: Movement): bigint[] {
  if (movement.kind === 'call') return [movement.target];
  const { from, to } = movement;
  return movement.kind === 'pay' ? [from, to] : [movement.token, from, to];
}

/** A block as it was understood. */
interface Understood {
  readonly funding: Funding;
  readonly keys: Numbering<ImportedKey>;
  /** The sender’s account of each transaction. */
  readonly accounts: readonly number[];
  /** Numbers of the keys that each takes from (-1: from none) and adds to. */
  readonly places: readonly { readonly debit: number; readonly credit: number }[];
}

function assemble({ number, miner, transactions, nonceJumps }: RpcBlock, funding: Funding): ImportedBlock {
  const { movements } = funding;
  const keys = new Numbering<ImportedKey>();
  const addresses = new Numbering<bigint>();
  const senders = new Numbering<number>();
  const keyNumber = (key: ImportedKey): number => keys.numberOf(key.text, () => key);
  const addressNumber = (address: bigint): number => addresses.numberOf(addressText(address), () => address);
  const feeRecipient = miner === null ? -1 : keyNumber(keyOf.balance(miner));
  const accounts = transactions.map(({ from, nonce }) => senders.numberOf(addressText(from), () => nonce));
  const places = movements.map((movement) => {
    const { debit, credit } = placesOf(movement);
    return { debit: debit === undefined ? -1 : keyNumber(debit), credit: keyNumber(credit) };
  });
  const writes = places.map(({ debit, credit }, tx) => {
    const written = [keyNumber(keyOf.sender(accounts[tx]!)), debit, credit, feeRecipient];
    return [...new Set(written.filter((key) => key >= 0))];
  });
  const touches = movements.map((movement, tx) => [
    ...new Set([transactions[tx]!.from, ...addressesOf(movement)].map(addressNumber)),
  ]);
  const block: Understood = { funding, keys, accounts, places };
  return {
    kind: 'rpcBlock',
    block: number,
    indexConvention: null,
    nonces: senders.items,
    genesis: inPieces(funding.holdings, HOLDINGS_A_DRAFT).map((holdings) => ({
      sender: senders.items.length,
      module: 'ethereum',
      name: 'fund',
      args: { holdings },
    })),
    keys: keys.items,
    writes,
    feeRecipient,
    addresses: addresses.items,
    touches,
    notes: notesOf(transactions, funding, miner, nonceJumps),
    transactions: (edits) => draftsOf(block, edits),
    expected: (edits) => expectationOf(block, edits),
  };
}

function draftsOf(
  { funding, accounts, places }: Understood,
  { kept, ways }: ImportEdits,
): TransactionDraft[] {
  const shards = new Shards(ways);
  const drafts: TransactionDraft[] = [];
  funding.movements.forEach(({ kind, ...rest }, tx) => {
    if (kept[tx] === false) return;
    const args: Arguments = { ...rest, shard: shards.next(places[tx]!.credit) };
    drafts.push({ sender: accounts[tx]!, module: 'ethereum', name: kind, args });
  });
  return drafts;
}

function expectationOf({ funding, keys, places }: Understood, { kept, ways }: ImportEdits): Expectation {
  const values = new Map<number, bigint>();
  const add = (key: number, amount: bigint) => values.set(key, (values.get(key) ?? 0n) + amount);
  // Whoever holds something spends it, and what is spent from has a number.
  for (const { token, holder, amount } of funding.holdings) {
    const key = token === 0n ? keyOf.balance(holder) : keyOf.token(token, holder);
    const number = keys.numberOf(key.text, () => key);
    add(number, amount);
  }
  places.forEach(({ debit, credit }, tx) => {
    const movement = funding.movements[tx]!;
    const amount = movement.kind === 'call' ? 1n : movement.amount;
    const moved = kept[tx] === false ? 0n : amount;
    if (debit >= 0) add(debit, -moved);
    add(credit, moved);
  });
  const finals: FinalValue[] = [];
  let leftOut = 0;
  for (const [key, value] of values) {
    const { table, parts } = keys.items[key]!;
    if (ways.has(key)) leftOut++;
    else finals.push({ table, parts, value });
  }
  // A block says what moves, not what was there.
  return { finals, leftOut, comparisons: 0 };
}

function notesOf(
  transactions: RpcBlock['transactions'],
  { movements, beyondSupply }: Funding,
  miner: bigint | null,
  nonceJumps: number,
): string[] {
  const calls = movements.filter(({ kind }) => kind === 'call').length;
  const withValue = transactions.filter(
    ({ value }, tx) => value > 0n && movements[tx]!.kind !== 'pay',
  ).length;
  const created = transactions.filter(({ to }) => to === null).length;
  const notes = [
    'Every sender and token holder was given at genesis what it spends in the block; what a block says not, such as failures, is not known.',
  ];
  if (calls > 0) {
    notes.push(
      `${calls} transactions are neither payments nor ERC-20 transfers; each is one read and one write of its target.`,
    );
  }
  if (created > 0) notes.push(`${created} of them make a contract; the target is the address it gets.`);
  if (withValue > 0) notes.push(`What ${withValue} calls paid along is left out.`);
  if (beyondSupply > 0) {
    notes.push(
      `${beyondSupply} token transfers move more than there can be of a token; they are calls here.`,
    );
  }
  if (nonceJumps > 0) {
    notes.push(
      `${nonceJumps} nonces are not the next of their sender, as with accounts that have code (EIP-7702); here they count on by one.`,
    );
  }
  notes.push(
    miner === null
      ? 'The block names no fee recipient.'
      : 'Every transaction pays the fee recipient, the block’s miner; that counts as a write of its balance.',
  );
  return notes;
}
