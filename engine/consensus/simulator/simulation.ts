import { assert } from '../../base/assert.ts';
import { belowOf, prngWords } from '../../base/prng.ts';
import { ok, type Result } from '../../base/result.ts';
import type { ConsensusSettings, Intervention, ScheduledIntervention } from '../../types/consensus.ts';
import type {
  AnyProtocol,
  Application,
  Block,
  ConsensusMessage,
  ReplicaSetup,
  ReplicaView,
} from '../contract.ts';
import type { Observer, World } from '../observer.ts';
import { Envelopes } from './envelopes.ts';
import { emptyDisk } from './disk.ts';
import { EVENT, EventQueue, emptyEvent, type QueuedEvent } from './eventQueue.ts';
import { Fingerprint } from './fingerprint.ts';
import { Ledger } from './ledger.ts';
import { Links } from './links.ts';
import { copyNode, emptyInput, localUs, lowestDecided, type Node } from './nodes.ts';
import { NodeOutputs } from './nodeOutputs.ts';
import { intervene } from './intervening.ts';

/** When a run ends, whatever comes first. */
export interface Limits {
  /** Every honest node that runs has decided so many heights. */
  readonly heights?: number;
  readonly untilUs?: number;
  /** Events to process from here. */
  readonly events: number;
}

export type Ending = 'heights' | 'time' | 'events' | 'quiet';

const UNKNOWN_LEADER = (): undefined => undefined;

/**
 * A simulated network of replicas: virtual time, one event after another, each from the queue in the order of times and numbers. Equal
 * settings, protocol and application, and equal interventions after equal numbers of events, give equal runs, event by event, which
 * {@link traceHash} shows. `fork` gives a second one that goes on by itself: snapshots, branches and what-ifs are forks.
 */
export class Simulation implements World {
  readonly settings: ConsensusSettings;
  readonly protocol: AnyProtocol;
  readonly identities: readonly number[];
  readonly powers: readonly number[];
  readonly totalPower: number;
  nowUs = 0;
  events = 0;
  current = 0;
  currentCause = 0;
  currentNode = -1;
  /** Copies of messages that went on a link, and bytes of them. */
  messages = 0;
  bytes = 0;
  nodes: Node[] = [];
  queue = new EventQueue();
  links: Links;
  envelopes: Envelopes;
  ledger: Ledger;
  observers: readonly Observer[];
  /** What was done by hand, to be done again when this is to be seen again. */
  readonly recorded: ScheduledIntervention[] = [];
  private numbers = 0;
  private fingerprint = new Fingerprint();
  private readonly protocolSettings: object;
  private readonly event: QueuedEvent = emptyEvent();
  private readonly input = emptyInput();
  private readonly outputs: NodeOutputs;
  /** Interventions that wait for a number of events, soonest last. */
  private planned: ScheduledIntervention[] = [];

  /** Settings and protocol settings must have been read (`readConsensusSettings`, `protocol.readSettings`). */
  constructor(
    settings: ConsensusSettings,
    protocol: AnyProtocol,
    protocolSettings: object,
    application: Application,
    observers: readonly Observer[] = [],
  ) {
    const { powers, twins } = settings;
    this.settings = settings;
    this.protocol = protocol;
    this.protocolSettings = protocolSettings;
    this.powers = powers;
    this.totalPower = powers.reduce((sum, power) => sum + power, 0);
    this.identities = [...powers.keys(), ...twins];
    this.links = new Links(settings, this.identities.length, protocol.messageKinds);
    this.envelopes = new Envelopes(this.identities.length);
    this.ledger = new Ledger(application, application.genesisDigest);
    this.observers = observers;
    this.outputs = new NodeOutputs(this);
  }

  /** Makes the replicas and plans their start and what is to be done by time. Once, before anything else. */
  begin(): this {
    assert(this.nodes.length === 0, 'a simulation begins once');
    const { twins, network, seed, interventions } = this.settings;
    const words = prngWords(seed, 'clocks');
    this.nodes = this.identities.map((identity, node) => ({
      identity,
      state: this.protocol.create(this.setupOf(node)),
      up: true,
      life: 0,
      faulty: twins.includes(identity),
      lies: new Set(),
      driftPpm: belowOf(words, 2 * network.clockDriftPpm + 1) - network.clockDriftPpm,
      busyUs: 0,
      disk: emptyDisk(),
      decided: 0,
    }));
    for (let i = 0; i < interventions.length; i++) {
      const planned = interventions[i]!;
      if ('atUs' in planned) this.plan(planned.atUs, EVENT.intervention, i, undefined);
      else this.planned.push(planned);
    }
    this.planned.sort((a, b) => afterEventsOf(a) - afterEventsOf(b)).reverse();
    for (let node = 0; node < this.nodes.length; node++) this.plan(0, EVENT.start, node, undefined);
    this.refreshDecided();
    return this;
  }

  /** Processes the next event. False when none waits. */
  step(): boolean {
    this.doWhatIsPlanned();
    const { event } = this;
    if (!this.queue.pop(event)) return false;
    if (event.atUs > this.nowUs) this.nowUs = event.atUs;
    this.events++;
    this.current = event.number;
    this.currentCause = event.cause;
    this.currentNode = event.type === EVENT.intervention ? -1 : event.node;
    this.process(event);
    for (const observer of this.observers) observer.after?.(this);
    this.current = 0;
    this.currentCause = 0;
    this.currentNode = -1;
    return true;
  }

  run(limits: Limits): Ending {
    const { heights = Number.POSITIVE_INFINITY, untilUs = Number.POSITIVE_INFINITY } = limits;
    const last = this.events + limits.events;
    for (;;) {
      if (this.decidedHeight() >= heights) return 'heights';
      if (this.queue.nextUs > untilUs) return this.queue.size === 0 ? 'quiet' : 'time';
      if (this.events >= last) return 'events';
      if (!this.step()) return 'quiet';
    }
  }

  /** The height that every node has decided that runs and is honest; 0 where there is none. */
  decidedHeight(): number {
    return this.lowest;
  }

  /** Does something to the world, now, and records it. Fails with `consensus/…` where that names nothing that is there. */
  intervene(intervention: Intervention): Result<void> {
    const done = intervene(this, intervention);
    if (!done.ok) return done;
    this.recorded.push({ intervention, afterEvents: this.events });
    for (const observer of this.observers) observer.intervened?.(this, intervention, done.value);
    this.refreshDecided();
    return ok(undefined);
  }

  /** A hash over every event so far: what it was, when, whom it concerned and what it said. */
  traceHash(): string {
    return this.fingerprint.text();
  }

  viewOf(node: number): ReplicaView {
    return this.protocol.view(this.nodes[node]!.state);
  }

  fork(): Simulation {
    const fork = new Simulation(
      this.settings,
      this.protocol,
      this.protocolSettings,
      this.ledger.application,
      this.observers.map((observer) => observer.fork()),
    );
    fork.nowUs = this.nowUs;
    fork.events = this.events;
    fork.current = this.current;
    fork.currentCause = this.currentCause;
    fork.currentNode = this.currentNode;
    fork.messages = this.messages;
    fork.bytes = this.bytes;
    fork.numbers = this.numbers;
    fork.lowest = this.lowest;
    fork.lagging = this.lagging;
    fork.nodes = this.nodes.map(copyNode);
    fork.queue = this.queue.copy();
    fork.links = this.links.copy();
    fork.envelopes = this.envelopes.copy();
    fork.ledger = this.ledger.copy();
    fork.recorded.push(...this.recorded);
    fork.fingerprint = this.fingerprint.copy();
    fork.planned = this.planned.slice();
    return fork;
  }

  // What the parts of the simulation use among themselves.

  setupOf(node: number): ReplicaSetup<object> {
    const { script, seed } = this.settings;
    return {
      identity: this.identities[node]!,
      node,
      powers: this.powers,
      totalPower: this.totalPower,
      settings: this.protocolSettings,
      seed,
      leader:
        script === undefined
          ? UNKNOWN_LEADER
          : (height, round) => (height === script.height ? script.rounds[round]?.leader : undefined),
    };
  }

  nextNumber(): number {
    return ++this.numbers;
  }

  /** Plans an event that is no message. */
  plan(atUs: number, type: QueuedEvent['type'], node: number, body: QueuedEvent['body']): void {
    const life = this.nodes[node]?.life ?? 0;
    this.queue.push(this.nextNumber(), atUs, type, node, node, atUs, -1, life, this.current, body);
  }

  /** A second copy of a message that is under way. */
  duplicate({ atUs, node, from, departsUs, envelope, body }: QueuedEvent): void {
    const message = body as ConsensusMessage;
    const number = this.nextNumber();
    if (envelope >= 0) this.envelopes.hold(envelope);
    this.messages++;
    this.bytes += message.sizeBytes;
    this.queue.push(number, atUs, EVENT.message, node, from, departsUs, envelope, 0, this.current, message);
    for (const observer of this.observers) {
      observer.copied?.(this, number, from, node, message, departsUs, atUs);
    }
  }

  /** Sets a restarted node going. */
  restore(node: number): void {
    const it = this.nodes[node]!;
    it.life++;
    it.up = true;
    it.busyUs = this.nowUs;
    it.state = this.protocol.restore(this.setupOf(node), it.disk.records, this.outputs.at(node));
    this.protocol.setLies(it.state, it.lies);
    this.plan(this.nowUs, EVENT.start, node, undefined);
  }

  decide(node: number, block: Block): void {
    const it = this.nodes[node]!;
    const { lowest } = this;
    const lagged = it.up && !it.faulty && this.ledger.blocks[it.decided]!.height === lowest;
    it.decided = block.id;
    for (const observer of this.observers) observer.decided?.(this, node, block);
    // Seldom: looking at all nodes at each decision of one would cost more than all else where there are many.
    if (block.height < lowest || (lagged && block.height > lowest && --this.lagging === 0))
      this.refreshDecided();
  }

  // World, for observers.

  get messageKinds(): AnyProtocol['messageKinds'] {
    return this.protocol.messageKinds;
  }

  get quorumPermille(): number {
    return this.protocol.quorumPermille;
  }

  get blocks(): readonly Block[] {
    return this.ledger.blocks;
  }

  get leavesUs(): number {
    return this.outputs.leavesUs;
  }

  digestText(digest: number): string {
    return this.ledger.application.digestText(digest);
  }

  digestOf(block: Block): number {
    return this.ledger.executionOf(block.id).digest;
  }

  isUp(node: number): boolean {
    return this.nodes[node]!.up;
  }

  isFaulty(node: number): boolean {
    return this.nodes[node]!.faulty;
  }

  private lowest = 0;
  /** Honest nodes that run and have decided no more than that. */
  private lagging = 0;

  private refreshDecided(): void {
    const { height, nodes } = lowestDecided(this.nodes, this.ledger.blocks);
    this.lowest = height;
    this.lagging = nodes;
  }

  private doWhatIsPlanned(): void {
    for (;;) {
      const next = this.planned.at(-1);
      if (next === undefined || afterEventsOf(next) > this.events) return;
      this.planned.pop();
      this.doScheduled(next.intervention);
    }
  }

  /** What a scenario plans may have lost its object since (a message that was lost instead): then nothing happens. */
  private doScheduled(intervention: Intervention): void {
    const done = intervene(this, intervention);
    if (!done.ok) return;
    for (const observer of this.observers) observer.intervened?.(this, intervention, done.value);
    this.refreshDecided();
  }

  private process(event: QueuedEvent): void {
    const { type, node } = event;
    const message = type === EVENT.message ? (event.body as ConsensusMessage) : undefined;
    this.fingerprint.add(
      (event.atUs % 0x1_0000_0000) | 0,
      (type << 28) ^ (node << 14) ^ event.from,
      message === undefined ? event.number : (message.kind << 24) ^ (message.round << 12) ^ message.height,
      message === undefined ? 0 : Math.imul(message.value, 0x01000193) ^ message.digest,
    );
    if (type === EVENT.intervention) {
      this.doScheduled(this.settings.interventions[node]!.intervention);
      return;
    }
    if (type === EVENT.message) {
      this.deliver(event, message!);
      return;
    }
    const it = this.nodes[node]!;
    if (!it.up || event.life !== it.life) return;
    if (type === EVENT.decided) {
      this.outputs.settle(node, event.body as Block);
      return;
    }
    const { input } = this;
    if (type === EVENT.start) input.kind = 'start';
    else if (type === EVENT.timer) {
      input.kind = 'timer';
      input.timer = event.body;
      for (const observer of this.observers)
        observer.timer?.(this, event.number, node, event.body!, event.cause);
    } else {
      const block = event.body as Block;
      input.kind = 'executed';
      input.block = block;
      input.digest = this.ledger.executionOf(block.id).digest;
      for (const observer of this.observers) observer.executed?.(this, event.number, node, block);
    }
    this.stepNode(node, it);
  }

  private deliver(event: QueuedEvent, message: ConsensusMessage): void {
    const { node, from, envelope } = event;
    const it = this.nodes[node]!;
    if (it.up && (envelope < 0 || this.envelopes.markSeen(envelope, node))) {
      for (const observer of this.observers) observer.delivered?.(this, event.number, from, node, message);
      if (envelope >= 0) this.outputs.at(node).handOn(message, envelope, from);
      const { input } = this;
      input.kind = 'message';
      input.from = this.identities[from]!;
      input.message = message;
      this.stepNode(node, it);
    }
    if (envelope >= 0) this.envelopes.release(envelope);
  }

  private stepNode(node: number, it: Node): void {
    this.input.nowUs = localUs(it, this.nowUs);
    this.protocol.step(it.state, this.input, this.outputs.at(node));
  }
}

function afterEventsOf(planned: ScheduledIntervention): number {
  return 'afterEvents' in planned ? planned.afterEvents : 0;
}
