import type { ConsensusChunk, EventColumns, MessageColumns } from '../../../engine/api/index.ts';

/** So many messages share one entry of the index by time. */
const STRIDE = 256;

/** A stretch of a run as the engine told it, with indices for pictures. Branches share the stretches before they part. */
export interface Segment {
  /** Events processed before it. */
  readonly fromEvents: number;
  readonly events: EventColumns;
  readonly messages: MessageColumns;
  /** Place of its first message among all of the run. */
  readonly firstMessage: number;
  /** Events processed when each message was sent, its cause included. */
  readonly sentAt: Float64Array;
  /** Bytes of this stretch sent with each message and before it. */
  readonly bytes: Float64Array;
  /** When each is no longer under way: it arrives, or gets lost. */
  readonly endsUs: Float64Array;
  /** 1: it does not arrive. */
  readonly lost: Uint8Array;
  /** Of each {@link STRIDE} messages: when the first leaves, and when the last ends. */
  readonly leastUs: Float64Array;
  readonly mostUs: Float64Array;
  /** Where messages begin that were sent at once: same cause, sender, kind and value. Ends with their count. */
  readonly bursts: Int32Array;
}

/** `lostUs`: how far a lost message is seen to get. */
export function segmentOf(chunk: ConsensusChunk, firstMessage: number, lostUs: number): Segment {
  const { events, messages, fromEvents } = chunk;
  const { count, cause, arrivesUs, departsUs, sizeBytes } = messages;
  const sentAt = new Float64Array(count);
  const bytes = new Float64Array(count);
  const endsUs = new Float64Array(count);
  const lost = new Uint8Array(count);
  const byHand = chunk.happenings.flatMap((one) =>
    one.kind === 'intervention' && one.intervention.kind === 'duplicateMessage' ? [one.events] : [],
  );
  let place = 0;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    while (cause[i] !== 0 && place < events.count && events.number[place] !== cause[i]) place++;
    sentAt[i] = cause[i] === 0 ? (byHand.shift() ?? fromEvents) : fromEvents + place + 1;
    sum += sizeBytes[i]!;
    bytes[i] = sum;
    lost[i] = arrivesUs[i]! < 0 ? 1 : 0;
    endsUs[i] = arrivesUs[i]! < 0 ? departsUs[i]! + lostUs : arrivesUs[i]!;
  }
  const part = { fromEvents, events, messages, firstMessage, sentAt, bytes, endsUs, lost };
  return { ...part, ...spansOf(part), bursts: burstsOf(messages) };
}

/** The beginning of a segment: what was processed up to so many events. Its columns are views of the same memory. */
export function cutSegment(segment: Segment, events: number): Segment {
  const count = Math.max(0, events - segment.fromEvents);
  const sent = countUntil(segment.sentAt, segment.messages.count, events);
  const { number, cause, atUs, node } = segment.events;
  const messages = Object.fromEntries(
    Object.entries(segment.messages).map(([name, column]) => [
      name,
      typeof column === 'number' ? sent : column.subarray(0, sent),
    ]),
  ) as unknown as MessageColumns;
  const part = {
    fromEvents: segment.fromEvents,
    firstMessage: segment.firstMessage,
    events: {
      count,
      number: number.subarray(0, count),
      cause: cause.subarray(0, count),
      atUs: atUs.subarray(0, count),
      node: node.subarray(0, count),
    },
    messages,
    sentAt: segment.sentAt.subarray(0, sent),
    bytes: segment.bytes.subarray(0, sent),
    endsUs: segment.endsUs.subarray(0, sent),
    lost: segment.lost.subarray(0, sent),
  };
  return { ...part, ...spansOf(part), bursts: burstsOf(messages) };
}

/** The same stretch with other ends of some messages: by place, when they end, and whether they are lost. */
export function moveMessages(
  segment: Segment,
  moves: readonly { readonly at: number; readonly endsUs: number; readonly lost: boolean }[],
): Segment {
  const endsUs = segment.endsUs.slice();
  const lost = segment.lost.slice();
  for (const move of moves) {
    endsUs[move.at] = move.endsUs;
    lost[move.at] = move.lost ? 1 : 0;
  }
  const moved = { ...segment, endsUs, lost };
  return { ...moved, ...spansOf(moved) };
}

/** Calls for each message that is under way at some time from `startUs` to `endUs`. */
export function visitMessages(
  segments: readonly Segment[],
  startUs: number,
  endUs: number,
  visit: (segment: Segment, at: number) => void,
): void {
  for (const segment of segments) {
    const { leastUs, mostUs, endsUs, messages } = segment;
    const { departsUs, count } = messages;
    for (let stride = 0; stride < leastUs.length; stride++) {
      if (leastUs[stride]! > endUs || mostUs[stride]! < startUs) continue;
      const end = Math.min(count, (stride + 1) * STRIDE);
      for (let i = stride * STRIDE; i < end; i++) {
        if (departsUs[i]! <= endUs && endsUs[i]! >= startUs) visit(segment, i);
      }
    }
  }
}

/** How many of an ascending column's first `length` are at most `limit`. */
export function countUntil(column: ArrayLike<number>, length: number, limit: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (column[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function spansOf({ messages, endsUs }: Pick<Segment, 'messages' | 'endsUs'>) {
  const { count, departsUs } = messages;
  const strides = Math.ceil(count / STRIDE);
  const leastUs = new Float64Array(strides).fill(Number.POSITIVE_INFINITY);
  const mostUs = new Float64Array(strides).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < count; i++) {
    const stride = Math.floor(i / STRIDE);
    if (departsUs[i]! < leastUs[stride]!) leastUs[stride] = departsUs[i]!;
    if (endsUs[i]! > mostUs[stride]!) mostUs[stride] = endsUs[i]!;
  }
  return { leastUs, mostUs };
}

function burstsOf({ count, cause, from, kind, value, author }: MessageColumns): Int32Array {
  const starts = [];
  for (let i = 0; i < count; i++) {
    const before = i - 1;
    const goesOn =
      i > 0 &&
      cause[i] === cause[before] &&
      from[i] === from[before] &&
      kind[i] === kind[before] &&
      value[i] === value[before] &&
      author[i] === author[before];
    if (!goesOn) starts.push(i);
  }
  starts.push(count);
  return Int32Array.from(starts);
}
