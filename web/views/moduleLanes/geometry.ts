import type { StepDirection } from '../../components/canvas/frame.ts';
import { LOOK, lastStartingBefore } from '../../components/canvas/traceIndex.ts';
import { countUntil, type Track, type Tracks } from './tracks.ts';

/** Where one track stands, in CSS pixels below the axis. */
export interface TrackLayout {
  readonly top: number;
  readonly height: number;
  /** The stacked executions. */
  readonly barsTop: number;
  readonly rowPitch: number;
  readonly rowHeight: number;
  /** The curves of what waits and what is committed; no height when there is no room. */
  readonly chartTop: number;
  readonly chartHeight: number;
}

export interface LanesLayout {
  readonly tracks: readonly TrackLayout[];
  readonly height: number;
}

const TRACK_PX = { least: 74, most: 210, used: 30 };
const EDGE_PX = 8;

/** Tracks with transactions share the height; those only used by others stay slim. */
export function layoutTracks(tracks: readonly Track[], available: number, scale: number): LanesLayout {
  const slim = TRACK_PX.used * scale;
  const full = tracks.filter((track) => track.transactions > 0).length;
  const room = available - slim * (tracks.length - full);
  const fair = full === 0 ? slim : room / full;
  const tall = Math.min(Math.max(fair, TRACK_PX.least * scale), TRACK_PX.most * scale);
  let top = 0;
  const laid = tracks.map((track): TrackLayout => {
    const height = track.transactions > 0 ? tall : slim;
    const layout = layoutTrack(track, top, height);
    top += height;
    return layout;
  });
  return { tracks: laid, height: top };
}

function layoutTrack(track: Track, top: number, height: number): TrackLayout {
  const inner = height - EDGE_PX * 2;
  const rows = Math.max(track.stack.length, 1);
  const bars = track.transactions > 0 ? inner * (rows > 4 ? 0.6 : 0.48) : 0;
  const rowPitch = Math.min(bars / rows, 26);
  const gap = rowPitch > 7 ? 2 : rowPitch > 3 ? 1 : 0;
  const barsTop = top + EDGE_PX;
  const chartTop = barsTop + rowPitch * rows + 6;
  const chartHeight = top + height - EDGE_PX - chartTop;
  return {
    top,
    height,
    barsTop,
    rowPitch,
    rowHeight: Math.max(rowPitch - gap, 1),
    chartTop,
    chartHeight: track.transactions > 0 && chartHeight >= 12 ? chartHeight : 0,
  };
}

/** The track at a height below the axis and its scroll; -1 for none. */
export function trackAt(layout: LanesLayout, y: number): number {
  return layout.tracks.findIndex((track) => y >= track.top && y < track.top + track.height);
}

/** A step curve inside a window, thinned to one step a pixel. `value` counts the column's entries so far. */
export function countCurve(
  column: Float64Array,
  startUs: number,
  pxPerUs: number,
  width: number,
): { readonly x: number; readonly count: number }[] {
  let place = countUntil(column, startUs);
  const points: { x: number; count: number }[] = [{ x: 0, count: place }];
  for (; place < column.length; place++) {
    const x = (column[place]! - startUs) * pxPerUs;
    if (x > width) break;
    const last = points.at(-1)!;
    if (x - last.x < 0.75 && points.length > 1) points[points.length - 1] = { x: last.x, count: place + 1 };
    else points.push({ x, count: place + 1 });
  }
  return points;
}

/** Where the keyboard goes: along a module's executions, or to the same time on the next track. */
export function stepLane(
  lanes: Tracks,
  trace: { readonly startUs: Float64Array; readonly endUs: Float64Array },
  mark: number,
  direction: StepDirection,
  nowUs: number,
): number {
  const { tracks } = lanes;
  if (mark < 0) {
    const first = tracks.find((track) => track.executions.count > 0);
    return first === undefined ? -1 : nearest(first, nowUs);
  }
  const at = lanes.trackOf[mark]!;
  const row = tracks[at]?.executions;
  if (row === undefined) return -1;
  const place = row.mark.indexOf(mark);
  switch (direction) {
    case 'left':
      return row.mark[place - 1] ?? -1;
    case 'right':
      return row.mark[place + 1] ?? -1;
    case 'first':
      return row.mark[0] ?? -1;
    case 'last':
      return row.mark[row.count - 1] ?? -1;
    case 'nextAbort':
    case 'previousAbort': {
      const way = direction === 'nextAbort' ? 1 : -1;
      for (let to = place + way; to >= 0 && to < row.count; to += way) {
        if (row.look[to] === LOOK.wasted) return row.mark[to]!;
      }
      return -1;
    }
    default: {
      const way = direction === 'up' ? -1 : 1;
      for (let to = at + way; to >= 0 && to < tracks.length; to += way) {
        const found = nearest(tracks[to]!, (trace.startUs[mark]! + trace.endUs[mark]!) / 2);
        if (found >= 0) return found;
      }
      return -1;
    }
  }
}

function nearest(track: Track, timeUs: number): number {
  return track.executions.mark[Math.max(0, lastStartingBefore(track.executions, timeUs))] ?? -1;
}
