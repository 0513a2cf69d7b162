import { hatchOf } from './drawing.ts';
import { type Frame, xOf } from './frame.ts';
import { type MergedRow, makeMergedRow, mergeRow } from './mergeRow.ts';
import { LOOK, LOOKS, type SpanRow } from './traceIndex.ts';

type Context = CanvasRenderingContext2D;

/** How much of a row's height each status takes, so that they differ in shape as well as in hue. */
const HEIGHTS: readonly number[] = [1, 1, 0.5, 1, 0.6, 0, 1, 1];

/** Bars narrower than this (CSS pixels) are merged. */
const LEAST_PX = 1.5;

/** What rows are merged into: kept between frames, made anew when the width changes. */
export interface RowBrush {
  readonly merged: MergedRow;
  readonly strip: HTMLCanvasElement;
  readonly pen: CanvasRenderingContext2D | null;
  readonly image: ImageData | null;
}

export function makeRowBrush(devicePixels: number): RowBrush {
  const width = Math.max(1, devicePixels);
  const strip = document.createElement('canvas');
  strip.width = width;
  strip.height = 1;
  const pen = strip.getContext('2d', { willReadFrequently: true });
  return { merged: makeMergedRow(width), strip, pen, image: pen?.createImageData(width, 1) ?? null };
}

/** Where a bar is drawn, in CSS pixels. */
export interface BarBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A bar's box after its status: what is drawn and what is outlined. */
export function barBox(
  frame: Frame,
  startUs: number,
  endUs: number,
  look: number,
  top: number,
  height: number,
): BarBox {
  const x = xOf(frame, startUs);
  const width = Math.max((endUs - startUs) * frame.pxPerUs, 1);
  const tall = Math.max(2, height * (HEIGHTS[look] || 0.12));
  const y = look === LOOK.suspend || look === LOOK.wait ? top + (height - tall) / 2 : top + height - tall;
  return { x, y, width: width > 3 ? width - 1 : width, height: tall };
}

/** Draws one row of spans into `top … top + height`, merging what is narrower than a pixel or so. */
export function paintRow(
  context: Context,
  frame: Frame,
  row: SpanRow,
  brush: RowBrush,
  top: number,
  height: number,
): void {
  const { merged } = brush;
  mergeRow(row, frame.startUs, frame.pxPerUs * frame.pixelRatio, LEAST_PX * frame.pixelRatio, merged);
  paintMerged(context, frame, brush, top, height);
  const round = merged.barCount < 600 && height > 18;
  for (let look = 0; look < LOOKS; look++) {
    context.fillStyle = frame.palette.looks[look] ?? frame.palette.ink;
    for (let i = 0; i < merged.barCount; i++) {
      const place = merged.bars[i]!;
      if (row.look[place] !== look) continue;
      const box = barBox(frame, row.startUs[place]!, row.endUs[place]!, look, top, height);
      paintBar(context, frame, box, look, round);
    }
  }
}

/** One bar in the fill style already set; thrown-away work gets its hatch. */
export function paintBar(context: Context, frame: Frame, box: BarBox, look: number, round: boolean): void {
  const { x, y, width, height } = box;
  if (look === LOOK.wasted) {
    const colour = context.fillStyle;
    // Too narrow for a hatch, the hue alone must carry it.
    context.globalAlpha = width > 4 ? 0.22 : 0.6;
    context.fillRect(x, y, width, height);
    context.globalAlpha = 1;
    if (width > 4) {
      context.fillStyle = hatchOf(context, frame, String(frame.palette.looks[LOOK.wasted]));
      context.fillRect(x, y, width, height);
      context.fillStyle = colour;
      context.fillRect(x, y, 1, height);
      context.fillRect(x + width - 1, y, 1, height);
    }
    context.fillStyle = colour;
    return;
  }
  if (!round || width < 5) {
    context.fillRect(x, y, width, height);
    return;
  }
  context.beginPath();
  context.roundRect(x, y, width, height, Math.min(2.5, height / 2));
  context.fill();
}

/** The merged pixels, as one strip stretched to the row: a pixel has its leading status' hue. */
function paintMerged(context: Context, frame: Frame, brush: RowBrush, top: number, height: number): void {
  const { merged, image, pen, strip } = brush;
  const { pixelStart, pixelEnd } = merged;
  if (pixelEnd <= pixelStart || image === null || pen === null) return;
  const { data } = image;
  const { lookRgb } = frame.palette;
  for (let pixel = pixelStart; pixel < pixelEnd; pixel++) {
    const look = merged.look[pixel]!;
    data[pixel * 4] = lookRgb[look * 3]!;
    data[pixel * 4 + 1] = lookRgb[look * 3 + 1]!;
    data[pixel * 4 + 2] = lookRgb[look * 3 + 2]!;
    const cover = merged.cover[pixel]!;
    data[pixel * 4 + 3] = look === LOOK.wasted ? cover * 0.6 : cover;
  }
  const count = pixelEnd - pixelStart;
  pen.putImageData(image, 0, 0, pixelStart, 0, count, 1);
  context.imageSmoothingEnabled = false;
  context.drawImage(
    strip,
    pixelStart,
    0,
    count,
    1,
    frame.plotLeft + pixelStart / frame.pixelRatio,
    top,
    count / frame.pixelRatio,
    height,
  );
}
