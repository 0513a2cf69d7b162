import {
  firstReaching,
  LOOK,
  lastStartingBefore,
  type SpanRow,
  type TraceIndex,
} from '../../components/canvas/traceIndex.ts';
import type { StepDirection } from '../../components/canvas/frame.ts';

/** Where rows, ghosts and the rail of commits stand, in CSS pixels below the axis. */
export interface TimelineLayout {
  readonly rows: number;
  /** From one row's top to the next one's. */
  readonly pitch: number;
  readonly barTop: number;
  readonly barHeight: number;
  readonly ghostTop: number;
  readonly ghostHeight: number;
  readonly railHeight: number;
  /** Rows and rail together. */
  readonly height: number;
}

const PITCH_PX = { least: 11, most: 84 };
const LEAST_RAIL_PX = 24;

/** Rows share the height evenly; what they leave goes to the rail. */
export function layoutRows(rows: number, available: number, scale: number, ghost: boolean): TimelineLayout {
  const leastRail = LEAST_RAIL_PX * scale;
  const fair = (available - leastRail) / Math.max(rows, 1);
  const pitch = Math.min(Math.max(fair, PITCH_PX.least * scale), PITCH_PX.most * scale);
  const rowsHeight = pitch * rows;
  const railHeight = Math.max(available - rowsHeight, leastRail);
  const roomy = pitch >= 26 * scale;
  const pad = roomy ? Math.min(6, pitch * 0.11) : 1.25;
  const ghostHeight = ghost ? Math.max(2, Math.min(7 * scale, pitch * 0.14)) : 0;
  const gap = ghost ? (roomy ? 3 : 1) : 0;
  const barHeight = pitch - pad * 2 - ghostHeight - gap;
  return {
    rows,
    pitch,
    barTop: pad,
    barHeight,
    ghostTop: pad + barHeight + gap,
    ghostHeight,
    railHeight,
    height: rowsHeight + railHeight,
  };
}

/** The row at a height below the axis and its scroll; -1 above and below the rows. */
export function rowAt(layout: TimelineLayout, y: number): number {
  const row = Math.floor(y / layout.pitch);
  return row >= 0 && row < layout.rows ? row : -1;
}

/**
 * Where the keyboard goes from a mark: along its row past waiting, to the same time in the next
 * row, or from abort to abort. Commits count as one more row below the workers'.
 */
export function stepMark(
  index: TraceIndex,
  trace: { readonly endUs: Float64Array; readonly startUs: Float64Array; readonly worker: Uint8Array },
  mark: number,
  direction: StepDirection,
  nowUs: number,
): number {
  const rows = [...index.rows, index.commits];
  if (direction === 'nextAbort' || direction === 'previousAbort') {
    return nearAbort(index.aborts, trace.endUs, mark, mark < 0 ? nowUs : trace.endUs[mark]!, direction);
  }
  if (mark < 0) {
    const first = rows.findIndex((row) => row.count > 0);
    return first < 0 ? -1 : busyNear(rows[first]!, nowUs);
  }
  const at = rowOfMark(index, trace.worker, mark);
  const row = rows[at]!;
  const place = row === index.commits ? row.mark.indexOf(mark) : index.placeInRow[mark]!;
  switch (direction) {
    case 'left':
      return busyBeside(row, place, -1);
    case 'right':
      return busyBeside(row, place, 1);
    case 'first':
      return busyBeside(row, -1, 1);
    case 'last':
      return busyBeside(row, row.count, -1);
    default: {
      const way = direction === 'up' ? -1 : 1;
      for (let to = at + way; to >= 0 && to < rows.length; to += way) {
        const found = busyNear(rows[to]!, (trace.startUs[mark]! + trace.endUs[mark]!) / 2);
        if (found >= 0) return found;
      }
      return -1;
    }
  }
}

/** The worker's row a mark stands in; commits stand below them all. */
export function rowOfMark(index: TraceIndex, worker: Uint8Array, mark: number): number {
  return index.placeInRow[mark]! < 0 ? index.rows.length : worker[mark]!;
}

function busyBeside(row: SpanRow, place: number, way: number): number {
  for (let to = place + way; to >= 0 && to < row.count; to += way) {
    if (row.look[to] !== LOOK.wait) return row.mark[to]!;
  }
  return -1;
}

/** The mark at a moment or, where there was waiting, the nearest one. */
function busyNear(row: SpanRow, timeUs: number): number {
  const place = Math.max(0, lastStartingBefore(row, timeUs));
  if (place < row.count && row.look[place] !== LOOK.wait) return row.mark[place]!;
  const after = busyBeside(row, place, 1);
  return after >= 0 ? after : busyBeside(row, place, -1);
}

function nearAbort(
  aborts: Int32Array,
  endUs: Float64Array,
  mark: number,
  fromUs: number,
  direction: 'nextAbort' | 'previousAbort',
): number {
  const place = aborts.indexOf(mark);
  const way = direction === 'nextAbort' ? 1 : -1;
  if (place >= 0) return aborts[place + way] ?? -1;
  const after = aborts.findIndex((abort) => endUs[abort]! > fromUs);
  if (direction === 'nextAbort') return after < 0 ? -1 : aborts[after]!;
  return aborts[(after < 0 ? aborts.length : after) - 1] ?? -1;
}

/** How many commits lie at or before the moment. */
export function committedUntil(commits: SpanRow, nowUs: number): number {
  return lastStartingBefore(commits, nowUs) + 1;
}

/** Steps of the curve "committed so far" inside a window, thinned to one a pixel. */
export function commitCurve(
  commits: SpanRow,
  startUs: number,
  pxPerUs: number,
  width: number,
): { readonly x: number; readonly done: number }[] {
  const points: { x: number; done: number }[] = [];
  let place = firstReaching(commits, startUs);
  points.push({ x: 0, done: place });
  let lastX = -1;
  for (; place < commits.count; place++) {
    const x = (commits.startUs[place]! - startUs) * pxPerUs;
    if (x > width) break;
    if (x - lastX < 0.75 && points.length > 1) points[points.length - 1] = { x: lastX, done: place + 1 };
    else {
      points.push({ x, done: place + 1 });
      lastX = x;
    }
  }
  return points;
}
