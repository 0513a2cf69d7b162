import type { EDGE_KIND, SPAN_KIND, TraceColumns } from '../../engine/api/index.ts';

/** The numbers of the trace columns; their types are the engine's, so they cannot drift apart. */
export const SPAN: typeof SPAN_KIND = {
  execute: 0,
  suspend: 1,
  validate: 2,
  abort: 3,
  wait: 4,
  commit: 5,
  laneWait: 6,
};
export const EDGE: typeof EDGE_KIND = { readAfterWrite: 0, writeAfterWrite: 1, writeAfterRead: 2 };

const ordinals = new WeakMap<TraceColumns, Int32Array>();

/**
 * For each span, which run of its transaction it belongs to, from 0. Runs are executions that came to their
 * end: a start that was parked is an incarnation too, but nothing was executed, so what follows is no re-execution.
 */
export function runOrdinals(trace: TraceColumns): Int32Array {
  const known = ordinals.get(trace);
  if (known !== undefined) return known;
  const finished = new Map<number, number>();
  const ordinal = new Int32Array(trace.count);
  for (let span = 0; span < trace.count; span++) {
    const tx = trace.tx[span]!;
    const before = finished.get(tx) ?? 0;
    const kind = trace.kind[span];
    const looksBack = kind === SPAN.validate || kind === SPAN.abort || kind === SPAN.commit;
    ordinal[span] = looksBack ? Math.max(0, before - 1) : before;
    if (kind === SPAN.execute) finished.set(tx, before + 1);
  }
  ordinals.set(trace, ordinal);
  return ordinal;
}
