import { describe, expect, it } from 'vitest';
import { axisTicks, niceStep } from './timeAxis.ts';

describe('the time axis', () => {
  it('steps by 1, 2 or 5', () => {
    expect([0.3, 1, 1.2, 3, 7, 10, 180].map(niceStep)).toEqual([0.5, 1, 2, 5, 10, 10, 200]);
  });

  it('keeps ticks inside and apart', () => {
    for (const [startUs, endUs] of [
      [0, 37],
      [12.5, 14],
      [900, 5200],
      [0, 1e6],
    ] as const) {
      const { ticksUs, stepUs } = axisTicks(startUs, endUs, 800, 80);
      expect(ticksUs.length).toBeGreaterThan(1);
      expect(ticksUs[0]).toBeGreaterThanOrEqual(startUs - 1e-6);
      expect(ticksUs.at(-1)).toBeLessThanOrEqual(endUs);
      expect((stepUs / (endUs - startUs)) * 800).toBeGreaterThanOrEqual(79.9);
    }
  });

  it('labels in one unit with the digits the step needs', () => {
    expect(axisTicks(0, 90, 800, 80).label(20)).toBe('20 µs');
    expect(axisTicks(0, 2400, 800, 80).label(500)).toBe('0.5 ms');
    expect(axisTicks(2000, 2010, 800, 80).label(2001)).toBe('2.001 ms');
    expect(axisTicks(0, 2400, 800, 80).label(0)).toBe('0');
  });
});
