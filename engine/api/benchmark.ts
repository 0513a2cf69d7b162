import type { MachineInfo } from './engineApi.ts';

/**
 * `throughput` asks how many payments a second there are, `scaling` how many times faster than one core
 * without an executor they become with more cores, under contention and with work in each.
 */
export type BenchmarkName = 'throughput' | 'scaling';

/** What to measure: every combination of the three lists is a row. */
export interface BenchmarkRequest<Name extends BenchmarkName = BenchmarkName> {
  readonly bench: Name;
  /** People who pay each other, chosen evenly: the fewer, the more contention. */
  readonly accounts: readonly number[];
  /** Declared work of each payment, µs on this machine. */
  readonly workUs: readonly number[];
  /** Threads. */
  readonly workers: readonly number[];
  /** Payments in the block of every row. */
  readonly transactions: number;
  /** Runs of each row, each beside the sequential arm and the ceiling. Figures are medians over them. */
  readonly runs: number;
}

/** One combination of a request. */
export interface BenchmarkCell {
  readonly accounts: number;
  readonly workUs: number;
  readonly workers: number;
}

export interface ThroughputRow extends BenchmarkCell {
  readonly executor: 'sequential' | 'block-stm';
  readonly transactionsPerSecond: number;
  /** The same state after the block as the oracle's; where not, the times mean nothing. */
  readonly matchesSequential: boolean;
}

export interface ScalingRow extends BenchmarkCell {
  /** Time of the fast sequential arm / time on these workers, median of the ratios of the runs. */
  readonly speedup: number;
  /** 95 % interval of that median. */
  readonly interval: readonly [low: number, high: number];
  /** The same workers doing the same work split evenly with no executor, against the sequential arm. */
  readonly hardwareCeiling: number;
  /** Speed-up as a share of the ceiling, run by run. */
  readonly ofCeiling: number;
  /** Total work / work of the longest chain of the block: what its conflicts allow on any number of cores. */
  readonly idealSpeedup: number;
  readonly executions: number;
  readonly aborts: number;
  readonly transactionsPerSecond: number;
  /** The same state after the block as the oracle's; where not, the times mean nothing. */
  readonly matchesSequential: boolean;
}

/** The rows that each bench gives. */
export interface BenchmarkRows {
  readonly throughput: ThroughputRow;
  readonly scaling: ScalingRow;
}

export interface BenchmarkLimits {
  readonly accounts: { readonly min: number; readonly max: number };
  readonly workUs: { readonly min: number; readonly max: number };
  readonly workers: { readonly min: number; readonly max: number };
  readonly transactions: { readonly min: number; readonly max: number };
  readonly runs: { readonly min: number; readonly max: number };
  /** Rows of one request. */
  readonly rows: number;
  /** Declared work of one block, all its payments together, µs. */
  readonly blockWorkUs: number;
}

/** What a machine can measure, and what is usually measured on it. */
export interface BenchmarkDescription {
  readonly machine: MachineInfo;
  /** Steps in which the clock moves, µs. */
  readonly clockResolutionUs: number;
  readonly limits: BenchmarkLimits;
  readonly throughput: BenchmarkRequest<'throughput'>;
  /** Of more than four cores not every number is measured: 1, 2, 4, … doubling, and all of them. */
  readonly scaling: BenchmarkRequest<'scaling'>;
}
