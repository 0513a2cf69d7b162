import { describe, expect, it } from 'vitest';
import { hitPlaced, laneHeight, layoutLanes, packing, placeAll, placeIn, sparkPath } from './geometry.ts';
import type { TrafficPlan } from './plan.ts';

/** Four transactions, two a lane, one after another on two workers; the last one fails. */
const plan: TrafficPlan = {
  count: 4,
  rows: 2,
  rowOf: Int16Array.of(0, 1, 0, 1),
  othersOf: [[], [0], [], []],
  rankInRow: Int32Array.of(0, 0, 1, 1),
  countOfRow: Int32Array.of(2, 2),
  startUs: Float64Array.of(0, 10, 20, 30),
  finalStartUs: Float64Array.of(0, 10, 20, 30),
  finalEndUs: Float64Array.of(10, 20, 30, 40),
  commitUs: Float64Array.of(12, 22, 32, 42),
  worker: Uint8Array.of(0, 1, 0, 1),
  failed: Uint8Array.of(0, 0, 0, 1),
  workers: 2,
  durationUs: 100,
};
const modular = layoutLanes(plan, 600, 80, false);
const phases = (timeUs: number) => placeAll(plan, modular, timeUs).map(({ phase }) => phase);

describe('where transactions are', () => {
  it('wait, run, have run, and are in the block', () => {
    expect(phases(-1)).toEqual(['queued', 'queued', 'queued', 'queued']);
    expect(phases(5)).toEqual(['running', 'queued', 'queued', 'queued']);
    expect(phases(11)).toEqual(['ran', 'running', 'queued', 'queued']);
    expect(phases(41)).toEqual(['committed', 'committed', 'committed', 'ran']);
    expect(phases(100)).toEqual(['committed', 'committed', 'committed', 'failed']);
  });

  it('move from the gate to the exit while they run, and on to a place of their own', () => {
    const x = (timeUs: number) => placeAll(plan, modular, timeUs)[0]!.x;
    expect(x(0)).toBe(modular.gateX);
    expect(x(5)).toBe((modular.gateX + modular.exitX) / 2);
    expect(x(11)).toBeGreaterThan(modular.exitX);
    expect(x(60)).toBe(x(100));
    const ends = placeAll(plan, modular, 100);
    expect(new Set(ends.map(({ x: atX, y }) => `${atX},${y}`)).size).toBe(4);
  });

  it('stay in their lane where lanes are apart, and share one pile where they are not', () => {
    const inLane = ({ tx, y }: { tx: number; y: number }) => Math.floor(y / 80) === plan.rowOf[tx];
    for (const timeUs of [-1, 15, 25, 100]) {
      expect(placeAll(plan, modular, timeUs).every(inLane)).toBe(true);
    }
    const shared = layoutLanes(plan, 600, 80, true);
    const order = placeAll(plan, shared, 100);
    expect(new Set(order.map(({ x }) => x)).size).toBe(1);
    expect(order.map(({ y }) => y)).toEqual([...order.map(({ y }) => y)].sort((a, b) => a - b));
  });

  it('are found where they are', () => {
    const placed = placeAll(plan, modular, 25);
    for (const { tx, x, y } of placed) expect(hitPlaced(placed, x + 1, y - 1)).toBe(tx);
    expect(hitPlaced(placed, -100, -100)).toBe(-1);
  });

  it('leaves out what belongs to no lane', () => {
    expect(placeAll({ ...plan, rowOf: Int16Array.of(-1, 1, 0, 1) }, modular, 5)).toHaveLength(3);
  });
});

describe('packing', () => {
  it('keeps every place inside its box, however many there are', () => {
    const box = { left: 10, top: 20, width: 130, height: 60 };
    for (const places of [1, 7, 40, 300, 5000]) {
      const pack = packing(box, places);
      for (let n = 0; n < places; n++) {
        const { x, y } = placeIn(pack, n);
        expect(x >= 10 && x <= 140 && y >= 20 && y <= 80).toBe(true);
      }
    }
  });
});

describe('lanes', () => {
  it('are as high as fits, within what can be read', () => {
    expect(laneHeight(300, 2, 1)).toBe(150);
    expect(laneHeight(300, 8, 1)).toBe(76);
    expect(laneHeight(3000, 1, 1)).toBe(200);
  });

  it('draw their past from edge to edge', () => {
    expect(sparkPath([1, 2], 64, 20)).toBe('M0.0 10.0L64.0 1.5');
    expect(sparkPath([], 64, 20)).toBe('');
    expect(sparkPath([0], 64, 20)).toBe('M64.0 18.5');
  });
});
