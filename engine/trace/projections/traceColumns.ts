import type { SpanRecord } from '../records.ts';

/** Spans as columns of numbers, ordered by sequence: what is drawn, and sent between threads without copying. */
export interface SpanColumns {
  readonly count: number;
  readonly kind: Uint8Array;
  readonly worker: Uint8Array;
  readonly tx: Int32Array;
  readonly incarnation: Int32Array;
  readonly startUs: Float64Array;
  readonly endUs: Float64Array;
  readonly sequence: Int32Array;
  readonly causeTx: Int32Array;
  readonly causeKey: Int32Array;
}

/** Projects spans, which are in order already; `keyIndex` numbers keys as the picture does. */
export function traceColumns(spans: readonly SpanRecord[], keyIndex: (key: number) => number): SpanColumns {
  const count = spans.length;
  const columns = {
    count,
    kind: new Uint8Array(count),
    worker: new Uint8Array(count),
    tx: new Int32Array(count),
    incarnation: new Int32Array(count),
    startUs: new Float64Array(count),
    endUs: new Float64Array(count),
    sequence: new Int32Array(count),
    causeTx: new Int32Array(count),
    causeKey: new Int32Array(count),
  };
  for (let i = 0; i < count; i++) {
    const span = spans[i]!;
    columns.kind[i] = span.kind;
    columns.worker[i] = span.worker;
    columns.tx[i] = span.tx;
    columns.incarnation[i] = span.incarnation;
    columns.startUs[i] = span.startUs;
    columns.endUs[i] = span.endUs;
    columns.sequence[i] = span.sequence;
    columns.causeTx[i] = span.causeTx;
    columns.causeKey[i] = span.causeKey < 0 ? -1 : keyIndex(span.causeKey);
  }
  return columns;
}
