import type { RunMetrics } from '../../../engine/api/index.ts';

/** A mark on the ruler of speed-ups. */
export interface RulerMark {
  readonly name: 'measured' | 'ghost' | 'ceiling' | 'ideal' | 'single';
  readonly factor: number;
  readonly x: number;
  /** It lies beyond the ruler's end and is only pointed at. */
  readonly beyond: boolean;
}

export interface Ruler {
  readonly marks: readonly RulerMark[];
  readonly ticks: readonly { readonly factor: number; readonly x: number }[];
  readonly max: number;
  readonly unitX: number;
}

const STEPS = [0.25, 0.5, 1, 2, 5, 10, 20, 50, 100];

/**
 * A linear ruler from 0 that holds what was measured and what the hardware allows; ideals far beyond
 * are pointed at, so that they do not crush the rest.
 */
export function ruler(metrics: RunMetrics, ghost: RunMetrics | null, width: number): Ruler {
  const near = Math.max(1, metrics.speedup, metrics.hardwareCeiling, ghost?.speedup ?? 0);
  const ideals = [metrics.idealSpeedup, metrics.idealSpeedupSingleVersion].filter(
    (factor) => factor <= near * 2.5,
  );
  const max = Math.max(near, ...ideals) * 1.12;
  const unitX = width / max;
  const mark = (name: RulerMark['name'], factor: number): RulerMark => ({
    name,
    factor,
    x: Math.min(width, Math.max(0, factor * unitX)),
    beyond: factor > max,
  });
  const step = STEPS.find((candidate) => max / candidate <= 6) ?? max;
  const ticks: { factor: number; x: number }[] = [];
  for (let at = 0; at * step <= max; at++) ticks.push({ factor: at * step, x: at * step * unitX });
  return {
    max,
    unitX,
    ticks,
    marks: [
      ...(ghost === null ? [] : [mark('ghost', ghost.speedup)]),
      mark('measured', metrics.speedup),
      mark('ceiling', metrics.hardwareCeiling),
      mark('ideal', metrics.idealSpeedup),
      mark('single', metrics.idealSpeedupSingleVersion),
    ],
  };
}

/** What kept the run from being faster: what it came near to, or neither; or a computer busy with other things. */
export function limitOf(metrics: RunMetrics, workers: number): 'cores' | 'chain' | 'overhead' | 'busy' {
  const { speedup, hardwareCeiling, idealSpeedup } = metrics;
  const NEAR = 0.8;
  if (workers > 1 && hardwareCeiling < 1) return 'busy';
  const limit = Math.min(hardwareCeiling, idealSpeedup);
  if (speedup < limit * NEAR) return 'overhead';
  return idealSpeedup < hardwareCeiling ? 'chain' : 'cores';
}

/** Where labels of a row stand so that none covers another: pushed right in order, then back from the end. */
export function spreadLabels(wanted: readonly number[], size: number, width: number): readonly number[] {
  const order = [...wanted.keys()].sort((a, b) => wanted[a]! - wanted[b]!);
  const places = new Array<number>(wanted.length).fill(0);
  let least = 0;
  for (const at of order) {
    places[at] = Math.max(least, wanted[at]!);
    least = places[at]! + size;
  }
  let most = width;
  for (const at of order.reverse()) {
    places[at] = Math.max(0, Math.min(places[at]!, most - size));
    most = places[at]!;
  }
  return places;
}

export interface SparkPoint {
  readonly x: number;
  readonly y: number;
}

/** Points of a small line of speed-ups from 0 to `max`, oldest first, with room around them. */
export function spark(
  values: readonly number[],
  max: number,
  width: number,
  height: number,
): readonly SparkPoint[] {
  const PAD = 4;
  const step = values.length > 1 ? (width - 2 * PAD) / (values.length - 1) : 0;
  return values.map((value, at) => ({
    x: PAD + at * step,
    y: height - PAD - (Math.min(value, max) / Math.max(1e-9, max)) * (height - 2 * PAD),
  }));
}
