import type { TraceColumns } from '../../engine/api/index.ts';

/** A block should take about this long to watch. */
const BLOCK_SECONDS = 4;

/** The steps in which speed changes: 1, 2, 5, 10 … */
export function ladder(index: number): number {
  const within = ((index % 3) + 3) % 3;
  return [1, 2, 5][within]! * 10 ** Math.floor(index / 3);
}

const TOP = 21;

/** The rung nearest to a slowdown, by ratio. */
export function rungOf(slowdown: number): number {
  let best = 0;
  for (let i = 0; i <= TOP; i++) {
    if (Math.abs(Math.log(ladder(i) / slowdown)) < Math.abs(Math.log(ladder(best) / slowdown))) best = i;
  }
  return best;
}

/** How many times slower than real a block of this length is shown, unless the viewer chose. */
export function defaultSlowdown(durationUs: number): number {
  if (!(durationUs > 0)) return 1000;
  return ladder(rungOf(Math.max(1, (BLOCK_SECONDS * 1e6) / durationUs)));
}

/** One rung slower (+1) or faster (−1), within the ladder. */
export function neighbourSlowdown(slowdown: number, direction: 1 | -1): number {
  return ladder(Math.min(TOP, Math.max(0, rungOf(slowdown) + direction)));
}

/** Where the trace's next (+1) or previous (−1) scheduling step ends, or null at its edges. `sortedEnds` ascends. */
export function stepTime(sortedEnds: Float64Array, timeUs: number, direction: 1 | -1): number | null {
  let low = 0;
  let high = sortedEnds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const before = direction > 0 ? sortedEnds[middle]! <= timeUs : sortedEnds[middle]! < timeUs;
    if (before) low = middle + 1;
    else high = middle;
  }
  const at = direction > 0 ? low : low - 1;
  return sortedEnds[at] ?? null;
}

const endsOf = new WeakMap<TraceColumns, Float64Array>();

/** The ends of a trace's spans in ascending order; sequences order causes, clocks may disagree by a tick. */
export function sortedEnds(trace: TraceColumns): Float64Array {
  const known = endsOf.get(trace);
  if (known !== undefined) return known;
  const ends = Float64Array.from(trace.endUs.subarray(0, trace.count)).sort();
  endsOf.set(trace, ends);
  return ends;
}
