import { NODE_RADIUS } from './geometry.ts';

/** Corner points of a module's shape around its centre; none for a circle. */
export function cornersOf(module: string, lane: number): readonly (readonly [number, number])[] {
  const r = NODE_RADIUS;
  if (module === 'bank') return [];
  if (module === 'amm') return diamond(r * 1.25);
  const sides = [4, 3, 6, 5, 8][lane % 5]!;
  return polygon(sides, r * 1.12, sides === 4 ? Math.PI / 4 : -Math.PI / 2);
}

/** The same shape as SVG path data around the origin. */
export function shapePath(module: string, lane: number): string {
  const corners = cornersOf(module, lane);
  const r = NODE_RADIUS;
  if (corners.length === 0) return `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`;
  return `M${corners.map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`).join('L')}z`;
}

function diamond(reach: number): readonly (readonly [number, number])[] {
  return [
    [0, -reach],
    [reach, 0],
    [0, reach],
    [-reach, 0],
  ];
}

function polygon(sides: number, reach: number, turn: number): readonly (readonly [number, number])[] {
  return Array.from({ length: sides }, (_, i) => {
    const angle = turn + (i * 2 * Math.PI) / sides;
    return [reach * Math.cos(angle), reach * Math.sin(angle)] as const;
  });
}
