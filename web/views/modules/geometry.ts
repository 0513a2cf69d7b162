import { type Phase, phaseAt, type TrafficPlan } from './plan.ts';

/** A box in CSS pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Places in a box, filled column after column; `pitch` is the distance of neighbours. */
export interface Packing {
  readonly box: Box;
  readonly pitch: number;
  readonly rows: number;
  /** Columns go from the right edge leftwards. */
  readonly fromRight: boolean;
}

const PITCHES = [16, 14, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2.5, 2, 1.5, 1, 0.75, 0.5];

/** The widest spacing at which so many places fit. */
export function packing(box: Box, places: number, fromRight = true): Packing {
  const inside = (pitch: number) => ({
    rows: Math.max(1, Math.floor(box.height / pitch)),
    columns: Math.max(1, Math.floor(box.width / pitch)),
  });
  const pitch =
    PITCHES.find((candidate) => {
      const { rows, columns } = inside(candidate);
      return rows * columns >= places;
    }) ?? 0.5;
  return { box, pitch, rows: inside(pitch).rows, fromRight };
}

/** The middle of the n-th place. */
export function placeIn({ box, pitch, rows, fromRight }: Packing, n: number): { x: number; y: number } {
  const column = Math.floor(n / rows);
  const row = n % rows;
  const across = (column + 0.5) * pitch;
  const slack = (box.height - rows * pitch) / 2;
  return {
    x: fromRight ? box.left + box.width - across : box.left + across,
    y: box.top + slack + (row + 0.5) * pitch,
  };
}

/** How the middle of the panel is divided: what waits, what runs, what is in the block. */
export interface LanesLayout {
  readonly width: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly gateX: number;
  readonly exitX: number;
  /** One packing a row, or one for all where there is one queue and one order. */
  readonly queues: readonly Packing[];
  readonly dones: readonly Packing[];
  readonly shared: boolean;
}

const PAD = 6;
const SHARES = { queue: 0.28, run: 0.3 };

export function layoutLanes(
  plan: TrafficPlan,
  width: number,
  rowHeight: number,
  shared: boolean,
): LanesLayout {
  const gateX = Math.round(width * SHARES.queue);
  const exitX = Math.round(width * (SHARES.queue + SHARES.run));
  const height = rowHeight * plan.rows;
  const rowBox = (row: number, left: number, right: number): Box => ({
    left,
    top: row * rowHeight + PAD,
    width: Math.max(1, right - left),
    height: rowHeight - PAD * 2,
  });
  const allBox = (left: number, right: number): Box => ({
    left,
    top: PAD,
    width: Math.max(1, right - left),
    height: height - PAD * 2,
  });
  // All rows share one spacing, so that a longer queue looks longer.
  const most = Math.max(1, ...plan.countOfRow);
  const pack = (left: number, right: number): Packing[] =>
    shared
      ? [packing(allBox(left, right), plan.count)]
      : Array.from({ length: plan.rows }, (_, row) => packing(rowBox(row, left, right), most));
  return {
    width,
    height,
    rowHeight,
    gateX,
    exitX,
    queues: pack(PAD, gateX - PAD),
    dones: pack(exitX + PAD * 2, width - PAD),
    shared,
  };
}

/** A transaction on its way. */
export interface Placed {
  readonly tx: number;
  readonly phase: Phase;
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** Share of the block's duration in which a transaction that has run moves to its place in the block. */
const SETTLE = 0.035;
const MOST_SIZE = 11;

/** Where every transaction is at a moment. Takes time in proportion to their number. */
export function placeAll(plan: TrafficPlan, layout: LanesLayout, timeUs: number): Placed[] {
  const { rowHeight, gateX, exitX, shared } = layout;
  const waiting = new Int32Array(layout.queues.length);
  const placed: Placed[] = [];
  const settleUs = Math.max(1e-9, plan.durationUs * SETTLE);
  for (let tx = 0; tx < plan.count; tx++) {
    const row = plan.rowOf[tx]!;
    if (row < 0) continue;
    const pack = shared ? 0 : row;
    const phase = phaseAt(plan, tx, timeUs);
    if (phase === 'queued') {
      const queue = layout.queues[pack]!;
      const { x, y } = placeIn(queue, waiting[pack]!++);
      placed.push({ tx, phase, x, y, size: sizeOf(queue.pitch) });
      continue;
    }
    const laneY = row * rowHeight + PAD + ((plan.worker[tx]! + 0.5) / plan.workers) * (rowHeight - PAD * 2);
    if (phase === 'running') {
      const from = plan.finalStartUs[tx]!;
      // Before the execution that counts, it stands at the gate: what ran then was in vain.
      const span = plan.finalEndUs[tx]! - from;
      const share = timeUs < from ? 0 : span > 0 ? (timeUs - from) / span : 1;
      placed.push({ tx, phase, x: gateX + share * (exitX - gateX), y: laneY, size: MOST_SIZE });
      continue;
    }
    const done = layout.dones[pack]!;
    const slot = placeIn(done, shared ? tx : plan.rankInRow[tx]!);
    const share = ease(Math.min(1, (timeUs - plan.finalEndUs[tx]!) / settleUs));
    placed.push({
      tx,
      phase,
      x: exitX + (slot.x - exitX) * share,
      y: laneY + (slot.y - laneY) * share,
      size: MOST_SIZE + (sizeOf(done.pitch) - MOST_SIZE) * share,
    });
  }
  return placed;
}

function sizeOf(pitch: number): number {
  return Math.min(MOST_SIZE, Math.max(0.6, pitch > 4 ? pitch - 2 : pitch * 0.8));
}

function ease(share: number): number {
  return 1 - (1 - share) ** 3;
}

/** The transaction at a point, the nearest within reach; -1 for none. */
export function hitPlaced(placed: readonly Placed[], x: number, y: number, reach = 8): number {
  let best = -1;
  let least = reach * reach;
  for (const one of placed) {
    const distance = (one.x - x) ** 2 + (one.y - y) ** 2;
    if (distance <= least) {
      least = distance;
      best = one.tx;
    }
  }
  return best;
}

/** Height of a lane: as high as fits, within what can be read. */
export function laneHeight(available: number, lanes: number, scale: number): number {
  const fair = Math.floor(available / Math.max(1, lanes));
  return Math.min(Math.max(fair, 76 * scale), 200 * scale);
}

/** A line of values inside a box of this size; the first and the last stand at the edges. */
export function sparkPath(values: readonly number[], width: number, height: number): string {
  const max = Math.max(1e-9, ...values);
  return values
    .map((value, i) => {
      const x = values.length < 2 ? width : (i / (values.length - 1)) * width;
      const y = height - 1.5 - (value / max) * (height - 3);
      return `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}
