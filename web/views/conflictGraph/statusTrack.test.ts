import { describe, expect, it } from 'vitest';
import type { TraceColumns } from '../../../engine/api/index.ts';
import { SPAN } from '../../lib/trace.ts';
import { makeFixtureRun } from '../../tests/fixtureRun.ts';
import { makeStatusTrack, STATUS, STATUS_NAMES } from './statusTrack.ts';

/** Spans as `[kind, tx, incarnation, startUs, endUs]`. */
function traceOf(spans: readonly (readonly [number, number, number, number, number])[]): TraceColumns {
  const none = Int32Array.from(spans, () => -1);
  return {
    count: spans.length,
    kind: Uint8Array.from(spans, (span) => span[0]),
    worker: new Uint8Array(spans.length),
    tx: Int32Array.from(spans, (span) => span[1]),
    incarnation: Int32Array.from(spans, (span) => span[2]),
    startUs: Float64Array.from(spans, (span) => span[3]),
    endUs: Float64Array.from(spans, (span) => span[4]),
    sequence: Int32Array.from(spans, (_, i) => i),
    causeTx: none,
    causeKey: none,
  };
}

const aborted = traceOf([
  [SPAN.execute, 0, 0, 0, 10],
  [SPAN.abort, 0, 0, 12, 14],
  [SPAN.execute, 0, 1, 15, 25],
  [SPAN.validate, 0, 1, 26, 27],
  [SPAN.commit, 0, 1, 27, 27],
]);

function statusAt(trace: TraceColumns, timeUs: number): string {
  const track = makeStatusTrack(trace, 1);
  track.moveTo(timeUs, () => undefined);
  return STATUS_NAMES[track.now[0]!]!;
}

describe('makeStatusTrack', () => {
  it('tells the life of an aborted transaction', () => {
    expect([0, 5, 10, 13, 14, 20, 26, 27].map((timeUs) => statusAt(aborted, timeUs))).toEqual([
      'executing',
      'executing',
      'executed',
      'validating',
      'aborted',
      'reexecuting',
      'validating',
      'committed',
    ]);
    expect(statusAt(aborted, -1)).toBe('notStarted');
  });

  it('parks a transaction until it runs again', () => {
    const trace = traceOf([
      [SPAN.suspend, 0, 0, 0, 2],
      [SPAN.execute, 0, 0, 8, 9],
    ]);
    expect([1, 5, 8, 9].map((timeUs) => statusAt(trace, timeUs))).toEqual([
      'suspended',
      'suspended',
      'executing',
      'executed',
    ]);
  });

  it('holds a transaction up while a lane stands still at it', () => {
    const trace = traceOf([
      [SPAN.laneWait, 0, 0, 2, 5],
      [SPAN.execute, 0, 0, 8, 9],
    ]);
    expect([1, 3, 6, 8].map((timeUs) => statusAt(trace, timeUs))).toEqual([
      'notStarted',
      'suspended',
      'notStarted',
      'executing',
    ]);
  });

  it('reads spans that are shorter than a step of the clock', () => {
    expect(statusAt(traceOf([[SPAN.execute, 0, 0, 5, 5]]), 5)).toBe('executed');
  });

  it('says the same whether the moment moves forwards, backwards or in one jump', () => {
    const run = makeFixtureRun({ transactions: 60, hotPermille: 800, workers: 3 });
    const track = makeStatusTrack(run.trace, 60);
    const shown = new Uint8Array(60);
    const duration = run.metrics.durationUs;
    for (const share of [0.1, 0.5, 0.3, 0.9, 0.2, 1, 0, 0.77]) {
      track.moveTo(share * duration, (tx) => {
        shown[tx] = track.now[tx]!;
      });
      const fresh = makeStatusTrack(run.trace, 60);
      fresh.moveTo(share * duration, () => undefined);
      expect([...track.now]).toEqual([...fresh.now]);
      expect([...shown]).toEqual([...fresh.now]);
    }
    track.moveTo(duration, () => undefined);
    expect([...track.now].every((status) => status === STATUS.committed)).toBe(true);
  });

  it('calls back once per changed transaction, and for no other', () => {
    const track = makeStatusTrack(aborted, 1);
    const calls: number[] = [];
    track.moveTo(20, (tx) => calls.push(tx));
    track.moveTo(21, (tx) => calls.push(tx));
    expect(calls).toEqual([0]);
  });
});
