import { assert } from '../../base/assert.ts';
import type { Block, ConsensusMessage } from '../contract.ts';

/** What waits to happen. */
export const EVENT = { start: 0, message: 1, timer: 2, executed: 3, intervention: 4, decided: 5 } as const;
export type EventType = (typeof EVENT)[keyof typeof EVENT];

/** An event out of the queue. */
export interface QueuedEvent {
  /** Unique in a simulation, given in order from 1: also the order of events at one time. */
  number: number;
  atUs: number;
  type: EventType;
  /** Whom it concerns, and of messages the node that brings it. */
  node: number;
  from: number;
  /** Messages: when it leaves its sender, and in which message of many copies it is (the simulator's own). */
  departsUs: number;
  envelope: number;
  /** How often the node had been restarted when this was planned: what belongs to a life before is void. */
  life: number;
  /** Event that this one comes from: its cause. */
  cause: number;
  /** A message, a timer, a block, or nothing. */
  body: ConsensusMessage | Block | object | undefined;
}

const ARITY = 4;

/**
 * Events in the order of their times, at one time in the order of their numbers, or as somebody moved them. In typed arrays, a heap of four
 * branches over slots that are used again: to put in and to take out takes O(log n), to find one by number O(n).
 */
export class EventQueue {
  private heap = new Int32Array(64);
  private times = new Float64Array(64);
  private ranks = new Float64Array(64);
  private numbers = new Float64Array(64);
  private departs = new Float64Array(64);
  private causes = new Float64Array(64);
  private envelopes = new Int32Array(64);
  private lives = new Int32Array(64);
  private nodes = new Int32Array(64);
  private froms = new Int32Array(64);
  private types = new Uint8Array(64);
  private bodies: QueuedEvent['body'][] = [];
  private free: number[] = [];
  private slots = 0;
  private moved = 0;
  private length = 0;

  get size(): number {
    return this.length;
  }

  /** Time of the next event; infinite when there is none. */
  get nextUs(): number {
    return this.length === 0 ? Number.POSITIVE_INFINITY : this.times[this.heap[0]!]!;
  }

  push(
    number: number,
    atUs: number,
    type: EventType,
    node: number,
    from: number,
    departsUs: number,
    envelope: number,
    life: number,
    cause: number,
    body: QueuedEvent['body'],
  ): void {
    const slot = this.free.pop() ?? this.newSlot();
    this.times[slot] = atUs;
    this.ranks[slot] = number;
    this.numbers[slot] = number;
    this.departs[slot] = departsUs;
    this.causes[slot] = cause;
    this.envelopes[slot] = envelope;
    this.lives[slot] = life;
    this.nodes[slot] = node;
    this.froms[slot] = from;
    this.types[slot] = type;
    this.bodies[slot] = body;
    this.rise(this.length++, slot);
  }

  /** Takes the next event into `event`; false when there is none. */
  pop(event: QueuedEvent): boolean {
    if (this.length === 0) return false;
    const slot = this.heap[0]!;
    this.read(slot, event);
    this.removeAt(0);
    return true;
  }

  /** Reads the event of a number without taking it; false when it does not wait. */
  find(number: number, event: QueuedEvent): boolean {
    const at = this.placeOf(number);
    if (at < 0) return false;
    this.read(this.heap[at]!, event);
    return true;
  }

  /** Takes the event of a number out; false when it does not wait. */
  remove(number: number): boolean {
    const at = this.placeOf(number);
    if (at < 0) return false;
    this.removeAt(at);
    return true;
  }

  /** Moves an event to another time; with `first` before all others of that time. */
  move(number: number, atUs: number, first: boolean): boolean {
    const at = this.placeOf(number);
    if (at < 0) return false;
    const slot = this.heap[at]!;
    this.times[slot] = atUs;
    if (first) this.ranks[slot] = -++this.moved;
    this.rise(at, slot);
    this.sink(this.heap.indexOf(slot), slot);
    return true;
  }

  /** All that wait, in no order. */
  *waiting(): IterableIterator<QueuedEvent> {
    for (let i = 0; i < this.length; i++) {
      const event = emptyEvent();
      this.read(this.heap[i]!, event);
      yield event;
    }
  }

  /** All that wait, in the order in which they will happen. */
  inOrder(): QueuedEvent[] {
    const slots = this.heap.slice(0, this.length).sort((a, b) => (this.before(a, b) ? -1 : 1));
    return Array.from(slots, (slot) => {
      const event = emptyEvent();
      this.read(slot, event);
      return event;
    });
  }

  copy(): EventQueue {
    const copy = new EventQueue();
    copy.heap = this.heap.slice();
    copy.times = this.times.slice();
    copy.ranks = this.ranks.slice();
    copy.numbers = this.numbers.slice();
    copy.departs = this.departs.slice();
    copy.causes = this.causes.slice();
    copy.envelopes = this.envelopes.slice();
    copy.lives = this.lives.slice();
    copy.nodes = this.nodes.slice();
    copy.froms = this.froms.slice();
    copy.types = this.types.slice();
    copy.bodies = this.bodies.slice();
    copy.free = this.free.slice();
    copy.slots = this.slots;
    copy.moved = this.moved;
    copy.length = this.length;
    return copy;
  }

  private read(slot: number, event: QueuedEvent): void {
    event.number = this.numbers[slot]!;
    event.atUs = this.times[slot]!;
    event.type = this.types[slot] as EventType;
    event.node = this.nodes[slot]!;
    event.from = this.froms[slot]!;
    event.departsUs = this.departs[slot]!;
    event.envelope = this.envelopes[slot]!;
    event.life = this.lives[slot]!;
    event.cause = this.causes[slot]!;
    event.body = this.bodies[slot];
  }

  private placeOf(number: number): number {
    for (let i = 0; i < this.length; i++) if (this.numbers[this.heap[i]!] === number) return i;
    return -1;
  }

  private removeAt(at: number): void {
    const slot = this.heap[at]!;
    this.bodies[slot] = undefined;
    this.free.push(slot);
    const last = this.heap[--this.length]!;
    if (at === this.length) return;
    this.sink(at, last);
    if (this.heap[at] === last) this.rise(at, last);
  }

  private before(slot: number, other: number): boolean {
    const time = this.times[slot]!;
    const otherTime = this.times[other]!;
    return time < otherTime || (time === otherTime && this.ranks[slot]! < this.ranks[other]!);
  }

  private rise(from: number, slot: number): void {
    const { heap } = this;
    let at = from;
    while (at > 0) {
      const parent = ((at - 1) / ARITY) | 0;
      const above = heap[parent]!;
      if (!this.before(slot, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = slot;
  }

  private sink(from: number, slot: number): void {
    const { heap, length } = this;
    let at = from;
    for (;;) {
      const first = ARITY * at + 1;
      if (first >= length) break;
      let least = first;
      const end = Math.min(first + ARITY, length);
      for (let child = first + 1; child < end; child++) {
        if (this.before(heap[child]!, heap[least]!)) least = child;
      }
      if (!this.before(heap[least]!, slot)) break;
      heap[at] = heap[least]!;
      at = least;
    }
    heap[at] = slot;
  }

  private newSlot(): number {
    if (this.slots === this.heap.length) this.grow();
    return this.slots++;
  }

  private grow(): void {
    const capacity = 2 * this.heap.length;
    assert(capacity <= 2 ** 24, 'events that wait are bounded by the run', { capacity });
    this.heap = grown(this.heap, new Int32Array(capacity));
    this.times = grown(this.times, new Float64Array(capacity));
    this.ranks = grown(this.ranks, new Float64Array(capacity));
    this.numbers = grown(this.numbers, new Float64Array(capacity));
    this.departs = grown(this.departs, new Float64Array(capacity));
    this.causes = grown(this.causes, new Float64Array(capacity));
    this.envelopes = grown(this.envelopes, new Int32Array(capacity));
    this.lives = grown(this.lives, new Int32Array(capacity));
    this.nodes = grown(this.nodes, new Int32Array(capacity));
    this.froms = grown(this.froms, new Int32Array(capacity));
    this.types = grown(this.types, new Uint8Array(capacity));
  }
}

export function emptyEvent(): QueuedEvent {
  return {
    number: 0,
    atUs: 0,
    type: EVENT.start,
    node: 0,
    from: 0,
    departsUs: 0,
    envelope: -1,
    life: 0,
    cause: 0,
    body: undefined,
  };
}

function grown<T extends Int32Array | Float64Array | Uint8Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}
