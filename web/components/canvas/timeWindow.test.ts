import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clampWindow,
  followWindow,
  panWindow,
  revealWindow,
  type TimeWindow,
  wholeWindow,
  zoomWindow,
} from './timeWindow.ts';

const limits = { endUs: 1000, minSpanUs: 2 };
const anyWindow = fc
  .tuple(fc.double({ min: -500, max: 1500, noNaN: true }), fc.double({ min: 0, max: 3000, noNaN: true }))
  .map(([startUs, spanUs]): TimeWindow => ({ startUs, endUs: startUs + spanUs }));

function expectInside(window: TimeWindow): void {
  expect(window.startUs).toBeGreaterThanOrEqual(-1e-9);
  expect(window.endUs).toBeLessThanOrEqual(1000 + 1e-9);
  expect(window.endUs - window.startUs).toBeGreaterThanOrEqual(2 - 1e-9);
}

describe('the time window', () => {
  it('shows the whole run, and its ghost while that is near', () => {
    expect(wholeWindow(100).endUs).toBeGreaterThan(100);
    expect(wholeWindow(100, 200).endUs).toBeGreaterThan(200);
    expect(wholeWindow(100, 5000).endUs).toBeLessThan(310);
    expect(wholeWindow(0).endUs).toBeGreaterThan(0);
  });

  it('never leaves its limits, whatever is done to it', () => {
    fc.assert(
      fc.property(
        anyWindow,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 1000, noNaN: true }),
        (window, factor, atUs) => {
          expectInside(clampWindow(window, limits));
          expectInside(zoomWindow(clampWindow(window, limits), factor, atUs, limits));
          expectInside(panWindow(window, atUs - 500, limits));
          expectInside(followWindow(clampWindow(window, limits), atUs, limits));
        },
      ),
    );
  });

  it('zooms around the moment under the hand', () => {
    const before = { startUs: 200, endUs: 600 };
    const after = zoomWindow(before, 4, 300, limits);
    expect(after.endUs - after.startUs).toBeCloseTo(100);
    expect((300 - after.startUs) / 100).toBeCloseTo((300 - 200) / 400);
  });

  it('comes back when zoomed in and out again', () => {
    const before = { startUs: 300, endUs: 500 };
    const back = zoomWindow(zoomWindow(before, 3, 410, limits), 1 / 3, 410, limits);
    expect(back.startUs).toBeCloseTo(300);
    expect(back.endUs).toBeCloseTo(500);
  });

  it('turns the page when the moment runs out of it', () => {
    const window = { startUs: 0, endUs: 100 };
    expect(followWindow(window, 50, limits)).toBe(window);
    const next = followWindow(window, 101, limits);
    expect(next.startUs).toBeLessThan(101);
    expect(next.endUs).toBeGreaterThan(150);
  });

  it('reveals a span', () => {
    const window = { startUs: 0, endUs: 100 };
    expect(revealWindow(window, 10, 20, limits)).toBe(window);
    const next = revealWindow(window, 400, 420, limits);
    expect(next.startUs).toBeLessThan(400);
    expect(next.endUs).toBeGreaterThan(420);
  });
});
