import { SPAN, type SpanRecord } from '../records.ts';

/**
 * Share of all workers' time that went into executions that were committed, 0 to 1: of each
 * transaction in the block, its last finished execution.
 */
export function usefulShare(
  spans: readonly SpanRecord[],
  transactions: number,
  workers: number,
  durationUs: number,
): number {
  if (durationUs <= 0 || workers === 0) return 0;
  const last = new Float64Array(transactions);
  for (const { kind, tx, startUs, endUs } of spans) {
    if (kind === SPAN.execute && tx < transactions) last[tx] = endUs - startUs;
  }
  let useful = 0;
  for (const us of last) useful += us;
  return Math.min(1, Math.max(0, useful / (workers * durationUs)));
}
