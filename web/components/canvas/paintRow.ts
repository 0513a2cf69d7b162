import { hatchOf } from './drawing.ts';
import { type Frame, xOf } from './frame.ts';
import { type MergedRow, makeMergedRow, mergeRow } from './mergeRow.ts';
import { rgbOf } from './palette.ts';
import { LOOK, LOOKS, type SpanRow } from './traceIndex.ts';

type Context = CanvasRenderingContext2D;

/** How much of a row's height each status takes, so that they differ in shape as well as in hue. */
const HEIGHTS: readonly number[] = [1, 1, 0.5, 1, 0.6, 0, 1, 1];

/** Up to so many bars in view are drawn with care. */
const FINE_BARS = 900;

/** Bars narrower than this (CSS pixels) are merged. */
const LEAST_PX = 1.5;

/** One row of spans and where it goes. */
export interface RowToPaint {
  readonly row: SpanRow;
  readonly top: number;
  readonly height: number;
  /** Colours by status. */
  readonly looks: readonly string[];
}

/** What rows are merged into: kept between frames, made anew when the width or their number changes. */
export interface RowBrush {
  readonly width: number;
  readonly merged: readonly MergedRow[];
  /** The merged pixels, a line a row. */
  readonly image: ImageData;
  readonly sheet: HTMLCanvasElement;
}

function fitBrush(brush: RowBrush | null, width: number, rows: number): RowBrush {
  if (brush !== null && brush.width === width && brush.merged.length === rows) return brush;
  const sheet = document.createElement('canvas');
  sheet.width = width;
  sheet.height = rows;
  const weight = new Float32Array(width * LOOKS);
  const merged = Array.from({ length: rows }, () => makeMergedRow(width, weight));
  return { width, merged, image: new ImageData(width, rows), sheet };
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
  const tall = look === LOOK.wait ? Math.min(3, height * 0.2) : Math.max(2, height * (HEIGHTS[look] ?? 1));
  const y = look === LOOK.suspend || look === LOOK.wait ? top + (height - tall) / 2 : top + height - tall;
  return { x, y, width: width > 3 ? width - 1 : width, height: tall };
}

/**
 * Draws rows of spans, merging what is narrower than a pixel or so; calls `over` after each row with
 * its bars that stand on their own. Answers the brush to bring next time.
 *
 * The merged pixels of all rows go over in one image: filling them one by one would cost a frame,
 * and so would an image a row.
 */
export function paintRows(
  context: Context,
  frame: Frame,
  rows: readonly RowToPaint[],
  brush: RowBrush | null,
  over: (at: RowToPaint, bars: Int32Array, number: number) => void,
): RowBrush | null {
  if (rows.length === 0) return brush;
  const width = Math.max(1, Math.ceil(frame.plotWidth * frame.pixelRatio));
  const fitted = fitBrush(brush, width, rows.length);
  let anyMerged = false;
  rows.forEach(({ row, looks }, number) => {
    const merged = fitted.merged[number]!;
    mergeRow(row, frame.startUs, frame.pxPerUs * frame.pixelRatio, LEAST_PX * frame.pixelRatio, merged);
    if (merged.pixelEnd <= merged.pixelStart) return;
    anyMerged = true;
    writeLine(fitted.image, number, merged, looks);
  });
  if (anyMerged) fitted.sheet.getContext('2d')?.putImageData(fitted.image, 0, 0);
  // Round corners and hatches cost ten times a plain bar: only while few bars are in view.
  const fine = fitted.merged.reduce((total, merged) => total + merged.barCount, 0) < FINE_BARS;
  rows.forEach((at, number) => {
    const merged = fitted.merged[number]!;
    stretchLine(context, frame, fitted.sheet, number, merged, at);
    const bars = merged.bars.subarray(0, merged.barCount);
    paintBars(context, frame, at, bars, fine);
    over(at, bars, number);
  });
  return fitted;
}

function paintBars(context: Context, frame: Frame, at: RowToPaint, bars: Int32Array, fine: boolean): void {
  const { row, top, height, looks } = at;
  for (let look = 0; look < LOOKS; look++) {
    context.fillStyle = looks[look] ?? frame.palette.ink;
    for (let i = 0; i < bars.length; i++) {
      const place = bars[i]!;
      if (row.look[place] !== look) continue;
      const box = barBox(frame, row.startUs[place]!, row.endUs[place]!, look, top, height);
      paintBar(context, frame, box, look, fine);
    }
  }
}

/** A row's merged pixels: each in its leading status' hue, the denser the more of it is covered. */
function writeLine(image: ImageData, line: number, merged: MergedRow, looks: readonly string[]): void {
  const { data, width } = image;
  const { look, cover, pixelStart, pixelEnd } = merged;
  for (let pixel = pixelStart; pixel < pixelEnd; pixel++) {
    const at = (line * width + pixel) * 4;
    const rgb = rgbOf(looks[look[pixel]!] ?? '');
    data[at] = rgb >> 16;
    data[at + 1] = (rgb >> 8) & 255;
    data[at + 2] = rgb & 255;
    data[at + 3] = look[pixel] === LOOK.wasted ? cover[pixel]! * 0.6 : cover[pixel]!;
  }
}

/** Draws a line of the sheet at the row's height; whatever lies outside the row's pixels is older. */
function stretchLine(
  context: Context,
  frame: Frame,
  sheet: HTMLCanvasElement,
  line: number,
  merged: MergedRow,
  { top, height }: RowToPaint,
): void {
  const count = merged.pixelEnd - merged.pixelStart;
  if (count <= 0) return;
  const left = frame.plotLeft + merged.pixelStart / frame.pixelRatio;
  context.imageSmoothingEnabled = false;
  context.drawImage(sheet, merged.pixelStart, line, count, 1, left, top, count / frame.pixelRatio, height);
}

/** One bar in the fill style already set; thrown-away work gets its hatch, or only its sides where bars crowd. */
export function paintBar(context: Context, frame: Frame, box: BarBox, look: number, fine: boolean): void {
  const { x, y, width, height } = box;
  if (look === LOOK.wasted) {
    const colour = context.fillStyle;
    const hatched = fine && width > 4;
    context.globalAlpha = hatched ? 0.22 : 0.5;
    context.fillRect(x, y, width, height);
    context.globalAlpha = 1;
    if (hatched) {
      context.fillStyle = hatchOf(context, frame, String(frame.palette.looks[LOOK.wasted]));
      context.fillRect(x, y, width, height);
    }
    if (width > 4) {
      context.fillStyle = colour;
      context.fillRect(x, y, 1, height);
      context.fillRect(x + width - 1, y, 1, height);
    }
    context.fillStyle = colour;
    return;
  }
  if (!fine || width < 5 || height < 18) {
    context.fillRect(x, y, width, height);
    return;
  }
  context.beginPath();
  context.roundRect(x, y, width, height, Math.min(2.5, height / 2));
  context.fill();
}
