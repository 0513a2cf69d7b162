import type { ScalingRow } from '../../../engine/api/index.ts';
import { formatCount, formatFactor } from '../../lib/format.ts';
import { benchmarkMessages as text } from '../../lib/messages/benchmark.ts';
import { ascending, ceilingAt, soundRows } from './figures.ts';

/** Where a drawing's plot lies, in its own pixels. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface ChartPoint {
  readonly workers: number;
  readonly value: number;
  readonly x: number;
  readonly y: number;
  /** Ends of the 95 % interval. */
  readonly yLow: number;
  readonly yHigh: number;
}

export interface ChartLine {
  readonly accounts: number;
  /** 0 the most contended level drawn, 4 the least: names its colour and its mark. */
  readonly level: number;
  readonly points: readonly ChartPoint[];
  /** What the block's conflicts allow on so many workers, where that is less than the cores. */
  readonly allowed: readonly (readonly [x: number, y: number])[];
}

export interface ChartLabel {
  readonly kind: 'ideal' | 'ceiling' | 'line';
  readonly text: string;
  readonly level: number;
  readonly y: number;
}

/** A chart of speed-up against cores, ready to be drawn by whatever draws. */
export interface SpeedChart {
  readonly frame: Frame;
  readonly xTicks: readonly { readonly at: number; readonly label: string }[];
  readonly yTicks: readonly { readonly at: number; readonly label: string }[];
  /** Where one core without an executor stands. */
  readonly yOne: number;
  readonly ideal: readonly (readonly [x: number, y: number])[];
  readonly ceiling: readonly (readonly [x: number, y: number])[];
  readonly ceilingValues: readonly { readonly workers: number; readonly value: number }[];
  readonly lines: readonly ChartLine[];
  /** At the right end of the plot, moved apart. */
  readonly labels: readonly ChartLabel[];
}

export const LEVELS = 5;
const TICK_GAP_PX = 26;
/** Points of one number of cores stand beside one another, so that their intervals can be told apart. */
const APART_PX = 5;
/** Between the plot's edge and its first and last points. */
const INSET_PX = 16;

/** The chart for one amount of work; `labelGap` is the height of a label. Levels come from all rows, so that colours stay. */
export function speedChart(
  rows: readonly ScalingRow[],
  workUs: number,
  frame: Frame,
  labelGap: number,
): SpeedChart {
  const sound = soundRows(rows);
  const counts = ascending(rows.map((row) => row.workers));
  const shown = sound.filter((row) => row.workUs === workUs);
  const mostCores = Math.max(1, ...counts);
  const fewest = counts[0] ?? 1;
  const top =
    Math.max(mostCores, ...sound.map((row) => Math.max(row.interval[1], row.hardwareCeiling))) * 1.04;
  const plotWidth = frame.width - frame.left - frame.right;
  const plotHeight = frame.height - frame.top - frame.bottom;
  const spanX = plotWidth - 2 * INSET_PX;
  const share = (workers: number): number =>
    mostCores === fewest ? 0.5 : (workers - fewest) / (mostCores - fewest);
  const x = (workers: number): number => frame.left + INSET_PX + share(workers) * spanX;
  const y = (value: number): number => frame.top + (1 - value / top) * plotHeight;
  const levels = levelsOf(rows);
  const apart = Math.min(APART_PX, (2 * INSET_PX) / Math.max(1, levels.size - 1));
  const ceilingValues = counts.flatMap((workers) => {
    const value = ceilingAt(shown, workers, workUs);
    return value === null ? [] : [{ workers, value }];
  });
  const lines = [...levels]
    .map(([accounts, level], at): ChartLine => {
      const own = shown.filter((row) => row.accounts === accounts).sort((a, b) => a.workers - b.workers);
      const allows = own[0]?.idealSpeedup ?? Number.POSITIVE_INFINITY;
      return {
        accounts,
        level,
        points: own.map((row) => ({
          workers: row.workers,
          value: row.speedup,
          x: x(row.workers) + (at - (levels.size - 1) / 2) * apart,
          y: y(row.speedup),
          yLow: y(row.interval[0]),
          yHigh: y(row.interval[1]),
        })),
        allowed: allows >= mostCores || own.length === 0 ? [] : allowedLine(allows, fewest, mostCores, x, y),
      };
    })
    .filter((line) => line.points.length > 0);
  const labels: ChartLabel[] = [
    { kind: 'ideal', text: `${text.ideal} ${formatFactor(mostCores)}`, level: 0, y: y(mostCores) },
  ];
  const ceilingEnd = ceilingValues.at(-1);
  if (ceilingEnd !== undefined)
    labels.push({
      kind: 'ceiling',
      text: `${text.ceiling} ${formatFactor(ceilingEnd.value)}`,
      level: 0,
      y: y(ceilingEnd.value),
    });
  for (const { accounts, level, points } of lines) {
    const end = points.at(-1)!;
    labels.push({
      kind: 'line',
      text: `${formatCount(accounts)}  ${formatFactor(end.value)}`,
      level,
      y: end.y,
    });
  }
  return {
    frame,
    xTicks: spaced(counts, x),
    yTicks: yTicks(top).map((value) => ({ at: y(value), label: `${value}×` })),
    yOne: y(1),
    ideal:
      counts.length < 2
        ? []
        : [
            [x(fewest), y(fewest)],
            [x(mostCores), y(mostCores)],
          ],
    ceiling: ceilingValues.map(({ workers, value }) => [x(workers), y(value)]),
    ceilingValues,
    lines,
    labels: spread(labels, labelGap, frame.top, frame.height - frame.bottom),
  };
}

/** A contention level for every number of accounts among the rows: few accounts low, many high. */
export function levelsOf(rows: readonly ScalingRow[]): ReadonlyMap<number, number> {
  const accounts = ascending(rows.map((row) => row.accounts));
  const last = Math.max(1, accounts.length - 1);
  return new Map(
    accounts.map((count, at) => [
      count,
      accounts.length === 1 ? LEVELS - 1 : Math.round((at * (LEVELS - 1)) / last),
    ]),
  );
}

/** min(cores, what conflicts allow): its corner need not be at a measured number of cores. */
function allowedLine(
  allows: number,
  fewest: number,
  most: number,
  x: (workers: number) => number,
  y: (value: number) => number,
): readonly (readonly [number, number])[] {
  if (most === fewest) return [];
  const corner = Math.max(fewest, allows);
  return [
    [x(fewest), y(Math.min(fewest, allows))],
    [x(corner), y(Math.min(corner, allows))],
    [x(most), y(allows)],
  ];
}

/** Ticks at the values themselves; of those too close to be told apart the first, and always the last. */
function spaced(
  values: readonly number[],
  place: (value: number) => number,
): readonly { readonly at: number; readonly label: string }[] {
  const last = values.at(-1);
  const kept: number[] = [];
  for (const value of values) {
    const before = kept.at(-1);
    const clearOfLast = value === last || last === undefined || place(last) - place(value) >= TICK_GAP_PX;
    if (clearOfLast && (before === undefined || place(value) - place(before) >= TICK_GAP_PX))
      kept.push(value);
  }
  return kept.map((value) => ({ at: place(value), label: String(value) }));
}

const MOST_Y_TICKS = 6;

/** Round values from 0 to the top. */
export function yTicks(top: number): readonly number[] {
  const step = [0.5, 1, 2, 5, 10, 20, 50].find((candidate) => top / candidate < MOST_Y_TICKS) ?? 100;
  const ticks: number[] = [];
  for (let value = 0; value <= top; value += step) ticks.push(value);
  return ticks;
}

/** Moves labels apart so that none covers another, keeping their order and staying within bounds where there is room. */
export function spread(
  labels: readonly ChartLabel[],
  gap: number,
  top: number,
  bottom: number,
): readonly ChartLabel[] {
  const sorted = [...labels].sort((a, b) => a.y - b.y);
  const places: number[] = [];
  for (const { y } of sorted)
    places.push(Math.max(y, top, (places.at(-1) ?? Number.NEGATIVE_INFINITY) + gap));
  // What was pushed below the plot is pushed back up, the others with it.
  let limit = bottom;
  for (let at = places.length - 1; at >= 0; at--) {
    places[at] = Math.min(places[at]!, limit);
    limit = places[at]! - gap;
  }
  return sorted.map((label, at) => ({ ...label, y: places[at]! }));
}

export type MarkShape = 'circle' | 'square' | 'diamond' | 'triangle' | 'ring';
export const MARKS: readonly MarkShape[] = ['triangle', 'diamond', 'ring', 'square', 'circle'];

/** Corners of a mark around a place, or null where it is a circle. */
export function markCorners(
  shape: MarkShape,
  x: number,
  y: number,
  r: number,
): readonly (readonly [number, number])[] | null {
  if (shape === 'square')
    return [
      [x - r, y - r],
      [x + r, y - r],
      [x + r, y + r],
      [x - r, y + r],
    ];
  if (shape === 'diamond')
    return [
      [x, y - 1.3 * r],
      [x + 1.3 * r, y],
      [x, y + 1.3 * r],
      [x - 1.3 * r, y],
    ];
  if (shape === 'triangle')
    return [
      [x, y - 1.25 * r],
      [x + 1.2 * r, y + r],
      [x - 1.2 * r, y + r],
    ];
  return null;
}
