/**
 * The conflict graph at the size of a stamp: x = wave, transactions of one wave stacked and wrapped into columns. A
 * chain of very many waves is folded like a snake, so that its dots stay large enough to be seen.
 */
export interface Silhouette {
  /** Centres, two numbers a transaction, within the box. */
  readonly positions: Float32Array;
  /** Distance of neighbours; a dot is smaller than that. */
  readonly pitch: number;
  /** Rows that the waves are folded into; odd rows run right to left. */
  readonly rows: number;
}

/** Room between two waves, in pitches. */
const WAVE_GAP = 0.6;
/** Room between two rows of a folded graph, in pitches. */
const ROW_GAP = 1.2;
const MOST_ROWS = 16;
const MOST_PITCH = 9;

/** Lays the transactions out in a box, as large as fits. Takes O(transactions × rows tried). */
export function layoutSilhouette(
  wave: ArrayLike<number>,
  waves: number,
  width: number,
  height: number,
): Silhouette {
  const counts = new Int32Array(Math.max(1, waves));
  for (let tx = 0; tx < wave.length; tx++) counts[wave[tx]!]!++;
  const highest = counts.reduce((most, count) => Math.max(most, count), 1);
  let best = { pitch: 0, tall: 1, fold: foldWaves(counts, 1, 1) };
  for (let rows = 1; rows <= Math.min(MOST_ROWS, Math.max(1, waves)); rows++) {
    for (let tall = 1; tall <= Math.min(highest, 64); tall++) {
      const fold = foldWaves(counts, tall, rows);
      const down = fold.rows * tall + (fold.rows - 1) * ROW_GAP;
      const pitch = Math.min(MOST_PITCH, width / fold.width, height / down);
      // A straight axis reads more easily: folding must make a difference.
      if (pitch > best.pitch * (fold.rows > best.fold.rows ? 1.3 : 1)) best = { pitch, tall, fold };
    }
  }
  const { fold, pitch, tall } = best;
  const rowHeight = (tall + ROW_GAP) * pitch;
  const top = (height - (fold.rows * rowHeight - ROW_GAP * pitch)) / 2;
  const left = (width - fold.width * pitch) / 2;
  const filled = new Int32Array(counts.length);
  const positions = new Float32Array(wave.length * 2);
  for (let tx = 0; tx < wave.length; tx++) {
    const w = wave[tx]!;
    const k = filled[w]!++;
    const row = fold.row[w]!;
    const stacked = Math.min(tall, counts[w]!);
    const along = fold.start[w]! + Math.floor(k / tall) + 0.5;
    const x = row % 2 === 0 ? along : fold.width - along;
    positions[tx * 2] = left + x * pitch;
    positions[tx * 2 + 1] = top + row * rowHeight + ((k % tall) + 0.5 + (tall - stacked) / 2) * pitch;
  }
  return { positions, pitch, rows: fold.rows };
}

interface Fold {
  readonly row: Int32Array;
  /** Where each wave begins in its row, in pitches. */
  readonly start: Float32Array;
  readonly width: number;
  readonly rows: number;
}

/** Shares the waves out over rows of nearly equal length. */
function foldWaves(counts: Int32Array, tall: number, rows: number): Fold {
  const widths = Array.from(counts, (count) => Math.ceil(count / tall) + WAVE_GAP);
  const length = widths.reduce((sum, width) => sum + width, 0);
  const row = new Int32Array(counts.length);
  const start = new Float32Array(counts.length);
  let before = 0;
  let at = -1;
  let bucket = -1;
  let along = 0;
  let width = 0;
  for (let w = 0; w < counts.length; w++) {
    const wanted = Math.min(rows - 1, Math.floor(((before + widths[w]! / 2) / length) * rows));
    if (wanted !== bucket) {
      bucket = wanted;
      at++;
      along = 0;
    }
    row[w] = at;
    start[w] = along + WAVE_GAP / 2;
    along += widths[w]!;
    before += widths[w]!;
    width = Math.max(width, along);
  }
  return { row, start, width, rows: at + 1 };
}
