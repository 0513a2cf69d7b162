import { describe, expect, it } from 'vitest';
import {
  curvePath,
  hyperbola,
  lensFactor,
  lensOn,
  place,
  placeInLens,
  type Plot,
  REACH,
  roundTicks,
  stepLine,
  tangentPoints,
} from './geometry.ts';

const plot: Plot = { left: 40, top: 10, width: 260, height: 260 };

describe('the curve', () => {
  it('keeps the product at every point', () => {
    for (const { x, y } of hyperbola(1.7, 0.3, 5, 20)) expect(x * y).toBeCloseTo(1.7, 9);
  });

  it('begins and ends at the rims of the plot', () => {
    const numbers = curvePath(plot, 1)
      .match(/-?[\d.]+/g)!
      .map(Number);
    expect(numbers[1]).toBeCloseTo(plot.top, 1);
    expect(numbers.at(-2)).toBeCloseTo(plot.left + plot.width, 1);
  });

  it('draws nothing for an empty pool or one beyond the plot', () => {
    expect(curvePath(plot, 0)).toBe('');
    expect(curvePath(plot, Number.NaN)).toBe('');
    expect(curvePath(plot, REACH * REACH)).toBe('');
  });

  it('puts more reserves further right and up', () => {
    expect(place(plot, 2, 1).x).toBeGreaterThan(place(plot, 1, 1).x);
    expect(place(plot, 1, 2).y).toBeLessThan(place(plot, 1, 1).y);
  });
});

describe('the lens', () => {
  const trail = [
    { x: 1, y: 1 },
    { x: 1.0004, y: 0.9996 },
    { x: 1.001, y: 0.999 },
  ];

  it('shows the whole trail inside its rim, many times closer', () => {
    const lens = lensOn(plot, trail)!;
    for (const { x, y } of trail) {
      const at = placeInLens(lens, x, y);
      expect(Math.hypot(at.x - lens.cx, at.y - lens.cy)).toBeLessThanOrEqual(lens.radius * 1.06);
    }
    expect(lensFactor(plot, lens)).toBeGreaterThan(100);
  });

  it('lies inside the plot and off the resting point', () => {
    const lens = lensOn(plot, trail)!;
    expect(lens.cx + lens.radius).toBeLessThanOrEqual(plot.left + plot.width);
    expect(lens.cy - lens.radius).toBeGreaterThanOrEqual(plot.top);
    const rest = place(plot, 1, 1);
    expect(Math.hypot(rest.x - lens.cx, rest.y - lens.cy)).toBeGreaterThan(lens.radius);
  });

  it('looks at a pool that did not move without dividing by nothing', () => {
    const lens = lensOn(plot, [{ x: 1, y: 1 }])!;
    expect(lens.half).toBeGreaterThan(0);
    expect(placeInLens(lens, 1, 1)).toEqual({ x: lens.cx, y: lens.cy });
    expect(lensOn(plot, [])).toBe(null);
  });

  it('is touched by its leader lines', () => {
    const [a, b] = tangentPoints({ x: 0, y: 0 }, 10, 0, 5)!;
    for (const point of [a, b]) {
      expect(Math.hypot(point.x - 10, point.y)).toBeCloseTo(5);
      expect(point.x * (point.x - 10) + point.y * point.y).toBeCloseTo(0);
    }
    expect(tangentPoints({ x: 9, y: 0 }, 10, 0, 5)).toBe(null);
  });
});

describe('ticks and steps', () => {
  it('are round and reach up to the end', () => {
    expect(roundTicks(2.6e6, 3)).toEqual([1e6, 2e6]);
    expect(roundTicks(10, 2)).toEqual([5, 10]);
    expect(roundTicks(0, 3)).toEqual([]);
    expect(roundTicks(Number.POSITIVE_INFINITY, 3)).toEqual([]);
  });

  it('hold each value until the next and stop at the moment', () => {
    const samples = [
      { atUs: Number.NEGATIVE_INFINITY, value: 1 },
      { atUs: 50, value: 2 },
      { atUs: 90, value: 3 },
    ];
    expect(stepLine({ left: 0, top: 0, width: 100, height: 10 }, samples, 60, 100, [1, 3])).toBe(
      'M0,10H50V5H60',
    );
    expect(stepLine(plot, [], 60, 100, [1, 3])).toBe('');
  });
});
