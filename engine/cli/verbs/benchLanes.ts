import { MOST_BENCH_LANES } from '../../runtime/benchLanes.ts';
import { readBenchmarkRequest } from '../../runtime/benchmarkRequest.ts';
import { answered } from '../failure.ts';
import { cores } from '../nodeEngine.ts';
import { defineVerb } from '../verb.ts';
import { chainFlags, measured, NOTES, requestOf, scaling } from './bench.ts';

const lanes = {
  workUs: [20],
  workers: scaling.workers,
  transactions: scaling.transactions,
  runs: scaling.runs,
  lanes: [MOST_BENCH_LANES],
  crossing: [0, 1, 5, 10, 25, 50, 100],
};

const laneCount = {
  kind: 'wholes',
  min: 1,
  max: MOST_BENCH_LANES,
  about: `Equal modules, a lane each. Without it ${lanes.lanes.join(',')}.`,
} as const;

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
    lanes: laneCount,
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

const halt = { ...lanes, workers: [cores] };

export const benchHalt = defineVerb({
  name: 'bench halt',
  about: 'Measure what the others notice when one of equal modules is halted.',
  operands: [],
  flags: {
    lanes: { ...laneCount, min: 2 },
    ...chainFlags(halt),
  },
  notes: [
    'Three blocks in turns over the same state: sound, with the last module halted, and without its transactions. Rates are the',
    'others’ transactions over the time the workers had for them: of a sound block their share, since all lanes are equal.',
    'change is halted against sound, againstAlone against the block without; both with their 95 % intervals.',
    'matchesSequential: the state after each block is the sequential oracle’s. Where it is not: exit code 1.',
    '',
    '--json: {bench, platform, cores, clockResolutionUs, transactions, runs, rows}',
    'rows: {workUs, lanes, workers, soundPerSecond, haltedPerSecond, alonePerSecond, change, interval, againstAlone,',
    'againstAloneInterval, refused, matchesSequential}',
  ],
  run: (flags, _operands, stage) => {
    const usual = requestOf({ ...halt, accounts: [2] }, { ...flags, accounts: undefined });
    const { workUs, workers, transactions, runs } = answered(
      readBenchmarkRequest({ bench: 'scaling', ...usual }),
    );
    const requests = (flags.lanes ?? halt.lanes).flatMap((count) =>
      workUs.flatMap((work) =>
        workers.map((threads) => ({ lanes: count, transactions, workUs: work, workers: threads, runs })),
      ),
    );
    return measured('halt', { kind: 'halt', requests }, usual, flags.browser, stage);
  },
});
