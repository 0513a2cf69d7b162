import { interventionWords } from './words.ts';
import type { Mark } from '../../store/consensus/runLog.ts';
import { barHeight, endOf, isDrawn, marksBetween, xAt, yOf } from './diagramGeometry.ts';
import { font, hueOf, type Look } from './look.ts';
import type { DiagramPicture } from './paintDiagram.ts';

type Context = CanvasRenderingContext2D;

/** Signs of what happened, on the rows of those to whom it did: decisions, certificates, blocks made, refusals, and what hands did. */
export function paintMarks(context: Context, picture: DiagramPicture): void {
  const { frame, log } = picture;
  const small = frame.rowHeight < 14;
  for (const place of marksBetween(log, frame.startUs - 8 / frame.pxPerUs, endOf(frame))) {
    const mark = log.marks[place]!;
    if (!isDrawn(mark.kind)) continue;
    if (mark.node < 0) paintWide(context, picture, mark);
    else if (small) paintSpeck(context, picture, mark);
    else paintMark(context, picture, mark);
  }
  context.globalAlpha = 1;
}

function paintMark(context: Context, { frame, look }: DiagramPicture, mark: Mark): void {
  const x = xAt(frame, mark.atUs);
  const y = yOf(frame, mark.node);
  const reach = 5 * look.scale;
  if (mark.kind === 'intervention') {
    paintHand(context, look, x, y, reach, mark.intervention.kind === 'restart');
    return;
  }
  const colour = hueOf(look, mark.value);
  switch (mark.kind) {
    case 'decided':
    case 'finalised':
      context.fillStyle = colour;
      context.strokeStyle = look.surface1;
      context.lineWidth = 1;
      context.beginPath();
      context.roundRect(x - reach, y - reach, 2 * reach, 2 * reach, 2.5);
      context.fill();
      context.stroke();
      context.strokeStyle = look.surface0;
      context.lineWidth = 1.75;
      context.beginPath();
      context.moveTo(x - reach * 0.5, y);
      context.lineTo(x - reach * 0.1, y + reach * 0.42);
      context.lineTo(x + reach * 0.55, y - reach * 0.42);
      context.stroke();
      return;
    case 'certificate':
    case 'justified':
      context.strokeStyle = look.surface1;
      context.lineWidth = 4;
      context.beginPath();
      context.arc(x, y, reach * 0.85, 0, 2 * Math.PI);
      context.stroke();
      context.strokeStyle = colour;
      context.lineWidth = 2;
      context.stroke();
      return;
    case 'made':
      context.fillStyle = colour;
      context.beginPath();
      context.rect(x - 1.5, y - barHeight(frame) / 2 - 4, 7, 7);
      context.fill();
      return;
    case 'reorganised':
      context.strokeStyle = look.warn;
      context.lineWidth = 2;
      context.beginPath();
      context.arc(x, y, reach * 0.8, -0.5, Math.PI * 1.2);
      context.stroke();
      return;
    case 'round':
      if (mark.round === 0) return;
      context.fillStyle = look.warn;
      context.beginPath();
      context.moveTo(x, y - reach);
      context.lineTo(x + reach * 1.1, y);
      context.lineTo(x, y + reach);
      context.closePath();
      context.fill();
      return;
    default:
      paintHand(context, look, x, y, reach * 0.8, false);
  }
}

/** Where rows are low, only what is final and what went wrong. */
function paintSpeck(context: Context, { frame, look }: DiagramPicture, mark: Mark): void {
  const wrong = mark.kind === 'intervention' || mark.kind === 'refused' || mark.kind === 'slashed';
  if (mark.kind !== 'decided' && mark.kind !== 'finalised' && !wrong) return;
  const size = Math.max(2, Math.min(5, frame.rowHeight - 1));
  context.fillStyle = mark.kind === 'intervention' || wrong ? look.bad : hueOf(look, mark.value);
  context.fillRect(xAt(frame, mark.atUs) - size / 2, yOf(frame, mark.node) - size / 2, size, size);
}

/** A cross where something was taken away, a wedge where it was given back. */
function paintHand(context: Context, look: Look, x: number, y: number, reach: number, gives: boolean): void {
  for (const [colour, width] of [
    [look.surface1, 4.5],
    [gives ? look.ok : look.bad, 2],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    if (gives) {
      context.moveTo(x - reach * 0.6, y - reach);
      context.lineTo(x + reach * 0.8, y);
      context.lineTo(x - reach * 0.6, y + reach);
    } else {
      context.moveTo(x - reach, y - reach);
      context.lineTo(x + reach, y + reach);
      context.moveTo(x + reach, y - reach);
      context.lineTo(x - reach, y + reach);
    }
    context.stroke();
  }
}

/** What was done to the whole network: a line across all rows, with what it was. */
function paintWide(context: Context, { frame, look }: DiagramPicture, mark: Mark): void {
  if (mark.kind !== 'intervention') return;
  const x = Math.round(xAt(frame, mark.atUs)) + 0.5;
  context.strokeStyle = mark.intervention.kind === 'heal' ? look.ok : look.bad;
  context.lineWidth = 1.5;
  context.setLineDash([5, 4]);
  context.beginPath();
  context.moveTo(x, frame.plotTop - 4);
  context.lineTo(x, frame.height);
  context.stroke();
  context.setLineDash([]);
  const words = interventionWords(mark.intervention);
  context.font = font(look, 10, 600);
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  const wide = context.measureText(words).width;
  const left = x + 5 + wide > frame.width ? x - wide - 5 : x + 5;
  context.fillStyle = look.surface1;
  context.fillRect(left - 2, frame.plotTop + 1, wide + 4, 13);
  context.fillStyle = context.strokeStyle;
  context.fillText(words, left, frame.plotTop + 8);
}
