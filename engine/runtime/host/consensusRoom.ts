import type {
  ApiResult,
  AttackDescription,
  ConsensusApi,
  ConsensusBranch,
  ConsensusChunk,
  ConsensusSettings,
  Intervention,
  ProtocolDescription,
  ReplicaInspection,
  WaitingStep,
} from '../../api/index.ts';
import { fail, ok } from '../../base/result.ts';
import { plainApplication } from '../../consensus/application.ts';
import type { AnyProtocol, Application, ConsensusMessage } from '../../consensus/contract.ts';
import { EventLog } from '../../consensus/eventLog.ts';
import { checkIntervention, readConsensusSettings } from '../../consensus/readConsensusSettings.ts';
import { Simulation } from '../../consensus/simulator/simulation.ts';
import { EVENT, type QueuedEvent } from '../../consensus/simulator/eventQueue.ts';
import { attacks } from '../../consensus/attacks/library.ts';
import { createCheckers, protocols } from '../../protocols.ts';
import { evidenceOf, violationsOf } from '../../consensus/observer.ts';
import { prepareSimulation } from '../consensus/simulating.ts';

const MOST_EVENTS = 1_000_000;
const MOST_WAITING = 1000;
/** Events between two snapshots: what is run again at most when somebody goes back. */
const SNAPSHOT_EVENTS = 10_000;
const MOST_BRANCHES = 64;
const TRANSACTIONS_PER_BLOCK = 100;

interface Branch {
  readonly info: Omit<ConsensusBranch, 'interventions'>;
  simulation: Simulation;
  readonly log: EventLog;
  /** As it was, without a log; ascending. The first is the beginning of the branch. */
  readonly snapshots: Simulation[];
  readEvents: number;
}

/** Runs of consensus that are open. */
export class ConsensusRoom implements Sync<ConsensusApi> {
  private readonly branches = new Map<number, Branch>();
  private next = 0;
  private readonly applicationOf: (settings: ConsensusSettings) => Application;

  constructor(
    applicationOf = (settings: ConsensusSettings) =>
      plainApplication(settings.blockGas, TRANSACTIONS_PER_BLOCK),
  ) {
    this.applicationOf = applicationOf;
  }

  describeProtocols(): ApiResult<readonly ProtocolDescription[]> {
    return ok(Object.values(protocols).map(describe));
  }

  describeAttacks(): ApiResult<readonly AttackDescription[]> {
    return ok(
      attacks.map(({ id, title, about, protocols: suited, needsLiars }) => ({
        id,
        title,
        about,
        protocols: suited,
        needsLiars,
      })),
    );
  }

  attackedSettings(
    settings: ConsensusSettings,
    faults: readonly string[],
    byzantine: number,
    heights: number,
  ): ApiResult<ConsensusSettings> {
    const order = { settings, faults, byzantine, heights, transactions: TRANSACTIONS_PER_BLOCK };
    const prepared = prepareSimulation(order);
    return prepared.ok ? ok(prepared.value.settings) : prepared;
  }

  openConsensus(given: ConsensusSettings): ApiResult<ConsensusBranch> {
    if (this.branches.size >= MOST_BRANCHES) return tooMany();
    const settings = readConsensusSettings(given);
    if (!settings.ok) return settings;
    const protocol = protocols[settings.value.protocol];
    if (protocol === undefined) {
      return fail('consensus/unknown_protocol', `There is no protocol “${settings.value.protocol}”.`, {
        known: Object.keys(protocols).join(', '),
      });
    }
    const own = protocol.readSettings(settings.value.protocolSettings);
    if (!own.ok) return own;
    const simulation = new Simulation(
      settings.value,
      protocol,
      own.value,
      this.applicationOf(settings.value),
      createCheckers(),
    ).begin();
    return this.add(simulation, logged(simulation, new EventLog()), -1, 0);
  }

  runConsensus(
    branch: number,
    { events, untilUs, heights }: { events: number; untilUs?: number; heights?: number },
  ): ApiResult<ConsensusChunk> {
    const it = this.branches.get(branch);
    if (it === undefined) return noBranch(branch);
    if (!Number.isInteger(events) || events < 0 || events > MOST_EVENTS) {
      return fail('consensus/bad_setting', `A run takes 0 to ${MOST_EVENTS} events at once, not ${events}.`, {
        events,
      });
    }
    const { simulation } = it;
    let left = events;
    let ending: ConsensusChunk['ending'];
    do {
      const part = Math.min(left, SNAPSHOT_EVENTS - (simulation.events % SNAPSHOT_EVENTS));
      ending = simulation.run({
        events: part,
        ...(untilUs === undefined ? {} : { untilUs }),
        ...(heights === undefined ? {} : { heights }),
      });
      left -= part;
      if (simulation.events >= it.snapshots.at(-1)!.events + SNAPSHOT_EVENTS) {
        it.snapshots.push(snapshotOf(simulation));
      }
    } while (left > 0 && ending === 'events');
    return ok(chunkOf(it, branch, ending));
  }

  interveneConsensus(
    branch: number,
    afterEvents: number,
    intervention: Intervention,
  ): ApiResult<ConsensusBranch> {
    const it = this.branches.get(branch);
    if (it === undefined) return noBranch(branch);
    if (this.branches.size >= MOST_BRANCHES) return tooMany();
    const readable = checkIntervention(intervention, it.info.identities.length);
    if (!readable.ok) return readable;
    const at = this.at(it, afterEvents);
    if (!at.ok) return at;
    // Its log begins with what is done to it.
    const log = logged(at.value, new EventLog());
    log.startAt(at.value);
    const done = at.value.intervene(intervention);
    if (!done.ok) return done;
    return this.add(at.value, log, branch, afterEvents);
  }

  waitingSteps(branch: number, afterEvents: number): ApiResult<readonly WaitingStep[]> {
    const it = this.branches.get(branch);
    if (it === undefined) return noBranch(branch);
    const at = this.at(it, afterEvents);
    if (!at.ok) return at;
    return ok(at.value.queue.inOrder().slice(0, MOST_WAITING).map(stepOf));
  }

  inspectReplica(branch: number, afterEvents: number, node: number): ApiResult<ReplicaInspection> {
    const it = this.branches.get(branch);
    if (it === undefined) return noBranch(branch);
    const at = this.at(it, afterEvents);
    if (!at.ok) return at;
    const replica = at.value.nodes[node];
    if (replica === undefined) {
      return fail('consensus/unknown_node', `There is no node ${node}.`, { node });
    }
    return ok({
      ...at.value.viewOf(node),
      node,
      identity: replica.identity,
      up: replica.up,
      lies: [...replica.lies],
      diskRecords: replica.disk.records.length,
    });
  }

  closeConsensus(branch: number): ApiResult<null> {
    return this.branches.delete(branch) ? ok(null) : noBranch(branch);
  }

  private add(
    simulation: Simulation,
    log: EventLog,
    parent: number,
    forkEvents: number,
  ): ApiResult<ConsensusBranch> {
    const branch = this.next++;
    const snapshot = snapshotOf(simulation);
    const info = {
      branch,
      parent,
      forkEvents,
      protocol: simulation.protocol.id,
      identities: simulation.identities,
      powers: simulation.powers,
    };
    this.branches.set(branch, {
      info,
      simulation,
      log,
      snapshots: [snapshot],
      readEvents: simulation.events,
    });
    return ok({ ...info, interventions: interventionsOf(simulation) });
  }

  /** A fork of the branch as it was after so many events, with checkers that have seen all until then. */
  private at(it: Branch, events: number): ApiResult<Simulation> {
    if (!Number.isInteger(events) || events < it.info.forkEvents || events > it.simulation.events) {
      return fail(
        'consensus/no_such_moment',
        `The run has processed ${it.info.forkEvents} to ${it.simulation.events} events, not ${events}.`,
        { events },
      );
    }
    let from = it.snapshots[0]!;
    for (const snapshot of it.snapshots) if (snapshot.events <= events) from = snapshot;
    const fork = from.fork();
    fork.run({ events: events - fork.events });
    return ok(fork);
  }
}

type Sync<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => Promise<infer R> ? (...args: A) => R : never;
};

function logged(simulation: Simulation, log: EventLog): EventLog {
  simulation.observers = [log, ...simulation.observers];
  return log;
}

/** Checkers go along, the log does not: what it would say was said. */
function snapshotOf(simulation: Simulation): Simulation {
  const { observers } = simulation;
  simulation.observers = observers.filter((observer) => !(observer instanceof EventLog));
  const snapshot = simulation.fork();
  simulation.observers = observers;
  return snapshot;
}

function chunkOf(it: Branch, branch: number, ending: ConsensusChunk['ending']): ConsensusChunk {
  const { simulation } = it;
  const chunk = {
    branch,
    fromEvents: it.readEvents,
    toEvents: simulation.events,
    nowUs: simulation.nowUs,
    ending,
    ...it.log.take(simulation),
    violations: violationsOf(simulation.observers),
    evidence: evidenceOf(simulation.observers),
    totalMessages: simulation.messages,
    totalBytes: simulation.bytes,
    traceHash: simulation.traceHash(),
  };
  it.readEvents = simulation.events;
  return chunk;
}

function stepOf(event: QueuedEvent): WaitingStep {
  const { number, type, node, from, atUs, body } = event;
  const names = ['start', 'message', 'timer', 'executed', 'intervention', 'decided'] as const;
  const step = { event: number, type: names[type], node, from, atUs };
  if (type !== EVENT.message) return step;
  const { kind, height, round, value } = body as ConsensusMessage;
  return { ...step, kind, height, round, value };
}

function interventionsOf({ settings, recorded }: Simulation): ConsensusBranch['interventions'] {
  return [...settings.interventions, ...recorded].flatMap((planned) =>
    'afterEvents' in planned ? [planned] : [],
  );
}

function describe({
  id,
  title,
  source,
  finality,
  messageKinds,
  lies,
  settings,
}: AnyProtocol): ProtocolDescription {
  return { id, title, source, finality, messageKinds, lies, settings };
}

function noBranch(branch: number): ApiResult<never> {
  return fail('consensus/no_branch', `No run ${branch} is open.`, { branch });
}

function tooMany(): ApiResult<never> {
  return fail('consensus/too_many_branches', `${MOST_BRANCHES} runs are open: close one first.`, {});
}
