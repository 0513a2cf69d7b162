import type { Invariant, StateReader } from '../../moduleSdk/index.ts';
import { batches, items, makers, STEP, type Step, steps } from './state.ts';

/** What complains first. */
function first(complaints: Iterable<string>): string | undefined {
  for (const complaint of complaints) return complaint;
  return undefined;
}

function* uncounted(state: StateReader): Generator<string> {
  const made = new Map<number, number>();
  for (const [[maker, serial]] of state.entries(items)) {
    const next = made.get(maker) ?? 0;
    if (serial !== next) yield `Item ${next} of maker ${maker} is missing.`;
    made.set(maker, next + 1);
  }
  const opened = new Map<number, number>();
  for (const [[maker, batch]] of state.entries(batches)) {
    const next = opened.get(maker) ?? 0;
    if (batch !== next) yield `Batch ${next} of maker ${maker} is missing.`;
    opened.set(maker, next + 1);
  }
  for (const [[maker], record] of state.entries(makers)) {
    const found = { items: made.get(maker) ?? 0, batches: opened.get(maker) ?? 0 };
    if (record.items !== found.items || record.batches !== found.batches) {
      yield `Maker ${maker} has ${found.items} items in ${found.batches} batches, but counts ${record.items} in ${record.batches}.`;
    }
    made.delete(maker);
  }
  for (const maker of made.keys()) yield `Maker ${maker} has items, but no record.`;
}

function* unbatched(state: StateReader): Generator<string> {
  const counts = new Map<string, number>();
  for (const [[maker], { batch }] of state.entries(items)) {
    const place = `${maker}/${batch}`;
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  for (const [[maker, batch], record] of state.entries(batches)) {
    const place = `${maker}/${batch}`;
    const count = counts.get(place) ?? 0;
    if (record.items !== count) yield `Batch ${place} has ${count} items, but counts ${record.items}.`;
    counts.delete(place);
  }
  for (const place of counts.keys()) yield `There is no batch ${place}, but items of it.`;
}

/** A journey that is whole: from the maker, each step by whom the one before left the item with. */
function* broken(state: StateReader): Generator<string> {
  const ends = new Map<string, { readonly steps: number; readonly holder: number }>();
  for (const [[maker, serial, number], step] of state.entries(steps)) {
    const place = `${maker}/${serial}`;
    const end = ends.get(place) ?? { steps: 0, holder: maker };
    if (number !== end.steps) yield `Step ${end.steps} of item ${place} is missing.`;
    if (!follows(step, end)) yield `Step ${number} of item ${place} does not follow from those before it.`;
    ends.set(place, { steps: end.steps + 1, holder: step.to });
  }
  for (const [[maker, serial], item] of state.entries(items)) {
    const place = `${maker}/${serial}`;
    const end = ends.get(place);
    if (end?.steps !== item.steps || end.holder !== item.holder) {
      yield `Item ${place} is with ${item.holder} after ${item.steps} steps, which is not what its journey says.`;
    }
    ends.delete(place);
  }
  for (const place of ends.keys()) yield `There is a journey of item ${place}, but no such item.`;
}

function follows(step: Step, end: { readonly steps: number; readonly holder: number }): boolean {
  const moves = step.to !== step.by;
  return (
    (step.kind === STEP.created) === (end.steps === 0) &&
    step.by === end.holder &&
    (step.kind === STEP.passed) === moves
  );
}

export const invariants: readonly Invariant[] = [
  {
    name: 'makersCount',
    statement: 'Each maker’s items and batches are numbered from 0 without a gap, and counted.',
    check: (state) => first(uncounted(state)),
  },
  {
    name: 'batchesCount',
    statement: 'Every item is in a batch of its maker, which counts it.',
    check: (state) => first(unbatched(state)),
  },
  {
    name: 'journeysAreWhole',
    statement:
      'Every item’s journey leads from its maker to its holder, each step by whom the one before left it with.',
    check: (state) => first(broken(state)),
  },
];
