import { fail, ok, type Result } from '../../base/result.ts';
import { plainApplication } from '../../consensus/application.ts';
import type { AttackPatch, Target } from '../../consensus/attacks/attack.ts';
import { attackOf, attacks } from '../../consensus/attacks/library.ts';
import type { AnyProtocol } from '../../consensus/contract.ts';
import { evidenceOf, violationsOf, type Checker, type Observer } from '../../consensus/observer.ts';
import { paceOf } from '../../consensus/pace.ts';
import { readConsensusSettings } from '../../consensus/readConsensusSettings.ts';
import { type Ending, Simulation } from '../../consensus/simulator/simulation.ts';
import { createCheckers, protocols } from '../../protocols.ts';
import type { ConsensusSettings, Evidence, Violation } from '../../types/consensus.ts';
import { Meter } from './meter.ts';

/** What is to be simulated. */
export interface SimulationOrder {
  /** Without the attacks. */
  readonly settings: ConsensusSettings;
  /** Ids of attacks, applied one after another. */
  readonly faults: readonly string[];
  /** How many identities attack: the last ones. */
  readonly byzantine: number;
  /** Heights that are to be decided. */
  readonly heights: number;
  /** Events after which it ends at the latest; without it so many that a run that goes well needs a small part. */
  readonly events?: number;
  readonly transactions: number;
}

/** What is run for an order: whatever draws on chance drew already, so it can be run again as it is. */
export interface PreparedSimulation {
  readonly settings: ConsensusSettings;
  readonly protocol: AnyProtocol;
  readonly own: object;
  readonly heights: number;
  readonly events: number;
  readonly untilUs: number;
  /** Within which each height must be decided, µs. */
  readonly patienceUs: number;
  readonly transactions: number;
  /** Whether the protocol promises safety here: its finality is absolute, and liars have less than a third of the power. */
  readonly isPromised: boolean;
}

export interface SimulationReport {
  readonly seed: number;
  /** Heights that every honest node that runs has decided. */
  readonly decided: number;
  readonly agreementViolations: number;
  /** 1 when the run ended before all heights were decided. */
  readonly livenessStalls: number;
  /** Copies of messages on links that belong to the decided heights, and bytes of them. */
  readonly messages: number;
  readonly bytes: number;
  readonly latenciesUs: readonly number[];
  readonly violations: readonly Violation[];
  /** Whether one of them is of what the protocol promises here: safety, whatever the network does. */
  readonly isBroken: boolean;
  readonly evidence: readonly Evidence[];
  readonly traceHash: string;
  readonly endedBy: Ending;
  readonly events: number;
}

/** Events of a height: so many times those where nothing goes wrong, at the least. */
const SPARE = 40;
const MOST_HEIGHTS = 1_000_000;
const LEAST_EVENTS = 200_000;
const MOST_EVENTS = 200_000_000;

/** Checks an order and works out what its attacks do. Fails with `consensus/…`. */
export function prepareSimulation(order: SimulationOrder): Result<PreparedSimulation> {
  const { byzantine, heights, faults } = order;
  const given = readConsensusSettings(order.settings);
  if (!given.ok) return given;
  const replicas = given.value.powers.length;
  for (const [name, value] of Object.entries({ byzantine, heights })) {
    if (Number.isInteger(value) && value >= 0 && value <= MOST_HEIGHTS) continue;
    return fail(
      'consensus/bad_setting',
      `“${name}” must be a whole number from 0 to ${MOST_HEIGHTS}, not ${value}.`,
      { setting: name },
    );
  }
  if (byzantine > replicas) {
    return fail('consensus/too_many_liars', `Of ${replicas} replicas ${byzantine} cannot be liars.`, {
      byzantine,
      replicas,
    });
  }
  const protocol = protocols[given.value.protocol];
  if (protocol === undefined) {
    return fail('consensus/unknown_protocol', `There is no protocol “${given.value.protocol}”.`, {
      known: Object.keys(protocols).join(', '),
    });
  }
  const own = protocol.readSettings(given.value.protocolSettings);
  if (!own.ok) return own;
  const named = own.value as Readonly<Record<string, number>>;
  const liars = Array.from({ length: byzantine }, (_, at) => replicas - byzantine + at);
  const attacked = withAttacks(
    {
      settings: given.value,
      liars,
      lies: protocol.lies,
      paceUs: paceOf(given.value, named).heightUs,
      heights,
    },
    faults,
  );
  if (!attacked.ok) return attacked;
  const settings = readConsensusSettings(attacked.value);
  if (!settings.ok) return settings;
  const { patienceUs } = paceOf(settings.value, named);
  const usual = heights * replicas * (replicas + 8) * 2;
  return ok({
    settings: settings.value,
    protocol,
    own: own.value,
    heights,
    events: order.events ?? Math.min(MOST_EVENTS, Math.max(LEAST_EVENTS, SPARE * usual)),
    untilUs: 2 * lastPlannedUs(settings.value) + heights * patienceUs,
    patienceUs,
    transactions: order.transactions,
    isPromised:
      protocol.finality === 'absolute' && 3 * faultyPower(settings.value) < totalOf(settings.value.powers),
  });
}

/** Runs it to its end. `observers` look on beside the checkers. */
export function runSimulation(
  prepared: PreparedSimulation,
  observers: readonly Observer[] = [],
): SimulationReport {
  const { settings, protocol, own, heights, events, untilUs, patienceUs, transactions } = prepared;
  const meter = new Meter(heights);
  const application = plainApplication(settings.blockGas, transactions);
  const checkers = createCheckers(patienceUs);
  const simulation = new Simulation(settings, protocol, own, application, [
    ...checkers,
    meter,
    ...observers,
  ]).begin();
  const endedBy = simulation.run({ heights, untilUs, events });
  if (endedBy !== 'heights') {
    for (const checker of checkers as readonly Checker[]) checker.finish?.(simulation, endedBy === 'quiet');
  }
  const decided = Math.min(heights, simulation.decidedHeight());
  const violations = violationsOf(checkers);
  return {
    seed: settings.seed,
    decided,
    agreementViolations: violations.filter(({ checker }) => checker === 'agreement').length,
    livenessStalls: endedBy === 'heights' ? 0 : 1,
    ...meter.upTo(decided),
    latenciesUs: meter.latenciesUs,
    violations,
    isBroken: prepared.isPromised && violations.some(({ checker }) => checker !== 'liveness'),
    evidence: evidenceOf(checkers),
    traceHash: simulation.traceHash(),
    endedBy,
    events: simulation.events,
  };
}

function withAttacks(target: Target, ids: readonly string[]): Result<ConsensusSettings> {
  let { settings } = target;
  const { protocol } = settings;
  for (const id of ids) {
    const attack = attackOf(id);
    if (attack === undefined || !attack.protocols.includes(protocol)) {
      const known = attacks.filter(({ protocols }) => protocols.includes(protocol)).map((one) => one.id);
      const what = attack === undefined ? 'There is no fault' : 'This protocol knows no fault';
      return fail('consensus/unknown_fault', `${what} “${id}”: choose ${known.join(', ')}.`, { fault: id });
    }
    if (attack.needsLiars && target.liars.length === 0) {
      return fail('consensus/no_liars', `The fault “${id}” needs replicas that lie: let there be some.`, {
        fault: id,
      });
    }
    settings = patched(settings, attack.patch({ ...target, settings }));
  }
  return ok(settings);
}

function patched(settings: ConsensusSettings, patch: AttackPatch): ConsensusSettings {
  const interventions = [...settings.interventions, ...(patch.interventions ?? [])];
  return { ...settings, ...patch, interventions };
}

/** When the last thing is done to the world that is done by time. */
function lastPlannedUs({ interventions }: ConsensusSettings): number {
  return interventions.reduce(
    (last, planned) => ('atUs' in planned ? Math.max(last, planned.atUs) : last),
    0,
  );
}

/** Of all who are made to lie at some time, run twice, or have a disk that lies. */
function faultyPower({ powers, twins, interventions }: ConsensusSettings): number {
  const faulty = new Set(twins);
  for (const { intervention } of interventions) {
    const { kind } = intervention;
    if (kind !== 'lie' && kind !== 'lyingDisk') continue;
    const { node } = intervention;
    faulty.add(node < powers.length ? node : twins[node - powers.length]!);
  }
  return totalOf([...faulty].map((identity) => powers[identity]!));
}

function totalOf(powers: readonly number[]): number {
  return powers.reduce((sum, power) => sum + power, 0);
}
