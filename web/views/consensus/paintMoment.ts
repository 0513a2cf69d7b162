import { consensusText as text } from '../../lib/messages/consensus.ts';
import { useConsensusSelection } from '../../store/consensus/consensusSelection.ts';
import { arrowEnd, barHeight, type Hit, xAt, yOf } from './diagramGeometry.ts';
import { font } from './look.ts';
import { type DiagramPicture, paintArrow } from './paintDiagram.ts';

type Context = CanvasRenderingContext2D;

/** What moves or is pointed at over the kept picture. */
export interface DiagramMoment {
  readonly timeUs: number;
  readonly branch: number;
  readonly differsUs: number;
  readonly hover: Hit | null;
  readonly focusedRow: number;
  readonly held: { readonly place: number; readonly toUs: number } | null;
}

export function paintMoment(context: Context, picture: DiagramPicture, moment: DiagramMoment): void {
  const { frame, look } = picture;
  if (moment.differsUs >= 0) paintDifference(context, picture, moment.differsUs);
  const { selected } = useConsensusSelection.getState();
  const own = selected !== null && selected.branch === moment.branch ? selected : null;
  const row = own?.kind === 'replica' ? own.at : moment.focusedRow;
  if (row >= 0) {
    context.strokeStyle = look.accent;
    context.lineWidth = 1;
    context.setLineDash(own?.kind === 'replica' ? [] : [3, 3]);
    context.strokeRect(
      frame.plotLeft - 0.5,
      yOf(frame, row) - frame.rowHeight / 2,
      frame.plotWidth,
      frame.rowHeight,
    );
    context.setLineDash([]);
  }
  if (moment.hover?.kind === 'message') paintStrong(context, picture, moment.hover.place, false);
  if (own?.kind === 'message') paintStrong(context, picture, own.at, true);
  if (own?.kind === 'event') paintEvent(context, picture, own.at);
  if (own?.kind === 'mark') {
    const mark = picture.log.marks[own.at];
    if (mark !== undefined) paintSpot(context, picture, mark.atUs, mark.node);
  }
  if (moment.held !== null) paintHeld(context, picture, moment.held);
  paintPlayhead(context, picture, moment.timeUs);
}

function paintStrong(context: Context, picture: DiagramPicture, place: number, isSelected: boolean): void {
  const found = picture.log.message(place);
  if (found === undefined) return;
  paintArrow(context, picture, found.segment, found.at, 2, true);
  if (!isSelected) return;
  const { x, y } = arrowEnd(picture.frame, found.segment, found.at);
  paintRing(context, picture, x, y);
}

function paintEvent(context: Context, picture: DiagramPicture, number: number): void {
  const { log } = picture;
  const message = log.messageOf(number);
  if (message >= 0) {
    paintStrong(context, picture, message, true);
    return;
  }
  const place = log.placeOf(number);
  if (place > 0) paintSpot(context, picture, log.timeOf(place), log.nodeOf(place));
}

function paintSpot(context: Context, picture: DiagramPicture, atUs: number, node: number): void {
  const { frame } = picture;
  const y = node < 0 ? frame.plotTop + barHeight(frame) : yOf(frame, node);
  paintRing(context, picture, xAt(frame, atUs), y);
}

function paintRing(context: Context, { look }: DiagramPicture, x: number, y: number): void {
  context.strokeStyle = look.accent;
  context.lineWidth = 1.75;
  context.beginPath();
  context.arc(x, y, 9 * look.scale, 0, 2 * Math.PI);
  context.stroke();
}

function paintHeld(
  context: Context,
  { frame, look, log }: DiagramPicture,
  { place, toUs }: { readonly place: number; readonly toUs: number },
): void {
  const found = log.message(place);
  if (found === undefined) return;
  const { messages } = found.segment;
  const y = yOf(frame, messages.to[found.at]!);
  context.strokeStyle = look.accent;
  context.lineWidth = 2;
  context.setLineDash([5, 4]);
  context.beginPath();
  context.moveTo(xAt(frame, messages.departsUs[found.at]!), yOf(frame, messages.from[found.at]!));
  context.lineTo(xAt(frame, toUs), y);
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = look.accent;
  context.beginPath();
  context.arc(xAt(frame, toUs), y, 5, 0, 2 * Math.PI);
  context.fill();
}

function paintDifference(context: Context, { frame, look }: DiagramPicture, differsUs: number): void {
  const x = Math.round(xAt(frame, differsUs)) + 0.5;
  if (x < frame.plotLeft || x > frame.width) return;
  context.strokeStyle = look.warn;
  context.lineWidth = 1.5;
  context.setLineDash([2, 3]);
  context.beginPath();
  context.moveTo(x, frame.plotTop - 2);
  context.lineTo(x, frame.height);
  context.stroke();
  context.setLineDash([]);
  context.font = font(look, 10, 600);
  context.textBaseline = 'bottom';
  const wide = context.measureText(text.differs).width;
  context.textAlign = 'left';
  context.fillStyle = look.warn;
  context.fillText(text.differs, Math.min(x + 4, frame.width - wide - 4), frame.height - 2);
}

function paintPlayhead(context: Context, { frame, look }: DiagramPicture, timeUs: number): void {
  const x = xAt(frame, timeUs);
  if (x < frame.plotLeft - 1 || x > frame.width + 1) return;
  context.fillStyle = look.accent;
  context.fillRect(Math.round(x * 2) / 2 - 0.75, frame.plotTop - 3, 1.5, frame.height - frame.plotTop + 3);
  const half = 5 * look.scale;
  const bottom = frame.plotTop - 1;
  context.beginPath();
  context.moveTo(x - half, bottom - half * 1.5);
  context.lineTo(x + half, bottom - half * 1.5);
  context.lineTo(x, bottom);
  context.closePath();
  context.fill();
}
