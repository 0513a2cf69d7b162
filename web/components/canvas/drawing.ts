import { type Frame, xOf } from './frame.ts';
import type { Palette } from './palette.ts';
import { axisTicks } from './timeAxis.ts';

type Context = CanvasRenderingContext2D;

export const FUTURE_ALPHA = 0.26;

export function font(frame: Frame, sizePx: number, weight = 400): string {
  return `${weight} ${Math.round(sizePx * frame.scale * 10) / 10}px ${frame.palette.fontFamily}`;
}

/** Keeps what is drawn inside the rows, below the axis and right of the heads. */
export function clipToPlot(context: Context, frame: Frame, withHeads = false): void {
  context.beginPath();
  const left = withHeads ? 0 : frame.plotLeft;
  context.rect(left, frame.plotTop, frame.width - left, frame.plotHeight);
  context.clip();
}

/** A labelled instant on the axis; its label goes before those of the ticks. */
export interface AxisFlag {
  readonly timeUs: number;
  readonly text: string;
}

/** The axis: ticks and labels above the rows, hairlines through them; and where the ghost ended. */
export function paintAxis(context: Context, frame: Frame, flag?: AxisFlag): void {
  const { palette } = frame;
  const endUs = frame.startUs + frame.plotWidth / frame.pxPerUs;
  const { ticksUs, label } = axisTicks(frame.startUs, endUs, frame.plotWidth, 84 * frame.scale);
  context.font = font(frame, 10.5);
  context.textBaseline = 'middle';
  const y = frame.plotTop / 2 - 1;
  const taken = flag === undefined ? null : paintFlag(context, frame, flag, y);
  for (const tickUs of ticksUs) {
    const x = Math.round(xOf(frame, tickUs)) + 0.5;
    context.fillStyle = palette.line;
    context.globalAlpha = 0.6;
    context.fillRect(x - 0.5, frame.plotTop - 4, 1, frame.plotHeight + 4);
    context.globalAlpha = 1;
    const text = label(tickUs);
    const width = context.measureText(text).width;
    const at = Math.min(Math.max(x - width / 2, frame.plotLeft), frame.width - width - 2);
    if (taken !== null && at < taken.right + 8 && at + width > taken.left - 8) continue;
    context.fillStyle = palette.ink3;
    context.fillText(text, at, y);
  }
}

/** A dashed line at the flag's instant, its text beside it on the axis; an arrow when it lies beyond. */
function paintFlag(
  context: Context,
  frame: Frame,
  flag: AxisFlag,
  y: number,
): { readonly left: number; readonly right: number } | null {
  const x = Math.round(xOf(frame, flag.timeUs)) + 0.5;
  if (x < frame.plotLeft) return null;
  const beyond = x > frame.width;
  const text = beyond ? `${flag.text} →` : flag.text;
  const width = context.measureText(text).width;
  const rightOf = x + 5 + width < frame.width;
  const left = beyond ? frame.width - width - 4 : rightOf ? x + 5 : x - width - 5;
  context.fillStyle = frame.palette.ink3;
  context.fillText(text, left, y);
  if (!beyond) {
    context.strokeStyle = frame.palette.ghost;
    context.lineWidth = 1;
    context.setLineDash([2, 3]);
    context.beginPath();
    context.moveTo(x, 3);
    context.lineTo(x, frame.plotTop + frame.plotHeight);
    context.stroke();
    context.setLineDash([]);
  }
  return { left, right: left + width };
}

/** The moment: a line through the rows and a grip on the axis. */
export function paintPlayhead(context: Context, frame: Frame): void {
  const x = xOf(frame, frame.nowUs);
  if (x < frame.plotLeft - 1 || x > frame.width + 1) return;
  context.fillStyle = frame.palette.accent;
  context.fillRect(Math.round(x * 2) / 2 - 0.75, frame.plotTop - 3, 1.5, frame.plotHeight + 3);
  const half = 5 * frame.scale;
  const bottom = frame.plotTop - 1;
  context.beginPath();
  context.moveTo(x - half, bottom - half * 1.5);
  context.lineTo(x + half, bottom - half * 1.5);
  context.lineTo(x, bottom);
  context.closePath();
  context.fill();
}

/** A small cross: the sign of an abort, at any size and without its colour. */
export function paintCross(
  context: Context,
  x: number,
  y: number,
  half: number,
  colour: string,
  halo: string,
): void {
  for (const [style, width] of [
    [halo, half * 1.1 + 1.6],
    [colour, Math.max(1.4, half * 0.55)],
  ] as const) {
    context.strokeStyle = style;
    context.lineWidth = width;
    context.lineCap = 'round';
    context.beginPath();
    context.moveTo(x - half, y - half);
    context.lineTo(x + half, y + half);
    context.moveTo(x + half, y - half);
    context.lineTo(x - half, y + half);
    context.stroke();
  }
  context.lineCap = 'butt';
}

export interface TiePoint {
  readonly x: number;
  readonly y: number;
}

/** A curve from a cause to its effect, with a dot where it starts and an arrow head where it ends. */
export function paintTie(
  context: Context,
  from: TiePoint,
  to: TiePoint,
  style: {
    readonly colour: string;
    readonly halo: string;
    readonly width: number;
    readonly dashed?: boolean;
  },
): void {
  const bow = tieBow(from, to);
  const path = (): void => {
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.bezierCurveTo(bow.first.x, bow.first.y, bow.second.x, bow.second.y, to.x, to.y);
  };
  context.strokeStyle = style.halo;
  context.lineWidth = style.width + 2.5;
  path();
  context.stroke();
  context.strokeStyle = style.colour;
  context.fillStyle = style.colour;
  context.lineWidth = style.width;
  if (style.dashed) context.setLineDash([4, 3]);
  path();
  context.stroke();
  context.setLineDash([]);
  context.beginPath();
  context.arc(from.x, from.y, style.width + 1.2, 0, Math.PI * 2);
  context.fill();
  const angle = Math.atan2(to.y - bow.second.y, to.x - bow.second.x);
  const size = 4 + style.width * 2;
  context.beginPath();
  context.moveTo(to.x, to.y);
  context.lineTo(to.x - size * Math.cos(angle - 0.42), to.y - size * Math.sin(angle - 0.42));
  context.lineTo(to.x - size * Math.cos(angle + 0.42), to.y - size * Math.sin(angle + 0.42));
  context.closePath();
  context.fill();
}

/** Control points of a tie: leaves level, arrives from above when both ends share a row. */
export function tieBow(
  from: TiePoint,
  to: TiePoint,
): { readonly first: TiePoint; readonly second: TiePoint } {
  const reach = Math.max(18, Math.min(160, Math.abs(to.x - from.x) * 0.5));
  if (Math.abs(to.y - from.y) < 4) {
    const rise = Math.min(30, 10 + reach * 0.4);
    return {
      first: { x: from.x + (to.x - from.x) * 0.25, y: from.y - rise },
      second: { x: from.x + (to.x - from.x) * 0.75, y: to.y - rise },
    };
  }
  return {
    first: { x: from.x + reach * 0.4, y: from.y + (to.y - from.y) * 0.15 },
    second: { x: to.x - reach * 0.25, y: to.y - (to.y - from.y) * 0.45 },
  };
}

/** Slanted lines for work that was thrown away: told from full bars without their colour. */
export function makeHatch(context: Context, colour: string, pixelRatio: number): CanvasPattern | string {
  const size = Math.round(5 * pixelRatio);
  const tile = document.createElement('canvas');
  tile.width = size;
  tile.height = size;
  const pen = tile.getContext('2d');
  if (pen === null) return colour;
  pen.strokeStyle = colour;
  pen.lineWidth = 1.3 * pixelRatio;
  pen.beginPath();
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift - 1, size + 1);
    pen.lineTo(shift + size + 1, -1);
  }
  pen.stroke();
  const pattern = context.createPattern(tile, 'repeat');
  pattern?.setTransform(new DOMMatrix().scale(1 / pixelRatio));
  return pattern ?? colour;
}

/** Things that are drawn thousands of times, made once a palette. */
interface Stamps {
  readonly hatches: Map<string, CanvasPattern | string>;
  readonly crosses: Map<string, HTMLCanvasElement>;
}

const stamps = new WeakMap<Palette, Stamps>();

function stampsOf(palette: Palette): Stamps {
  const made = stamps.get(palette) ?? { hatches: new Map(), crosses: new Map() };
  stamps.set(palette, made);
  return made;
}

/** The hatch of a colour. */
export function hatchOf(context: Context, frame: Frame, colour: string): CanvasPattern | string {
  const { hatches } = stampsOf(frame.palette);
  const key = `${colour} ${frame.pixelRatio}`;
  const found = hatches.get(key) ?? makeHatch(context, colour, frame.pixelRatio);
  hatches.set(key, found);
  return found;
}

/** Presses a ready-made cross: there can be a thousand in view, and stroking each would cost the frame. */
export function stampCross(
  context: Context,
  frame: Frame,
  x: number,
  y: number,
  half: number,
  colour: string,
): void {
  const { crosses } = stampsOf(frame.palette);
  const ratio = frame.pixelRatio;
  const key = `${colour} ${half} ${ratio}`;
  const reach = Math.ceil(half * 2 + 2);
  let stamp = crosses.get(key);
  if (stamp === undefined) {
    stamp = document.createElement('canvas');
    stamp.width = Math.ceil(reach * 2 * ratio);
    stamp.height = stamp.width;
    const pen = stamp.getContext('2d');
    pen?.scale(ratio, ratio);
    if (pen) paintCross(pen, reach, reach, half, colour, frame.palette.surface1);
    crosses.set(key, stamp);
  }
  // Whole device pixels, or the copy would be blurred.
  const left = Math.round((x - reach) * ratio) / ratio;
  const top = Math.round((y - reach) * ratio) / ratio;
  context.drawImage(stamp, left, top, stamp.width / ratio, stamp.height / ratio);
}
