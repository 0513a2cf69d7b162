import type { Action } from '../api/settings.ts';

/**
 * Actions recorded in a block with further ones added. Traffic knobs become one action, the later
 * setting of a knob counting alone, so that a drag leaves one record and not a hundred.
 */
export function withActions(recorded: readonly Action[], added: readonly Action[]): Action[] {
  const merged: Action[] = [];
  let knobs = -1;
  for (const action of [...recorded, ...added]) {
    if (action.kind !== 'setTraffic') {
      merged.push(action);
      continue;
    }
    const before = merged[knobs];
    if (before?.kind === 'setTraffic') {
      merged[knobs] = { kind: 'setTraffic', traffic: { ...before.traffic, ...action.traffic } };
    } else {
      knobs = merged.length;
      merged.push(action);
    }
  }
  return merged;
}
