import { describe, expect, it } from 'vitest';
import { SPAN, type SpanRecord } from '../records.ts';
import { KeyCatalogue } from './keyCatalogue.ts';
import { traceColumns } from './traceColumns.ts';
import { usefulShare } from './usefulShare.ts';

const span = (given: Partial<SpanRecord>): SpanRecord => ({
  worker: 0,
  sequence: 0,
  kind: SPAN.execute,
  tx: 0,
  incarnation: 0,
  startUs: 0,
  endUs: 0,
  causeTx: -1,
  causeKey: -1,
  ...given,
});

describe('projections of a record', () => {
  it('keep every span, its order and its causes', () => {
    const spans = [
      span({ sequence: 3, startUs: 1, endUs: 2.5, tx: 4, worker: 2 }),
      span({ sequence: 9, kind: SPAN.abort, tx: 4, causeTx: 1, causeKey: 6, incarnation: 2 }),
      span({ sequence: 11, kind: SPAN.wait, tx: -1 }),
    ];
    const columns = traceColumns(spans, (key) => key * 10);
    expect(columns.count).toBe(3);
    expect([...columns.sequence]).toEqual([3, 9, 11]);
    expect([...columns.kind]).toEqual([SPAN.execute, SPAN.abort, SPAN.wait]);
    expect([...columns.tx]).toEqual([4, 4, -1]);
    expect([...columns.worker]).toEqual([2, 0, 0]);
    expect([...columns.incarnation]).toEqual([0, 2, 0]);
    expect([...columns.causeTx]).toEqual([-1, 1, -1]);
    expect([...columns.causeKey]).toEqual([-1, 60, -1]);
    expect([...columns.endUs]).toEqual([2.5, 0, 0]);
  });

  it('count as useful the last execution of what is in the block', () => {
    const spans = [
      span({ startUs: 0, endUs: 4 }),
      span({ startUs: 4, endUs: 6, incarnation: 1 }),
      span({ tx: 1, worker: 1, endUs: 10 }),
      span({ tx: 2, worker: 1, endUs: 10 }),
      span({ kind: SPAN.validate, startUs: 6, endUs: 9 }),
    ];
    expect(usefulShare(spans, 2, 2, 10)).toBeCloseTo(12 / 20);
    expect(usefulShare([], 0, 4, 0)).toBe(0);
  });

  it('number keys once, in the order in which they are named', () => {
    const keys = new KeyCatalogue((words) => [...words].join('/'));
    expect(keys.indexOf(Uint32Array.of(7, 1))).toBe(0);
    expect(keys.indexOf(Uint32Array.of(7, 2))).toBe(1);
    expect(keys.indexOf(Uint32Array.of(7, 1))).toBe(0);
    const number = keys.numbering([Uint32Array.of(7, 3), Uint32Array.of(7, 2)]);
    expect([number(1), number(0), number(1), number(0)]).toEqual([1, 2, 1, 2]);
    expect(keys.infos).toEqual(['7/1', '7/2', '7/3']);
  });
});
