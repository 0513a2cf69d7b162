import { account, transaction, u8, u32, u64, u256 } from '../../../moduleSdk/index.ts';
import { seenWide } from './declarations.ts';
import { blobs, counters, records, wides } from './state.ts';

/** Transactions over wide values, records and bytes; most of them panic now and then. */
export const wideTransactions = {
  divideByRead: transaction(
    { numerator: u256('number'), slot: u32(), target: u64() },
    'Divides by a counter: by zero, it panics.',
    (context, { numerator, slot, target }) => {
      const quotient = numerator / BigInt(context.get(counters, slot) ?? 0);
      context.work();
      context.set(wides, quotient, target);
    },
  ),

  multiply: transaction(
    { slot: u64(), factor: u256('number') },
    'Multiplies a wide value: beyond 2^256 − 1, it panics.',
    (context, { slot, factor }) => {
      const value = context.get(wides, slot) ?? 1n;
      context.work();
      context.set(wides, value * factor, slot);
      context.emit(seenWide, { value });
    },
  ),

  subtract: transaction(
    { slot: u64(), amount: u256('number') },
    'Subtracts from a wide value: below zero, it panics; at zero, the key goes.',
    (context, { slot, amount }) => {
      const rest = (context.get(wides, slot) ?? 0n) - amount;
      context.work();
      if (rest === 0n) context.delete(wides, slot);
      else context.set(wides, rest, slot);
    },
  ),

  editRecord: transaction(
    { slot: u32(), from: account(), to: account() },
    'Writes one account’s record from another’s.',
    (context, { slot, from, to }) => {
      const { big, small } = context.get(records, slot, from) ?? { big: BigInt(from), small: 0 };
      context.work();
      context.set(records, { big: big * 3n + BigInt(small), small: (small + 1) >>> 0 }, slot, to);
    },
  ),

  append: transaction(
    { slot: u32(), source: u32(), count: u8() },
    'Appends bytes of a counter to a blob: beyond its capacity, it panics.',
    (context, { slot, source, count }) => {
      const blob = context.get(blobs, slot) ?? new Uint8Array(0);
      const byte = (context.get(counters, source) ?? 0) & 0xff;
      const longer = new Uint8Array(blob.length + count).fill(byte);
      longer.set(blob);
      context.work();
      context.set(blobs, longer, slot);
    },
  ),

  clearBlob: transaction({ slot: u32() }, 'Empties a blob that is there.', (context, { slot }) => {
    if (context.get(blobs, slot) !== undefined) context.set(blobs, new Uint8Array(0), slot);
  }),
};
