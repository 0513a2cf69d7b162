import { type Block, type ConsensusMessage, NIL, type Note, type Outputs } from '../contract.ts';
import { write } from './disk.ts';
import { EVENT } from './eventQueue.ts';
import { localUs, worldUs } from './nodes.ts';
import type { Simulation } from './simulation.ts';

const SECOND_US = 1_000_000;

/** The effects of a node's step on the world. One for all nodes: `at` says whose step it is. */
export class NodeOutputs implements Outputs<ConsensusMessage, object> {
  private readonly world: Simulation;
  private node = 0;
  /** When what is sent leaves: after what was written before it is on disk. */
  private readyUs = 0;

  constructor(world: Simulation) {
    this.world = world;
  }

  /** Of what the step in progress says now. */
  get leavesUs(): number {
    return this.readyUs;
  }

  at(node: number): this {
    const { world } = this;
    this.node = node;
    this.readyUs = Math.max(world.nowUs, world.nodes[node]!.disk.writtenUs);
    return this;
  }

  send(to: number, message: ConsensusMessage): void {
    const said = this.asLiar(message);
    if (said === undefined) return;
    this.tell(said);
    const { identities, powers } = this.world;
    // The first copy of an identity has its number; twins come behind.
    if (to !== this.node && to >= 0 && to < powers.length) this.transmit(to, said, -1);
    for (let node = powers.length; node < identities.length; node++) {
      if (identities[node] === to && node !== this.node) this.transmit(node, said, -1);
    }
  }

  broadcast(message: ConsensusMessage): void {
    const said = this.asLiar(message);
    if (said === undefined) return;
    this.tell(said);
    const other = this.otherVersion(said);
    if (other !== undefined) {
      this.tell(other);
      this.sendInHalves(said, other);
      return;
    }
    const { links, envelopes } = this.world;
    const envelope = links.settings.topology.kind === 'gossip' ? envelopes.open(this.node) : -1;
    for (const to of links.neighbours[this.node]!) this.transmit(to, said, envelope);
    if (envelope >= 0) envelopes.closeIfUnsent(envelope);
  }

  /** Gives a message of another on to all neighbours but the one that brought it, whatever the node's disk still has to do. */
  handOn(message: ConsensusMessage, envelope: number, from: number): void {
    this.readyUs = this.world.nowUs;
    for (const to of this.world.links.neighbours[this.node]!) {
      if (to !== from) this.transmit(to, message, envelope);
    }
  }

  get ignoresNotes(): boolean {
    return this.world.observers.length === 0;
  }

  startTimer(delayUs: number, timer: object): void {
    const { world, node } = this;
    world.plan(world.nowUs + worldUs(world.nodes[node]!, delayUs), EVENT.timer, node, timer);
  }

  persist(record: object, instead = 0): void {
    const { world } = this;
    const { disk } = world.nodes[this.node]!;
    write(disk, record, instead, world.nowUs, world.links.settings.diskUs);
    this.readyUs = disk.writtenUs;
  }

  makeBlock(parent: Block, round: number, nowUs: number, extra?: object): Block {
    const { world, node } = this;
    const block = world.ledger.make(parent, world.identities[node]!, round, nowUs, extra);
    for (const observer of world.observers) observer.made?.(world, node, block);
    return block;
  }

  block(id: number): Block {
    return this.world.ledger.block(id);
  }

  execute(block: Block): void {
    const { world, node } = this;
    const it = world.nodes[node]!;
    const { gas } = world.ledger.executionOf(block.id);
    const takesUs = Math.ceil((gas * SECOND_US) / world.settings.gasPerSecond);
    it.busyUs = Math.max(it.busyUs, world.nowUs) + takesUs;
    world.plan(it.busyUs, EVENT.executed, node, block);
  }

  decide(block: Block): void {
    const { world, node } = this;
    const { writtenUs } = world.nodes[node]!.disk;
    if (writtenUs <= world.nowUs) world.decide(node, block);
    else world.plan(writtenUs, EVENT.decided, node, block);
  }

  /** A decision is on disk. */
  settle(node: number, block: Block): void {
    this.node = node;
    this.readyUs = this.world.nowUs;
    this.world.decide(node, block);
  }

  note(note: Note): void {
    const { world, node } = this;
    for (const observer of world.observers) observer.noted?.(world, node, note);
  }

  private tell(message: ConsensusMessage): void {
    const { world, node } = this;
    for (const observer of world.observers) observer.sent?.(world, node, message);
  }

  /** What a liar says instead of a message; undefined: nothing. */
  private asLiar(message: ConsensusMessage): ConsensusMessage | undefined {
    const { lies } = this.world.nodes[this.node]!;
    if (lies.size === 0) return message;
    const { role } = this.world.protocol.messageKinds[message.kind]!;
    if (lies.has('silence')) return undefined;
    if (lies.has('withheldBlock') && (role === 'proposal' || role === 'block')) return undefined;
    if (lies.has('lateVotes') && role === 'vote') {
      const us = this.world.protocol.lateUs?.(this.world.nodes[this.node]!.state) ?? 0;
      this.readyUs = this.world.nowUs + worldUs(this.world.nodes[this.node]!, us);
    }
    if (lies.has('wrongDigest')) return this.contradict(message, 'wrongDigest') ?? message;
    return message;
  }

  private otherVersion(message: ConsensusMessage): ConsensusMessage | undefined {
    const { lies } = this.world.nodes[this.node]!;
    if (lies.size === 0) return undefined;
    const { role } = this.world.protocol.messageKinds[message.kind]!;
    const twice = role === 'vote' ? 'twoVotes' : 'twoProposals';
    return role !== 'sync' && lies.has(twice) ? this.contradict(message, twice) : undefined;
  }

  private contradict(message: ConsensusMessage, lie: 'twoVotes' | 'twoProposals' | 'wrongDigest') {
    const { world, node } = this;
    const other = world.protocol.contradict(message, lie, {
      makeBlock: (parent, round, nowUs, extra) => this.makeBlock(parent, round, nowUs, extra),
      block: (id) => this.block(id),
      claimOtherwise: (block) => {
        const claimed = world.ledger.claimOtherwise(block);
        for (const observer of world.observers) observer.made?.(world, node, claimed);
        return claimed;
      },
      other: (block) => world.ledger.otherOf(block.id),
      nowUs: localUs(world.nodes[node]!, world.nowUs),
    });
    if (lie === 'twoProposals' && other !== undefined) world.ledger.pair(message.value, other.value);
    return other;
  }

  /**
   * One message to every second of the honest nodes and of the others, the other message to the rest; of two blocks the older to the first, so that
   * all liars tell a node the same. No gossip: it would bring each the other.
   */
  private sendInHalves(message: ConsensusMessage, other: ConsensusMessage): void {
    const isTurned = other.value !== NIL && other.value < message.value;
    const [first, second] = isTurned ? [other, message] : [message, other];
    const counts = [0, 0];
    const { nodes } = this.world;
    for (let to = 0; to < nodes.length; to++) {
      const place = counts[nodes[to]!.faulty ? 1 : 0]!++;
      if (to !== this.node) this.transmit(to, place % 2 === 0 ? first : second, -1);
    }
  }

  private transmit(to: number, message: ConsensusMessage, envelope: number): void {
    const { world, node } = this;
    const { links } = world;
    if (!links.connects(node, to, message) || links.isLost()) {
      this.copied(0, to, message, this.readyUs, -1);
      return;
    }
    this.copy(to, message, envelope);
    if (links.isDuplicated()) this.copy(to, message, envelope);
  }

  private copy(to: number, message: ConsensusMessage, envelope: number): void {
    const { world, node } = this;
    const departsUs = world.links.departureUs(node, this.readyUs, message.sizeBytes);
    const arrivesUs = departsUs + world.links.latencyUs(node, to);
    const number = world.nextNumber();
    world.messages++;
    world.bytes += message.sizeBytes;
    if (envelope >= 0) world.envelopes.hold(envelope);
    world.queue.push(
      number,
      arrivesUs,
      EVENT.message,
      to,
      node,
      departsUs,
      envelope,
      0,
      world.current,
      message,
    );
    this.copied(number, to, message, departsUs, arrivesUs);
  }

  private copied(
    number: number,
    to: number,
    message: ConsensusMessage,
    departsUs: number,
    arrivesUs: number,
  ): void {
    const { world, node } = this;
    if (world.observers.length === 0) return;
    for (const observer of world.observers) {
      observer.copied?.(world, number, node, to, message, departsUs, arrivesUs);
    }
  }
}
