import type { BenchmarkName, BenchmarkRequest, ScalingRow, ThroughputRow } from '../../api/index.ts';
import {
  BENCHMARK_LIMITS,
  readBenchmarkRequest,
  scalingRequest,
  throughputRequest,
} from '../../runtime/benchmarkRequest.ts';
import { MOST_BENCH_LANES } from '../../runtime/benchLanes.ts';
import type { LanesRow } from '../../runtime/laneMeasurement.ts';
import { answered } from '../failure.ts';
import { type ChainRow, type Job, type JobRow, measureInBrowser, measureInNode } from '../measuring.ts';
import { cores } from '../nodeEngine.ts';
import { figure, NO_FIGURE, table, yesNo } from '../report.ts';
import { defineVerb, type Outcome, type Stage, type Values } from '../verb.ts';

/** What is measured where nothing else is asked for. */
type Usual = Omit<BenchmarkRequest, 'bench'>;
const throughput: Usual = throughputRequest(cores);
const scaling: Usual = scalingRequest(cores);
const chain: Usual = { ...scaling, workUs: [0, 20], transactions: 10_000 };

const chainFlags = (usual: Omit<Usual, 'accounts'>) =>
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

const lanes = {
  workUs: [20],
  workers: scaling.workers,
  transactions: scaling.transactions,
  runs: scaling.runs,
  lanes: [MOST_BENCH_LANES],
  crossing: [0, 1, 5, 10, 25, 50, 100],
};

const gridFlags = (usual: Usual) =>
  ({
    accounts: {
      kind: 'wholes',
      ...BENCHMARK_LIMITS.accounts,
      about: `People who pay each other: the fewer, the more contention. Without it ${usual.accounts.join(',')}.`,
    },
    ...chainFlags(usual),
  }) as const;

const NOTES = [
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

export const benchLanes = defineVerb({
  name: 'bench lanes',
  about: 'Measure module lanes over the share of transactions that touch two of them.',
  operands: [],
  flags: {
    crossing: {
      kind: 'wholes',
      min: 0,
      max: 100,
      about: `Of a hundred transactions, how many touch another lane as well. Without it ${lanes.crossing.join(',')}.`,
    },
    lanes: {
      kind: 'wholes',
      min: 1,
      max: MOST_BENCH_LANES,
      about: `Equal modules, a lane each. Without it ${lanes.lanes.join(',')}.`,
    },
    ...chainFlags(lanes),
  },
  notes: [
    ...NOTES,
    'rows: {workUs, crossingPercent, lanes, workers, speedup, interval, hardwareCeiling, ofCeiling, laneSpeedup,',
    'transactionsPerSecond, sequentialPerSecond, matchesSequential}; laneSpeedup is what the locks of the block allow on any',
    'number of cores. Each transaction raises a counter of its module, one that crosses that of another too. Which lanes a',
    'block touches is written into memory with it, before the time that is measured.',
  ],
  run: (flags, _operands, stage) => {
    const usual = requestOf({ ...lanes, accounts: [2] }, { ...flags, accounts: undefined });
    const { workUs, workers, transactions, runs } = answered(
      readBenchmarkRequest({ bench: 'scaling', ...usual }),
    );
    const requests = (flags.lanes ?? lanes.lanes).flatMap((count) =>
      workUs.flatMap((work) =>
        (flags.crossing ?? lanes.crossing).flatMap((crossingPercent) =>
          workers.map((threads) => ({
            lanes: count,
            crossingPercent,
            transactions,
            workUs: work,
            workers: threads,
            runs,
          })),
        ),
      ),
    );
    return measured('lanes', { kind: 'lanes', requests }, usual, flags.browser, stage);
  },
});

function requestOf(usual: Usual, flags: Values<ReturnType<typeof gridFlags>>): Usual {
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

async function measured(
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
      `${on.platform}, ${on.cores} cores, blocks of ${figure(transactions)} ${bench === 'lanes' ? 'transactions' : 'payments'}, medians of ${runs} runs`,
      '',
      ...TABLES[bench](rows),
    ],
    passed: rows.every(({ matchesSequential }) => matchesSequential),
  };
}

const TIMES = [
  'transactionsPerSecond',
  'sequentialPerSecond',
  'speedup',
  'interval',
  'hardwareCeiling',
  'ofCeiling',
];

/** A row for JSON: how long a wrong answer took says nothing, so it is null. */
export function withoutWrongTimes(row: JobRow): object {
  if (row.matchesSequential) return row;
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, TIMES.includes(name) ? null : value]),
  );
}

/** A row on one line, as soon as it is measured. */
function inWords(row: JobRow): string {
  const people = 'accounts' in row ? [`${figure(row.accounts)} accounts`] : [];
  const crossing = 'crossingPercent' in row ? [`${row.lanes} lanes, ${row.crossingPercent} % cross`] : [];
  const executor = 'executor' in row ? [row.executor] : [];
  const threads = `${row.workers} ${row.workers === 1 ? 'thread' : 'threads'}`;
  const measured =
    'speedup' in row ? `${figure(row.speedup, 2)}×` : `${figure(row.transactionsPerSecond)} payments/s`;
  const found = row.matchesSequential ? measured : 'DIFFERS from the oracle ✗';
  return `${[...people, ...crossing, `${figure(row.workUs)} µs`, ...executor, threads].join(', ')}: ${found}`;
}

/** Each bench measures rows of its own kind. */
const TABLES = {
  throughput: (rows: readonly JobRow[]) =>
    table(
      ['executor', 'threads', 'work µs', 'accounts', 'payments/s', 'equals sequential'],
      (rows as readonly ThroughputRow[]).map((row) => [
        row.executor,
        figure(row.workers),
        figure(row.workUs),
        figure(row.accounts),
        row.matchesSequential ? figure(row.transactionsPerSecond) : NO_FIGURE,
        yesNo(row.matchesSequential),
      ]),
    ),
  scaling: (rows: readonly JobRow[]) =>
    table(
      [
        'accounts',
        'work µs',
        'threads',
        'speed-up',
        '95 %',
        'ceiling',
        'of ceiling',
        'executions',
        'aborts',
        'equals sequential',
      ],
      (rows as readonly ScalingRow[]).map((row) => [
        figure(row.accounts),
        figure(row.workUs),
        figure(row.workers),
        ...speedup(row),
        figure(row.executions),
        figure(row.aborts),
        yesNo(row.matchesSequential),
      ]),
    ),
  chain: (rows: readonly JobRow[]) =>
    table(
      [
        'work µs',
        'threads',
        'speed-up',
        '95 %',
        'ceiling',
        'of ceiling',
        'starts/payment',
        'aborts',
        'sleeps',
        'equals sequential',
      ],
      (rows as readonly ChainRow[]).map((row) => [
        figure(row.workUs),
        figure(row.workers),
        ...speedup(row),
        figure(row.startsPerTransaction, 2),
        figure(row.aborts),
        figure(row.sleeps),
        yesNo(row.matchesSequential),
      ]),
    ),
  lanes: (rows: readonly JobRow[]) =>
    table(
      [
        'lanes',
        'crossing',
        'work µs',
        'threads',
        'speed-up',
        '95 %',
        'ceiling',
        'of ceiling',
        'lanes allow',
        'transactions/s',
        'equals sequential',
      ],
      (rows as readonly LanesRow[]).map((row) => [
        figure(row.lanes),
        `${row.crossingPercent} %`,
        figure(row.workUs),
        figure(row.workers),
        ...speedup(row),
        `${figure(row.laneSpeedup, 2)}×`,
        row.matchesSequential ? figure(row.transactionsPerSecond) : NO_FIGURE,
        yesNo(row.matchesSequential),
      ]),
    ),
};

function speedup({
  speedup,
  interval: [low, high],
  hardwareCeiling,
  ofCeiling,
  matchesSequential,
}: Pick<
  ScalingRow,
  'speedup' | 'interval' | 'hardwareCeiling' | 'ofCeiling' | 'matchesSequential'
>): string[] {
  if (!matchesSequential) return [NO_FIGURE, NO_FIGURE, NO_FIGURE, NO_FIGURE];
  return [
    `${figure(speedup, 2)}×`,
    `${figure(low, 2)}–${figure(high, 2)}`,
    `${figure(hardwareCeiling, 2)}×`,
    figure(ofCeiling, 2),
  ];
}
