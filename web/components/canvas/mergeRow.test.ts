import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeMergedRow, mergeRow, spanAt } from './mergeRow.ts';
import { firstReaching, LOOK, lastStartingBefore, type SpanRow } from './traceIndex.ts';

function rowOf(spans: readonly (readonly [start: number, end: number, look: number])[]): SpanRow {
  const sorted = [...spans].sort((a, b) => a[0] - b[0]);
  let reach = -Infinity;
  return {
    count: sorted.length,
    startUs: Float64Array.from(sorted, (span) => span[0]),
    endUs: Float64Array.from(sorted, (span) => span[1]),
    reachUs: Float64Array.from(sorted, (span) => {
      reach = Math.max(reach, span[1]);
      return reach;
    }),
    look: Uint8Array.from(sorted, (span) => span[2]),
    mark: Int32Array.from(sorted, (_, i) => i),
  };
}

/** Spans one after the other; now and then of no length, as a coarse clock makes them. */
const anyRow = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 0, max: 4 }),
    ),
  )
  .map((steps) => {
    let at = 0;
    return rowOf(
      steps.map(([gap, length, look]) => {
        const start = at + gap;
        at = start + length;
        return [start, at, look] as const;
      }),
    );
  });

describe('merging a row', () => {
  it('keeps every span in view: as a bar or as covered pixels', () => {
    fc.assert(
      fc.property(
        anyRow,
        fc.integer({ min: 0, max: 400 }),
        fc.double({ min: 0.01, max: 5, noNaN: true }),
        (row, startUs, pixelsPerUs) => {
          const width = 120;
          const merged = makeMergedRow(width);
          mergeRow(row, startUs, pixelsPerUs, 1.5, merged);
          const bars = new Set(merged.bars.subarray(0, merged.barCount));
          for (let place = 0; place < row.count; place++) {
            const from = (row.startUs[place]! - startUs) * pixelsPerUs;
            const to = (row.endUs[place]! - startUs) * pixelsPerUs;
            if (to < 0 || from >= width) continue;
            if (to - from >= 1.5) expect(bars.has(place)).toBe(true);
            else expect(merged.cover[Math.min(width - 1, Math.max(0, Math.floor(from)))]).toBeGreaterThan(0);
          }
        },
      ),
    );
  });

  it('leaves nothing of one row for the next', () => {
    const merged = makeMergedRow(100);
    mergeRow(rowOf([[10, 10.2, LOOK.abort]]), 0, 1, 1.5, merged);
    expect(merged.look[10]).toBe(LOOK.abort);
    mergeRow(rowOf([[10, 10.9, LOOK.execute]]), 0, 1, 1.5, merged);
    expect(merged.look[10]).toBe(LOOK.execute);
    mergeRow(rowOf([]), 0, 1, 1.5, merged);
    expect(merged.pixelEnd - merged.pixelStart).toBe(0);
    expect(merged.weight.every((weight) => weight === 0)).toBe(true);
  });

  it('gives a pixel to the status that most of its time goes to', () => {
    const merged = makeMergedRow(10);
    mergeRow(
      rowOf([
        [3.0, 3.3, LOOK.validate],
        [3.3, 3.9, LOOK.reexecute],
      ]),
      0,
      1,
      1.5,
      merged,
    );
    expect(merged.look[3]).toBe(LOOK.reexecute);
    expect(merged.cover[3]).toBeGreaterThan(220);
  });

  it('looks only at the spans in view', () => {
    const row = rowOf(Array.from({ length: 100_000 }, (_, i) => [i * 10, i * 10 + 9, LOOK.execute] as const));
    const merged = makeMergedRow(1000);
    mergeRow(row, 500_000, 0.5, 1.5, merged);
    expect(merged.barCount).toBeLessThanOrEqual(202);
    expect(merged.bars[0]).toBe(50_000);
  });
});

describe('searching a row', () => {
  it('agrees with a search from the start', () => {
    fc.assert(
      fc.property(anyRow, fc.integer({ min: -5, max: 1500 }), (row, timeUs) => {
        const starts = [...row.startUs];
        expect(lastStartingBefore(row, timeUs)).toBe(starts.filter((start) => start <= timeUs).length - 1);
        const first = [...row.endUs].findIndex((end) => end >= timeUs);
        expect(firstReaching(row, timeUs)).toBe(first < 0 ? row.count : first);
      }),
    );
  });

  it('finds the span under a point, slivers first', () => {
    const row = rowOf([
      [0, 100, LOOK.execute],
      [100, 101, LOOK.abort],
      [101, 200, LOOK.reexecute],
      [200, 400, LOOK.wait],
    ]);
    expect(spanAt(row, 50, 2)).toBe(0);
    expect(spanAt(row, 99.5, 2)).toBe(1);
    expect(spanAt(row, 101.5, 2)).toBe(1);
    expect(spanAt(row, 150, 2)).toBe(2);
    expect(spanAt(row, 300, 2)).toBe(3);
    expect(spanAt(row, 900, 2)).toBe(-1);
  });
});
