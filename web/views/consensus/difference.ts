import type { RunLog } from '../../store/consensus/runLog.ts';

/** When two runs of one family first differ: the first event that is not the same in both. −1: they never do, or are no family. */
export function differenceUs(one: RunLog, other: RunLog): number {
  if (one.info.protocol !== other.info.protocol) return -1;
  const both = Math.min(one.toEvents, other.toEvents);
  for (let place = 1; place <= both; place++) {
    if (!isSame(one, other, place)) return Math.min(one.timeOf(place), other.timeOf(place));
  }
  return one.toEvents === other.toEvents ? -1 : one.timeOf(both);
}

function isSame(one: RunLog, other: RunLog, place: number): boolean {
  return (
    one.numberOf(place) === other.numberOf(place) &&
    one.nodeOf(place) === other.nodeOf(place) &&
    one.timeOf(place) === other.timeOf(place)
  );
}
