import { attacks } from '../../consensus/attacks/library.ts';
import { PROTOCOL_NAMES } from '../../runtime/consensus/protocolNames.ts';
import { readScript } from '../../runtime/consensus/readScript.ts';
import { type SeedsReport, traceHashOf } from '../../runtime/consensus/seeds.ts';
import type { SimulationOrder } from '../../runtime/consensus/simulating.ts';
import { runSeedsOnThreads } from '../../runtime/consensus/spawnSeeds.ts';
import { answered, Failure } from '../failure.ts';
import { cores } from '../nodeEngine.ts';
import { readBytes } from '../readInput.ts';
import { figure, NO_FIGURE, pairs, rounded } from '../report.ts';
import {
  DEFAULT_REPLICAS,
  networkFlags,
  networkOf,
  plainSettings,
  powersOf,
  protocolSettingsOf,
  replicaFlag,
  SEEDS_THREAD,
  TRANSACTIONS_PER_BLOCK,
} from '../simulationFlags.ts';
import { defineVerb, type Outcome, type Values } from '../verb.ts';

const DEFAULT_HEIGHTS = 10;
const DEFAULT_SEED = 0;
const MOST_HEIGHTS = 100_000;
const MOST_SEEDS = 1_000_000;
const MOST_EVENTS = 1_000_000_000;
const SCRIPT_BYTES = 1024 * 1024;
const ids = attacks.map(({ id }) => id);

const flags = {
  protocol: {
    kind: 'choice',
    choices: ['nakamoto', 'proof-of-stake', 'tendermint'],
    about: 'Who agrees how. Needed, unless a script says so.',
  },
  replicas: { ...replicaFlag, excludes: ['powers', 'script'] },
  powers: {
    kind: 'text',
    placeholder: 'P,P,…',
    about: 'Power of each replica (votes, stake, hash rate), where they are not equal.',
    excludes: ['script'],
  },
  byzantine: {
    kind: 'whole',
    min: 0,
    max: 1000,
    about: 'How many replicas the faults turn into liars: the last ones. 0 if not given.',
    excludes: ['script'],
  },
  fault: {
    kind: 'text',
    placeholder: 'ID',
    repeats: true,
    about: `What goes wrong; several, or separated by commas: ${ids.join(', ')}. Without it liars send nothing.`,
    excludes: ['script'],
  },
  heights: {
    kind: 'whole',
    min: 1,
    max: MOST_HEIGHTS,
    about: `Heights to be decided; ${DEFAULT_HEIGHTS} if not given.`,
    excludes: ['script'],
  },
  seed: {
    kind: 'whole',
    min: 0,
    max: 0xffff_ffff,
    about: `Another seed, other chances; ${DEFAULT_SEED} if not given.`,
  },
  seeds: {
    kind: 'whole',
    min: 1,
    max: MOST_SEEDS,
    about: 'Run so many seeds that follow each other, and add up; 1 if not given.',
  },
  script: {
    kind: 'text',
    placeholder: 'FILE',
    about: 'Nodes, twins, leaders and partitions of rounds from a JSON file, or from stdin for -.',
    excludes: ['protocol'],
  },
  set: {
    kind: 'text',
    placeholder: 'NAME=N',
    repeats: true,
    about: 'A setting of the protocol: timeoutProposeUs=500000, confirmations=2, …',
  },
  ...networkFlags,
  'event-budget': {
    kind: 'whole',
    min: 1,
    max: MOST_EVENTS,
    about: 'Events after which a run ends at the latest. Without it many times those that a good run takes.',
  },
} as const;

export const simulate = defineVerb({
  name: 'simulate',
  about: 'Let replicas agree in a simulated network, with faults and liars, under the eyes of checkers.',
  operands: [],
  flags,
  notes: [
    'Faults:',
    ...attacks.map(({ id, about, protocols }) => `  ${id}: ${about} (${protocols.map(nameOf).join(', ')})`),
    '',
    '--json: {decided, agreementViolations, livenessStalls, messagesPerDecision, bytesPerDecision, latencyMs: {p50, p95},',
    'evidence: [{kind, identity, height, round, message, values, atUs}], traceHash, endedBy, violations}',
    'decided: heights that every honest replica that runs has decided. agreementViolations: pairs of blocks that honest replicas',
    'decided at one height, and blocks decided on something else than what was decided before. livenessStalls: runs that ended',
    'before all heights were decided. messagesPerDecision: copies on links, a height. latencyMs: from when a block was made until a',
    'replica decided it, virtual time. endedBy: heights, time (many times what it takes), events (the budget), quiet (nothing waits any',
    'more). With --seeds, sums; endedBy has how often what, evidence names its seed, and there are',
    'failures: [{seed, messages, settings}].',
    'Exit code 1: a rule was broken though liars have less than a third of the power and finality is absolute.',
    '',
    'A script: {"nodes": ["A", "B", "C", "D"], "twins": ["C", "D"], "rounds": [{"leader": "A", "partition": [["A", "C", "D"], ["B", "C\'", "D\'"]]}]}',
    "nodes may be a number; the second copy of C is C'. Further fields: protocol, powers, height (of the rounds, 1), heights, seed,",
    'lies: [{node, lies}], and in a round lost: [{messages, from, to}].',
    '',
    'Examples: simulate --protocol tendermint --replicas 7 --byzantine 2 --fault equivocation --heights 20',
    '          simulate --protocol tendermint --byzantine 1 --fault random --seeds 10000',
  ],
  run: async (given, _operands, stage) => {
    const order = given.script === undefined ? orderOf(given) : await scriptedOrder(given, given.script);
    const seeds = given.seeds ?? 1;
    const report = answered(
      await runSeedsOnThreads(order, order.settings.seed, seeds, {
        entry: SEEDS_THREAD,
        threads: cores,
        onProgress: (done) => stage.progress(`seed ${figure(done)} of ${figure(seeds)}`),
        onInterrupt: (stop) => stage.onInterrupt(stop),
      }),
    );
    return outcome(order, report);
  },
});

type Given = Values<typeof flags>;

function orderOf(given: Given): SimulationOrder {
  const { protocol, replicas = DEFAULT_REPLICAS, byzantine = 0, seed = DEFAULT_SEED } = given;
  if (protocol === undefined) {
    throw new Failure(`simulate needs --protocol ${flags.protocol.choices.join('|')}, or --script FILE.`);
  }
  const faults = given.fault?.split(',') ?? (byzantine > 0 ? ['silence'] : []);
  return {
    settings: plainSettings({
      protocol: PROTOCOL_NAMES[protocol]!,
      powers: given.powers === undefined ? new Array<number>(replicas).fill(1) : powersOf(given.powers),
      seed,
      network: networkOf(given),
      protocolSettings: protocolSettingsOf(given.set),
    }),
    faults,
    byzantine,
    ...limitsOf(given, given.heights ?? DEFAULT_HEIGHTS),
  };
}

async function scriptedOrder(given: Given, path: string): Promise<SimulationOrder> {
  const bytes = await readBytes(path, SCRIPT_BYTES, 'no script needs');
  const read = answered(readScript(new TextDecoder().decode(bytes)));
  const { protocol, powers, twins, script, interventions, heights } = read;
  const plain = plainSettings({
    protocol,
    powers,
    seed: given.seed ?? read.seed,
    network: networkOf(given),
    protocolSettings: protocolSettingsOf(given.set),
  });
  return {
    settings: { ...plain, twins, script, interventions },
    faults: [],
    byzantine: 0,
    ...limitsOf(given, heights),
  };
}

function limitsOf(
  given: Given,
  heights: number,
): Pick<SimulationOrder, 'heights' | 'events' | 'transactions'> {
  const events = given['event-budget'];
  return { heights, transactions: TRANSACTIONS_PER_BLOCK, ...(events === undefined ? {} : { events }) };
}

function outcome({ settings, heights }: SimulationOrder, report: SeedsReport): Outcome {
  const { seeds, decided, agreementViolations, livenessStalls, messages, bytes, evidence, failures } = report;
  const perDecision = (sum: number): number | null => (decided === 0 ? null : rounded(sum / decided));
  const sorted = Float64Array.from(report.latenciesUs).sort();
  const latencyMs = { p50: percentileMs(sorted, 50), p95: percentileMs(sorted, 95) };
  const single = seeds === 1;
  const endings = Object.entries(report.endings);
  const json = {
    decided,
    agreementViolations,
    livenessStalls,
    messagesPerDecision: perDecision(messages),
    bytesPerDecision: perDecision(bytes),
    latencyMs,
    evidence: single ? evidence.map(({ seed: _, ...piece }) => piece) : evidence,
    traceHash: traceHashOf(report),
    endedBy: single ? endings[0]![0] : report.endings,
    violations: single ? (failures[0]?.messages ?? []) : report.violations,
    ...(single ? {} : { seeds, stalledSeeds: report.stalledSeeds, failures }),
  };
  const named = [...new Set(evidence.map(({ kind, identity }) => `${identity} (${kind})`))];
  return {
    json,
    report: [
      `${nameOf(settings.protocol)}, ${settings.powers.length} replicas, ${figure(heights)} heights${single ? '' : `, ${figure(seeds)} seeds`}`,
      '',
      ...pairs([
        ['decided', figure(decided)],
        ['agreement violations', figure(agreementViolations)],
        ['liveness stalls', figure(livenessStalls)],
        ['messages a decision', figureOf(json.messagesPerDecision)],
        ['bytes a decision', figureOf(json.bytesPerDecision)],
        ['latency, ms', `${figureOf(latencyMs.p50)} (half), ${figureOf(latencyMs.p95)} (95 of 100)`],
        ['evidence against', named.length === 0 ? NO_FIGURE : named.slice(0, MOST_NAMED).join(', ')],
        ['ended by', endings.map(([ending, count]) => (single ? ending : `${ending} ${count}`)).join(', ')],
        ['trace hash', json.traceHash],
      ]),
      ...failures.flatMap(({ seed, messages: said }) => [
        '',
        single ? 'Found:' : `Found with --seed ${seed}:`,
        ...said.map((message) => `  ${message}`),
      ]),
    ],
    passed: report.brokenSeeds === 0,
  };
}

const MOST_NAMED = 20;

function figureOf(value: number | null): string {
  return value === null ? NO_FIGURE : figure(value, 1);
}

/** Nearest rank. */
function percentileMs(sortedUs: Float64Array, percent: number): number | null {
  const us = sortedUs[Math.ceil((sortedUs.length * percent) / 100) - 1];
  return us === undefined ? null : rounded(us / 1000);
}

function nameOf(protocol: string): string {
  return Object.keys(PROTOCOL_NAMES).find((name) => PROTOCOL_NAMES[name] === protocol) ?? protocol;
}
