/**
 * Where transactions stand: x = wave, y = module lane, in O(transactions). Transactions of one wave and
 * lane are stacked in a cell; a cell that grows tall wraps into columns. A graph of very many waves is
 * folded like a snake: rows of waves, read left to right, then right to left, so that neighbours in the
 * chain stay neighbours in the picture. Lengths are in the graph's own units; the camera scales them.
 */

/** Distance between the centres of two stacked transactions. */
export const PITCH = 38;
/** Half the size of a transaction's shape. */
export const NODE_RADIUS = 14;
const WAVE_GAP = 26;
const LANE_GAP = 14;
export const ROW_GAP = 40;
/** Folding must make everything at least this much larger, since a straight axis reads more easily. */
const FOLD_GAIN = 1.3;

export interface LayoutInput {
  /** Wave of each transaction, from 0. */
  readonly wave: ArrayLike<number>;
  readonly waves: number;
  /** Lane of each transaction, from 0. */
  readonly lane: ArrayLike<number>;
  readonly lanes: number;
  /** Width over height of the place it has to fit in. */
  readonly aspect: number;
}

export interface Band {
  readonly lane: number;
  readonly row: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface GraphLayout {
  /** Centres, two numbers a transaction. */
  readonly positions: Float32Array;
  readonly width: number;
  readonly height: number;
  /** Rows that the wave axis is folded into; odd rows run right to left. */
  readonly rows: number;
  readonly waveRow: Int32Array;
  /** Middle of each wave's column. */
  readonly waveX: Float32Array;
  readonly waveWidth: Float32Array;
  readonly bands: readonly Band[];
}

interface Shape {
  readonly laneRows: readonly number[];
  readonly rows: number;
  readonly scale: number;
}

/** Lays a block's transactions out for a place of the given aspect. */
export function layoutGraph(input: LayoutInput): GraphLayout {
  const { lane, lanes, wave, waves } = input;
  const counts = countCells(input);
  const { laneRows, rows: wanted } = chooseShape(counts, input);
  const waveWidth = widthsOf(counts, laneRows, waves, lanes);
  const { waveRow, rowWidths } = foldWaves(waveWidth, wanted);
  const width = Math.max(0, ...rowWidths);
  const laneY = laneOffsets(laneRows);
  const systemHeight = heightOf(laneRows);

  // Rows of a folded axis are stretched to one length, so that the snake turns at straight margins.
  for (let w = 0; w < waves; w++) waveWidth[w]! *= width / rowWidths[waveRow[w]!]!;
  const waveX = new Float32Array(waves);
  const rowFill = rowWidths.map(() => 0);
  for (let w = 0; w < waves; w++) {
    const row = waveRow[w]!;
    const along = rowFill[row]! + waveWidth[w]! / 2;
    rowFill[row]! += waveWidth[w]!;
    waveX[w] = flowOf(row) > 0 ? along : width - along;
  }

  const positions = new Float32Array(wave.length * 2);
  const filled = new Int32Array(waves * lanes);
  for (let tx = 0; tx < wave.length; tx++) {
    const w = wave[tx]!;
    const l = lane[tx]!;
    const cell = w * lanes + l;
    const tall = laneRows[l]!;
    const k = filled[cell]!++;
    const columns = Math.ceil(counts[cell]! / tall);
    const column = Math.floor(k / tall);
    const stacked = columns > 1 ? tall : counts[cell]!;
    const top = rowTop(waveRow[w]!, systemHeight) + laneY[l]! + ((tall - stacked) * PITCH) / 2;
    const across = (column - (columns - 1) / 2) * PITCH * flowOf(waveRow[w]!);
    positions[tx * 2] = waveX[w]! + across;
    positions[tx * 2 + 1] = top + ((k % tall) + 0.5) * PITCH;
  }

  const bands = rowWidths.flatMap((_, row) =>
    laneRows.map((tall, l) => ({
      lane: l,
      row,
      x: 0,
      y: rowTop(row, systemHeight) + laneY[l]!,
      width,
      height: tall * PITCH,
    })),
  );
  const height = rowWidths.length === 0 ? 0 : rowTop(rowWidths.length - 1, systemHeight) + systemHeight;
  return { positions, width, height, rows: rowWidths.length, waveRow, waveX, waveWidth, bands };
}

/** Direction in which waves follow each other in a row: 1 to the right, -1 to the left. */
export function flowOf(row: number): 1 | -1 {
  return row % 2 === 0 ? 1 : -1;
}

function countCells({ lane, lanes, wave, waves }: LayoutInput): Int32Array {
  const counts = new Int32Array(waves * lanes);
  for (let tx = 0; tx < wave.length; tx++) counts[wave[tx]! * lanes + lane[tx]!]!++;
  return counts;
}

/** Tries a bounded number of cell heights, each with its best folds, and keeps what is drawn largest. */
function chooseShape(counts: Int32Array, { aspect, lanes, waves }: LayoutInput): Shape {
  const tallest = Array.from({ length: lanes }, () => 1);
  for (let i = 0; i < counts.length; i++) {
    const l = i % lanes;
    if (counts[i]! > tallest[l]!) tallest[l] = counts[i]!;
  }
  let best: Shape = { laneRows: tallest, rows: 1, scale: 0 };
  const highest = Math.max(1, ...tallest);
  for (let limit = 1; ; limit = Math.min(highest, limit < 16 ? limit + 1 : Math.ceil(limit * 1.2))) {
    const laneRows = tallest.map((count) => Math.min(count, limit));
    const length = widthsOf(counts, laneRows, waves, lanes).reduce((sum, width) => sum + width, 0);
    const system = heightOf(laneRows);
    const folds = Math.sqrt(length / (aspect * (system + ROW_GAP)));
    for (const rows of new Set([1, Math.floor(folds), Math.ceil(folds)])) {
      if (rows < 1 || rows > waves) continue;
      const fit = Math.min(aspect / (length / rows), 1 / (rows * (system + ROW_GAP) - ROW_GAP));
      const scale = rows === 1 ? fit * FOLD_GAIN : fit;
      if (scale > best.scale) best = { laneRows, rows, scale };
    }
    if (limit >= highest) return best;
  }
}

function widthsOf(
  counts: Int32Array,
  laneRows: readonly number[],
  waves: number,
  lanes: number,
): Float32Array {
  const widths = new Float32Array(waves);
  for (let w = 0; w < waves; w++) {
    let columns = 1;
    for (let l = 0; l < lanes; l++)
      columns = Math.max(columns, Math.ceil(counts[w * lanes + l]! / laneRows[l]!));
    widths[w] = columns * PITCH + WAVE_GAP;
  }
  return widths;
}

/** Shares the waves out over rows of nearly equal length. */
function foldWaves(widths: Float32Array, rows: number): { waveRow: Int32Array; rowWidths: number[] } {
  const length = widths.reduce((sum, width) => sum + width, 0);
  const waveRow = new Int32Array(widths.length);
  const rowWidths: number[] = [];
  let before = 0;
  let lastBucket = -1;
  for (let w = 0; w < widths.length; w++) {
    const bucket = Math.min(rows - 1, Math.floor(((before + widths[w]! / 2) / length) * rows));
    if (bucket !== lastBucket) rowWidths.push(0);
    lastBucket = bucket;
    waveRow[w] = rowWidths.length - 1;
    rowWidths[rowWidths.length - 1]! += widths[w]!;
    before += widths[w]!;
  }
  return { waveRow, rowWidths };
}

function laneOffsets(laneRows: readonly number[]): number[] {
  let y = 0;
  return laneRows.map((tall) => {
    const top = y;
    y += tall * PITCH + LANE_GAP;
    return top;
  });
}

function heightOf(laneRows: readonly number[]): number {
  return laneRows.reduce((sum, tall) => sum + tall * PITCH + LANE_GAP, -LANE_GAP);
}

function rowTop(row: number, systemHeight: number): number {
  return row * (systemHeight + ROW_GAP);
}

export interface Curve {
  readonly ax: number;
  readonly ay: number;
  readonly c1x: number;
  readonly c1y: number;
  readonly c2x: number;
  readonly c2y: number;
  readonly bx: number;
  readonly by: number;
}

/** The curve of an edge: it leaves along the reading direction of its row and arrives along that of the other. */
export function edgeCurve(
  positions: Float32Array,
  from: number,
  to: number,
  fromRow: number,
  toRow: number,
): Curve {
  const ax = positions[from * 2]!;
  const ay = positions[from * 2 + 1]!;
  const bx = positions[to * 2]!;
  const by = positions[to * 2 + 1]!;
  const reach = Math.min(140, Math.max(10, 0.42 * Math.hypot(bx - ax, by - ay)));
  return {
    ax,
    ay,
    c1x: ax + flowOf(fromRow) * reach,
    c1y: ay,
    c2x: bx - flowOf(toRow) * reach,
    c2y: by,
    bx,
    by,
  };
}

/** A point on a curve, `share` of the way along its parameter. */
export function pointOn(curve: Curve, share: number): { readonly x: number; readonly y: number } {
  const u = 1 - share;
  const a = u * u * u;
  const b = 3 * u * u * share;
  const c = 3 * u * share * share;
  const d = share * share * share;
  return {
    x: a * curve.ax + b * curve.c1x + c * curve.c2x + d * curve.bx,
    y: a * curve.ay + b * curve.c1y + c * curve.c2y + d * curve.by,
  };
}

export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export interface Margins {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** The camera that shows the whole graph, in the middle of what the margins leave. */
export function fitViewport(
  graph: { readonly width: number; readonly height: number },
  view: { readonly width: number; readonly height: number },
  margins: Margins,
  maxZoom = 1.4,
): Viewport {
  const width = Math.max(1, view.width - margins.left - margins.right);
  const height = Math.max(1, view.height - margins.top - margins.bottom);
  const zoom = Math.min(maxZoom, width / Math.max(1, graph.width), height / Math.max(1, graph.height));
  return {
    x: margins.left + (width - graph.width * zoom) / 2,
    y: margins.top + (height - graph.height * zoom) / 2,
    zoom,
  };
}

/** The transaction under a point of the graph, or null; `reach` is how far off the centre still counts. */
export function transactionAt(positions: Float32Array, x: number, y: number, reach: number): number | null {
  let nearest: number | null = null;
  let best = reach * reach;
  for (let tx = 0; tx * 2 < positions.length; tx++) {
    const dx = positions[tx * 2]! - x;
    const dy = positions[tx * 2 + 1]! - y;
    const distance = dx * dx + dy * dy;
    if (distance <= best) {
      best = distance;
      nearest = tx;
    }
  }
  return nearest;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The nearest transaction in a direction, straight ahead before sideways; the same one at the rim. */
export function neighbourOf(positions: Float32Array, tx: number, direction: Direction): number {
  const horizontal = direction === 'left' || direction === 'right';
  const sign = direction === 'right' || direction === 'down' ? 1 : -1;
  let nearest = tx;
  let best = Number.POSITIVE_INFINITY;
  for (let other = 0; other * 2 < positions.length; other++) {
    const dx = positions[other * 2]! - positions[tx * 2]!;
    const dy = positions[other * 2 + 1]! - positions[tx * 2 + 1]!;
    const ahead = sign * (horizontal ? dx : dy);
    const aside = Math.abs(horizontal ? dy : dx);
    if (ahead < PITCH / 4) continue;
    const cost = ahead + 2.5 * aside;
    if (cost < best) {
      best = cost;
      nearest = other;
    }
  }
  return nearest;
}

/** Positions part of the way from one layout to another, with a soft start and end. */
export function blendPositions(
  from: Float32Array,
  to: Float32Array,
  share: number,
  into: Float32Array,
): void {
  const eased = share * share * (3 - 2 * share);
  for (let i = 0; i < into.length; i++) into[i] = from[i]! + (to[i]! - from[i]!) * eased;
}
