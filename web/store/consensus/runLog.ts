import type {
  BlockRecord,
  ConsensusBranch,
  ConsensusChunk,
  Evidence,
  Happening,
  ReplicaRecord,
  Violation,
} from '../../../engine/api/index.ts';
import { countUntil, cutSegment, moveMessages, type Segment, segmentOf } from './segment.ts';

/** What a replica said of itself, in order. */
export interface StateTrack {
  readonly events: number[];
  readonly atUs: number[];
  readonly states: ReplicaRecord[];
}

/** A message among all of a run. */
export interface MessageAt {
  readonly segment: Segment;
  readonly at: number;
}

/** A block that replicas decided. */
export interface Decision {
  readonly height: number;
  readonly value: number;
  /** When the first decided it, and how long that was after it was made. */
  readonly atUs: number;
  readonly tookUs: number;
  readonly transactions: number;
}

/** A height and round as one number. */
export function roundKey(height: number, round: number): number {
  return height * 2 ** 20 + round;
}

export type Mark = Exclude<Happening, { kind: 'state' | 'timer' | 'executed' }>;

const NOBODY: ReplicaRecord = { height: 0, round: 0, phase: '', locked: -1, head: -1, decided: -1 };

/**
 * All that the engine told of one branch. The world at any moment is read out of it, so going back costs nothing. A moment is a number of
 * processed events; many of them may be at one time.
 */
export class RunLog {
  readonly info: ConsensusBranch;
  segments: Segment[] = [];
  readonly happenings: Happening[] = [];
  readonly blocks: BlockRecord[] = [];
  /** When each block was made, and by whom; by its number. */
  readonly madeUs: number[] = [];
  readonly tracks: readonly StateTrack[];
  readonly decisions: Decision[] = [];
  /** From a block's making to its decision, for each replica that decided one, in the order of decisions. */
  readonly latencies: { readonly atUs: number; readonly tookUs: number }[] = [];
  /** Who made a block for a height and round first; by {@link roundKey}. */
  readonly makers = new Map<number, number>();
  /** What was done to it by hand or by its settings. */
  readonly interventions: Extract<Happening, { kind: 'intervention' }>[] = [];
  /** What pictures mark: all but states, timers and executions. */
  readonly marks: Mark[] = [];
  violations: readonly Violation[] = [];
  evidence: readonly Evidence[] = [];
  toEvents = 0;
  /** Until when it is known what happens. */
  knownUs = 0;
  /** Nothing waits any more. */
  quiet = false;
  traceHash = '';
  /** Rises whenever something is added. */
  version = 0;
  private readonly lostUs: number;
  private readonly decidedHeights = new Set<number>();
  private readonly firstOfHeight = new Map<number, number>();
  private places: Map<number, number> | undefined;
  private messagePlaces: Map<number, number> | undefined;

  /** `lostUs`: how far a lost message is seen to get. */
  constructor(info: ConsensusBranch, lostUs: number) {
    this.info = info;
    this.lostUs = lostUs;
    this.tracks = info.identities.map(() => ({ events: [], atUs: [], states: [] }));
  }

  get nodes(): number {
    return this.info.identities.length;
  }

  get messageCount(): number {
    const last = this.segments.at(-1);
    return last === undefined ? 0 : last.firstMessage + last.messages.count;
  }

  append(chunk: ConsensusChunk, untilUs: number | undefined): void {
    const segment = segmentOf(chunk, this.messageCount, this.lostUs);
    for (const block of chunk.blocks) this.blocks[block.id] = block;
    for (const happening of chunk.happenings) this.index(happening);
    if (segment.events.count > 0 || segment.messages.count > 0) {
      this.segments.push(segment);
      this.indexMessages(segment);
    }
    if (chunk.moves.length > 0) this.move(chunk);
    this.violations = chunk.violations;
    this.evidence = chunk.evidence;
    this.toEvents = chunk.toEvents;
    this.traceHash = chunk.traceHash;
    this.quiet = chunk.ending === 'quiet';
    const known = chunk.ending === 'time' && untilUs !== undefined ? untilUs : chunk.nowUs;
    this.knownUs = Math.max(this.knownUs, known);
    this.version++;
  }

  /** The log of a branch that begins as this run was after so many events. */
  fork(info: ConsensusBranch): RunLog {
    const { forkEvents } = info;
    const fork = new RunLog(info, this.lostUs);
    for (const segment of this.segments) {
      if (segment.fromEvents > forkEvents) break;
      const whole = segment.fromEvents + segment.events.count <= forkEvents;
      fork.segments.push(whole ? segment : cutSegment(segment, forkEvents));
    }
    for (const segment of fork.segments) fork.indexMessages(segment);
    let made = 0;
    for (const happening of this.happenings) {
      if (happening.events > forkEvents) break;
      if (happening.kind === 'made') made = Math.max(made, happening.value);
    }
    for (let id = 0; id <= made; id++) {
      const block = this.blocks[id];
      if (block !== undefined) fork.blocks[id] = block;
    }
    for (const happening of this.happenings) {
      if (happening.events > forkEvents) break;
      fork.index(happening);
    }
    fork.toEvents = forkEvents;
    fork.knownUs = fork.timeOf(forkEvents);
    return fork;
  }

  /** Events processed at a time, those of that time included. */
  eventsAt(timeUs: number): number {
    for (let i = this.segments.length - 1; i >= 0; i--) {
      const { events, fromEvents } = this.segments[i]!;
      if (events.count > 0 && events.atUs[0]! <= timeUs) {
        return fromEvents + countUntil(events.atUs, events.count, timeUs);
      }
    }
    return this.segments.find(({ events }) => events.count > 0)?.fromEvents ?? 0;
  }

  /** When the event of this place (from 1) was processed. */
  timeOf(events: number): number {
    const segment = this.segmentOf(events);
    return segment === undefined ? 0 : segment.events.atUs[events - segment.fromEvents - 1]!;
  }

  /** Number of the event of this place; 0 for none. */
  numberOf(events: number): number {
    const segment = this.segmentOf(events);
    return segment === undefined ? 0 : segment.events.number[events - segment.fromEvents - 1]!;
  }

  nodeOf(events: number): number {
    const segment = this.segmentOf(events);
    return segment === undefined ? -1 : segment.events.node[events - segment.fromEvents - 1]!;
  }

  /** Number of the event in which that of this place was planned; 0: at the beginning, or by hand. */
  causeOf(events: number): number {
    const segment = this.segmentOf(events);
    return segment === undefined ? 0 : segment.events.cause[events - segment.fromEvents - 1]!;
  }

  /** When an event was processed, by its number; 0: not (yet). */
  placeOf(number: number): number {
    if (this.places === undefined) {
      this.places = new Map();
      for (const { events, fromEvents } of this.segments) {
        for (let i = 0; i < events.count; i++) this.places.set(events.number[i]!, fromEvents + i + 1);
      }
    }
    return this.places.get(number) ?? 0;
  }

  /** Place of the message that is event `number`; −1: it is none. */
  messageOf(number: number): number {
    if (this.messagePlaces === undefined) {
      this.messagePlaces = new Map();
      for (const { messages, firstMessage } of this.segments) {
        for (let i = 0; i < messages.count; i++)
          this.messagePlaces.set(messages.number[i]!, firstMessage + i);
      }
    }
    return number === 0 ? -1 : (this.messagePlaces.get(number) ?? -1);
  }

  message(place: number): MessageAt | undefined {
    for (let i = this.segments.length - 1; i >= 0; i--) {
      const segment = this.segments[i]!;
      if (segment.firstMessage <= place) {
        const at = place - segment.firstMessage;
        return at < segment.messages.count ? { segment, at } : undefined;
      }
    }
    return undefined;
  }

  /** What happened in the event of this place. */
  happeningsAt(events: number): readonly Happening[] {
    let low = 0;
    let high = this.happenings.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.happenings[middle]!.events < events) low = middle + 1;
      else high = middle;
    }
    let end = low;
    while (end < this.happenings.length && this.happenings[end]!.events === events) end++;
    return this.happenings.slice(low, end);
  }

  /** Number of the last event at a node by then; 0: none. */
  lastEventOf(node: number, events: number): number {
    for (let place = Math.min(events, this.toEvents); place > 0; place--) {
      if (this.nodeOf(place) === node) return this.numberOf(place);
    }
    return 0;
  }

  stateAt(node: number, events: number): ReplicaRecord {
    const track = this.tracks[node];
    if (track === undefined) return NOBODY;
    return track.states[countUntil(track.events, track.events.length, events) - 1] ?? NOBODY;
  }

  /** Place of the first message of this height or a later one. */
  firstMessageOf(height: number): number {
    return this.firstOfHeight.get(height) ?? 0;
  }

  /** Copies of messages that were sent by then, and their bytes. */
  sentBy(events: number): { readonly messages: number; readonly bytes: number } {
    let bytes = 0;
    let messages = 0;
    for (const segment of this.segments) {
      if (segment.fromEvents > events) break;
      const count = countUntil(segment.sentAt, segment.messages.count, events);
      messages += count;
      if (count > 0) bytes += segment.bytes[count - 1]!;
    }
    return { messages, bytes };
  }

  private segmentOf(events: number): Segment | undefined {
    if (events < 1) return undefined;
    for (let i = this.segments.length - 1; i >= 0; i--) {
      const segment = this.segments[i]!;
      if (segment.fromEvents < events)
        return events <= segment.fromEvents + segment.events.count ? segment : undefined;
    }
    return undefined;
  }

  private index(happening: Happening): void {
    const { atUs, events, node } = happening;
    // The engine's log of a branch does not know what replicas said before it.
    if (happening.kind === 'state' && isSame(happening.state, this.tracks[node]?.states.at(-1))) return;
    this.happenings.push(happening);
    if (isMark(happening)) this.marks.push(happening);
    if (happening.kind === 'intervention') this.interventions.push(happening);
    if (happening.kind === 'state') {
      const track = this.tracks[node];
      track?.events.push(events);
      track?.atUs.push(atUs);
      track?.states.push(happening.state);
    } else if (happening.kind === 'made') {
      const { value, height, round } = happening;
      this.madeUs[value] = atUs;
      const key = roundKey(height, round);
      if (!this.makers.has(key)) this.makers.set(key, node);
    } else if (happening.kind === 'decided') {
      const { value, height } = happening;
      const tookUs = atUs - (this.madeUs[value] ?? 0);
      this.latencies.push({ atUs, tookUs });
      if (this.decidedHeights.has(height)) return;
      this.decidedHeights.add(height);
      const transactions = this.blocks[value]?.transactions ?? 0;
      this.decisions.push({ height, value, atUs, tookUs, transactions });
    }
  }

  private indexMessages({ messages, firstMessage, events, fromEvents }: Segment): void {
    const { count, height, number } = messages;
    for (let i = 0; i < count; i++) {
      if (!this.firstOfHeight.has(height[i]!)) this.firstOfHeight.set(height[i]!, firstMessage + i);
      this.messagePlaces?.set(number[i]!, firstMessage + i);
    }
    if (this.places === undefined) return;
    for (let i = 0; i < events.count; i++) this.places.set(events.number[i]!, fromEvents + i + 1);
  }

  /** What was done to messages under way: where they are lost, they get as far as they were. */
  private move({ moves, happenings }: ConsensusChunk): void {
    const moved = new Map<number, { at: number; endsUs: number; lost: boolean }[]>();
    for (const { number, arrivesUs } of moves) {
      const place = this.messageOf(number);
      const found = this.message(place);
      if (found === undefined) continue;
      const index = this.segments.indexOf(found.segment);
      const departsUs = found.segment.messages.departsUs[found.at]!;
      const endsUs = arrivesUs < 0 ? Math.max(departsUs, meddledUs(happenings, number)) : arrivesUs;
      const list = moved.get(index) ?? [];
      list.push({ at: found.at, endsUs, lost: arrivesUs < 0 });
      moved.set(index, list);
    }
    for (const [index, list] of moved) this.segments[index] = moveMessages(this.segments[index]!, list);
  }
}

function isSame(state: ReplicaRecord, before: ReplicaRecord | undefined): boolean {
  return (
    before !== undefined &&
    state.height === before.height &&
    state.round === before.round &&
    state.phase === before.phase &&
    state.locked === before.locked &&
    state.head === before.head &&
    state.decided === before.decided
  );
}

function isMark(happening: Happening): happening is Mark {
  return happening.kind !== 'state' && happening.kind !== 'timer' && happening.kind !== 'executed';
}

/** When somebody took a message away: itself, or its sender with what had not left it. */
function meddledUs(happenings: readonly Happening[], number: number): number {
  for (const happening of happenings) {
    if (happening.kind !== 'intervention') continue;
    const { intervention } = happening;
    if ('event' in intervention && intervention.event === number) return happening.atUs;
  }
  return 0;
}
