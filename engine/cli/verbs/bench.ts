import type { BenchmarkName, BenchmarkRequest } from '../../api/index.ts';
import {
  BENCHMARK_LIMITS,
  readBenchmarkRequest,
  scalingRequest,
  throughputRequest,
} from '../../runtime/benchmarkRequest.ts';
import { answered } from '../failure.ts';
import { type Job, type JobRow, measureInBrowser, measureInNode } from '../measuring.ts';
import { cores } from '../nodeEngine.ts';
import { figure } from '../report.ts';
import { defineVerb, type Outcome, type Stage, type Values } from '../verb.ts';
import { inWords, TABLES, withoutWrongTimes } from './benchTables.ts';

/** What is measured where nothing else is asked for. */
export type Usual = Omit<BenchmarkRequest, 'bench'>;
const throughput: Usual = throughputRequest(cores);
export const scaling: Usual = scalingRequest(cores);
const chain: Usual = { ...scaling, workUs: [0, 20], transactions: 10_000 };

export const chainFlags = (usual: Omit<Usual, 'accounts'>) =>
  ({
    work: {
      kind: 'wholes',
      ...BENCHMARK_LIMITS.workUs,
      about: `Work of every payment, µs on this machine. Without it ${usual.workUs.join(',')}.`,
    },
    workers: {
      kind: 'wholes',
      ...BENCHMARK_LIMITS.workers,
      about: `Threads. Without it every number up to the cores of this machine: ${usual.workers.join(',')}.`,
    },
    transactions: {
      kind: 'whole',
      ...BENCHMARK_LIMITS.transactions,
      about: `Payments of a block. Without it ${figure(usual.transactions)}.`,
    },
    runs: {
      kind: 'whole',
      ...BENCHMARK_LIMITS.runs,
      about: `Runs of every row; figures are medians over them. Without it ${usual.runs}.`,
    },
    browser: {
      kind: 'switch',
      about: 'Measure in headless Chromium, through the built page, instead of in Node.',
    },
  }) as const;

const gridFlags = (usual: Usual) =>
  ({
    accounts: {
      kind: 'wholes',
      ...BENCHMARK_LIMITS.accounts,
      about: `People who pay each other: the fewer, the more contention. Without it ${usual.accounts.join(',')}.`,
    },
    ...chainFlags(usual),
  }) as const;

export const NOTES = [
  'Speed-up is against the fast sequential arm: the same transactions on the same storage, without an executor. The',
  'hardware ceiling is the same threads with the work split evenly and no executor. Both are measured beside every run.',
  'matchesSequential: the state after the block is the sequential oracle’s. Where it is not: exit code 1, and no times (null).',
  'Every row is told on stderr as soon as it is there: on a terminal one line that changes, elsewhere a line each.',
  '',
  '--json: {bench, platform, cores, clockResolutionUs, transactions, runs, rows}',
];

export const benchThroughput = defineVerb({
  name: 'bench throughput',
  about: 'Measure payments a second, by executor and threads.',
  operands: [],
  flags: gridFlags(throughput),
  notes: [...NOTES, 'rows: {executor, workers, workUs, accounts, transactionsPerSecond, matchesSequential}'],
  run: (flags, _operands, stage) =>
    benchmark('throughput', requestOf(throughput, flags), flags.browser, stage),
});

export const benchScaling = defineVerb({
  name: 'bench scaling',
  about: 'Measure the speed-up over contention, work and threads.',
  operands: [],
  flags: gridFlags(scaling),
  notes: [
    ...NOTES,
    'rows: {accounts, workUs, workers, speedup, interval, hardwareCeiling, ofCeiling, executions, aborts, matchesSequential,',
    'idealSpeedup, transactionsPerSecond}; interval is the 95 % interval of the median speed-up, ofCeiling its share of',
    'the ceiling, idealSpeedup what the conflicts of the block allow on any number of cores.',
  ],
  run: (flags, _operands, stage) => benchmark('scaling', requestOf(scaling, flags), flags.browser, stage),
});

export const benchChain = defineVerb({
  name: 'bench chain',
  about: 'Measure the worst case: every payment depends on the one before.',
  operands: [],
  flags: chainFlags(chain),
  notes: [
    ...NOTES,
    'rows: {workUs, workers, transactions, runs, transactionsPerSecond, sequentialPerSecond, speedup, interval,',
    'hardwareCeiling, ofCeiling, executions, startsPerTransaction, aborts, sleeps, matchesSequential}',
  ],
  run: (flags, _operands, stage) => {
    // A chain is made by two people; for the bench itself that is a number of accounts of its own.
    const usual = requestOf({ ...chain, accounts: [2] }, { ...flags, accounts: undefined });
    const { workUs, workers, transactions, runs } = answered(
      readBenchmarkRequest({ bench: 'scaling', ...usual }),
    );
    const requests = workUs.flatMap((work) =>
      workers.map((count) => ({ accounts: 0, transactions, workUs: work, workers: count, runs })),
    );
    return measured('chain', { kind: 'chain', requests }, usual, flags.browser, stage);
  },
});

export function requestOf(usual: Usual, flags: Values<ReturnType<typeof gridFlags>>): Usual {
  return {
    accounts: flags.accounts ?? usual.accounts,
    workUs: flags.work ?? usual.workUs,
    workers: flags.workers ?? usual.workers,
    transactions: flags.transactions ?? usual.transactions,
    runs: flags.runs ?? usual.runs,
  };
}

/** Refuses what may not be asked for before anything is started. */
async function benchmark(
  bench: BenchmarkName,
  usual: Usual,
  inBrowser: boolean,
  stage: Stage,
): Promise<Outcome> {
  const request = answered(readBenchmarkRequest({ bench, ...usual }));
  return measured(bench, { kind: 'benchmark', request }, request, inBrowser, stage);
}

export async function measured(
  bench: keyof typeof TABLES,
  job: Job,
  { transactions, runs }: Usual,
  inBrowser: boolean,
  stage: Stage,
): Promise<Outcome> {
  const rows: JobRow[] = [];
  const began = performance.now();
  stage.progress('measuring the first row');
  const measure = inBrowser ? measureInBrowser : measureInNode;
  const on = await measure(
    job,
    (row, { done, total }) => {
      rows.push(row);
      const seconds = figure((performance.now() - began) / 1000);
      stage.milestone(`row ${done} of ${total} after ${seconds} s: ${inWords(row)}`);
    },
    stage,
  );
  return {
    json: { bench, ...on, transactions, runs, rows: rows.map(withoutWrongTimes) },
    report: [
      `${on.platform}, ${on.cores} cores, blocks of ${figure(transactions)} ${bench === 'lanes' || bench === 'halt' ? 'transactions' : 'payments'}, medians of ${runs} runs`,
      '',
      ...TABLES[bench](rows),
    ],
    passed: rows.every(({ matchesSequential }) => matchesSequential),
  };
}
