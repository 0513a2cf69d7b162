import type { StateReader, View } from '../../moduleSdk/index.ts';
import { batches, type Item, items, STEP, type Step, steps } from './state.ts';

/** Rows of a view, at most; `total` tells how many there are. */
const MAX_ROWS = 500;

const KIND_NAMES = Object.keys(STEP) as readonly (keyof typeof STEP)[];

export interface JourneyStep extends Omit<Step, 'kind'> {
  readonly kind: keyof typeof STEP;
}

export interface ItemRow extends Item {
  readonly maker: number;
  readonly serial: number;
  readonly recalled: boolean;
}

export interface BatchRow {
  readonly maker: number;
  readonly batch: number;
  readonly items: number;
  readonly recalled: boolean;
  readonly reason: number;
  /** Seconds; 0 when it was not recalled. */
  readonly recalledAt: number;
}

/** An item's steps from its maker on; empty when there is no such item. O(steps). */
export function journeyOf(state: StateReader, maker: number, serial: number): readonly JourneyStep[] {
  const count = state.get(items, maker, serial)?.steps ?? 0;
  return Array.from({ length: count }, (_, number) => {
    const step = state.get(steps, maker, serial, number)!;
    return { ...step, kind: KIND_NAMES[step.kind]! };
  });
}

function firstOf<E, R>(
  entries: Iterable<E>,
  rowOf: (entry: E) => R,
): { readonly total: number; readonly rows: readonly R[] } {
  const rows: R[] = [];
  let total = 0;
  for (const entry of entries) if (total++ < MAX_ROWS) rows.push(rowOf(entry));
  return { total, rows };
}

export const views: readonly View[] = [
  {
    name: 'items',
    read: (state) =>
      firstOf(
        state.entries(items),
        ([[maker, serial], item]): ItemRow => ({
          maker,
          serial,
          ...item,
          recalled: state.get(batches, maker, item.batch)?.recalled === 1,
        }),
      ),
  },
  {
    name: 'journeys',
    read: (state) =>
      firstOf(state.entries(items), ([[maker, serial]]) => ({
        maker,
        serial,
        steps: journeyOf(state, maker, serial),
      })),
  },
  {
    name: 'batches',
    read: (state) =>
      firstOf(
        state.entries(batches),
        ([[maker, batch], record]): BatchRow => ({
          maker,
          batch,
          ...record,
          recalled: record.recalled === 1,
        }),
      ),
  },
];
