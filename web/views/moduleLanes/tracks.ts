import type { BlockRun } from '../../../engine/api/index.ts';
import { LOOK, makeRow, type SpanRow, type TraceIndex } from '../../components/canvas/traceIndex.ts';
import { EDGE, SPAN } from '../../lib/trace.ts';

/** A transaction of another module that met others on one of this module's keys. */
export interface Visit {
  /** When its committed execution published what it wrote. */
  readonly timeUs: number;
  /** That execution's mark. */
  readonly mark: number;
  /** The visitor's track. */
  readonly track: number;
}

/** What a module did in a block. */
export interface Track {
  readonly module: string;
  /** Transactions of the module in the block. */
  readonly transactions: number;
  /** All executions, thrown-away ones included, by start. */
  readonly executions: SpanRow;
  /** The same, stacked so that none overlap: the n-th row is in use when n + 1 run at once. */
  readonly stack: readonly SpanRow[];
  /** When each transaction started for the first time, and when each was committed; both ascending. */
  readonly startsUs: Float64Array;
  readonly commitsUs: Float64Array;
  readonly visits: readonly Visit[];
}

export interface Tracks {
  readonly tracks: readonly Track[];
  /** Per mark, its track and row in the stack; -1 for what is not an execution. */
  readonly trackOf: Int16Array;
  readonly stackOf: Int16Array;
  readonly placeOf: Int32Array;
  readonly trackOfTx: Int16Array;
  /** Read-after-write edges between transactions of different modules. */
  readonly hops: readonly { readonly from: number; readonly to: number; readonly key: number }[];
}

/** Sorts a run into tracks: modules with transactions first, by `order`, then those only used by others. */
export function makeTracks(run: BlockRun, index: TraceIndex, order: (module: string) => number): Tracks {
  const { trace, transactions } = run;
  const names = moduleNames(run, order);
  const numberOf = new Map(names.map((name, i) => [name, i]));
  const trackOfTx = Int16Array.from(transactions, (transaction) => numberOf.get(transaction.module) ?? -1);
  const executionsOf: number[][] = names.map(() => []);
  for (let mark = 0; mark < trace.count; mark++) {
    if (trace.kind[mark] === SPAN.execute) executionsOf[trackOfTx[trace.tx[mark]!]!]?.push(mark);
  }
  const visitsOf = collectVisits(run, index, numberOf, trackOfTx);
  const places = {
    trackOf: new Int16Array(trace.count).fill(-1),
    stackOf: new Int16Array(trace.count).fill(-1),
    placeOf: new Int32Array(trace.count).fill(-1),
  };
  const look = (mark: number): number => (index.abortOf[mark]! >= 0 ? LOOK.wasted : LOOK.execute);
  const tracks = names.map((module, track): Track => {
    const executions = makeRow(trace, executionsOf[track]!, look);
    const stack = stackByOverlap(executions).map((marks) => makeRow(trace, marks, look));
    stack.forEach((row, level) => {
      row.mark.forEach((mark, place) => {
        places.trackOf[mark] = track;
        places.stackOf[mark] = level;
        places.placeOf[mark] = place;
      });
    });
    const own = [...transactions.keys()].filter((tx) => trackOfTx[tx] === track);
    const started = own.map((tx) => index.firstStartUs[tx]!).filter(Number.isFinite);
    const commits = own.map((tx) => index.commitOf[tx]!).filter((mark) => mark >= 0);
    return {
      module,
      transactions: own.length,
      executions,
      stack,
      startsUs: Float64Array.from(started).sort(),
      commitsUs: Float64Array.from(commits, (mark) => trace.endUs[mark]!).sort(),
      visits: visitsOf[track]!,
    };
  });
  return { tracks, ...places, trackOfTx, hops: collectHops(run, trackOfTx) };
}

function moduleNames(run: BlockRun, order: (module: string) => number): string[] {
  const byOrder = (a: string, b: string): number => order(a) - order(b) || (a < b ? -1 : 1);
  const own = new Set(run.transactions.map((transaction) => transaction.module));
  const used = new Set<string>();
  for (let edge = 0; edge < run.graph.edgeCount; edge++) {
    const key = run.keys[run.graph.key[edge]!];
    if (key !== undefined && !own.has(key.module)) used.add(key.module);
  }
  return [...[...own].sort(byOrder), ...[...used].sort(byOrder)];
}

/** Puts each span on the lowest row that is free when it starts. */
export function stackByOverlap(row: SpanRow): number[][] {
  const rows: number[][] = [];
  const freeAtUs: number[] = [];
  for (let place = 0; place < row.count; place++) {
    const free = freeAtUs.findIndex((timeUs) => timeUs <= row.startUs[place]!);
    const level = free < 0 ? rows.length : free;
    if (free < 0) rows.push([]);
    rows[level]!.push(row.mark[place]!);
    freeAtUs[level] = row.endUs[place]!;
  }
  return rows;
}

/** One visit a transaction and module, however many of the module's keys it met others on. */
function collectVisits(
  run: BlockRun,
  index: TraceIndex,
  numberOf: ReadonlyMap<string, number>,
  trackOfTx: Int16Array,
): Visit[][] {
  const visits: Visit[][] = [...numberOf].map(() => []);
  const seen = new Set<number>();
  for (let edge = 0; edge < run.graph.edgeCount; edge++) {
    const host = numberOf.get(run.keys[run.graph.key[edge]!]?.module ?? '') ?? -1;
    if (host < 0) continue;
    for (const tx of [run.graph.from[edge]!, run.graph.to[edge]!]) {
      const track = trackOfTx[tx]!;
      const mark = index.finalOf[tx]!;
      if (track === host || mark < 0 || seen.has(tx * numberOf.size + host)) continue;
      seen.add(tx * numberOf.size + host);
      visits[host]!.push({ timeUs: run.trace.endUs[mark]!, mark, track });
    }
  }
  for (const list of visits) list.sort((a, b) => a.timeUs - b.timeUs);
  return visits;
}

function collectHops(run: BlockRun, trackOfTx: Int16Array): Tracks['hops'] {
  const { graph } = run;
  const hops: { from: number; to: number; key: number }[] = [];
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const from = graph.from[edge]!;
    const to = graph.to[edge]!;
    if (graph.kind[edge] === EDGE.readAfterWrite && trackOfTx[from] !== trackOfTx[to]) {
      hops.push({ from, to, key: graph.key[edge]! });
    }
  }
  return hops;
}

/** Keys of other modules on which a transaction met others, by module. */
export function foreignKeys(run: BlockRun, tx: number): Map<string, number[]> {
  const own = run.transactions[tx]?.module;
  const found = new Map<string, number[]>();
  for (let edge = 0; edge < run.graph.edgeCount; edge++) {
    if (run.graph.from[edge] !== tx && run.graph.to[edge] !== tx) continue;
    const key = run.graph.key[edge]!;
    const module = run.keys[key]?.module;
    if (module === undefined || module === own) continue;
    const keys = found.get(module) ?? [];
    if (!keys.includes(key)) keys.push(key);
    found.set(module, keys);
  }
  return found;
}

/** How many of an ascending column lie at or before the moment. */
export function countUntil(column: Float64Array, timeUs: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (column[middle]! <= timeUs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many visits lie at or before the moment. */
export function visitsUntil(visits: readonly Visit[], timeUs: number): number {
  let low = 0;
  let high = visits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (visits[middle]!.timeUs <= timeUs) low = middle + 1;
    else high = middle;
  }
  return low;
}
