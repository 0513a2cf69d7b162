import type { ScalingRow, ThroughputRow } from '../../api/index.ts';
import type { HaltRow } from '../../runtime/haltMeasurement.ts';
import type { LanesRow } from '../../runtime/laneMeasurement.ts';
import type { ChainRow, JobRow } from '../measuring.ts';
import { figure, NO_FIGURE, table, yesNo } from '../report.ts';

/** What is no answer where the answer differs from the oracle's. */
const TIMES = [
  'transactionsPerSecond',
  'sequentialPerSecond',
  'speedup',
  'interval',
  'hardwareCeiling',
  'ofCeiling',
  'soundPerSecond',
  'haltedPerSecond',
  'alonePerSecond',
  'change',
  'againstAlone',
  'againstAloneInterval',
];

/** A row for JSON: how long a wrong answer took says nothing, so it is null. */
export function withoutWrongTimes(row: JobRow): object {
  if (row.matchesSequential) return row;
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, TIMES.includes(name) ? null : value]),
  );
}

/** A row on one line, as soon as it is measured. */
export function inWords(row: JobRow): string {
  const people = 'accounts' in row ? [`${figure(row.accounts)} accounts`] : [];
  const crossing = 'crossingPercent' in row ? [`${row.lanes} lanes, ${row.crossingPercent} % cross`] : [];
  const executor = 'executor' in row ? [row.executor] : [];
  const threads = `${row.workers} ${row.workers === 1 ? 'thread' : 'threads'}`;
  const measured =
    'change' in row
      ? `${percent(row.change)} for the others`
      : 'speedup' in row
        ? `${figure(row.speedup, 2)}×`
        : `${figure(row.transactionsPerSecond)} payments/s`;
  const found = row.matchesSequential ? measured : 'DIFFERS from the oracle ✗';
  return `${[...people, ...crossing, `${figure(row.workUs)} µs`, ...executor, threads].join(', ')}: ${found}`;
}

/** Each bench measures rows of its own kind. */
export const TABLES = {
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
  halt: (rows: readonly JobRow[]) =>
    table(
      [
        'lanes',
        'work µs',
        'threads',
        'sound/s',
        'halted/s',
        'alone/s',
        'change',
        '95 %',
        'against alone',
        '95 %',
        'refused',
        'equals sequential',
      ],
      (rows as readonly HaltRow[]).map((row) => [
        figure(row.lanes),
        figure(row.workUs),
        figure(row.workers),
        ...(row.matchesSequential
          ? [
              ...[row.soundPerSecond, row.haltedPerSecond, row.alonePerSecond].map((rate) => figure(rate)),
              percent(row.change),
              row.interval.map(percent).join(' to '),
              percent(row.againstAlone),
              row.againstAloneInterval.map(percent).join(' to '),
            ]
          : Array<string>(7).fill(NO_FIGURE)),
        figure(row.refused),
        yesNo(row.matchesSequential),
      ]),
    ),
};

function percent(share: number): string {
  return `${share >= 0 ? '+' : '−'}${figure(Math.abs(share) * 100, 1)} %`;
}

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
