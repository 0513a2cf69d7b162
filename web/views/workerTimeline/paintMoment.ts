import { font, paintCross, paintPlayhead, paintTie, type TiePoint } from '../../components/canvas/drawing.ts';
import { type Frame, type Marks, xOf } from '../../components/canvas/frame.ts';
import { outline } from '../../components/canvas/outline.ts';
import { type BarBox, barBox, paintBar } from '../../components/canvas/paintRow.ts';
import { causeMark, LOOK, lastStartingBefore, usefulShareUntil } from '../../components/canvas/traceIndex.ts';
import { formatCount, formatShare } from '../../lib/format.ts';
import { format } from '../../lib/messages.ts';
import { workerTimelineText as text } from '../../lib/messages/workerTimeline.ts';
import { runOrdinals, SPAN } from '../../lib/trace.ts';
import { committedUntil, rowOfMark, type TimelineLayout } from './geometry.ts';
import { clipToRows, paintModule, rowTop, type TimelinePicture } from './paintRecord.ts';
import { railTop } from './rail.ts';

type Context = CanvasRenderingContext2D;

/** How many executions that are about to be thrown away are looked at; there are never that many in flight. */
const MOST_PENDING = 256;

/** What follows the moment and the selection: heads, running spans, ties, the playhead. */
export function paintMoment(
  context: Context,
  frame: Frame,
  layout: TimelineLayout,
  picture: TimelinePicture,
  marks: Marks,
): void {
  paintHeads(context, frame, layout, picture);
  context.save();
  clipToRows(context, frame, layout);
  context.beginPath();
  context.rect(frame.plotLeft, 0, frame.width, frame.height);
  context.clip();
  paintPending(context, frame, layout, picture);
  paintRunning(context, frame, layout, picture);
  context.restore();
  paintPlayhead(context, frame);
  context.save();
  context.beginPath();
  context.rect(frame.plotLeft, frame.plotTop, frame.width, frame.plotHeight);
  context.clip();
  paintMarked(context, frame, layout, picture, marks);
  context.restore();
}

function paintHeads(context: Context, frame: Frame, layout: TimelineLayout, picture: TimelinePicture): void {
  const { palette } = frame;
  const wide = frame.plotLeft > 70 * frame.scale;
  const twoLines = layout.pitch >= 34 * frame.scale;
  context.save();
  clipToRows(context, frame, layout);
  context.textBaseline = 'middle';
  const size = Math.min(11.5, Math.max(8, (layout.pitch / frame.scale) * 0.72));
  for (let row = 0; row < layout.rows; row++) {
    const top = rowTop(frame, layout, row);
    if (top + layout.pitch < frame.plotTop || top > frame.height) continue;
    const middle = top + layout.barTop + layout.barHeight / 2;
    const share = formatShare(usefulShareUntil(picture.index, row, frame.nowUs));
    const name = format(wide && twoLines ? text.worker : text.workerShort, { worker: row + 1 });
    context.font = font(frame, size, 500);
    context.fillStyle = palette.ink2;
    context.fillText(name, 8, twoLines ? middle - 8 * frame.scale : middle);
    context.font = font(frame, twoLines ? 10.5 : size);
    context.fillStyle = palette.ink3;
    const note = wide && twoLines ? format(text.usefulHead, { share }) : share;
    if (twoLines) context.fillText(note, 8, middle + 8 * frame.scale);
    else context.fillText(note, frame.plotLeft - context.measureText(note).width - 8, middle);
  }
  context.restore();
  if (!(wide && twoLines)) {
    context.font = font(frame, 10);
    context.fillStyle = palette.ink3;
    const width = context.measureText(text.usefulColumn).width;
    context.fillText(text.usefulColumn, frame.plotLeft - width - 8, frame.plotTop / 2 - 1);
  }
  const rail = railTop(frame, layout);
  const done = formatCount(committedUntil(picture.index.commits, frame.nowUs));
  const all = formatCount(picture.run.transactions.length);
  const tall = layout.railHeight >= 40 * frame.scale;
  context.textBaseline = 'middle';
  context.font = font(frame, wide ? 11.5 : 10, 500);
  context.fillStyle = palette.ink2;
  const middle = rail + layout.railHeight / 2;
  if (tall) context.fillText(text.commits, 8, middle - 8 * frame.scale);
  context.font = font(frame, 10.5);
  context.fillStyle = palette.ink3;
  const count = wide ? format(text.committed, { done, all }) : done;
  context.fillText(count, 8, tall ? middle + 8 * frame.scale : middle);
}

/** Runs that ended but whose abort is still to come look like any other until then. */
function paintPending(
  context: Context,
  frame: Frame,
  layout: TimelineLayout,
  picture: TimelinePicture,
): void {
  const { index, run } = picture;
  const { trace } = run;
  const { aborts } = index;
  let low = 0;
  let high = aborts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (trace.endUs[aborts[middle]!]! <= frame.nowUs) low = middle + 1;
    else high = middle;
  }
  for (let i = low; i < Math.min(aborts.length, low + MOST_PENDING); i++) {
    const execution = index.thrownAway[aborts[i]!]!;
    if (execution >= 0 && trace.endUs[execution]! <= frame.nowUs) {
      repaint(context, frame, layout, picture, execution);
    }
  }
}

/** What each worker is doing at the moment: in full, with a rim, whatever lies to come. */
function paintRunning(
  context: Context,
  frame: Frame,
  layout: TimelineLayout,
  picture: TimelinePicture,
): void {
  picture.index.rows.forEach((row, worker) => {
    const place = lastStartingBefore(row, frame.nowUs);
    if (place < 0 || row.endUs[place]! <= frame.nowUs || row.look[place] === LOOK.wait) return;
    repaint(context, frame, layout, picture, row.mark[place]!);
    const box = barBox(
      frame,
      row.startUs[place]!,
      row.endUs[place]!,
      row.look[place]!,
      rowTop(frame, layout, worker) + layout.barTop,
      layout.barHeight,
    );
    outline(context, box, frame.palette.ink, 1.25);
  });
}

/** A span as it looks before anything is known of its fate. */
function repaint(
  context: Context,
  frame: Frame,
  layout: TimelineLayout,
  picture: TimelinePicture,
  mark: number,
): void {
  const { trace } = picture.run;
  const box = boxOf(frame, layout, picture, mark);
  if (box === null || box.width < 1.5) return;
  const kind = trace.kind[mark];
  const look =
    kind === SPAN.execute
      ? runOrdinals(trace)[mark]! > 0
        ? LOOK.reexecute
        : LOOK.execute
      : kind === SPAN.suspend
        ? LOOK.suspend
        : kind === SPAN.abort
          ? LOOK.abort
          : LOOK.validate;
  context.fillStyle = frame.palette.surface1;
  context.fillRect(box.x, box.y, box.width, box.height);
  context.fillStyle = String(frame.palette.looks[look]);
  paintBar(context, frame, box, look, true);
  if (kind === SPAN.execute) paintModule(context, frame, picture, mark, box, look);
}

/** Selected and hovered: rims around every run of the transaction, and ties to what caused its aborts. */
function paintMarked(
  context: Context,
  frame: Frame,
  layout: TimelineLayout,
  picture: TimelinePicture,
  marks: Marks,
): void {
  const { palette } = frame;
  const { run } = picture;
  if (marks.hoverTx >= 0 && marks.hoverTx !== marks.tx) {
    outlineTransaction(context, frame, layout, picture, marks.hoverTx, palette.ink, 1);
    paintTies(context, frame, layout, picture, marks.hoverTx, -1, 0.55);
  }
  if (marks.tx >= 0) {
    outlineTransaction(context, frame, layout, picture, marks.tx, palette.accent, 1.75);
    paintTies(context, frame, layout, picture, marks.tx, marks.sequence, 1);
  }
  if (marks.hover >= 0 && run.trace.tx[marks.hover] !== marks.tx) {
    const box = boxOf(frame, layout, picture, marks.hover);
    if (box) outline(context, box, palette.ink, 1.5);
  }
  if (marks.focus >= 0 && marks.focused) {
    const box = boxOf(frame, layout, picture, marks.focus);
    if (box === null) return;
    const wide = { x: box.x - 3, y: box.y - 2, width: box.width + 6, height: box.height + 4 };
    outline(context, wide, palette.accent, 2);
  }
}

function outlineTransaction(
  context: Context,
  frame: Frame,
  layout: TimelineLayout,
  picture: TimelinePicture,
  tx: number,
  colour: string,
  width: number,
): void {
  const { index } = picture;
  if (tx + 1 >= index.firstOf.length) return;
  for (let at = index.firstOf[tx]!; at < index.firstOf[tx + 1]!; at++) {
    const box = boxOf(frame, layout, picture, index.marks[at]!);
    if (box === null) continue;
    outline(context, box, colour, width);
    if (picture.run.trace.kind[index.marks[at]!] !== SPAN.abort) continue;
    const half = Math.min(4.5 * frame.scale, Math.max(2.4, layout.barHeight * 0.2));
    const { looks, surface1 } = frame.palette;
    paintCross(context, box.x + box.width / 2, box.y + half + 1, half, String(looks[LOOK.abort]), surface1);
  }
}

/** Ties of a transaction's aborts to the runs that wrote what it had missed; the selected one stands out. */
function paintTies(
  context: Context,
  frame: Frame,
  layout: TimelineLayout,
  picture: TimelinePicture,
  tx: number,
  sequence: number,
  alpha: number,
): void {
  const { index, run } = picture;
  const { trace } = run;
  if (tx + 1 >= index.firstOf.length) return;
  for (let at = index.firstOf[tx]!; at < index.firstOf[tx + 1]!; at++) {
    const mark = index.marks[at]!;
    const kind = trace.kind[mark];
    if (kind !== SPAN.abort && kind !== SPAN.suspend) continue;
    const cause = causeMark(trace, index, mark);
    if (cause < 0) continue;
    const chosen = sequence < 0 || trace.sequence[mark] === sequence;
    context.globalAlpha = chosen ? alpha : alpha * 0.4;
    const from = pointOf(frame, layout, picture, cause, 'end');
    const to = pointOf(frame, layout, picture, mark, 'middle');
    const colour = String(frame.palette.looks[kind === SPAN.abort ? LOOK.abort : LOOK.suspend]);
    const style = { colour, halo: frame.palette.surface1, width: chosen && sequence >= 0 ? 2.25 : 1.5 };
    // A parked run points at what it waits for; an abort is pointed at by what caused it.
    if (kind === SPAN.suspend) paintTie(context, to, from, { ...style, dashed: true });
    else paintTie(context, from, to, style);
  }
  context.globalAlpha = 1;
}

function pointOf(
  frame: Frame,
  layout: TimelineLayout,
  picture: TimelinePicture,
  mark: number,
  where: 'end' | 'middle',
): TiePoint {
  const { trace } = picture.run;
  const row = rowOfMark(picture.index, trace.worker, mark);
  const endUs = trace.endUs[mark]!;
  const timeUs = where === 'end' ? endUs : (trace.startUs[mark]! + endUs) / 2;
  return { x: xOf(frame, timeUs), y: rowTop(frame, layout, row) + layout.barTop + layout.barHeight / 2 };
}

/** The box of any mark, commits on the rail included; null out of view. */
function boxOf(frame: Frame, layout: TimelineLayout, picture: TimelinePicture, mark: number): BarBox | null {
  const { trace } = picture.run;
  const startUs = trace.startUs[mark]!;
  const endUs = trace.endUs[mark]!;
  if (xOf(frame, endUs) < frame.plotLeft || xOf(frame, startUs) > frame.width) return null;
  const row = rowOfMark(picture.index, trace.worker, mark);
  if (row >= picture.index.rows.length) {
    const bottom = railTop(frame, layout) + layout.railHeight - 4;
    const tall = Math.min(9 * frame.scale, layout.railHeight * 0.4);
    return { x: xOf(frame, startUs) - 1, y: bottom - tall - 2, width: 3, height: tall + 4 };
  }
  const place = picture.index.placeInRow[mark]!;
  const look = picture.index.rows[row]!.look[place]!;
  return barBox(frame, startUs, endUs, look, rowTop(frame, layout, row) + layout.barTop, layout.barHeight);
}
