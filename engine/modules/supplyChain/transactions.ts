import { account, type Context, transaction, u16, u32, u8 } from '../../moduleSdk/index.ts';
import { MODULE_OWNED } from '../../types/ids.ts';
import {
  alreadyRecalled,
  batchRecalled,
  notAPerson,
  notHolder,
  toOneself,
  unknownBatch,
  unknownItem,
} from './errors.ts';
import { custodyPassed, itemCreated, readingRecorded, recalled } from './events.ts';
import { batches, type Item, items, makers, STEP, type Step, steps } from './state.ts';

/** Items of one `stock`, at most: each takes two keys, and a transaction may touch 1024. */
export const MAX_STOCK = 400;

const NOTHING_MEASURED = { quantity: 0, value: 0 };

function requirePerson(context: Context, person: number): void {
  if (person >= MODULE_OWNED) context.revert(notAPerson, { account: person });
}

/** The item, held by the sender. */
function requireHeld(context: Context, maker: number, serial: number): Item {
  const item = context.get(items, maker, serial);
  if (item === undefined) context.revert(unknownItem, { maker, serial });
  if (item.holder !== context.sender) context.revert(notHolder, { holder: item.holder });
  return item;
}

function requireBatch(context: Context, maker: number, batch: number) {
  const found = context.get(batches, maker, batch);
  if (found === undefined) context.revert(unknownBatch, { maker, batch });
  return found;
}

/** Writes the next step of an item's journey, and where it leaves the item. */
function take(context: Context, maker: number, serial: number, item: Item, step: Omit<Step, 'time'>): void {
  context.set(steps, { ...step, time: context.timestamp }, maker, serial, item.steps);
  context.set(items, { ...item, holder: step.to, steps: item.steps + 1 }, maker, serial);
}

/** Makes items in one batch: an existing one, or the maker's next. */
function make(context: Context, maker: number, batch: number, count: number): void {
  const { items: made, batches: opened } = context.get(makers, maker) ?? { items: 0, batches: 0 };
  if (batch > opened) context.revert(unknownBatch, { maker, batch });
  const known = context.get(batches, maker, batch) ?? { items: 0, recalled: 0, reason: 0, recalledAt: 0 };
  if (known.recalled === 1) context.revert(batchRecalled, { maker, batch });
  context.work();
  for (let serial = made; serial < made + count; serial++) {
    const item = { holder: maker, batch, steps: 0 };
    take(context, maker, serial, item, { kind: STEP.created, by: maker, to: maker, ...NOTHING_MEASURED });
    context.emit(itemCreated, { maker, serial, batch });
  }
  context.set(batches, { ...known, items: known.items + count }, maker, batch);
  context.set(makers, { items: made + count, batches: Math.max(opened, batch + 1) }, maker);
}

export const transactions = {
  createItem: transaction(
    { batch: u32() },
    'Make an item; it gets your next number. Its batch is one you have, or your next.',
    (context, { batch }) => {
      requirePerson(context, context.sender);
      make(context, context.sender, batch, 1);
    },
  ),

  passCustody: transaction(
    { maker: account(), serial: u32(), to: account() },
    'Hand an item that you hold to somebody. From a recalled batch only back to its maker.',
    (context, { maker, serial, to }) => {
      requirePerson(context, to);
      const item = requireHeld(context, maker, serial);
      const from = context.sender;
      if (to === from) context.revert(toOneself, { holder: from });
      const { batch } = item;
      if (requireBatch(context, maker, batch).recalled === 1 && to !== maker) {
        context.revert(batchRecalled, { maker, batch });
      }
      context.work();
      take(context, maker, serial, item, { kind: STEP.passed, by: from, to, ...NOTHING_MEASURED });
      context.emit(custodyPassed, { maker, serial, from, to });
    },
  ),

  recordReading: transaction(
    { maker: account(), serial: u32(), quantity: u8(), value: u32('number') },
    'Record what you measured at an item that you hold: quantity 0 millikelvin, 1 humidity in thousandths, 2 shock in mm/s².',
    (context, { maker, serial, quantity, value }) => {
      const item = requireHeld(context, maker, serial);
      const by = context.sender;
      context.work();
      take(context, maker, serial, item, { kind: STEP.reading, by, to: by, quantity, value });
      context.emit(readingRecorded, { maker, serial, by, quantity, value });
    },
  ),

  recallBatch: transaction(
    { batch: u32(), reason: u16() },
    'Recall a batch that you made: its items go back to you only.',
    (context, { batch, reason }) => {
      const maker = context.sender;
      const known = requireBatch(context, maker, batch);
      if (known.recalled === 1) context.revert(alreadyRecalled, { maker, batch });
      context.work();
      context.set(batches, { ...known, recalled: 1, reason, recalledAt: context.timestamp }, maker, batch);
      context.emit(recalled, { maker, batch, items: known.items, reason });
    },
  ),

  stock: transaction(
    { maker: account(), batch: u32(), count: u32('count') },
    'Give a maker items of one batch to begin with.',
    (context, { maker, batch, count }) => {
      requirePerson(context, maker);
      make(context, maker, batch, Math.min(count, MAX_STOCK));
    },
    { genesisOnly: true },
  ),
};
