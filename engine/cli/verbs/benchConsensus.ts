import { setImmediate } from 'node:timers/promises';
import { runSeedsOnThreads } from '../../runtime/consensus/spawnSeeds.ts';
import { type ConsensusRow, measureEpochs, measureMessages } from '../consensusMeasuring.ts';
import { answered } from '../failure.ts';
import { cores } from '../nodeEngine.ts';
import { figure, NO_FIGURE, table, yesNo } from '../report.ts';
import { networkOf, plainSettings, SEEDS_THREAD } from '../simulationFlags.ts';
import type { ProtocolId } from '../../types/consensus.ts';
import { defineVerb, type Stage } from '../verb.ts';

const REPLICAS = [4, 16, 64, 100];
const EVENTS = 200_000;
const RUNS = 15;
const SEEDS = 2000;
const VALIDATORS = 1000;
const EPOCHS = 100;
/** As in Ethereum. */
const SLOTS_PER_EPOCH = 32;
const FUZZED = { replicas: 4, byzantine: 1, heights: 10 };

export const benchConsensus = defineVerb({
  name: 'bench consensus',
  about:
    'Measure simulated messages a second, with and without checkers, seeds a minute, and validators over epochs.',
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
    validators: {
      kind: 'whole',
      min: 0,
      max: 1000,
      about: `Validators of proof of stake; 0: none. Without it ${figure(VALIDATORS)}.`,
    },
    epochs: { kind: 'whole', min: 4, max: 10_000, about: `Their epochs. Without it ${EPOCHS}.` },
  },
  notes: [
    'Messages: copies on links without faults, one thread; runs with and without checkers take turns, each from the beginning. Fuzz: random',
    `faults and up to ${FUZZED.byzantine} liar of ${FUZZED.replicas}, ${FUZZED.heights} heights, all checkers, on as many threads as there are cores. sound: the checkers found nothing.`,
    `Epochs: validators whose committees vote as aggregates, ${SLOTS_PER_EPOCH} slots an epoch, one thread, no checkers. sound: all but the last epochs are final.`,
    'Where something is not sound: exit code 1.',
    '',
    '--json: {bench, platform, cores, rows}',
    'rows: {measured: "messages", protocol, replicas, checkers, messagesPerSecond, interval, runs, sound} and',
    '{measured: "fuzz", protocol, replicas, heights, threads, seeds, seedsPerMinute, messagesPerSeed, sound} and',
    '{measured: "epochs", protocol, replicas, slotsPerEpoch, epochs, seconds, messages, sound}; interval is the 95 % interval of the median.',
  ],
  run: async (flags, _operands, stage) => {
    const { replicas = REPLICAS, events = EVENTS, runs = RUNS, seeds = SEEDS } = flags;
    const { validators = VALIDATORS, epochs = EPOCHS } = flags;
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
    if (validators > 0) rows.push(await validated(validators, epochs, stage));
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

async function validated(validators: number, epochs: number, stage: Stage): Promise<ConsensusRow> {
  const settings = settingsOf(validators, 'proofOfStake', { slotsPerEpoch: SLOTS_PER_EPOCH });
  const row = await measureEpochs(settings, SLOTS_PER_EPOCH, epochs, async (done) => {
    stage.progress(`epoch ${done} of ${epochs}`);
    await setImmediate();
  });
  stage.milestone(`${figure(validators)} validators, ${epochs} epochs: ${row.seconds.toFixed(1)} s`);
  return row;
}

function settingsOf(
  replicas: number,
  protocol: ProtocolId = 'tendermint',
  protocolSettings: Readonly<Record<string, number>> = {},
) {
  return plainSettings({
    protocol,
    powers: new Array<number>(replicas).fill(1),
    seed: 0,
    network: networkOf({}),
    protocolSettings,
  });
}

function inWholes(row: ConsensusRow): Record<string, unknown> {
  if (row.measured === 'epochs') return { ...row, seconds: Math.round(row.seconds * 100) / 100 };
  const whole = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(whole);
    return typeof value === 'number' ? Math.round(value) : value;
  };
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, whole(value)]));
}

function tableOf(rows: readonly ConsensusRow[]): string[] {
  const heads = ['measured', 'replicas', 'checkers', 'messages/s', '95 %', 'seeds/min', 'seconds', 'sound'];
  return table(heads, rows.map(cellsOf));
}

function cellsOf(row: ConsensusRow): string[] {
  const { measured, replicas, sound } = row;
  const first = [measured, figure(replicas)];
  const none = NO_FIGURE;
  switch (row.measured) {
    case 'messages': {
      const bounds = row.interval.map((bound) => figure(bound)).join('–');
      return [
        ...first,
        row.checkers ? 'yes' : 'no',
        figure(row.messagesPerSecond),
        bounds,
        none,
        none,
        yesNo(sound),
      ];
    }
    case 'fuzz':
      return [...first, 'yes', none, none, figure(row.seedsPerMinute), none, yesNo(sound)];
    case 'epochs': {
      const rate = figure(row.messages / row.seconds);
      return [...first, 'no', rate, none, none, row.seconds.toFixed(1), yesNo(sound)];
    }
  }
}
