import { asciiBytes, ByteWriter } from '../base/bytes.ts';
import type { RawReceipt } from '../execution/outcome.ts';
import { createLaneFinder, type ModuleSet, type StateReader } from '../moduleSdk/index.ts';
import type { Fields, Struct, StructValue } from '../moduleSdk/schema.ts';
import type { ReceiptStatus } from '../types/receipt.ts';
import type { Transaction } from '../types/transaction.ts';
import type { ChainRules } from './contract.ts';

/** The only lane of a chain that is not taken apart, and in one that is, the lane of what belongs to no module. */
export const COMMON_LANE = 0;

/** A block's transactions in their order, as much of them as roots commit to; in little room, since blocks keep it. */
export interface PackedOrder {
  /** Canonical bytes of each transaction and, in a last byte, of how it ended; one after another. */
  readonly bytes: Uint8Array;
  /** Where the bytes of each end. */
  readonly ends: Uint32Array;
  /** Of each transaction the lanes in whose order it stands, ascending; equal ones are one array. */
  readonly lanes: readonly (readonly number[])[];
}

export const NO_ORDER: PackedOrder = { bytes: new Uint8Array(), ends: new Uint32Array(), lanes: [] };

const COMMON: readonly number[] = [COMMON_LANE];

/**
 * Packs those of a block's transactions that were executed. Where the chain is modular a transaction stands in each lane that it may
 * touch, in the state before the block; else in the common one. Nothing is hashed: that is left to who asks for roots.
 */
export function packOrder(
  modules: ModuleSet,
  mode: ChainRules['mode'],
  state: StateReader,
  transactions: readonly Transaction[],
  receipts: readonly RawReceipt[],
): PackedOrder {
  const out = new ByteWriter(receipts.length * 96);
  const ends = new Uint32Array(receipts.length);
  const find = mode === 'modular' ? createLaneFinder(modules, state) : () => COMMON;
  const known = new Map<string, readonly number[]>([[String(COMMON), COMMON]]);
  const lanes = receipts.map(({ status }, i) => {
    writeTransaction(out, modules, transactions[i]!);
    out.u8(status);
    ends[i] = out.length;
    const found = find(transactions[i]!);
    const text = String(found);
    const same = known.get(text);
    if (same === undefined) known.set(text, found);
    return same ?? found;
  });
  return { bytes: out.copy(), ends, lanes };
}

/** The leaves of a lane's order: the packed bytes of its transactions. */
export function orderOf({ bytes, ends, lanes }: PackedOrder, lane: number): Uint8Array[] {
  return lanes.flatMap((of, i) =>
    of.includes(lane) ? [bytes.subarray(i === 0 ? 0 : ends[i - 1]!, ends[i]!)] : [],
  );
}

/** How a packed transaction ended. */
export function statusOf(leaf: Uint8Array): ReceiptStatus {
  return leaf[leaf.length - 1] as ReceiptStatus;
}

/** Sender, nonce, `module.name` and a zero byte, arguments, work, gas limit, and the prices in eight bytes each. */
function writeTransaction(out: ByteWriter, modules: ModuleSet, transaction: Transaction): void {
  const { sender, nonce, module, name, args, work, gasLimit, gasPrice, burntPrice = 0 } = transaction;
  out.u32(sender);
  out.u32(nonce);
  out.raw(asciiBytes(`${module}.${name}\0`));
  const linked = modules.transaction(module, name);
  if (linked !== undefined) writeArguments(out, linked.type.args, args as StructValue<Fields>);
  out.u32(work);
  out.u32(gasLimit);
  for (const price of [gasPrice, burntPrice]) {
    out.u32(Math.floor(price / 2 ** 32));
    out.u32(price >>> 0);
  }
}

let scratch = new Uint32Array(64);

/** Canonical bytes of the fields; of a list their number, then each item's. */
function writeArguments(out: ByteWriter, shape: Struct, args: StructValue<Fields>): void {
  const words = shape.wordsFor(args);
  if (words > scratch.length) scratch = new Uint32Array(words);
  shape.write(scratch, 0, args);
  shape.writeCanonical(out, scratch, 0);
  const last = shape.fields[shape.names[shape.names.length - 1]!];
  if (last?.kind !== 'list') return;
  const { item } = last;
  out.u32(scratch[shape.words - 1]!);
  for (let at = shape.words; at < words; at += item.words) item.writeCanonical(out, scratch, at);
}
