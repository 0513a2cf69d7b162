import { setImmediate } from 'node:timers/promises';
import { runSeedsOnThreads } from '../../runtime/consensus/spawnSeeds.ts';
import { type ConsensusRow, measureMessages } from '../consensusMeasuring.ts';
import { answered } from '../failure.ts';
import { cores } from '../nodeEngine.ts';
import { figure, NO_FIGURE, table, yesNo } from '../report.ts';
import { networkOf, plainSettings, SEEDS_THREAD } from '../simulationFlags.ts';
import { defineVerb, type Stage } from '../verb.ts';

const REPLICAS = [4, 16, 64, 100];
const EVENTS = 200_000;
const RUNS = 15;
const SEEDS = 2000;
const FUZZED = { replicas: 4, byzantine: 1, heights: 10 };

export const benchConsensus = defineVerb({
  name: 'bench consensus',
  about: 'Measure simulated messages a second, with and without checkers, and seeds a minute.',
  operands: [],
  flags: {
    replicas: {
      kind: 'wholes',
      min: 1,
      max: 1000,
      about: `Replicas of Tendermint. Without it ${REPLICAS.join(',')}.`,
    },
    events: {
      kind: 'whole',
      min: 1000,
      max: 100_000_000,
      about: `Events of every run. Without it ${figure(EVENTS)}.`,
    },
    runs: {
      kind: 'whole',
      min: 1,
      max: 1000,
      about: `Runs of every row; figures are medians over them. Without it ${RUNS}.`,
    },
    seeds: {
      kind: 'whole',
      min: 0,
      max: 1_000_000,
      about: `Seeds that are fuzzed; 0: none. Without it ${figure(SEEDS)}.`,
    },
  },
  notes: [
    'Messages: copies on links without faults, one thread; runs with and without checkers take turns, each from the beginning. Fuzz: random',
    `faults and up to ${FUZZED.byzantine} liar of ${FUZZED.replicas}, ${FUZZED.heights} heights, all checkers, on as many threads as there are cores. sound: the checkers found nothing.`,
    'Where they did: exit code 1.',
    '',
    '--json: {bench, platform, cores, rows}',
    'rows: {measured: "messages", protocol, replicas, checkers, messagesPerSecond, interval, runs, sound} and',
    '{measured: "fuzz", protocol, replicas, heights, threads, seeds, seedsPerMinute, messagesPerSeed, sound}; interval is the 95 %',
    'interval of the median.',
  ],
  run: async (flags, _operands, stage) => {
    const { replicas = REPLICAS, events = EVENTS, runs = RUNS, seeds = SEEDS } = flags;
    const rows: ConsensusRow[] = [];
    for (const count of replicas) {
      stage.progress(`${count} replicas`);
      // A person who ends it is heard between rows.
      await setImmediate();
      const [plain, watched] = measureMessages('tendermint', settingsOf(count), events, runs);
      rows.push(plain!, watched!);
      stage.milestone(
        `${count} replicas: ${figure(plain!.messagesPerSecond)} messages/s, ${figure(watched!.messagesPerSecond)} with checkers`,
      );
    }
    if (seeds > 0) rows.push(await fuzzed(seeds, stage));
    const platform = `Node ${process.versions.node}`;
    return {
      json: { bench: 'consensus', platform, cores, rows: rows.map(inWholes) },
      report: [`${platform}, ${cores} cores`, '', ...tableOf(rows)],
      passed: rows.every(({ sound }) => sound),
    };
  },
});

async function fuzzed(seeds: number, stage: Stage): Promise<ConsensusRow> {
  const { replicas, byzantine, heights } = FUZZED;
  const order = { settings: settingsOf(replicas), faults: ['random'], byzantine, heights, transactions: 100 };
  const run = (from: number, count: number) =>
    runSeedsOnThreads(order, from, count, {
      entry: SEEDS_THREAD,
      threads: cores,
      onProgress: (done) => stage.progress(`seed ${figure(done)} of ${figure(count)}`),
      onInterrupt: (stop) => stage.onInterrupt(stop),
    });
  const began = performance.now();
  const report = answered(await run(0, seeds));
  const minutes = (performance.now() - began) / 60_000;
  return {
    measured: 'fuzz',
    protocol: 'tendermint',
    replicas,
    heights,
    threads: cores,
    seeds,
    seedsPerMinute: seeds / minutes,
    messagesPerSeed: report.messages / seeds,
    sound: report.violations === 0 && report.livenessStalls === 0,
  };
}

function settingsOf(replicas: number) {
  return plainSettings({
    protocol: 'tendermint',
    powers: new Array<number>(replicas).fill(1),
    seed: 0,
    network: networkOf({}),
    protocolSettings: {},
  });
}

function inWholes(row: ConsensusRow): Record<string, unknown> {
  const whole = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(whole);
    return typeof value === 'number' ? Math.round(value) : value;
  };
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, whole(value)]));
}

function tableOf(rows: readonly ConsensusRow[]): string[] {
  return table(
    ['measured', 'replicas', 'checkers', 'messages/s', '95 %', 'seeds/min', 'sound'],
    rows.map((row) =>
      row.measured === 'messages'
        ? [
            row.measured,
            figure(row.replicas),
            row.checkers ? 'yes' : 'no',
            figure(row.messagesPerSecond),
            row.interval.map((bound) => figure(bound)).join('–'),
            NO_FIGURE,
            yesNo(row.sound),
          ]
        : [
            row.measured,
            figure(row.replicas),
            'yes',
            NO_FIGURE,
            NO_FIGURE,
            figure(row.seedsPerMinute),
            yesNo(row.sound),
          ],
    ),
  );
}
