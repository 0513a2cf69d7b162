import type { BlockRun } from '../../../engine/api/index.ts';
import { font, stampCross } from '../../components/canvas/drawing.ts';
import { type Frame, xOf } from '../../components/canvas/frame.ts';
import {
  type BarBox,
  barBox,
  paintRows,
  type RowToPaint,
  type RowBrush,
} from '../../components/canvas/paintRow.ts';
import { isWork } from '../../components/canvas/palette.ts';
import { firstReaching, LOOK, type SpanRow, type TraceIndex } from '../../components/canvas/traceIndex.ts';
import { commitCurve, type TimelineLayout } from './geometry.ts';
import { railTop } from './rail.ts';

type Context = CanvasRenderingContext2D;

/** Crosses in view at most: where aborts crowd, they stand for their neighbours too. */
const MOST_CROSSES = 400;

/** What the timeline draws, and the brush it keeps. */
export interface TimelinePicture {
  readonly run: BlockRun;
  readonly index: TraceIndex;
  readonly ghost: { readonly run: BlockRun; readonly index: TraceIndex; readonly label: string } | null;
  brush: RowBrush | null;
}

export function rowTop(frame: Frame, layout: TimelineLayout, row: number): number {
  return frame.plotTop - frame.scrollTop + row * layout.pitch;
}

/** Keeps the rows from running under the rail when they scroll. */
export function clipToRows(context: Context, frame: Frame, layout: TimelineLayout): void {
  context.beginPath();
  context.rect(0, frame.plotTop, frame.width, railTop(frame, layout) - frame.plotTop);
  context.clip();
}

/** Guides between the rows, and under each row what its worker did in the run before. */
export function paintGhostRows(
  context: Context,
  frame: Frame,
  layout: TimelineLayout,
  picture: TimelinePicture,
): void {
  const { palette } = frame;
  const { ghost } = picture;
  const rail = railTop(frame, layout);
  context.fillStyle = palette.line;
  context.fillRect(0, Math.round(rail), frame.width, 1);
  context.save();
  clipToRows(context, frame, layout);
  for (let row = 0; row < layout.rows; row++) {
    const top = rowTop(frame, layout, row);
    if (top + layout.pitch < frame.plotTop || top > rail) continue;
    if (row > 0 && layout.pitch > 18) {
      context.fillStyle = palette.line;
      context.globalAlpha = 0.55;
      context.fillRect(0, Math.round(top), frame.width, 1);
      context.globalAlpha = 1;
    }
    const before = ghost?.index.rows[row];
    if (before === undefined) continue;
    context.save();
    context.beginPath();
    context.rect(frame.plotLeft, frame.plotTop, frame.plotWidth, frame.plotHeight);
    context.clip();
    if (layout.pitch < 16 * frame.scale) context.globalAlpha = 0.55;
    paintGhostRow(context, frame, before, top + layout.ghostTop, layout.ghostHeight);
    context.restore();
  }
  context.restore();
  if (ghost === null) return;
  paintCurve(context, frame, layout, ghost.index.commits, ghost.run.transactions.length, palette.ghost, true);
}

/** The ghost is work or no work: solid where a worker ran what counted, low where it was thrown away. */
function paintGhostRow(context: Context, frame: Frame, row: SpanRow, top: number, height: number): void {
  context.fillStyle = frame.palette.ghost;
  let until = -Infinity;
  for (let place = firstReaching(row, frame.startUs); place < row.count; place++) {
    const look = row.look[place]!;
    if (look === LOOK.wait || row.endUs[place]! < frame.startUs) continue;
    const x = xOf(frame, row.startUs[place]!);
    if (x > frame.width) break;
    const end = Math.max(xOf(frame, row.endUs[place]!), x + 0.5);
    const from = Math.max(x, until);
    if (end - from < 0.25) continue;
    const counted = look === LOOK.execute || look === LOOK.reexecute;
    const tall = counted ? height : Math.max(1, height * 0.35);
    const width = end - from > 3 ? end - from - 0.75 : end - from;
    context.fillRect(from, top + height - tall, width, tall);
    until = end;
  }
}

/** All rows of the run and the rail of its commits. */
export function paintRecordRows(
  context: Context,
  frame: Frame,
  layout: TimelineLayout,
  picture: TimelinePicture,
): void {
  const rail = railTop(frame, layout);
  context.save();
  clipToRows(context, frame, layout);
  const rows: RowToPaint[] = [];
  for (const [number, row] of picture.index.rows.entries()) {
    const top = rowTop(frame, layout, number);
    if (top + layout.pitch < frame.plotTop || top > rail) continue;
    rows.push({ row, top: top + layout.barTop, height: layout.barHeight, looks: frame.palette.looks });
  }
  picture.brush = paintRows(context, frame, rows, picture.brush, (at, bars) => {
    paintModules(context, frame, picture, at, bars);
    paintCrosses(context, frame, at.row, at.top, layout);
  });
  context.restore();
  paintCommits(context, frame, layout, picture);
}

/** Over each execution the mark of its module, where it is large enough to carry one. */
function paintModules(
  context: Context,
  frame: Frame,
  picture: TimelinePicture,
  { row, top, height }: RowToPaint,
  bars: Int32Array,
): void {
  if (height < 12) return;
  for (const place of bars) {
    const look = row.look[place]!;
    if (!isWork(look)) continue;
    const box = barBox(frame, row.startUs[place]!, row.endUs[place]!, look, top, height);
    paintModule(context, frame, picture, row.mark[place]!, box, look);
  }
}

/** The module's hue as a foot under an execution, and where there is room its shape and the number. */
export function paintModule(
  context: Context,
  frame: Frame,
  picture: TimelinePicture,
  mark: number,
  box: BarBox,
  look: number,
): void {
  const { height } = box;
  if (box.width < 4 || height < 12) return;
  const tx = picture.run.trace.tx[mark]!;
  const module = picture.run.transactions[tx]?.module ?? '';
  const foot = Math.min(3.5 * frame.scale, Math.max(2, height * 0.14));
  if (box.width >= 8) {
    context.fillStyle = frame.palette.surface1;
    context.fillRect(box.x, box.y + height - foot - 1, box.width, 1);
  }
  context.fillStyle = frame.palette.module(module);
  context.fillRect(box.x, box.y + height - foot, box.width, foot);
  paintNumber(context, frame, box, height - foot, `${tx}`, frame.palette.glyph(module), look);
}

function paintNumber(
  context: Context,
  frame: Frame,
  box: { readonly x: number; readonly y: number; readonly width: number },
  height: number,
  number: string,
  glyph: string,
  look: number,
): void {
  const size = Math.min(11, height * 0.62);
  if (size < 7 || box.width < number.length * size * 0.6 * frame.scale + 5) return;
  context.font = font(frame, size, 500);
  context.textBaseline = 'middle';
  const left = Math.max(box.x, frame.plotLeft);
  const room = box.x + box.width - left - 5;
  const withGlyph = `${glyph} ${number}`;
  const text = context.measureText(withGlyph).width <= room ? withGlyph : number;
  if (context.measureText(text).width > room) return;
  context.fillStyle = look === LOOK.wasted ? frame.palette.ink : frame.palette.surface0;
  context.fillText(text, left + 3, box.y + height / 2 + 0.5);
}

/** A cross over each abort; where they crowd, one for the first of them. */
function paintCrosses(
  context: Context,
  frame: Frame,
  row: SpanRow,
  top: number,
  { barHeight: height, rows }: TimelineLayout,
): void {
  const half = Math.min(3.6 * frame.scale, Math.max(1.6, height * 0.2));
  const apart = Math.max(half * 2.4, 10, (frame.plotWidth * rows) / MOST_CROSSES);
  let last = -Infinity;
  for (let place = firstReaching(row, frame.startUs); place < row.count; place++) {
    if (row.look[place] !== LOOK.abort) continue;
    const x = (xOf(frame, row.startUs[place]!) + xOf(frame, row.endUs[place]!)) / 2;
    if (x < frame.plotLeft - 5 || x - last < apart) continue;
    if (x > frame.width + 5) break;
    stampCross(context, frame, x, top + half + 1.5, half, String(frame.palette.looks[LOOK.abort]));
    last = x;
  }
}

/** The rail: a tick a commit, and above it how many there are so far. */
function paintCommits(
  context: Context,
  frame: Frame,
  layout: TimelineLayout,
  picture: TimelinePicture,
): void {
  const { commits } = picture.index;
  const colour = String(frame.palette.looks[LOOK.commit]);
  const bottom = railTop(frame, layout) + layout.railHeight - 4;
  const tick = Math.min(9 * frame.scale, layout.railHeight * 0.4);
  context.fillStyle = colour;
  let last = -1;
  for (let place = firstReaching(commits, frame.startUs); place < commits.count; place++) {
    const x = Math.round(xOf(frame, commits.startUs[place]!) * frame.pixelRatio) / frame.pixelRatio;
    if (x === last || x < frame.plotLeft) continue;
    if (x > frame.width) break;
    context.fillRect(x, bottom - tick, 1, tick);
    last = x;
  }
  paintCurve(context, frame, layout, commits, picture.run.transactions.length, colour, false);
}

function paintCurve(
  context: Context,
  frame: Frame,
  layout: TimelineLayout,
  commits: SpanRow,
  transactions: number,
  colour: string,
  dashed: boolean,
): void {
  const tall = layout.railHeight - 24 * frame.scale;
  if (tall < 12 || transactions === 0 || commits.count === 0) return;
  const base = railTop(frame, layout) + 6 + tall;
  const points = commitCurve(commits, frame.startUs, frame.pxPerUs, frame.plotWidth);
  context.save();
  context.beginPath();
  context.rect(frame.plotLeft, frame.plotTop, frame.plotWidth, frame.plotHeight);
  context.clip();
  context.strokeStyle = colour;
  context.lineWidth = dashed ? 1 : 1.5;
  if (dashed) context.setLineDash([3, 3]);
  context.beginPath();
  let y = base - ((points[0]?.done ?? 0) / transactions) * tall;
  context.moveTo(frame.plotLeft, y);
  for (const point of points) {
    const next = base - (point.done / transactions) * tall;
    context.lineTo(frame.plotLeft + point.x, y);
    context.lineTo(frame.plotLeft + point.x, next);
    y = next;
  }
  const lastPoint = points.at(-1);
  if (lastPoint !== undefined && lastPoint.done < commits.count) context.lineTo(frame.width, y);
  context.stroke();
  context.restore();
}
