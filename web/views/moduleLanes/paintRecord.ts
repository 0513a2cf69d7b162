import type { BlockRun } from '../../../engine/api/index.ts';
import { font } from '../../components/canvas/drawing.ts';
import { type Frame, xOf } from '../../components/canvas/frame.ts';
import type { Palette } from '../../components/canvas/palette.ts';
import { barBox, paintRows, type RowBrush, type RowToPaint } from '../../components/canvas/paintRow.ts';
import { LOOK, type TraceIndex } from '../../components/canvas/traceIndex.ts';
import { countCurve, type LanesLayout, type TrackLayout } from './geometry.ts';
import { type Track, type Tracks, visitsUntil } from './tracks.ts';

type Context = CanvasRenderingContext2D;

/** What the lanes draw, and the brush they keep. */
export interface LanesPicture {
  readonly run: BlockRun;
  readonly index: TraceIndex;
  readonly lanes: Tracks;
  readonly ghost: { readonly lanes: Tracks; readonly index: TraceIndex; readonly label: string } | null;
  brush: RowBrush | null;
}

const VISIT_PX = 6;

export function topOf(frame: Frame, at: number): number {
  return frame.plotTop - frame.scrollTop + at;
}

/** Lines between the tracks, and each module's curve of the run before. */
export function paintBackground(
  context: Context,
  frame: Frame,
  layout: LanesLayout,
  picture: LanesPicture,
): void {
  layout.tracks.forEach((at, i) => {
    context.fillStyle = frame.palette.line;
    if (i > 0) context.fillRect(0, Math.round(topOf(frame, at.top)), frame.width, 1);
    const track = picture.lanes.tracks[i]!;
    const before = picture.ghost?.lanes.tracks.find((other) => other.module === track.module);
    if (before === undefined || at.chartHeight === 0) return;
    context.save();
    context.beginPath();
    context.rect(frame.plotLeft, frame.plotTop, frame.plotWidth, frame.plotHeight);
    context.clip();
    context.strokeStyle = frame.palette.ghost;
    context.lineWidth = 1;
    context.setLineDash([3, 3]);
    traceCurve(context, frame, at, before.commitsUs, Math.max(before.transactions, 1), false);
    context.stroke();
    context.restore();
  });
}

/** Each module's executions, what waits and what is committed, and who came from other modules. */
export function paintTracks(
  context: Context,
  frame: Frame,
  layout: LanesLayout,
  picture: LanesPicture,
): void {
  const rows: RowToPaint[] = [];
  layout.tracks.forEach((at, i) => {
    const track = picture.lanes.tracks[i]!;
    paintVisitLines(context, frame, layout, picture, i);
    paintCurves(context, frame, at, track);
    const looks = looksOf(frame.palette, track.module);
    track.stack.forEach((row, level) => {
      rows.push({ row, looks, top: topOf(frame, at.barsTop + level * at.rowPitch), height: at.rowHeight });
    });
  });
  picture.brush = paintRows(context, frame, rows, picture.brush, ({ row, top, height }, bars) => {
    if (height < 10) return;
    for (const place of bars) {
      const look = row.look[place]!;
      const box = barBox(frame, row.startUs[place]!, row.endUs[place]!, look, top, height);
      paintNumber(context, frame, box, picture.run.trace.tx[row.mark[place]!]!, look);
    }
  });
}

/** On its own track a module needs no status of executions: they have its hue. */
function looksOf(palette: Palette, module: string): readonly string[] {
  return palette.looks.map((colour, look) => (look === LOOK.execute ? palette.module(module) : colour));
}

export function paintNumber(
  context: Context,
  frame: Frame,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  tx: number,
  look: number,
): void {
  const size = Math.min(10.5, box.height * 0.68);
  const text = `${tx}`;
  if (size < 7 || box.width < text.length * size * 0.6 * frame.scale + 5) return;
  context.font = font(frame, size, 500);
  context.textBaseline = 'middle';
  const left = Math.max(box.x, frame.plotLeft);
  if (context.measureText(text).width > box.x + box.width - left - 5) return;
  context.fillStyle = look === LOOK.execute ? frame.palette.surface0 : frame.palette.ink;
  context.fillText(text, left + 3, box.y + box.height / 2 + 0.5);
}

/** The queue as an area that empties, commits as a line that rises: both out of all of the module. */
function paintCurves(context: Context, frame: Frame, at: TrackLayout, track: Track): void {
  if (at.chartHeight === 0) return;
  const { palette } = frame;
  const all = Math.max(track.transactions, 1);
  const base = topOf(frame, at.chartTop + at.chartHeight);
  const right = Math.min(frame.width, xOf(frame, track.commitsUs.at(-1) ?? 0));
  if (right > frame.plotLeft) {
    traceCurve(context, frame, at, track.startsUs, all, true, right);
    context.lineTo(right, base);
    context.lineTo(frame.plotLeft, base);
    context.closePath();
    context.fillStyle = palette.module(track.module);
    context.globalAlpha = 0.22;
    context.fill();
    context.globalAlpha = 1;
  }
  context.fillStyle = palette.line;
  context.fillRect(frame.plotLeft, Math.round(base), frame.plotWidth, 1);
  context.strokeStyle = String(palette.looks[LOOK.commit]);
  context.lineWidth = 1.5;
  traceCurve(context, frame, at, track.commitsUs, all, false);
  context.stroke();
}

/** A path of steps from the window's left edge; `falling` counts what is left instead of what is done. */
function traceCurve(
  context: Context,
  frame: Frame,
  at: TrackLayout,
  column: Float64Array,
  all: number,
  falling: boolean,
  right = frame.width,
): void {
  const base = topOf(frame, at.chartTop + at.chartHeight);
  const heightOf = (count: number): number => base - ((falling ? all - count : count) / all) * at.chartHeight;
  const points = countCurve(column, frame.startUs, frame.pxPerUs, frame.plotWidth);
  let y = heightOf(points[0]!.count);
  context.beginPath();
  context.moveTo(frame.plotLeft, y);
  for (const point of points) {
    context.lineTo(frame.plotLeft + point.x, y);
    y = heightOf(point.count);
    context.lineTo(frame.plotLeft + point.x, y);
  }
  const last = points.at(-1)!;
  if (last.count < column.length || falling) context.lineTo(right, y);
}

/** Where visitors of other modules came in: a tick at the edge they come from, a hairline to their bar. */
function paintVisitLines(
  context: Context,
  frame: Frame,
  layout: LanesLayout,
  picture: LanesPicture,
  host: number,
): void {
  const at = layout.tracks[host]!;
  const { visits } = picture.lanes.tracks[host]!;
  const inView = countVisible(visits, frame);
  const crowded = inView > frame.plotWidth / 6;
  let lastX = -1;
  for (const visit of visits) {
    const x = Math.round(xOf(frame, visit.timeUs) * frame.pixelRatio) / frame.pixelRatio;
    if (x < frame.plotLeft || x === lastX) continue;
    if (x > frame.width) break;
    lastX = x;
    const point = visitPoint(frame, layout, picture.lanes, host, visit.mark);
    if (point === null) continue;
    context.fillStyle = frame.palette.module(picture.lanes.tracks[visit.track]?.module ?? '');
    const fromAbove = visit.track < host;
    context.fillRect(x, fromAbove ? topOf(frame, at.top) + 1 : point.edge - VISIT_PX, 1.25, VISIT_PX);
    if (crowded) continue;
    context.globalAlpha = 0.2;
    context.fillRect(x, Math.min(point.edge, point.bar), 1, Math.abs(point.edge - point.bar));
    context.globalAlpha = 1;
  }
}

function countVisible(visits: Track['visits'], frame: Frame): number {
  const endUs = frame.startUs + frame.plotWidth / frame.pxPerUs;
  return visitsUntil(visits, endUs) - visitsUntil(visits, frame.startUs);
}

/** Heights of a visit: the host's edge that faces the visitor, and the visitor's bar. */
export function visitPoint(
  frame: Frame,
  layout: LanesLayout,
  lanes: Tracks,
  host: number,
  mark: number,
): { readonly edge: number; readonly bar: number } | null {
  const track = lanes.trackOf[mark]!;
  const from = layout.tracks[track];
  const at = layout.tracks[host];
  if (from === undefined || at === undefined) return null;
  const row = topOf(frame, from.barsTop + lanes.stackOf[mark]! * from.rowPitch);
  return track < host
    ? { edge: topOf(frame, at.top), bar: row + from.rowHeight }
    : { edge: topOf(frame, at.top + at.height), bar: row };
}
