import { describe, expect, it } from 'vitest';
import { causeMark, LOOK, traceIndexOf, usefulShareUntil } from '../../components/canvas/traceIndex.ts';
import { describeSpan } from '../../components/canvas/spanWords.ts';
import { SPAN } from '../../lib/trace.ts';
import { makeFixtureRun } from '../../tests/fixtureRun.ts';
import { commitCurve, committedUntil, layoutRows, rowAt, rowOfMark, stepMark } from './geometry.ts';
import { summaryWords } from './words.ts';

const run = makeFixtureRun({ transactions: 120, workers: 3, hotPermille: 800 });
const index = traceIndexOf(run);
const { trace } = run;

describe('the layout', () => {
  it('fills the height with rows and rail, and scrolls only below the least row height', () => {
    for (const rows of [1, 2, 8, 16, 64]) {
      for (const available of [160, 300, 900]) {
        const layout = layoutRows(rows, available, 1, true);
        expect(layout.barHeight).toBeGreaterThan(4);
        expect(layout.ghostTop + layout.ghostHeight).toBeLessThanOrEqual(layout.pitch + 1e-9);
        if (rows * 11 + 24 <= available) expect(layout.height).toBeCloseTo(available);
        else expect(layout.pitch).toBe(11);
      }
    }
  });

  it('finds the row under a point', () => {
    const layout = layoutRows(3, 300, 1, false);
    expect(rowAt(layout, -1)).toBe(-1);
    expect(rowAt(layout, layout.pitch * 1.5)).toBe(1);
    expect(rowAt(layout, layout.pitch * 3 + 1)).toBe(-1);
  });
});

describe('the keyboard', () => {
  it('walks a whole row and back, past waiting', () => {
    let mark = stepMark(index, trace, -1, 'right', 0);
    const seen = [mark];
    for (;;) {
      const next = stepMark(index, trace, mark, 'right', 0);
      if (next < 0) break;
      expect(trace.startUs[next]).toBeGreaterThanOrEqual(trace.startUs[mark]!);
      mark = next;
      seen.push(mark);
    }
    const busy = [...index.rows[0]!.look].filter((look) => look !== LOOK.wait).length;
    expect(seen.length).toBe(busy);
    expect(stepMark(index, trace, mark, 'first', 0)).toBe(seen[0]);
    expect(stepMark(index, trace, seen[0]!, 'last', 0)).toBe(mark);
  });

  it('goes down through every worker to the commits and up again', () => {
    let mark = stepMark(index, trace, -1, 'down', 500);
    for (let row = 0; row < 3; row++) {
      expect(rowOfMark(index, trace.worker, mark)).toBe(row);
      mark = stepMark(index, trace, mark, 'down', 500);
    }
    expect(trace.kind[mark]).toBe(SPAN.commit);
    expect(stepMark(index, trace, mark, 'down', 500)).toBe(-1);
    expect(rowOfMark(index, trace.worker, stepMark(index, trace, mark, 'up', 500))).toBe(2);
  });

  it('visits every abort, forwards and backwards', () => {
    let mark = stepMark(index, trace, -1, 'nextAbort', 0);
    let visits = 0;
    while (mark >= 0) {
      expect(trace.kind[mark]).toBe(SPAN.abort);
      visits++;
      const next = stepMark(index, trace, mark, 'nextAbort', 0);
      if (next >= 0) expect(stepMark(index, trace, next, 'previousAbort', 0)).toBe(mark);
      mark = next;
    }
    expect(visits).toBe(run.metrics.aborts);
  });
});

describe('what the trace says', () => {
  it('ties each abort to the last run of its writer that ended before it', () => {
    for (const abort of index.aborts) {
      const cause = causeMark(trace, index, abort);
      expect(trace.kind[cause]).toBe(SPAN.execute);
      expect(trace.tx[cause]).toBe(trace.causeTx[abort]);
      expect(trace.sequence[cause]).toBeLessThan(trace.sequence[abort]!);
      for (let mark = 0; mark < trace.count; mark++) {
        const later =
          trace.kind[mark] === SPAN.execute &&
          trace.tx[mark] === trace.causeTx[abort] &&
          trace.sequence[mark]! < trace.sequence[abort]!;
        if (later) expect(trace.sequence[mark]).toBeLessThanOrEqual(trace.sequence[cause]!);
      }
    }
  });

  it('marks exactly the aborted executions as thrown away', () => {
    const wasted = index.rows.flatMap((row) => [...row.look].filter((look) => look === LOOK.wasted));
    expect(wasted.length).toBe(run.metrics.aborts);
    expect([...index.finalOf].every((mark) => index.abortOf[mark] === -1)).toBe(true);
  });

  it('counts commits and useful time up to a moment', () => {
    expect(committedUntil(index.commits, -1)).toBe(0);
    expect(committedUntil(index.commits, index.durationUs)).toBe(120);
    for (let worker = 0; worker < 3; worker++) {
      const row = index.rows[worker]!;
      for (const atUs of [0, 17, 300.5, index.durationUs]) {
        let usefulUs = 0;
        for (let i = 0; i < row.count; i++) {
          const tx = trace.tx[row.mark[i]!]!;
          if (tx < 0 || index.finalOf[tx] !== row.mark[i]) continue;
          usefulUs += Math.max(0, Math.min(row.endUs[i]!, atUs) - row.startUs[i]!);
        }
        expect(usefulShareUntil(index, worker, atUs)).toBeCloseTo(atUs > 0 ? usefulUs / atUs : 0, 6);
      }
    }
  });

  it('draws the curve of commits without losing any', () => {
    const points = commitCurve(index.commits, 0, 800 / index.durationUs, 801);
    expect(points.at(-1)?.done).toBe(120);
    expect(points.length).toBeLessThanOrEqual(802);
    for (let i = 1; i < points.length; i++) expect(points[i]!.done).toBeGreaterThan(points[i - 1]!.done);
  });
});

describe('words', () => {
  it('say why a run was thrown away', () => {
    const abort = index.aborts[0]!;
    const sentence = describeSpan(run, index, abort);
    expect(sentence).toContain(`tx ${trace.tx[abort]}, run ${trace.incarnation[abort]! + 1} aborted`);
    expect(sentence).toContain(`before tx ${trace.causeTx[abort]} wrote it`);
    expect(describeSpan(run, index, index.thrownAway[abort]!)).toContain('thrown away');
    for (let mark = 0; mark < trace.count; mark++) expect(describeSpan(run, index, mark)).not.toMatch(/[{}]/);
  });

  it('sum the panel up', () => {
    expect(summaryWords(run)).toMatch(
      /^Worker timeline: 3 workers, \d+ executions, \d+ aborts, \d+ % useful/,
    );
  });
});
