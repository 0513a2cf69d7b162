import type { Action } from '../api/settings.ts';

/**
 * Actions recorded in a block with further ones added. Traffic knobs become one action, the later setting of a knob
 * counting alone, so that a drag leaves one record and not a hundred; and of the transactions put one after the other
 * into the same place, the last alone.
 */
export function withActions(recorded: readonly Action[], added: readonly Action[]): Action[] {
  const merged: Action[] = [];
  let knobs = -1;
  /** Places are counted anew from here: something came before the traffic. */
  let counted = 0;
  for (const action of [...recorded, ...added]) {
    if (action.kind === 'setTraffic') {
      const before = merged[knobs];
      if (before?.kind === 'setTraffic') {
        merged[knobs] = { kind: 'setTraffic', traffic: { ...before.traffic, ...action.traffic } };
        continue;
      }
      knobs = merged.length;
    } else if (action.kind === 'replace') {
      const { index } = action;
      const before = merged.findIndex(
        (other, at) => at >= counted && other.kind === 'replace' && other.index === index,
      );
      if (before >= 0) {
        merged[before] = action;
        continue;
      }
    } else {
      counted = merged.length;
    }
    merged.push(action);
  }
  return merged;
}
