import type { BlockRun } from '../../../engine/api/index.ts';
import { EDGE, SPAN } from '../../lib/trace.ts';

/** One record of the trace, by its row. */
export interface Span {
  readonly row: number;
  readonly worker: number;
  readonly startUs: number;
  readonly endUs: number;
  readonly sequence: number;
}

const keyIndices = new WeakMap<BlockRun, Map<string, number>>();

/** Index into `run.keys` of a key by its text, or -1. */
export function keyIndexOf(run: BlockRun, text: string): number {
  let indices = keyIndices.get(run);
  if (indices === undefined) {
    indices = new Map(run.keys.map((key, index) => [key.text, index]));
    keyIndices.set(run, indices);
  }
  return indices.get(text) ?? -1;
}

/** The last record of that kind and transaction before `beforeSequence` (and of that incarnation, when given). */
export function lastSpan(
  run: BlockRun,
  kind: number,
  tx: number,
  options: { readonly beforeSequence?: number; readonly incarnation?: number } = {},
): Span | undefined {
  const { trace } = run;
  for (let row = trace.count - 1; row >= 0; row--) {
    if (trace.kind[row] !== kind || trace.tx[row] !== tx) continue;
    if (options.incarnation !== undefined && trace.incarnation[row] !== options.incarnation) continue;
    if (options.beforeSequence !== undefined && trace.sequence[row]! >= options.beforeSequence) continue;
    return spanAt(run, row);
  }
  return undefined;
}

function spanAt(run: BlockRun, row: number): Span {
  const { trace } = run;
  return {
    row,
    worker: trace.worker[row]!,
    startUs: trace.startUs[row]!,
    endUs: trace.endUs[row]!,
    sequence: trace.sequence[row]!,
  };
}

const runNumbers = new WeakMap<BlockRun, Map<number, readonly number[]>>();

/**
 * Which run of a transaction an incarnation was, from 1. Incarnations also count starts that were
 * suspended; what people count are the runs that came to an end.
 */
export function runNumber(run: BlockRun, tx: number, incarnation: number): number {
  let byTx = runNumbers.get(run);
  if (byTx === undefined) {
    const { trace } = run;
    const incarnations = new Map<number, number[]>();
    for (let row = 0; row < trace.count; row++) {
      if (trace.kind[row] !== SPAN.execute) continue;
      const known = incarnations.get(trace.tx[row]!);
      if (known === undefined) incarnations.set(trace.tx[row]!, [trace.incarnation[row]!]);
      else known.push(trace.incarnation[row]!);
    }
    byTx = incarnations;
    runNumbers.set(run, byTx);
  }
  const place = byTx.get(tx)?.indexOf(incarnation) ?? -1;
  return (place < 0 ? incarnation : place) + 1;
}

/** How often an incarnation was aborted because of this key. */
export function abortsAtKey(run: BlockRun, key: number): number {
  const { trace } = run;
  let count = 0;
  for (let row = 0; row < trace.count; row++)
    if (trace.kind[row] === SPAN.abort && trace.causeKey[row] === key) count++;
  return count;
}

/** Who used a key, in the block's order. */
export interface KeyAccess {
  readonly tx: number;
  readonly reads: boolean;
  readonly writes: boolean;
}

/** Reads and writes of a key, from the conflict graph's edges; empty when nobody wrote it. */
export function accessesOf(run: BlockRun, key: number): readonly KeyAccess[] {
  const { graph } = run;
  const reads = new Set<number>();
  const writes = new Set<number>();
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (graph.key[edge] !== key) continue;
    const from = graph.from[edge]!;
    const to = graph.to[edge]!;
    (graph.kind[edge] === EDGE.writeAfterRead ? reads : writes).add(from);
    (graph.kind[edge] === EDGE.readAfterWrite ? reads : writes).add(to);
  }
  return [...new Set([...reads, ...writes])]
    .sort((a, b) => a - b)
    .map((tx) => ({ tx, reads: reads.has(tx), writes: writes.has(tx) }));
}

/** The longest time between meeting a marker and running again, over all transactions. */
export function longestWait(run: BlockRun): { readonly tx: number; readonly waitUs: number } | undefined {
  const { trace } = run;
  const parkedAt = new Map<number, number>();
  let longest: { tx: number; waitUs: number } | undefined;
  for (let row = 0; row < trace.count; row++) {
    const tx = trace.tx[row]!;
    if (trace.kind[row] === SPAN.suspend) parkedAt.set(tx, trace.endUs[row]!);
    else if (trace.kind[row] === SPAN.execute) {
      const since = parkedAt.get(tx);
      if (since === undefined) continue;
      parkedAt.delete(tx);
      const waitUs = Math.max(0, trace.startUs[row]! - since);
      if (longest === undefined || waitUs > longest.waitUs) longest = { tx, waitUs };
    }
  }
  return longest;
}

/** The transaction that was aborted most often, or undefined when none was. */
export function mostAborted(run: BlockRun): { readonly tx: number; readonly aborts: number } | undefined {
  let worst: { tx: number; aborts: number } | undefined;
  for (const { index, aborts } of run.transactions) {
    if (aborts > 0 && (worst === undefined || aborts > worst.aborts)) worst = { tx: index, aborts };
  }
  return worst;
}

/** How often somebody at this key waits for what another wrote. */
export function waitsAt({ graph, keys }: BlockRun, keyText: string): number {
  let waits = 0;
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (graph.kind[edge] === EDGE.readAfterWrite && keys[graph.key[edge]!]?.text === keyText) waits++;
  }
  return waits;
}
