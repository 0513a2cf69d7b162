import { fail, ok, type Result } from '../base/result.ts';
import type {
  ConsensusSettings,
  Intervention,
  NetworkSettings,
  ScheduledIntervention,
} from '../types/consensus.ts';

const LIMITS = {
  replicas: { min: 1, max: 1000 },
  twins: { min: 0, max: 100 },
  power: { min: 1, max: 1_000_000_000_000 },
  latencyUs: { min: 0, max: 3_600_000_000 },
  bytesPerSecond: { min: 0, max: 1_000_000_000_000 },
  permille: { min: 0, max: 1000 },
  clockDriftPpm: { min: 0, max: 100_000 },
  diskUs: { min: 0, max: 60_000_000 },
  peers: { min: 1, max: 100 },
  seed: { min: 0, max: 0xffff_ffff },
  blockGas: { min: 0, max: 1_000_000_000_000 },
  gasPerSecond: { min: 1, max: 1_000_000_000_000_000 },
  interventions: { min: 0, max: 100_000 },
  timeUs: { min: 0, max: 2 ** 50 },
  event: { min: 0, max: 2 ** 50 },
  scriptedRounds: { min: 0, max: 10_000 },
  slowPermille: { min: 1, max: 1_000_000 },
} as const;

type LimitName = keyof typeof LIMITS;

/** Thrown and caught in this file. */
class Refused {
  readonly code: string;
  readonly message: string;
  readonly data: Record<string, string | number>;
  constructor(code: string, message: string, data: Record<string, string | number>) {
    this.code = code;
    this.message = message;
    this.data = data;
  }
}

/**
 * Checks what may come from anywhere: every number whole and within its limits, every node and identity there. Protocol settings are the protocol's
 * to check. Fails with `consensus/bad_setting`, `consensus/unknown_node`, `consensus/node_twice`; data says which.
 */
export function readConsensusSettings(given: ConsensusSettings): Result<ConsensusSettings> {
  return checked(() => read(given));
}

/** Checks what is to be done to a world of so many nodes, as far as that can be seen before it is done. Fails as the settings do. */
export function checkIntervention(given: Intervention, nodes: number): Result<void> {
  return checked(() => readIntervention(given, nodes));
}

function checked<T>(reading: () => T): Result<T> {
  try {
    return ok(reading());
  } catch (thrown) {
    if (thrown instanceof Refused) return fail(thrown.code, thrown.message, thrown.data);
    if (thrown instanceof TypeError) {
      return fail('consensus/bad_setting', 'These are not settings of a consensus: a part is missing.', {});
    }
    throw thrown;
  }
}

function read(given: ConsensusSettings): ConsensusSettings {
  whole('replicas', given.powers.length);
  for (const power of given.powers) whole('power', power);
  whole('twins', given.twins.length);
  const identities = given.powers.length;
  for (const twin of given.twins) node(twin, identities, 'identity');
  if (new Set(given.twins).size < given.twins.length) {
    throw new Refused('consensus/node_twice', 'Each identity has one twin at most.', {});
  }
  whole('seed', given.seed);
  whole('blockGas', given.blockGas);
  whole('gasPerSecond', given.gasPerSecond);
  const nodes = identities + given.twins.length;
  readNetwork(given.network);
  whole('interventions', given.interventions.length);
  for (const planned of given.interventions) readPlanned(planned, nodes);
  if (given.script !== undefined) {
    whole('timeUs', given.script.height);
    whole('scriptedRounds', given.script.rounds.length);
    for (const { leader, groups, lost = [] } of given.script.rounds) {
      node(leader, identities, 'leader');
      readGroups(groups, nodes);
      for (const { messages, from, to } of lost) {
        if (!messages.every((name) => typeof name === 'string'))
          throw bad('lost', 'without names of messages');
        for (const one of [...from, ...to]) node(one, nodes, 'node');
      }
    }
  }
  return given;
}

function readNetwork(network: NetworkSettings): void {
  const { topology, latency } = network;
  if (topology.kind === 'gossip') whole('peers', topology.peers);
  else if (topology.kind !== 'direct') throw bad('topology', shown(topology));
  if (latency.kind === 'constant') whole('latencyUs', latency.us);
  else if (latency.kind === 'uniform') {
    whole('latencyUs', latency.minUs);
    whole('latencyUs', latency.maxUs);
    if (latency.maxUs < latency.minUs) throw bad('latency', `${latency.minUs}…${latency.maxUs}`);
  } else if (latency.kind === 'exponential') {
    whole('latencyUs', latency.minUs);
    whole('latencyUs', latency.meanUs);
  } else throw bad('latency', shown(latency));
  whole('bytesPerSecond', network.bytesPerSecond);
  whole('permille', network.lossPermille);
  whole('permille', network.duplicatePermille);
  whole('clockDriftPpm', network.clockDriftPpm);
  whole('diskUs', network.diskUs);
}

function readPlanned(planned: ScheduledIntervention, nodes: number): void {
  whole('timeUs', 'atUs' in planned ? planned.atUs : planned.afterEvents);
  readIntervention(planned.intervention, nodes);
}

const KINDS: { readonly [K in Intervention['kind']]: true } = {
  crash: true,
  restart: true,
  slow: true,
  cut: true,
  heal: true,
  lie: true,
  lyingDisk: true,
  delayMessage: true,
  dropMessage: true,
  duplicateMessage: true,
  nextStep: true,
};

function readIntervention(intervention: Intervention, nodes: number): void {
  const { kind } = intervention;
  if (typeof kind !== 'string' || !Object.hasOwn(KINDS, kind)) throw bad('intervention', shown(kind));
  if (NODES_KINDS.includes(kind)) node((intervention as { node: number }).node, nodes, 'node');
  if (kind === 'cut') readGroups(intervention.groups, nodes);
  if (kind === 'slow') whole('slowPermille', intervention.permille);
  if (kind === 'delayMessage') whole('timeUs', intervention.byUs);
  if ('event' in intervention || MESSAGE_KINDS.includes(kind)) {
    whole('event', (intervention as { event: number }).event);
  }
  if (kind === 'lie' && !intervention.lies.every((lie) => typeof lie === 'string')) {
    throw bad('lies', 'without names');
  }
}

const NODES_KINDS: readonly Intervention['kind'][] = ['crash', 'restart', 'slow', 'lie', 'lyingDisk'];
const MESSAGE_KINDS: readonly Intervention['kind'][] = [
  'delayMessage',
  'dropMessage',
  'duplicateMessage',
  'nextStep',
];

function readGroups(groups: readonly (readonly number[])[], nodes: number): void {
  const seen = new Set<number>();
  for (const one of groups.flat()) {
    node(one, nodes, 'node');
    if (seen.has(one))
      throw new Refused('consensus/node_twice', `Node ${one} stands in two groups.`, { node: one });
    seen.add(one);
  }
}

function node(value: number, count: number, what: 'node' | 'identity' | 'leader'): void {
  if (!Number.isInteger(value) || value < 0 || value >= count) {
    const message = `There is no ${what} ${value}: they are numbered 0 to ${count - 1}.`;
    throw new Refused('consensus/unknown_node', message, { [what]: value });
  }
}

function whole(setting: LimitName, value: number): void {
  const { min, max } = LIMITS[setting];
  if (!Number.isInteger(value) || value < min || value > max) {
    const message = `“${setting}” must be a whole number from ${min} to ${max}, not ${value}.`;
    throw new Refused('consensus/bad_setting', message, { setting, value: String(value), min, max });
  }
}

function bad(setting: string, value: string): Refused {
  return new Refused('consensus/bad_setting', `“${setting}” cannot be ${value}.`, { setting, value });
}

function shown(given: unknown): string {
  return typeof given === 'string' ? given : `${typeof given}`;
}
