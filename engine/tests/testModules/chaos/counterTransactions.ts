import { type Context, list, struct, transaction, u8, u16, u32 } from '../../../moduleSdk/index.ts';
import { odd, seen } from './declarations.ts';
import { counters } from './state.ts';

function read(context: Context, slot: number): number {
  return context.get(counters, slot) ?? 0;
}

/** Transactions over counters: plain ones, and those whose read and write sets depend on what they read. */
export const counterTransactions = {
  readModifyWrite: transaction(
    { amount: u32(), slots: list(struct({ slot: u32() }), 16) },
    'Reads counters, works, raises each by the amount and the sum of all.',
    (context, { amount, slots }) => {
      const values = slots.map(({ slot }) => read(context, slot));
      const sum = values.reduce((total, value) => (total + value) >>> 0, amount);
      context.work();
      slots.forEach(({ slot }, i) => {
        context.set(counters, (values[i]! + sum) >>> 0, slot);
      });
    },
  ),

  blindWrite: transaction(
    { slot: u32(), value: u32() },
    'Writes without reading.',
    (context, { slot, value }) => {
      context.work();
      context.set(counters, value, slot);
    },
  ),

  deleteKey: transaction({ slot: u32() }, 'Removes a counter, there or not.', (context, { slot }) => {
    context.work();
    context.delete(counters, slot);
  }),

  /** Which keys it reads, and the one it brings into being, depend on every value on the way. */
  follow: transaction(
    { slot: u32(), hops: u8(), modulus: u32() },
    'Goes from counter to counter, each naming the next, and raises the last.',
    (context, { slot, hops, modulus }) => {
      let at = slot;
      let value = read(context, at);
      for (let i = 0; i < hops; i++) {
        at = (value + i) % modulus;
        value = read(context, at);
      }
      context.work();
      context.set(counters, (value + 1) >>> 0, (slot + value) % modulus);
      context.emit(seen, { slot: at, value });
    },
  ),

  writeIfAbsent: transaction(
    { slot: u32(), target: u32(), value: u32() },
    'Writes the target when the slot is absent, else removes it.',
    (context, { slot, target, value }) => {
      const found = context.get(counters, slot);
      context.work();
      if (found === undefined) context.set(counters, value, target);
      else context.delete(counters, target);
    },
  ),

  conditionalRevert: transaction(
    { slot: u32() },
    'Raises a counter, and reverts if it was odd.',
    (context, { slot }) => {
      const value = read(context, slot);
      context.work();
      context.set(counters, (value + 1) >>> 0, slot);
      context.emit(seen, { slot, value });
      if (value % 2 === 1) context.revert(odd, { slot, value });
    },
  ),

  loopUntil: transaction(
    { slot: u32(), expected: u32() },
    'Reads a counter again and again until it has the value, which it may never have.',
    (context, { slot, expected }) => {
      while (read(context, slot) !== expected);
      context.set(counters, (expected + 1) >>> 0, slot);
    },
  ),

  exchange: transaction(
    { slot: u32(), other: u32() },
    'Exchanges two counters, absence included.',
    (context, { slot, other }) => {
      const [a, b] = [context.get(counters, slot), context.get(counters, other)];
      context.work();
      for (const [value, to] of [
        [a, other],
        [b, slot],
      ] as const) {
        if (value === undefined) context.delete(counters, to);
        else context.set(counters, value, to);
      }
    },
  ),

  churn: transaction(
    { slot: u32(), rounds: u8() },
    'Writes, reads, removes and reads the same counter in turns; ends as often removed as not.',
    (context, { slot, rounds }) => {
      const first = read(context, slot);
      for (let i = 0; i < rounds + (first % 3); i++) {
        if (i % 2 === 0) context.set(counters, (read(context, slot) + i) >>> 0, slot);
        else context.delete(counters, slot);
        context.emit(seen, { slot, value: context.get(counters, slot) ?? 0xffffffff });
      }
    },
  ),

  emitMany: transaction(
    { slot: u32(), count: u16() },
    'Announces as often as the counter and the count together say: too much at times.',
    (context, { slot, count }) => {
      const value = read(context, slot);
      context.set(counters, (value + 1) >>> 0, slot);
      for (let i = 0; i < (value % 64) + count; i++) context.emit(seen, { slot: i, value });
    },
  ),

  touchMany: transaction(
    { slot: u32(), first: u32(), count: u16() },
    'Reads as many neighbouring keys as the counter and the count together say: too many at times.',
    (context, { slot, first, count }) => {
      const value = read(context, slot);
      context.set(counters, (value + 1) >>> 0, slot);
      for (let i = 0; i < (value % 64) + count; i++) context.get(counters, first + i);
    },
  ),
};
