import type { BlockRun, TableHistory, TraceColumns } from '../../../engine/api/index.ts';
import { SPAN } from '../../lib/trace.ts';

/** The table whose history this view draws. */
export const POOLS_TABLE = 'amm/pools';

/** More digits than this no drawing can hold. */
const MOST_DIGITS = 150;

/** A pool after one transaction was committed; amounts in base units. */
export interface PoolState {
  /** The transaction that made it; -1 for the state before the block. */
  readonly tx: number;
  /** When that transaction was committed, on the run's clock; below zero before the block. */
  readonly atUs: number;
  readonly reserve0: bigint;
  readonly reserve1: bigint;
  readonly liquidity: bigint;
  /** The reserves for drawing. */
  readonly x: number;
  readonly y: number;
}

/** One pool through one block. */
export interface PoolSeries {
  readonly pool: number;
  readonly asset0: number;
  readonly asset1: number;
  /** The pool that this one was split from, or its own number. */
  readonly origin: number;
  /** In commit order; the first is the state before the block, unless the block made the pool. */
  readonly states: readonly PoolState[];
  /** Digits of the longest reserve when they are too many to draw, else 0. */
  readonly hugeDigits: number;
}

/** When each transaction was committed; those that never were get no time at all. */
export function commitTimes(trace: TraceColumns, transactions: number): Float64Array {
  const times = new Float64Array(transactions).fill(Number.POSITIVE_INFINITY);
  for (let span = 0; span < trace.count; span++) {
    const tx = trace.tx[span]!;
    if (trace.kind[span] === SPAN.commit && tx >= 0 && tx < transactions) times[tx] = trace.endUs[span]!;
  }
  return times;
}

/** The pools of a run from the history of their table; records that do not read as pools are left out. */
export function readPools(run: BlockRun, history: TableHistory): PoolSeries[] {
  const times = commitTimes(run.trace, run.transactions.length);
  const byPool = new Map<number, { record: PoolRecord; states: PoolState[]; hugeDigits: number }>();
  const add = (key: readonly (number | string)[], value: unknown, tx: number, atUs: number): void => {
    const pool = Number(key[0]);
    const known = byPool.get(pool);
    const record = readRecord(value) ?? (value === null ? known && emptied(known.record) : undefined);
    if (record === undefined || !Number.isInteger(pool)) return;
    const entry = known ?? { record, states: [], hugeDigits: 0 };
    byPool.set(pool, entry);
    const digits = Math.max(record.reserve0.length, record.reserve1.length);
    if (digits > MOST_DIGITS) entry.hugeDigits = Math.max(entry.hugeDigits, digits);
    // Commits are in order; a coarse clock must not make them look otherwise.
    const earliest = entry.states.at(-1)?.atUs ?? Number.NEGATIVE_INFINITY;
    entry.states.push(stateOf(record, tx, Math.max(atUs, earliest)));
  };
  for (const { key, value } of history.initial) add(key, value, -1, Number.NEGATIVE_INFINITY);
  for (const { key, tx, value } of history.changes)
    add(key, value, tx, times[tx] ?? Number.POSITIVE_INFINITY);
  return [...byPool]
    .sort(([a], [b]) => a - b)
    .map(([pool, { hugeDigits, record, states }]) => ({
      pool,
      asset0: record.asset0,
      asset1: record.asset1,
      origin: record.origin ?? pool,
      states,
      hugeDigits,
    }));
}

interface PoolRecord {
  readonly asset0: number;
  readonly asset1: number;
  readonly origin: number | null;
  readonly reserve0: string;
  readonly reserve1: string;
  readonly liquidity: string;
}

function readRecord(value: unknown): PoolRecord | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = value as Readonly<Record<string, unknown>>;
  const reserve0 = digitsOf(fields.reserve0);
  const reserve1 = digitsOf(fields.reserve1);
  if (reserve0 === null || reserve1 === null) return undefined;
  return {
    asset0: Number(fields.asset0 ?? 0),
    asset1: Number(fields.asset1 ?? 1),
    origin: typeof fields.origin === 'number' ? fields.origin : null,
    reserve0,
    reserve1,
    liquidity: digitsOf(fields.liquidity) ?? '0',
  };
}

function emptied(record: PoolRecord): PoolRecord {
  return { ...record, reserve0: '0', reserve1: '0', liquidity: '0' };
}

function digitsOf(value: unknown): string | null {
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  return /^\d{1,1000}$/.test(text) ? text : null;
}

function stateOf(record: PoolRecord, tx: number, atUs: number): PoolState {
  return {
    tx,
    atUs,
    reserve0: BigInt(record.reserve0),
    reserve1: BigInt(record.reserve1),
    liquidity: BigInt(record.liquidity),
    x: Number(record.reserve0),
    y: Number(record.reserve1),
  };
}

/** How many of the states are in force at a moment: those before the block and those committed by then. */
export function statesBy(series: PoolSeries, timeUs: number): number {
  let low = 0;
  let high = series.states.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (series.states[middle]!.atUs <= timeUs) low = middle + 1;
    else high = middle;
  }
  return low;
}
