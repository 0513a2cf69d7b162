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

/** How the waves are shared out over rows, and how tall and wide everything becomes. */
interface Fold {
  readonly waveRow: Int32Array;
  readonly waveWidth: Float32Array;
  readonly width: number;
  /** By row and lane: how many transactions stand on top of each other at most. */
  readonly tall: readonly (readonly number[])[];
  readonly rowTop: readonly number[];
  readonly height: number;
}

/** Lays a block's transactions out for a place of the given aspect. */
export function layoutGraph(input: LayoutInput): GraphLayout {
  const { lane, lanes, wave, waves } = input;
  const counts = countCells(input);
  const { height, rowTop, tall, waveRow, waveWidth, width } = chooseFold(counts, input);
  const laneTop = tall.map((heights, row) => laneOffsets(heights, rowTop[row]!));

  const waveX = new Float32Array(waves);
  const rowFill = tall.map(() => 0);
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
    const row = waveRow[w]!;
    const cell = w * lanes + l;
    const most = tall[row]![l]!;
    const k = filled[cell]!++;
    const columns = Math.ceil(counts[cell]! / most);
    const column = Math.floor(k / most);
    const stacked = columns > 1 ? most : counts[cell]!;
    const top = laneTop[row]![l]! + ((most - stacked) * PITCH) / 2;
    const across = (column - (columns - 1) / 2) * PITCH * flowOf(row);
    positions[tx * 2] = waveX[w]! + across;
    positions[tx * 2 + 1] = top + ((k % most) + 0.5) * PITCH;
  }

  const bands = tall.flatMap((heights, row) =>
    heights.map((most, l) => ({ lane: l, row, x: 0, y: laneTop[row]![l]!, width, height: most * PITCH })),
  );
  return { positions, width, height, rows: tall.length, waveRow, waveX, waveWidth, bands };
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
function chooseFold(counts: Int32Array, input: LayoutInput): Fold {
  const { aspect, lanes, waves } = input;
  let best = foldInto(counts, input, 1, 1);
  let bestScale = 0;
  const highest = counts.reduce((most, count) => Math.max(most, count), 1);
  for (let limit = 1; ; limit = Math.min(highest, limit < 16 ? limit + 1 : Math.ceil(limit * 1.2))) {
    const straight = foldInto(counts, input, limit, 1);
    const folds = Math.sqrt(
      straight.width / (aspect * (Math.min(straight.height, limit * lanes * PITCH) + ROW_GAP)),
    );
    for (const rows of new Set([1, Math.floor(folds), Math.ceil(folds), Math.ceil(folds * 1.4)])) {
      if (rows < 1 || rows > waves) continue;
      const fold = rows === 1 ? straight : foldInto(counts, input, limit, rows);
      const scale = Math.min(aspect / fold.width, 1 / fold.height) * (rows === 1 ? FOLD_GAIN : 1);
      if (scale <= bestScale) continue;
      bestScale = scale;
      best = fold;
    }
    if (limit >= highest) return best;
  }
}

/** Shares the waves out over rows of nearly equal length; no cell is taller than the limit. */
function foldInto(counts: Int32Array, { lanes, waves }: LayoutInput, limit: number, rows: number): Fold {
  const waveWidth = widthsOf(counts, limit, waves, lanes);
  const length = waveWidth.reduce((sum, width) => sum + width, 0);
  const waveRow = new Int32Array(waves);
  const rowWidths: number[] = [];
  const tall: number[][] = [];
  let before = 0;
  let lastBucket = -1;
  for (let w = 0; w < waves; w++) {
    const bucket = Math.min(rows - 1, Math.floor(((before + waveWidth[w]! / 2) / length) * rows));
    if (bucket !== lastBucket) {
      rowWidths.push(0);
      tall.push(Array.from({ length: lanes }, () => 1));
    }
    lastBucket = bucket;
    const row = rowWidths.length - 1;
    waveRow[w] = row;
    rowWidths[row]! += waveWidth[w]!;
    before += waveWidth[w]!;
    for (let l = 0; l < lanes; l++) {
      tall[row]![l] = Math.max(tall[row]![l]!, Math.min(limit, counts[w * lanes + l]!));
    }
  }
  const width = Math.max(0, ...rowWidths);
  // Rows of a folded axis are stretched to one length, so that the snake turns at straight margins.
  for (let w = 0; w < waves; w++) waveWidth[w]! *= width / rowWidths[waveRow[w]!]!;
  let height = -ROW_GAP;
  const rowTop = tall.map((heights) => {
    const top = height + ROW_GAP;
    height = top + heights.reduce((sum, most) => sum + most * PITCH + LANE_GAP, -LANE_GAP);
    return top;
  });
  return { waveRow, waveWidth, width, tall, rowTop, height: Math.max(0, height) };
}

function widthsOf(counts: Int32Array, limit: number, waves: number, lanes: number): Float32Array {
  const widths = new Float32Array(waves);
  for (let w = 0; w < waves; w++) {
    let columns = 1;
    for (let l = 0; l < lanes; l++) columns = Math.max(columns, Math.ceil(counts[w * lanes + l]! / limit));
    widths[w] = columns * PITCH + WAVE_GAP;
  }
  return widths;
}

function laneOffsets(heights: readonly number[], from: number): number[] {
  let y = from;
  return heights.map((most) => {
    const top = y;
    y += most * PITCH + LANE_GAP;
    return top;
  });
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
  // A turn into another row stays near the margin; along a row a longer reach keeps curves calm.
  const most = fromRow === toRow ? 140 : 84;
  const reach = Math.min(most, Math.max(10, 0.42 * Math.hypot(bx - ax, by - ay)));
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
