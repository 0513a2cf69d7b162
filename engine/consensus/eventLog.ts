import type { Intervention } from '../types/consensus.ts';
import type {
  BlockRecord,
  ConsensusChunk,
  EventColumns,
  Happening,
  MessageColumns,
  MessageMove,
  ReplicaRecord,
} from '../types/consensusLog.ts';
import { type Block, type ConsensusMessage, NIL, type Note } from './contract.ts';
import type { Observer, World } from './observer.ts';

/** What was written since it was last taken. */
export type LogPart = Pick<ConsensusChunk, 'events' | 'messages' | 'moves' | 'happenings' | 'blocks'>;

const WHOLE = ['kind', 'from', 'to', 'author', 'height', 'round', 'value', 'sizeBytes'] as const;
const TIMES = ['number', 'cause', 'departsUs', 'arrivesUs'] as const;
type Whole = (typeof WHOLE)[number];
type Time = (typeof TIMES)[number];

/** Everything that happens, for pictures: columns of messages, and the rest as records. A fork's begins empty. */
export class EventLog implements Observer {
  private events = new Events();
  private messages = new Columns();
  private moves: MessageMove[] = [];
  private happenings: Happening[] = [];
  private told = 0;
  private last: (ReplicaRecord | undefined)[] = [];

  /** All since the last time; begins anew. */
  take(world: World): LogPart {
    const part = {
      events: this.events.taken(),
      messages: this.messages.taken(),
      moves: this.moves,
      happenings: this.happenings,
      blocks: world.blocks.slice(this.told).map((block) => recordOf(world, block)),
    };
    this.events = new Events();
    this.messages = new Columns();
    this.moves = [];
    this.happenings = [];
    this.told = world.blocks.length;
    return part;
  }

  copied(
    world: World,
    event: number,
    from: number,
    to: number,
    message: ConsensusMessage,
    departsUs: number,
    arrivesUs: number,
  ): void {
    const wrong = message.value !== NIL && message.digest !== world.digestOf(world.blocks[message.value]!);
    this.messages.add(event, world.current, from, to, message, wrong, departsUs, arrivesUs);
  }

  timer(world: World, event: number, node: number, timer: object, plannedBy: number): void {
    this.happenings.push({
      ...this.here(world, node),
      kind: 'timer',
      event,
      plannedBy,
      timer: wordsOf(timer),
    });
  }

  executed(world: World, _event: number, node: number, block: Block): void {
    this.aboutBlock(world, node, 'executed', block);
  }

  decided(world: World, node: number, block: Block): void {
    this.aboutBlock(world, node, 'decided', block);
  }

  made(world: World, node: number, block: Block): void {
    this.aboutBlock(world, node, 'made', block);
  }

  noted(world: World, node: number, note: Note): void {
    const { kind, height, round, value, why } = note;
    const here = this.here(world, node);
    if (kind === 'certificate') {
      const signers = bitsOf(note.signers ?? new Uint32Array(0));
      this.happenings.push({ ...here, kind, height, round, value, votes: note.votes ?? 0, signers });
    } else {
      this.happenings.push({ ...here, kind, height, round, value, ...(why === undefined ? {} : { why }) });
    }
  }

  intervened(world: World, intervention: Intervention, moved: readonly MessageMove[]): void {
    const node = 'node' in intervention ? intervention.node : -1;
    this.happenings.push({ ...this.here(world, node), kind: 'intervention', intervention });
    this.moves.push(...moved);
  }

  after(world: World): void {
    const node = world.currentNode;
    this.events.add(world.current, world.currentCause, world.nowUs, node);
    if (node < 0) return;
    const { height, round, phase, locked, head, decided } = world.viewOf(node);
    const before = this.last[node];
    if (
      before !== undefined &&
      before.height === height &&
      before.round === round &&
      before.phase === phase &&
      before.locked === locked &&
      before.head === head &&
      before.decided === decided
    ) {
      return;
    }
    const state = { height, round, phase, locked, head, decided };
    this.last[node] = state;
    this.happenings.push({ ...this.here(world, node), kind: 'state', state });
  }

  fork(): EventLog {
    return new EventLog();
  }

  /** For a fork: blocks up to here were told already. */
  startAt(world: World): void {
    this.told = world.blocks.length;
  }

  private here(world: World, node: number) {
    return { atUs: world.nowUs, events: world.events, cause: world.current, node };
  }

  private aboutBlock(world: World, node: number, kind: 'executed' | 'decided' | 'made', block: Block): void {
    const { height, round, id } = block;
    this.happenings.push({ ...this.here(world, node), kind, height, round, value: id });
  }
}

class Events {
  private count = 0;
  private number = new Float64Array(256);
  private cause = new Float64Array(256);
  private atUs = new Float64Array(256);
  private node = new Int32Array(256);

  add(number: number, cause: number, atUs: number, node: number): void {
    if (this.count === this.number.length) {
      const capacity = 2 * this.count;
      this.number = grown(this.number, new Float64Array(capacity));
      this.cause = grown(this.cause, new Float64Array(capacity));
      this.atUs = grown(this.atUs, new Float64Array(capacity));
      this.node = grown(this.node, new Int32Array(capacity));
    }
    const at = this.count++;
    this.number[at] = number;
    this.cause[at] = cause;
    this.atUs[at] = atUs;
    this.node[at] = node;
  }

  taken(): EventColumns {
    const { count } = this;
    return {
      count,
      number: this.number.slice(0, count),
      cause: this.cause.slice(0, count),
      atUs: this.atUs.slice(0, count),
      node: this.node.slice(0, count),
    };
  }
}

class Columns {
  private capacity = 256;
  private count = 0;
  private readonly whole = {} as Record<Whole, Int32Array>;
  private readonly times = {} as Record<Time, Float64Array>;
  private wrongDigest = new Uint8Array(this.capacity);

  constructor() {
    for (const name of WHOLE) this.whole[name] = new Int32Array(this.capacity);
    for (const name of TIMES) this.times[name] = new Float64Array(this.capacity);
  }

  add(
    number: number,
    cause: number,
    from: number,
    to: number,
    message: ConsensusMessage,
    wrong: boolean,
    departsUs: number,
    arrivesUs: number,
  ): void {
    if (this.count === this.capacity) this.grow();
    const at = this.count++;
    const { whole, times } = this;
    times.number[at] = number;
    times.cause[at] = cause;
    times.departsUs[at] = departsUs;
    times.arrivesUs[at] = arrivesUs;
    whole.from[at] = from;
    whole.to[at] = to;
    whole.author[at] = message.author;
    whole.kind[at] = message.kind;
    whole.height[at] = message.height;
    whole.round[at] = message.round;
    whole.value[at] = message.value;
    whole.sizeBytes[at] = message.sizeBytes;
    this.wrongDigest[at] = wrong ? 1 : 0;
  }

  taken(): MessageColumns {
    const { count, whole, times } = this;
    const { kind, from, to, author, height, round, value, sizeBytes } = mapped(whole, (column) =>
      column.slice(0, count),
    );
    const { number, cause, departsUs, arrivesUs } = mapped(times, (column) => column.slice(0, count));
    const wrongDigest = this.wrongDigest.slice(0, count);
    return {
      count,
      number,
      cause,
      from,
      to,
      author,
      kind,
      height,
      round,
      value,
      wrongDigest,
      sizeBytes,
      departsUs,
      arrivesUs,
    };
  }

  private grow(): void {
    this.capacity *= 2;
    for (const name of WHOLE) this.whole[name] = grown(this.whole[name], new Int32Array(this.capacity));
    for (const name of TIMES) this.times[name] = grown(this.times[name], new Float64Array(this.capacity));
    this.wrongDigest = grown(this.wrongDigest, new Uint8Array(this.capacity));
  }
}

function grown<T extends Int32Array | Float64Array | Uint8Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}

function mapped<K extends string, T>(columns: Record<K, T>, change: (column: T) => T): Record<K, T> {
  const changed = {} as Record<K, T>;
  for (const name of Object.keys(columns) as K[]) changed[name] = change(columns[name]);
  return changed;
}

function recordOf(world: World, block: Block): BlockRecord {
  const { id, parent, height, round, proposer, transactions, sizeBytes } = block;
  return {
    id,
    parent,
    height,
    round,
    proposer,
    transactions,
    sizeBytes,
    digest: world.digestText(block.digest),
    honest: block.digest === world.digestOf(block),
  };
}

function bitsOf(words: Uint32Array): number[] {
  const bits: number[] = [];
  for (let i = 0; i < 32 * words.length; i++) if ((words[i >>> 5]! & (1 << (i & 31))) !== 0) bits.push(i);
  return bits;
}

function wordsOf(timer: object): string {
  return Object.entries(timer)
    .map(([name, value]) => (typeof value === 'string' ? value : `${name} ${value}`))
    .join(', ');
}
