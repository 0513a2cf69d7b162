import type { ConsensusSettings, Latency, NetworkSettings } from '../api/index.ts';
import { Failure } from './failure.ts';
import { shown } from './readFlags.ts';
import type { Values } from './verb.ts';

const MOST_REPLICAS = 1000;
const MOST_MS = 3_600_000;
const US_PER_MS = 1000;
const DEFAULT_LATENCY = '50';
const DEFAULT_PEERS = 8;
/** A block takes a millisecond to execute. */
const BLOCK_GAS = 10_000;
const GAS_PER_SECOND = 10_000_000;
/** The bundle that threads run; it lies beside the bundled command line. */
export const SEEDS_THREAD = new URL('./seeds.node.js', import.meta.url);
export const TRANSACTIONS_PER_BLOCK = 100;
export const DEFAULT_REPLICAS = 4;

/** How the network, the disks and the clocks are. */
export const networkFlags = {
  latency: {
    kind: 'text',
    placeholder: 'MS|MS-MS|MS+MS',
    about: `How long a link takes, ms: always so; evenly between two; or so much and an exponentially distributed rest of that mean. Without it ${DEFAULT_LATENCY}.`,
  },
  loss: { kind: 'share', min: 0, max: 1, about: 'The share of messages that links lose; 0 if not given.' },
  duplicate: {
    kind: 'share',
    min: 0,
    max: 1,
    about: 'The share of messages that arrive twice; 0 if not given.',
  },
  bandwidth: {
    kind: 'whole',
    min: 0,
    max: 1_000_000_000_000,
    about: 'Bytes that a node can send in a second; 0, as without it: no limit.',
  },
  topology: {
    kind: 'choice',
    choices: ['direct', 'gossip'],
    about: 'Everybody to everybody, as without it, or handed on among peers.',
  },
  peers: {
    kind: 'whole',
    min: 1,
    max: 100,
    about: `Gossip: connections that a node opens; ${DEFAULT_PEERS} if not given.`,
  },
  disk: { kind: 'text', placeholder: 'MS', about: 'Until what is written is on disk, ms; 0 if not given.' },
  drift: {
    kind: 'whole',
    min: 0,
    max: 100_000,
    about: 'By how many millionths clocks run fast or slow at most; 0 if not given.',
  },
} as const;

export function networkOf(flags: Partial<Values<typeof networkFlags>>): NetworkSettings {
  const { loss = 0, duplicate = 0, bandwidth = 0, topology, peers, disk = '0', drift = 0 } = flags;
  if (peers !== undefined && topology !== 'gossip') {
    throw new Failure('--peers is for --topology gossip: add that, or leave it out.');
  }
  return {
    topology: topology === 'gossip' ? { kind: 'gossip', peers: peers ?? DEFAULT_PEERS } : { kind: 'direct' },
    latency: latencyOf(flags.latency ?? DEFAULT_LATENCY),
    bytesPerSecond: bandwidth,
    lossPermille: Math.round(loss * 1000),
    duplicatePermille: Math.round(duplicate * 1000),
    clockDriftPpm: drift,
    diskUs: microseconds('disk', disk),
  };
}

function latencyOf(text: string): Latency {
  const [, first = '', sign, second = ''] = /^([^-+]*)([-+])?(.*)$/.exec(text)!;
  if (sign === undefined) return { kind: 'constant', us: microseconds('latency', first, text) };
  const one = microseconds('latency', first, text);
  const other = microseconds('latency', second, text);
  if (sign === '+') return { kind: 'exponential', minUs: one, meanUs: other };
  if (other < one) throw new Failure(`--latency goes from less to more: ${second}-${first}.`);
  return { kind: 'uniform', minUs: one, maxUs: other };
}

function microseconds(name: string, text: string, whole = text): number {
  const ms = /^\d{1,7}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  if (ms <= MOST_MS) return Math.round(ms * US_PER_MS);
  throw new Failure(
    `--${name} must be milliseconds from 0 to ${MOST_MS}, at most three decimals, not “${shown(whole)}”.`,
  );
}

/** `3,1,1`: powers of identities. */
export function powersOf(text: string): number[] {
  const powers = text.split(',').map((part) => (/^\d{1,13}$/.test(part) ? Number(part) : Number.NaN));
  if (powers.length <= MOST_REPLICAS && powers.every((power) => power >= 1 && power <= 1_000_000_000_000)) {
    return powers;
  }
  throw new Failure(
    `--powers must be up to ${MOST_REPLICAS} whole numbers from 1 to 1000000000000 separated by commas, not “${shown(text)}”.`,
  );
}

/** `name=5,other=6`: a protocol's own settings. */
export function protocolSettingsOf(text: string | undefined): Record<string, number> {
  const settings: Record<string, number> = {};
  for (const part of text === undefined ? [] : text.split(',')) {
    const [, name, value] = /^([a-zA-Z]+)=(\d{1,15})$/.exec(part) ?? [];
    if (name === undefined || value === undefined) {
      throw new Failure(`--set takes NAME=N with a whole number, not “${shown(part)}”.`);
    }
    if (Object.hasOwn(settings, name)) throw new Failure(`--set names ${name} twice.`);
    settings[name] = Number(value);
  }
  return settings;
}

export const replicaFlag = {
  kind: 'whole',
  min: 1,
  max: MOST_REPLICAS,
  about: `How many replicas; ${DEFAULT_REPLICAS} if not given.`,
} as const;

/** Settings without faults. */
export function plainSettings(
  given: Pick<ConsensusSettings, 'protocol' | 'powers' | 'seed' | 'network' | 'protocolSettings'>,
): ConsensusSettings {
  return { ...given, twins: [], interventions: [], blockGas: BLOCK_GAS, gasPerSecond: GAS_PER_SECOND };
}
