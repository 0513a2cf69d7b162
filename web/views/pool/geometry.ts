/** Curves, lens and ticks of the pool pictures; pure, in pixels. Reserves come divided by a reference. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How far the axes reach, in references: the resting point stands well left of the middle. */
export const REACH = 2.6;

export interface Plot {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where a pair of reserves stands in a plot. */
export function place(plot: Plot, u: number, v: number, reach = REACH): Point {
  return { x: plot.left + (u / reach) * plot.width, y: plot.top + plot.height - (v / reach) * plot.height };
}

/** The curve u·v = product inside a plot, as path data; empty when there is none. */
export function curvePath(plot: Plot, product: number, reach = REACH): string {
  if (!(product > 0) || !Number.isFinite(product)) return '';
  const first = product / reach;
  if (first >= reach) return '';
  const points = hyperbola(product, first, reach, 64).map(({ x, y }) => place(plot, x, y, reach));
  return pathOf(points);
}

/** Points of u·v = product between two u, closer together where the curve bends. */
export function hyperbola(product: number, from: number, to: number, steps: number): Point[] {
  const ratio = to / from;
  return Array.from({ length: steps + 1 }, (_, i) => {
    const u = from * ratio ** (i / steps);
    return { x: u, y: product / u };
  });
}

export function pathOf(points: readonly Point[]): string {
  if (points.length === 0) return '';
  return `M${points.map(({ x, y }) => `${round(x)},${round(y)}`).join('L')}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** A round magnifying glass: what it looks at, and where it lies. */
export interface Lens {
  /** Middle of what is looked at, in references. */
  readonly u: number;
  readonly v: number;
  /** Half of the width that is looked at, in references. */
  readonly half: number;
  readonly cx: number;
  readonly cy: number;
  readonly radius: number;
}

/** The closest a lens looks: nearer, a double's digits would show. */
const LEAST_HALF = 1e-9;

/** A lens in the free upper right of the plot that looks at all these points. */
export function lensOn(plot: Plot, points: readonly Point[]): Lens | null {
  if (points.length === 0) return null;
  const us = points.map((point) => point.x);
  const vs = points.map((point) => point.y);
  const [left, right] = [Math.min(...us), Math.max(...us)];
  const [low, high] = [Math.min(...vs), Math.max(...vs)];
  const extent = Math.max((right - left) / 2, (high - low) / 2, LEAST_HALF);
  const radius = Math.min(plot.width * 0.27, plot.height * 0.31);
  return {
    u: (left + right) / 2,
    v: (low + high) / 2,
    half: Math.min(extent * 1.35, REACH / 4),
    cx: plot.left + plot.width - radius - Math.min(24, plot.width * 0.04),
    cy: plot.top + radius + 4,
    radius,
  };
}

/** Where a pair of reserves stands in the lens. */
export function placeInLens(lens: Lens, u: number, v: number): Point {
  return {
    x: lens.cx + ((u - lens.u) / lens.half) * lens.radius,
    y: lens.cy - ((v - lens.v) / lens.half) * lens.radius,
  };
}

/** The curve u·v = product as the lens shows it. */
export function curveInLens(lens: Lens, product: number): string {
  const from = Math.max(lens.u - lens.half * 1.1, lens.u * 1e-6);
  if (!(product > 0) || !(from > 0)) return '';
  const points = hyperbola(product, from, lens.u + lens.half * 1.1, 32);
  return pathOf(points.map(({ x, y }) => placeInLens(lens, x, y)));
}

/** How many times closer the lens looks than the plot does, by width. */
export function lensFactor(plot: Plot, lens: Lens): number {
  return lens.radius / lens.half / (plot.width / REACH);
}

/** The two points in which lines from a point touch a circle; null from inside it. */
export function tangentPoints(
  from: Point,
  cx: number,
  cy: number,
  radius: number,
): readonly [Point, Point] | null {
  const dx = from.x - cx;
  const dy = from.y - cy;
  const distance = Math.hypot(dx, dy);
  if (distance <= radius) return null;
  const towards = Math.atan2(dy, dx);
  const spread = Math.acos(radius / distance);
  const at = (angle: number): Point => ({
    x: cx + radius * Math.cos(angle),
    y: cy + radius * Math.sin(angle),
  });
  return [at(towards - spread), at(towards + spread)];
}

/** Round numbers from zero up to `most`, about `count` of them, zero left out. */
export function roundTicks(most: number, count: number): number[] {
  if (!(most > 0) || !Number.isFinite(most)) return [];
  const rough = most / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
  const ticks: number[] = [];
  for (let i = 1; i * step <= most * 1.0001; i++) ticks.push(i * step);
  return ticks;
}

/** A line of steps: each value holds from its time until the next. Times and values are scaled into the plot. */
export function stepLine(
  plot: Plot,
  samples: readonly { readonly atUs: number; readonly value: number }[],
  untilUs: number,
  durationUs: number,
  range: readonly [number, number],
): string {
  const drawn = samples.filter((sample) => Number.isFinite(sample.value) && sample.atUs <= untilUs);
  if (drawn.length === 0 || durationUs <= 0) return '';
  const x = (timeUs: number): number =>
    round(plot.left + (Math.min(Math.max(timeUs, 0), durationUs) / durationUs) * plot.width);
  const spread = range[1] - range[0] || 1;
  const y = (value: number): number =>
    round(plot.top + plot.height - ((value - range[0]) / spread) * plot.height);
  let path = `M${x(drawn[0]!.atUs)},${y(drawn[0]!.value)}`;
  for (const { atUs, value } of drawn.slice(1)) path += `H${x(atUs)}V${y(value)}`;
  return `${path}H${x(untilUs)}`;
}
