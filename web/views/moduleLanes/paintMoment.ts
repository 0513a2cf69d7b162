import { font, paintPlayhead, paintTie } from '../../components/canvas/drawing.ts';
import { type Frame, type Marks, xOf } from '../../components/canvas/frame.ts';
import { outline } from '../../components/canvas/outline.ts';
import { type BarBox, barBox, paintBar } from '../../components/canvas/paintRow.ts';
import { causeMark, LOOK, lastStartingBefore } from '../../components/canvas/traceIndex.ts';
import { formatCount, formatRate } from '../../lib/format.ts';
import { format } from '../../lib/messages.ts';
import { moduleLanesText as text } from '../../lib/messages/moduleLanes.ts';
import { SPAN } from '../../lib/trace.ts';
import type { LanesLayout, TrackLayout } from './geometry.ts';
import { type LanesPicture, paintNumber, topOf, visitPoint } from './paintRecord.ts';
import { countUntil, type Track, visitsUntil } from './tracks.ts';

type Context = CanvasRenderingContext2D;

/** What follows the moment and the selection: heads, what runs or waits to commit, hops, the playhead. */
export function paintMoment(
  context: Context,
  frame: Frame,
  layout: LanesLayout,
  picture: LanesPicture,
  marks: Marks,
): void {
  context.save();
  context.beginPath();
  context.rect(0, frame.plotTop, frame.width, frame.plotHeight);
  context.clip();
  layout.tracks.forEach((at, i) => {
    paintHead(context, frame, at, picture.lanes.tracks[i]!);
  });
  context.beginPath();
  context.rect(frame.plotLeft, frame.plotTop, frame.plotWidth, frame.plotHeight);
  context.clip();
  paintUndecided(context, frame, layout, picture);
  paintRunning(context, frame, layout, picture);
  context.restore();
  paintPlayhead(context, frame);
  context.save();
  context.beginPath();
  context.rect(frame.plotLeft, frame.plotTop, frame.width, frame.plotHeight);
  context.clip();
  for (const [tx, colour, width] of [
    [marks.hoverTx, frame.palette.ink, 1],
    [marks.tx, frame.palette.accent, 1.75],
  ] as const) {
    if (tx >= 0) paintTransaction(context, frame, layout, picture, tx, colour, width, marks.sequence);
  }
  if (marks.focus >= 0 && marks.focused) {
    const box = boxOf(frame, layout, picture, marks.focus);
    if (box) outline(context, grown(box), frame.palette.accent, 2);
  }
  context.restore();
}

function grown(box: BarBox): BarBox {
  return { x: box.x - 2, y: box.y - 2, width: box.width + 4, height: box.height + 4 };
}

/** Name, and as many lines of numbers up to now as there is room for. */
function paintHead(context: Context, frame: Frame, at: TrackLayout, track: Track): void {
  const { palette, scale } = frame;
  const top = topOf(frame, at.top);
  const line = 15 * scale;
  const wide = frame.plotLeft > 90 * scale;
  const lines: { text: string; colour: string }[] = [];
  if (track.transactions > 0) {
    const done = countUntil(track.commitsUs, frame.nowUs);
    const waiting = track.transactions - countUntil(track.startsUs, frame.nowUs);
    const count = { done: formatCount(done), all: formatCount(track.transactions) };
    lines.push({ text: format(text.committed, count), colour: String(palette.looks[LOOK.commit]) });
    const queue = format(wide ? text.waiting : text.waitingShort, { count: formatCount(waiting) });
    lines.push({ text: queue, colour: palette.ink3 });
    const rate = frame.nowUs > 0 ? (done / frame.nowUs) * 1e6 : 0;
    if (wide) lines.push({ text: format(text.rate, { rate: formatRate(rate) }), colour: palette.ink3 });
  }
  const visits = visitsUntil(track.visits, frame.nowUs);
  if (track.visits.length > 0) {
    lines.push({ text: format(text.visits, { visits: formatCount(visits) }), colour: palette.ink3 });
  }
  const fits = Math.max(0, Math.floor((at.height - 12) / line) - 1);
  const beside = fits === 0 && wide;
  context.textBaseline = 'middle';
  context.font = font(frame, 12, 600);
  let y = top + (fits === 0 ? at.height / 2 : 14 * scale);
  context.fillStyle = palette.module(track.module);
  context.fillText(palette.glyph(track.module), 8, y);
  context.fillStyle = palette.ink;
  context.fillText(track.module, 8 + 15 * scale, y);
  const nameEnd = 8 + 15 * scale + context.measureText(track.module).width;
  context.font = font(frame, 10.5);
  if (beside && lines[0]) {
    const width = context.measureText(lines[0].text).width;
    const left = frame.plotLeft - width - 8;
    context.fillStyle = lines[0].colour;
    if (left > nameEnd + 4) context.fillText(lines[0].text, left, y);
  }
  for (const { text: words, colour } of lines.slice(0, fits)) {
    y += line;
    context.fillStyle = colour;
    context.fillText(words, 8, y);
  }
}

/** Executed but not committed yet, whatever comes of it: light with a rim. */
function paintUndecided(context: Context, frame: Frame, layout: LanesLayout, picture: LanesPicture): void {
  const { index, lanes, run } = picture;
  const { trace } = run;
  const committed = countUntil(index.commits.endUs, frame.nowUs);
  // Commits come in order, so only transactions from here on can be undecided.
  for (let tx = committed; tx < run.transactions.length; tx++) {
    for (let at = index.firstOf[tx]!; at < index.firstOf[tx + 1]!; at++) {
      const mark = index.marks[at]!;
      if (trace.kind[mark] !== SPAN.execute || trace.endUs[mark]! > frame.nowUs) continue;
      const abort = index.abortOf[mark]!;
      if (abort >= 0 && trace.endUs[abort]! <= frame.nowUs) continue;
      const box = boxOf(frame, layout, picture, mark);
      if (box === null || box.width < 1.5) continue;
      const hue = frame.palette.module(lanes.tracks[lanes.trackOf[mark]!]?.module ?? '');
      paintLight(context, frame, box, hue);
      if (box.height >= 10) paintNumber(context, frame, box, tx, LOOK.wasted);
    }
  }
}

function paintLight(context: Context, frame: Frame, box: BarBox, hue: string): void {
  context.fillStyle = frame.palette.surface1;
  context.fillRect(box.x, box.y, box.width, box.height);
  context.fillStyle = hue;
  context.globalAlpha = 0.3;
  context.fillRect(box.x, box.y, box.width, box.height);
  context.globalAlpha = 1;
  if (box.width < 4) return;
  context.strokeStyle = hue;
  context.lineWidth = 1;
  context.strokeRect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1);
}

/** What runs at the moment: in full, with a rim. */
function paintRunning(context: Context, frame: Frame, layout: LanesLayout, picture: LanesPicture): void {
  for (const track of picture.lanes.tracks) {
    for (const row of track.stack) {
      const place = lastStartingBefore(row, frame.nowUs);
      if (place < 0 || row.endUs[place]! <= frame.nowUs) continue;
      const box = boxOf(frame, layout, picture, row.mark[place]!);
      if (box === null) continue;
      context.fillStyle = frame.palette.module(track.module);
      paintBar(context, frame, box, LOOK.execute, true);
      if (box.height >= 10) {
        paintNumber(context, frame, box, picture.run.trace.tx[row.mark[place]!]!, LOOK.execute);
      }
      outline(context, box, frame.palette.ink, 1.25);
    }
  }
}

/** Rims around a transaction's runs, its way into other modules, and ties across modules. */
function paintTransaction(
  context: Context,
  frame: Frame,
  layout: LanesLayout,
  picture: LanesPicture,
  tx: number,
  colour: string,
  width: number,
  sequence: number,
): void {
  const { index, lanes, run } = picture;
  if (tx + 1 >= index.firstOf.length) return;
  const { surface1, looks, ink2 } = frame.palette;
  const final = index.finalOf[tx]!;
  lanes.tracks.forEach((track, host) => {
    const visit = final < 0 ? null : track.visits.find((candidate) => candidate.mark === final);
    const point = visit ? visitPoint(frame, layout, lanes, host, final) : null;
    if (visit && point) {
      const x = xOf(frame, visit.timeUs);
      const into = point.edge + (visit.track < host ? 8 : -8);
      paintTie(context, { x, y: point.bar }, { x, y: into }, { colour, halo: surface1, width });
    }
  });
  for (let at = index.firstOf[tx]!; at < index.firstOf[tx + 1]!; at++) {
    const mark = index.marks[at]!;
    const box = boxOf(frame, layout, picture, mark);
    if (box) outline(context, box, colour, width);
    if (run.trace.kind[mark] !== SPAN.abort) continue;
    const chosen = sequence < 0 || run.trace.sequence[mark] === sequence;
    const style = { colour: String(looks[LOOK.abort]), halo: surface1, width: chosen ? 2 : 1 };
    paintBetween(
      context,
      frame,
      layout,
      picture,
      causeMark(run.trace, index, mark),
      index.thrownAway[mark]!,
      style,
    );
  }
  for (const hop of lanes.hops) {
    if (hop.from !== tx && hop.to !== tx) continue;
    const style = { colour: ink2, halo: surface1, width: 1, dashed: true };
    paintBetween(context, frame, layout, picture, index.finalOf[hop.from]!, index.finalOf[hop.to]!, style);
  }
}

/** A tie from the end of one execution to the start (or, for an abort, the end) of another. */
function paintBetween(
  context: Context,
  frame: Frame,
  layout: LanesLayout,
  picture: LanesPicture,
  from: number,
  to: number,
  style: {
    readonly colour: string;
    readonly halo: string;
    readonly width: number;
    readonly dashed?: boolean;
  },
): void {
  if (from < 0 || to < 0) return;
  const start = boxOf(frame, layout, picture, from);
  const end = boxOf(frame, layout, picture, to);
  if (start === null || end === null) return;
  const x = picture.index.abortOf[to]! >= 0 ? end.x + end.width : end.x;
  paintTie(
    context,
    { x: start.x + start.width, y: start.y + start.height / 2 },
    { x, y: end.y + end.height / 2 },
    style,
  );
}

/** The box of an execution; null for other marks and out of view. */
export function boxOf(frame: Frame, layout: LanesLayout, picture: LanesPicture, mark: number): BarBox | null {
  const { lanes, run } = picture;
  const at = layout.tracks[lanes.trackOf[mark]!];
  if (at === undefined) return null;
  const startUs = run.trace.startUs[mark]!;
  const endUs = run.trace.endUs[mark]!;
  if (xOf(frame, endUs) < frame.plotLeft || xOf(frame, startUs) > frame.width) return null;
  const top = topOf(frame, at.barsTop + lanes.stackOf[mark]! * at.rowPitch);
  return barBox(frame, startUs, endUs, LOOK.execute, top, at.rowHeight);
}
