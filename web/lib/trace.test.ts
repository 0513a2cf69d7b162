import { expect, it } from 'vitest';
import type { TraceColumns } from '../../engine/api/index.ts';
import { runOrdinals, SPAN } from './trace.ts';

function traceOf(spans: readonly (readonly [kind: number, tx: number, incarnation: number])[]): TraceColumns {
  const zeros = new Float64Array(spans.length);
  return {
    count: spans.length,
    kind: Uint8Array.from(spans, ([kind]) => kind),
    worker: new Uint8Array(spans.length),
    tx: Int32Array.from(spans, ([, tx]) => tx),
    incarnation: Int32Array.from(spans, ([, , incarnation]) => incarnation),
    startUs: zeros,
    endUs: zeros,
    sequence: Int32Array.from(spans, (_, i) => i),
    causeTx: new Int32Array(spans.length).fill(-1),
    causeKey: new Int32Array(spans.length).fill(-1),
  };
}

it('counts what was executed, not what was only parked', () => {
  const trace = traceOf([
    [SPAN.suspend, 3, 0],
    [SPAN.suspend, 3, 1],
    [SPAN.execute, 3, 2],
    [SPAN.execute, 4, 0],
    [SPAN.abort, 3, 2],
    [SPAN.execute, 3, 3],
    [SPAN.validate, 3, 3],
    [SPAN.validate, 4, 0],
    [SPAN.commit, 3, 3],
  ]);
  expect([...runOrdinals(trace)]).toEqual([0, 0, 0, 0, 0, 1, 1, 0, 1]);
});
