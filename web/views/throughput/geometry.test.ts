import { describe, expect, it } from 'vitest';
import { makeFixtureRun } from '../../tests/fixtureRun.ts';
import { limitOf, ruler, spark, spreadLabels } from './geometry.ts';

const { metrics } = makeFixtureRun();
const markOf = (of: ReturnType<typeof ruler>, name: string) => of.marks.find((mark) => mark.name === name);

describe('the ruler', () => {
  it('holds the measured and the ceiling, and points at far ideals', () => {
    const drawn = ruler({ ...metrics, speedup: 1.5, hardwareCeiling: 1.9, idealSpeedup: 200 }, null, 400);
    expect(markOf(drawn, 'measured')).toMatchObject({ beyond: false });
    expect(markOf(drawn, 'measured')!.x).toBeCloseTo(1.5 * drawn.unitX);
    expect(markOf(drawn, 'ideal')).toMatchObject({ beyond: true, x: 400 });
    expect(markOf(drawn, 'ghost')).toBe(undefined);
    expect(drawn.ticks.length).toBeGreaterThan(2);
    expect(drawn.ticks.every((tick) => tick.x <= 400)).toBe(true);
  });

  it('makes room for a faster ghost and for 64 cores', () => {
    const drawn = ruler(metrics, { ...metrics, speedup: 40 }, 400);
    expect(markOf(drawn, 'ghost')).toMatchObject({ beyond: false });
    expect(drawn.ticks.length).toBeLessThan(9);
  });

  it('says what the limit was', () => {
    expect(limitOf({ ...metrics, speedup: 1.9, hardwareCeiling: 1.95, idealSpeedup: 9 }, 2)).toBe('cores');
    expect(limitOf({ ...metrics, speedup: 1.15, hardwareCeiling: 1.95, idealSpeedup: 1.2 }, 2)).toBe('chain');
    expect(limitOf({ ...metrics, speedup: 0.8, hardwareCeiling: 1.95, idealSpeedup: 9 }, 2)).toBe('overhead');
    expect(limitOf({ ...metrics, speedup: 0.3, hardwareCeiling: 0.85, idealSpeedup: 9 }, 2)).toBe('busy');
    expect(limitOf({ ...metrics, speedup: 0.9, hardwareCeiling: 0.99, idealSpeedup: 9 }, 1)).toBe('cores');
  });
});

describe('labels and sparks', () => {
  it('keeps labels apart and inside', () => {
    const places = spreadLabels([390, 10, 12, 391], 60, 400);
    const sorted = [...places].sort((a, b) => a - b);
    expect(sorted[0]).toBeGreaterThanOrEqual(0);
    expect(sorted.at(-1)).toBeLessThanOrEqual(340);
    for (let i = 1; i < sorted.length; i++) expect(sorted[i]! - sorted[i - 1]!).toBeGreaterThanOrEqual(59.9);
  });

  it('spans the width', () => {
    const points = spark([1, 2, 1.5], 2, 100, 40);
    expect(points.map((point) => point.x)).toEqual([4, 50, 96]);
    expect(points[1]!.y).toBe(4);
    expect(spark([], 2, 100, 40)).toEqual([]);
    expect(spark([1], 2, 100, 40)).toHaveLength(1);
  });
});
