import { moduleGlyph } from '../../lib/colours.ts';
import { NODE_RADIUS } from './geometry.ts';

type Point = readonly [number, number];

const R = NODE_RADIUS;

/** Corner points of the module's glyph around its centre; none for a circle. */
export function cornersOf(module: string): readonly Point[] {
  return SHAPES[moduleGlyph(module)] ?? [];
}

/** The same shape as SVG path data around the origin. */
export function shapePath(module: string): string {
  const corners = cornersOf(module);
  if (corners.length === 0) return `M${-R},0a${R},${R} 0 1,0 ${2 * R},0a${R},${R} 0 1,0 ${-2 * R},0z`;
  return `M${corners.map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`).join('L')}z`;
}

const UP = -Math.PI / 2;
const DIAMOND = polygon(4, R * 1.25, UP);

/** By {@link moduleGlyph}; what is not here is a circle. */
const SHAPES: Readonly<Record<string, readonly Point[]>> = {
  '◇': DIAMOND,
  '◆': DIAMOND,
  '▲': polygon(3, R * 1.2, UP),
  '▼': polygon(3, R * 1.2, -UP),
  '■': polygon(4, R * 1.25, Math.PI / 4),
  '⬟': polygon(5, R * 1.12, UP),
  '⬢': polygon(6, R * 1.12, 0),
  '✚': cross(R * 1.1, R * 0.5),
  '★': star(R * 1.25, R * 0.75),
};

function polygon(sides: number, reach: number, turn: number): readonly Point[] {
  return Array.from({ length: sides }, (_, i) => onCircle(reach, turn + (i * 2 * Math.PI) / sides));
}

function star(reach: number, notch: number): readonly Point[] {
  return Array.from({ length: 10 }, (_, i) => onCircle(i % 2 === 0 ? reach : notch, UP + (i * Math.PI) / 5));
}

function cross(reach: number, half: number): readonly Point[] {
  const arm: readonly Point[] = [
    [half, -half],
    [half, -reach],
    [-half, -reach],
  ];
  // An arm, and the same turned by a quarter three times.
  const quarter = ([x, y]: Point): Point => [y, -x];
  const arms = [arm];
  for (let i = 1; i < 4; i++) arms.push(arms[i - 1]!.map(quarter));
  return arms.flat();
}

function onCircle(reach: number, angle: number): Point {
  return [reach * Math.cos(angle), reach * Math.sin(angle)];
}
