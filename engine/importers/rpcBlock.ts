import { fail, ok, type Result } from '../base/result.ts';
import { MAX_TRANSACTIONS } from './limits.ts';
import { readJson } from './readJson.ts';

/** A transaction of a block as `eth_getBlockByNumber(N, true)` gives it, as far as it matters here. */
export interface RpcTransaction {
  readonly from: bigint;
  /** Null when it makes a contract. */
  readonly to: bigint | null;
  readonly nonce: number;
  /** Wei. */
  readonly value: bigint;
  /** `0x` and hexadecimal digits. */
  readonly input: string;
}

export interface RpcBlock {
  readonly number: string | null;
  readonly miner: bigint | null;
  readonly transactions: readonly RpcTransaction[];
  /** Transactions whose nonce is not the one after their sender's last in the block, but a later one. */
  readonly nonceJumps: number;
}

type Given = Readonly<Record<string, unknown>>;

const MAX_NONCE = 0xfffffffen;

/**
 * Reads a block as JSON-RPC answers it: the block itself, or the answer around it. Names that are not known are
 * passed over. Fails with what {@link readJson} says, with `import/not_a_block`, `import/bad_block`, `import/only_hashes`,
 * `import/too_many_transactions` or `import/bad_transaction` (`data.tx` and `data.field` name the place).
 */
export function readRpcBlock(file: Uint8Array): Result<RpcBlock> {
  const json = readJson(file);
  if (!json.ok) return json;
  const block = blockIn(json.value);
  if (!block.ok) return block;
  const listed = own(block.value, 'transactions');
  if (!Array.isArray(listed)) return notABlock('it has no list of transactions');
  if (listed.length > MAX_TRANSACTIONS) {
    const message = `The block has ${listed.length} transactions; at most ${MAX_TRANSACTIONS} fit here. Choose a smaller one.`;
    return fail('import/too_many_transactions', message, {
      transactions: listed.length,
      max: MAX_TRANSACTIONS,
    });
  }
  const numberGiven = own(block.value, 'number') ?? null;
  const number = quantity(numberGiven, 64);
  if (number === null && numberGiven !== null) {
    return badBlock('number', 'must be a hexadecimal number of at most 64 bits');
  }
  const minerGiven = own(block.value, 'miner') ?? null;
  const miner = address(minerGiven);
  if (miner === null && minerGiven !== null) return badBlock('miner', 'must be an address of 20 bytes');
  const transactions: RpcTransaction[] = [];
  const hashes = new Set<unknown>();
  const nonces = new Map<bigint, number>();
  let nonceJumps = 0;
  for (let tx = 0; tx < listed.length; tx++) {
    const read = readTransaction(listed[tx], tx);
    if (!read.ok) return read;
    const { from, nonce } = read.value;
    const before = nonces.get(from);
    // An account that has code (EIP-7702) also counts its authorizations and the contracts it makes.
    if (before !== undefined && nonce <= before) return bad(tx, 'nonce', 'must be above the sender’s last');
    if (before !== undefined && nonce > before + 1) nonceJumps++;
    nonces.set(from, nonce);
    const hash = own(listed[tx] as Given, 'hash');
    if (hash !== undefined && hashes.has(hash))
      return bad(tx, 'hash', 'must not be that of another transaction');
    hashes.add(hash);
    transactions.push(read.value);
  }
  return ok({ number: number === null ? null : number.toString(), miner, transactions, nonceJumps });
}

/** The block, with or without the answer around it. */
function blockIn(json: unknown): Result<Given> {
  if (!isRecord(json)) return notABlock('it is no record');
  if (own(json, 'transactions') !== undefined) return ok(json);
  if (own(json, 'error') !== undefined) return notABlock('the node answered with an error instead');
  const result = own(json, 'result');
  return isRecord(result) ? ok(result) : notABlock('there is no block in it');
}

function readTransaction(given: unknown, tx: number): Result<RpcTransaction> {
  if (typeof given === 'string') {
    const message =
      'The block holds only the hashes of its transactions. Ask the node for it with full transactions: eth_getBlockByNumber(N, true).';
    return fail('import/only_hashes', message);
  }
  if (!isRecord(given)) return bad(tx, 'transaction', 'must be a record');
  const place = own(given, 'transactionIndex');
  if (place !== undefined && quantity(place, 64) !== BigInt(tx)) {
    return bad(tx, 'transactionIndex', 'must be its place in the list');
  }
  const from = address(own(given, 'from'));
  if (from === null) return bad(tx, 'from', 'must be an address of 20 bytes');
  const toGiven = own(given, 'to');
  const to = toGiven === null || toGiven === undefined ? null : address(toGiven);
  if (to === null && toGiven !== null && toGiven !== undefined) {
    return bad(tx, 'to', 'must be an address of 20 bytes, or null where a contract is made');
  }
  const nonce = quantity(own(given, 'nonce'), 64);
  if (nonce === null || nonce > MAX_NONCE)
    return bad(tx, 'nonce', 'must be a hexadecimal number below 2^32 − 1');
  const value = quantity(own(given, 'value'), 256);
  if (value === null) return bad(tx, 'value', 'must be a hexadecimal number of at most 256 bits');
  const input = own(given, 'input') ?? own(given, 'data');
  if (typeof input !== 'string' || input.length % 2 !== 0 || !/^0x[0-9a-fA-F]*$/.test(input)) {
    return bad(tx, 'input', 'must be hexadecimal digits, two a byte, after 0x');
  }
  return ok({ from, to, nonce: Number(nonce), value, input });
}

/** A number as JSON-RPC writes it, or null when it is none or has more bits. */
function quantity(given: unknown, bits: number): bigint | null {
  if (typeof given !== 'string' || given.length > 80 || !/^0x[0-9a-fA-F]+$/.test(given)) return null;
  const value = BigInt(given);
  return value >> BigInt(bits) === 0n ? value : null;
}

function address(given: unknown): bigint | null {
  return typeof given === 'string' && /^0x[0-9a-fA-F]{40}$/.test(given) ? BigInt(given) : null;
}

/** What stands under a name, never what every object inherits. */
function own(record: Given, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function isRecord(value: unknown): value is Given {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function notABlock(why: string) {
  const message = `This JSON is no block as eth_getBlockByNumber(N, true) answers it: ${why}. Ask a node for it again.`;
  return fail('import/not_a_block', message);
}

function badBlock(field: string, why: string) {
  return fail('import/bad_block', `“${field}” of the block ${why}.`, { field });
}

function bad(tx: number, field: string, why: string) {
  return fail('import/bad_transaction', `“${field}” of transaction ${tx} ${why}.`, { tx, field });
}
