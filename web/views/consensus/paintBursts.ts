import type { Segment } from '../../store/consensus/segment.ts';
import { xAt, yOf } from './diagramGeometry.ts';
import { hueOf } from './look.ts';
import type { DiagramPicture } from './paintDiagram.ts';

type Context = CanvasRenderingContext2D;

/** Rows of a fan that stand for those around them are at least so far apart. */
const STEP_PX = 9;
/** A fan narrower than this is a line. */
const LEAST_PX = 1.5;

/**
 * Messages that were sent at once as one fan: from the sender to where they arrive, row by row. A hundred replicas that vote make a
 * hundred fans of a hundred messages each, which cost no more than some thousand lines.
 */
export function paintBursts(context: Context, picture: DiagramPicture, startUs: number, endUs: number): void {
  const { log, look } = picture;
  for (const segment of log.segments) {
    const { bursts, messages } = segment;
    if (segment.leastUs.length === 0) continue;
    for (let place = 0; place + 1 < bursts.length; place++) {
      const begin = bursts[place]!;
      const end = bursts[place + 1]!;
      const departsUs = messages.departsUs[begin]!;
      if (departsUs > endUs) continue;
      const arrivals = arrivalsOf(picture, segment, begin, end);
      if (arrivals.lastUs < startUs) continue;
      context.fillStyle = hueOf(look, messages.value[begin]!);
      context.strokeStyle = context.fillStyle;
      paintFan(context, picture, messages.from[begin]!, departsUs, arrivals, end - begin);
    }
  }
  context.globalAlpha = 1;
}

interface Arrivals {
  readonly lastUs: number;
  readonly firstUs: number;
  /** For some rows from top to bottom: when a message gets there. */
  readonly rows: readonly number[];
  readonly atUs: readonly number[];
}

function arrivalsOf({ frame }: DiagramPicture, segment: Segment, begin: number, end: number): Arrivals {
  const { to } = segment.messages;
  const every = Math.max(1, Math.ceil(STEP_PX / frame.rowHeight));
  const rows: number[] = [];
  const atUs: number[] = [];
  let firstUs = Number.POSITIVE_INFINITY;
  let lastUs = 0;
  let nextRow = -1;
  for (let i = begin; i < end; i++) {
    const us = segment.endsUs[i]!;
    firstUs = Math.min(firstUs, us);
    lastUs = Math.max(lastUs, us);
    const row = to[i]!;
    if (row < nextRow && rows.length > 0 && i + 1 < end) {
      // Of rows in between, the latest counts: a fan ends where all have heard.
      if (us > atUs[atUs.length - 1]!) atUs[atUs.length - 1] = us;
      continue;
    }
    rows.push(row);
    atUs.push(us);
    nextRow = row + every;
  }
  return { firstUs, lastUs, rows, atUs };
}

function paintFan(
  context: Context,
  { frame }: DiagramPicture,
  from: number,
  departsUs: number,
  { rows, atUs, firstUs, lastUs }: Arrivals,
  count: number,
): void {
  const x = xAt(frame, departsUs);
  const y = yOf(frame, from);
  context.beginPath();
  context.moveTo(x, y);
  for (const [place, row] of rows.entries()) context.lineTo(xAt(frame, atUs[place]!), yOf(frame, row));
  const thin = (lastUs - firstUs) * frame.pxPerUs < LEAST_PX;
  if (count === 1 || thin) {
    context.globalAlpha = 0.35;
    context.lineWidth = 1;
    context.stroke();
    return;
  }
  context.closePath();
  context.globalAlpha = Math.max(0.025, 0.4 / Math.sqrt(frame.rows));
  context.fill();
}
