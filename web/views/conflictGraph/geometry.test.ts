import { describe, expect, it } from 'vitest';
import {
  blendPositions,
  edgeCurve,
  fitViewport,
  flowOf,
  layoutGraph,
  neighbourOf,
  NODE_RADIUS,
  PITCH,
  pointOn,
  transactionAt,
} from './geometry.ts';

function lay(waveOf: number[], laneOf: number[], aspect = 1.6) {
  return layoutGraph({
    wave: waveOf,
    waves: Math.max(-1, ...waveOf) + 1,
    lane: laneOf,
    lanes: Math.max(0, ...laneOf) + 1,
    aspect,
  });
}

function nearestDistance(positions: Float32Array): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let a = 0; a < positions.length; a += 2) {
    for (let b = a + 2; b < positions.length; b += 2) {
      nearest = Math.min(
        nearest,
        Math.hypot(positions[a]! - positions[b]!, positions[a + 1]! - positions[b + 1]!),
      );
    }
  }
  return nearest;
}

const chain = Array.from({ length: 200 }, (_, i) => i);
const mixed = Array.from({ length: 240 }, (_, i) => (i * i) % 17);

describe('layoutGraph', () => {
  it('answers an empty block with an empty picture', () => {
    const layout = lay([], []);
    expect(layout.positions.length).toBe(0);
    expect([layout.width, layout.height, layout.rows]).toEqual([0, 0, 0]);
  });

  it('never puts two transactions on one place', () => {
    for (const [waves, lanes] of [
      [chain, chain.map(() => 0)],
      [chain.map(() => 0), chain.map((i) => i % 2)],
      [mixed, mixed.map((_, i) => i % 3)],
    ] as const) {
      expect(nearestDistance(lay([...waves], [...lanes]).positions)).toBeGreaterThan(NODE_RADIUS * 2);
    }
  });

  it('wraps one wave of 200 into a grid of about the aspect of its place', () => {
    const { width, height } = lay(
      chain.map(() => 0),
      chain.map(() => 0),
    );
    expect(width / height).toBeGreaterThan(1);
    expect(width / height).toBeLessThan(2.6);
  });

  it('folds a chain of 200 waves, neighbours staying near', () => {
    const { height, positions, rows, width } = lay(
      chain,
      chain.map((i) => i % 2),
    );
    expect(rows).toBeGreaterThan(3);
    expect(width / height).toBeGreaterThan(0.8);
    for (let tx = 1; tx < 200; tx++) {
      const step = Math.hypot(
        positions[tx * 2]! - positions[tx * 2 - 2]!,
        positions[tx * 2 + 1]! - positions[tx * 2 - 1]!,
      );
      expect(step).toBeLessThan(PITCH * 5);
    }
  });

  it('keeps a few waves on one straight row, later waves further right', () => {
    const { positions, rows } = lay(
      mixed.map((w) => w % 10),
      mixed.map(() => 0),
    );
    expect(rows).toBe(1);
    const rightmost = Array.from({ length: 10 }, () => Number.NEGATIVE_INFINITY);
    const leftmost = Array.from({ length: 10 }, () => Number.POSITIVE_INFINITY);
    mixed.forEach((value, tx) => {
      rightmost[value % 10] = Math.max(rightmost[value % 10]!, positions[tx * 2]!);
      leftmost[value % 10] = Math.min(leftmost[value % 10]!, positions[tx * 2]!);
    });
    for (let wave = 1; wave < 10; wave++) expect(rightmost[wave - 1]).toBeLessThan(leftmost[wave]!);
  });

  it('keeps every transaction inside the band of its lane', () => {
    const laneOf = mixed.map((_, i) => (i * 7) % 3);
    const layout = lay(mixed, laneOf, 1.1);
    mixed.forEach((wave, tx) => {
      const band = layout.bands.find((one) => one.lane === laneOf[tx] && one.row === layout.waveRow[wave])!;
      const x = layout.positions[tx * 2]!;
      const y = layout.positions[tx * 2 + 1]!;
      expect(x).toBeGreaterThanOrEqual(band.x);
      expect(x).toBeLessThanOrEqual(band.x + band.width);
      expect(y).toBeGreaterThanOrEqual(band.y);
      expect(y).toBeLessThanOrEqual(band.y + band.height);
    });
  });

  it('lays 10,000 waves of one transaction out at once', () => {
    const long = Array.from({ length: 10_000 }, (_, i) => i);
    const { height, width } = lay(
      long,
      long.map(() => 0),
    );
    expect(width / height).toBeGreaterThan(0.8);
    expect(width / height).toBeLessThan(3.2);
  });
});

describe('camera and pointing', () => {
  it('shows the whole graph inside the margins', () => {
    const margins = { top: 20, right: 10, bottom: 10, left: 60 };
    const { x, y, zoom } = fitViewport({ width: 4000, height: 300 }, { width: 800, height: 500 }, margins);
    expect(x).toBeGreaterThanOrEqual(60 - 1e-6);
    expect(x + 4000 * zoom).toBeLessThanOrEqual(790 + 1e-6);
    expect(y + 300 * zoom).toBeLessThanOrEqual(490);
  });

  it('does not blow a tiny graph up', () => {
    expect(
      fitViewport(
        { width: 10, height: 10 },
        { width: 900, height: 900 },
        { top: 0, right: 0, bottom: 0, left: 0 },
      ).zoom,
    ).toBe(1.4);
  });

  it('finds the transaction under a point, and nothing between them', () => {
    const { positions } = lay([0, 1, 2], [0, 0, 0]);
    expect(transactionAt(positions, positions[2]! + 3, positions[3]!, NODE_RADIUS)).toBe(1);
    expect(transactionAt(positions, (positions[0]! + positions[2]!) / 2, positions[1]!, NODE_RADIUS)).toBe(
      null,
    );
  });

  it('walks by arrow keys and stops at the rim', () => {
    const { positions } = lay([0, 1, 2, 1], [0, 0, 0, 1]);
    expect(neighbourOf(positions, 0, 'right')).toBe(1);
    expect(neighbourOf(positions, 1, 'down')).toBe(3);
    expect(neighbourOf(positions, 0, 'left')).toBe(0);
  });
});

describe('curves', () => {
  it('run from the one transaction to the other', () => {
    const { positions } = lay([0, 1], [0, 0]);
    const curve = edgeCurve(positions, 0, 1, 0, 0);
    expect(pointOn(curve, 0)).toEqual({ x: curve.ax, y: curve.ay });
    expect(pointOn(curve, 1)).toEqual({ x: curve.bx, y: curve.by });
    expect(curve.c1x).toBeGreaterThan(curve.ax);
  });

  it('leave a row that runs left to the left', () => {
    expect(flowOf(1)).toBe(-1);
    const curve = edgeCurve(new Float32Array([100, 0, 50, 0]), 0, 1, 1, 1);
    expect(curve.c1x).toBeLessThan(100);
    expect(curve.c2x).toBeGreaterThan(50);
  });

  it('blend begins at the one layout and ends at the other', () => {
    const into = new Float32Array(2);
    blendPositions(new Float32Array([0, 10]), new Float32Array([8, 20]), 1, into);
    expect([...into]).toEqual([8, 20]);
    blendPositions(new Float32Array([0, 10]), new Float32Array([8, 20]), 0.5, into);
    expect([...into]).toEqual([4, 15]);
  });
});
