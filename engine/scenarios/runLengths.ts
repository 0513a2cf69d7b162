import type { Action } from '../api/settings.ts';
import type { ScenarioActions } from '../api/scenario.ts';

/** Actions by block (those of block 1 first), as entries in which the same actions at neighbouring heights stand once. */
export function runLengths(blocks: readonly (readonly Action[])[]): ScenarioActions[] {
  const entries: { height: number; repeat?: number; actions: readonly Action[] }[] = [];
  let written = '';
  blocks.forEach((actions, at) => {
    if (actions.length === 0) return;
    const height = at + 1;
    const last = entries.at(-1);
    const text = JSON.stringify(actions);
    if (last !== undefined && text === written && lastHeight(last) === height - 1) {
      last.repeat = (last.repeat ?? 0) + 1;
    } else {
      entries.push({ height, actions });
    }
    written = text;
  });
  return entries;
}

/** The actions of each block from 1 to `blocks`, in order. Entries ascend and do not overlap. */
export function* actionsByBlock(
  entries: readonly ScenarioActions[],
  blocks: number,
): Generator<readonly Action[]> {
  let at = 0;
  for (let height = 1; height <= blocks; height++) {
    while (at < entries.length && lastHeight(entries[at]!) < height) at++;
    const entry = entries[at];
    yield entry !== undefined && entry.height <= height ? entry.actions : [];
  }
}

function lastHeight({ height, repeat = 0 }: ScenarioActions): number {
  return height + repeat;
}
