import { account, struct, type StructValue, table, u16, u32, u8 } from '../../moduleSdk/index.ts';

export const LANE = 4;

/** How many items and batches a maker has: the next ones' numbers. */
export const makers = table('supplyChain/makers', {
  key: { maker: account() },
  account: 'maker',
  value: struct({ items: u32('count'), batches: u32('count') }),
});

const itemRecord = struct({
  holder: account(),
  batch: u32(),
  /** Steps of its journey: the next one's number. */
  steps: u32('count'),
});
export type Item = StructValue<typeof itemRecord.fields>;

/** Where each item is now. Makers number their own items from 0, so that making one waits for no other maker. */
export const items = table('supplyChain/items', {
  key: { maker: account(), serial: u32() },
  account: 'maker',
  value: itemRecord,
});

const stepRecord = struct({
  /** One of {@link STEP}. */
  kind: u8(),
  /** Who held the item. */
  by: account(),
  /** Who holds it afterwards. */
  to: account(),
  /** What was measured (see `quantity` of `recordReading`), 0 otherwise. */
  quantity: u8(),
  value: u32('number'),
  /** The block's time, in seconds. */
  time: u32('seconds'),
});
export type Step = StructValue<typeof stepRecord.fields>;

/** The journeys, step by step from 0. Each key is written once: a log of the writes proves all of it. */
export const steps = table('supplyChain/steps', {
  key: { maker: account(), serial: u32(), step: u32() },
  account: 'maker',
  value: stepRecord,
});

export const STEP = { created: 0, passed: 1, reading: 2 } as const;

/** Batches of a maker, from 0: items made together are recalled together. */
export const batches = table('supplyChain/batches', {
  key: { maker: account(), batch: u32() },
  account: 'maker',
  value: struct({
    items: u32('count'),
    /** 1 once it was recalled, for `reason` at `recalledAt` (seconds). */
    recalled: u8(),
    reason: u16(),
    recalledAt: u32('seconds'),
  }),
});
