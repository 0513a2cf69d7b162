import { firstReaching, LOOK, LOOKS, type SpanRow } from './traceIndex.ts';

/**
 * A row as it is drawn at one zoom: bars that are wide enough to be seen one by one, and pixels
 * into which all the others are merged. Reused from row to row, so that drawing makes no garbage.
 */
export interface MergedRow {
  /** Places (in the row) of the bars that stand on their own. */
  bars: Int32Array;
  barCount: number;
  /** Pixels that merged spans lie in: `[pixelStart, pixelEnd)`; empty when there are none. */
  pixelStart: number;
  pixelEnd: number;
  /** Per pixel, the status that most of its time goes to, and how much of the pixel is covered, 0 to 255. */
  readonly look: Uint8Array;
  readonly cover: Uint8Array;
  /** Time per pixel and status while merging; zero between rows, so rows may share it. */
  readonly weight: Float32Array;
}

/** Spans of no length still show: they count as this share of a pixel. */
const LEAST_COVER = 0.25;

export function makeMergedRow(width: number, weight = new Float32Array(width * LOOKS)): MergedRow {
  return {
    bars: new Int32Array(256),
    barCount: 0,
    pixelStart: 0,
    pixelEnd: 0,
    look: new Uint8Array(width),
    cover: new Uint8Array(width),
    weight,
  };
}

/**
 * Merges what of `row` lies in the window into `into`. Costs a binary search plus the spans in view.
 *
 * @param startUs the time at pixel 0
 * @param pixelsPerUs device pixels a microsecond
 * @param leastPixels spans at least this wide are bars
 */
export function mergeRow(
  row: SpanRow,
  startUs: number,
  pixelsPerUs: number,
  leastPixels: number,
  into: MergedRow,
): void {
  const width = into.look.length;
  const endUs = startUs + width / pixelsPerUs;
  into.barCount = 0;
  let low = width;
  let high = 0;
  for (let place = firstReaching(row, startUs); place < row.count; place++) {
    const spanStartUs = row.startUs[place]!;
    if (spanStartUs > endUs) break;
    const spanEndUs = row.endUs[place]!;
    if (spanEndUs < startUs) continue;
    const look = row.look[place]!;
    const from = (spanStartUs - startUs) * pixelsPerUs;
    const to = (spanEndUs - startUs) * pixelsPerUs;
    if (to - from >= leastPixels) {
      if (into.barCount === into.bars.length) grow(into);
      into.bars[into.barCount++] = place;
      continue;
    }
    if (look === LOOK.wait) continue;
    const first = Math.max(0, Math.floor(from));
    if (first >= width) continue;
    const last = Math.min(width - 1, Math.floor(to));
    if (first < low) low = first;
    if (last >= high) high = last + 1;
    for (let pixel = first; pixel <= last; pixel++) {
      const part = Math.min(to, pixel + 1) - Math.max(from, pixel);
      into.weight[pixel * LOOKS + look]! += Math.max(part, LEAST_COVER);
    }
  }
  into.pixelStart = Math.min(low, high);
  into.pixelEnd = high;
  for (let pixel = into.pixelStart; pixel < high; pixel++) settle(into, pixel);
}

/** Picks the pixel's leading status and clears its weights for the next row. */
function settle(into: MergedRow, pixel: number): void {
  let total = 0;
  let best = 0;
  let bestWeight = 0;
  for (let look = 0; look < LOOKS; look++) {
    const weight = into.weight[pixel * LOOKS + look]!;
    if (weight === 0) continue;
    total += weight;
    if (weight > bestWeight) {
      best = look;
      bestWeight = weight;
    }
    into.weight[pixel * LOOKS + look] = 0;
  }
  into.look[pixel] = best;
  into.cover[pixel] = Math.min(255, Math.round(total * 255));
}

function grow(into: MergedRow): void {
  const bars = new Int32Array(into.bars.length * 2);
  bars.set(into.bars);
  into.bars = bars;
}

/**
 * The span at a moment, or the nearest within `slackUs`; of spans that share the moment the shortest,
 * since the longer ones can be reached beside it. Waiting is found only where nothing else is. -1 for none.
 */
export function spanAt(row: SpanRow, timeUs: number, slackUs: number): number {
  let best = -1;
  let bestCost = Infinity;
  for (let place = firstReaching(row, timeUs - slackUs); place < row.count; place++) {
    const startUs = row.startUs[place]!;
    if (startUs > timeUs + slackUs) break;
    const endUs = row.endUs[place]!;
    const awayUs = Math.max(startUs - timeUs, timeUs - endUs, 0);
    if (awayUs > slackUs) continue;
    const lengthUs = endUs - startUs;
    const narrow = lengthUs < slackUs * 2;
    let cost = narrow ? awayUs : awayUs * 4 + slackUs * 0.5;
    if (row.look[place] === LOOK.wait) cost += slackUs * 8;
    if (cost < bestCost) {
      best = place;
      bestCost = cost;
    }
  }
  return best;
}
