import { conflictGraph } from '../execution/conflictGraph/conflictGraph.ts';
import type { RawReceipt } from '../execution/outcome.ts';
import type { ExecutionRequest } from '../execution/pool.ts';
import { runOracle } from '../execution/sequential/oracle.ts';
import { creditFees } from '../execution/sequential/creditFees.ts';
import type { ModuleSet } from '../moduleSdk/index.ts';
import type { StateChange } from '../storage/contract.ts';
import { chainBlock, type MeasuredBlock, paymentsBlock } from './paymentsBlock.ts';
import { moduleSet } from './modules.ts';
import type { ThreadWorkerPool } from './threadWorkerPool.ts';

/** One measured row; ratios are medians over interleaved runs, with a 95 % interval of the median. */
export interface MeasuredRow {
  readonly workers: number;
  readonly transactions: number;
  readonly runs: number;
  readonly transactionsPerSecond: number;
  readonly sequentialPerSecond: number;
  readonly speedup: number;
  readonly interval: readonly [number, number];
  readonly hardwareCeiling: number;
  readonly ofCeiling: number;
  readonly executions: number;
  readonly startsPerTransaction: number;
  readonly aborts: number;
  readonly sleeps: number;
  readonly matchesSequential: boolean;
}

/** What to measure: payments between `accounts` people, or a chain of them when `accounts` is 0. */
export interface MeasureRequest {
  readonly accounts: number;
  readonly transactions: number;
  readonly workUs: number;
  readonly workers: number;
  readonly runs: number;
}

/** A block to measure, with what the oracle says of it: made once for all worker counts. */
export interface PreparedMeasurement {
  readonly block: MeasuredBlock;
  /** Block-STM when it is not said. */
  readonly strategy?: NonNullable<ExecutionRequest['strategy']>;
  /** Names the state before the block, for the pool. */
  readonly name: string;
  /** The oracle's changes, as a text. */
  readonly expected: string;
  readonly changes: readonly StateChange[];
  readonly receipts: readonly RawReceipt[];
  /** Total work / work of the longest chain. */
  readonly idealSpeedup: number;
}

/** Makes the block: payments between `accounts` people, or a chain of them when `accounts` is 0; `work` in rounds. */
export function prepareMeasurement(
  accounts: number,
  transactions: number,
  work: number,
): PreparedMeasurement {
  const block =
    accounts === 0 ? chainBlock(transactions, work) : paymentsBlock(accounts, transactions, work, 1);
  return prepareBlock(moduleSet, block, `${accounts}-${transactions}-${work}`);
}

/** A block with what the oracle says of it; `name` names the state before it. */
export function prepareBlock(modules: ModuleSet, block: MeasuredBlock, name: string): PreparedMeasurement {
  const oracle = runOracle(modules, block.state, block.environment, block.transactions);
  if (oracle.count !== block.transactions.length)
    throw new RangeError(
      `only ${oracle.count} of ${block.transactions.length} transactions fit into the block`,
    );
  const committed = { ...oracle, work: oracle.receipts.map(({ gasUsed }) => gasUsed) };
  return {
    block,
    name,
    expected: fingerprint(oracle.changes),
    changes: oracle.changes,
    receipts: oracle.receipts,
    idealSpeedup: conflictGraph(modules, committed, false).idealSpeedup,
  };
}

/** Rounds of declared work that take so long on this machine. */
export async function roundsFor(pool: ThreadWorkerPool, workUs: number): Promise<number> {
  return workUs === 0 ? 0 : Math.round(workUs * (await pool.calibrate()));
}

/** Measures one row on a pool; work is given in µs of this machine. */
export async function measure(pool: ThreadWorkerPool, request: MeasureRequest): Promise<MeasuredRow> {
  const { accounts, transactions, workUs, workers, runs } = request;
  const work = await roundsFor(pool, workUs);
  return measurePrepared(pool, prepareMeasurement(accounts, transactions, work), workers, runs);
}

/** Runs held against the oracle before the measured ones (and one after), and runs that only warm the compiler up. */
const CHECKS = 3;
export const WARM_UPS = 5;
/** Small blocks without work are run until the compiler has seen this many payments. */
const WARM_UP_PAYMENTS = 40_000;

/** Runs a block `runs` times on `workers` threads, each time beside the sequential arm and the ceiling. */
export async function measurePrepared(
  pool: ThreadWorkerPool,
  prepared: PreparedMeasurement,
  workers: number,
  runs: number,
): Promise<MeasuredRow> {
  const { block } = prepared;
  const request = requestFor(prepared, workers);
  let matches = true;
  const speedups: number[] = [];
  const ceilings: number[] = [];
  const rates: number[] = [];
  const sequentialRates: number[] = [];
  const ofCeilings: number[] = [];
  const executions: number[] = [];
  const starts: number[] = [];
  const aborts: number[] = [];
  const sleeps: number[] = [];
  const count = block.transactions.length;
  const check = async (): Promise<void> => {
    matches = (await equalsOracle(pool, prepared, workers)) && matches;
  };
  for (let i = 0; i < CHECKS; i++) await check();
  const idle = block.transactions[0]?.work === 0;
  const warmUps = idle ? Math.max(WARM_UPS, Math.ceil(WARM_UP_PAYMENTS / count)) : WARM_UPS;
  for (let i = 0; i < warmUps; i++) await pool.time(request);
  for (let i = 0; i < runs; i++) {
    const record = await pool.time(request);
    speedups.push(record.sequentialUs! / record.durationUs);
    ceilings.push(record.sequentialUs! / record.ceilingUs!);
    ofCeilings.push(record.ceilingUs! / record.durationUs);
    rates.push((count / record.durationUs) * 1e6);
    sequentialRates.push((count / record.sequentialUs!) * 1e6);
    executions.push(record.counts.executions);
    starts.push((record.counts.executions + record.counts.suspensions) / count);
    aborts.push(record.counts.aborts);
    sleeps.push(record.counts.sleeps);
  }
  await check();
  return {
    workers,
    transactions: count,
    runs,
    transactionsPerSecond: Math.round(median(rates)),
    sequentialPerSecond: Math.round(median(sequentialRates)),
    speedup: round(median(speedups)),
    interval: medianInterval(speedups),
    hardwareCeiling: round(median(ceilings)),
    ofCeiling: round(median(ofCeilings)),
    executions: Math.round(median(executions)),
    startsPerTransaction: round(median(starts)),
    aborts: Math.round(median(aborts)),
    sleeps: Math.round(median(sleeps)),
    matchesSequential: matches,
  };
}

/** Whether a pool leaves the oracle's value at every key that the block changes. */
export async function equalsOracle(
  pool: ThreadWorkerPool,
  prepared: PreparedMeasurement,
  workers: number,
): Promise<boolean> {
  const { block, expected } = prepared;
  const { outcome } = await pool.run({ ...requestFor(prepared, workers), measureArms: false });
  const changes = creditFees(block.state, block.environment.feeRecipient, block.transactions, outcome);
  return outcome.count === block.transactions.length && fingerprint(changes) === expected;
}

/** How a pool is asked for a measured run of the block. */
export function requestFor(
  { block, name, strategy = 'blockStm' }: PreparedMeasurement,
  workers: number,
): ExecutionRequest {
  return {
    parentId: name,
    ...block,
    strategy,
    workers,
    scheduleSeed: 0,
    trackFees: false,
    accountGranularity: false,
    traceLevel: 0,
    measureArms: true,
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** A 95 % interval of the median by order statistics (binomial, normal approximation). */
export function medianInterval(values: readonly number[]): readonly [number, number] {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  const half = 0.98 * Math.sqrt(n);
  const low = Math.max(0, Math.floor(n / 2 - half));
  const high = Math.min(n - 1, Math.ceil(n / 2 + half));
  return [round(sorted[low]!), round(sorted[high]!)];
}

export function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** A text that is equal exactly when two sets of changes are. */
function fingerprint(changes: readonly StateChange[]): string {
  return changes
    .map((change) => `${change.identity}=${change.after === null ? '-' : change.after.join(',')}`)
    .sort()
    .join(';');
}
