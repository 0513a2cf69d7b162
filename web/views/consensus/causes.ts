import type { ProtocolDescription } from '../../../engine/api/index.ts';
import { consensusText as text } from '../../lib/messages/consensus.ts';
import { format } from '../../lib/messages.ts';
import type { MessageAt, Mark, RunLog } from '../../store/consensus/runLog.ts';
import { interventionWords, timeWords, valueWords } from './words.ts';

type Kinds = ProtocolDescription['messageKinds'];

/** A message in one sentence: what it is, from whom to whom, and when it gets there. */
export function describeMessage({ segment, at }: MessageAt, kinds: Kinds): string {
  const { messages } = segment;
  const kind = kinds[messages.kind[at]!];
  const value = messages.value[at]!;
  const author = messages.author[at]!;
  const from = messages.from[at]!;
  const words = {
    kind: kind?.name ?? '',
    value: kind?.role === 'sync' && value < 0 ? '' : format(text.forValue, { value: valueWords(value) }),
    height: messages.height[at]!,
    round: messages.round[at]!,
    from,
    to: messages.to[at]!,
    author: author === from ? '' : format(text.signedBy, { author }),
    departs: timeWords(messages.departsUs[at]!),
    arrives:
      segment.lost[at] === 1
        ? text.neverArrives
        : format(text.arrives, { at: timeWords(segment.endsUs[at]!) }),
    wrong: messages.wrongDigest[at] === 1 ? text.wrongDigest : '',
  };
  return format(text.message, words);
}

/** Something that happened at a replica or to the network, in one sentence. */
export function describeMark(mark: Mark, kinds: Kinds): string {
  if (mark.kind === 'intervention')
    return format(text.markHand, { what: interventionWords(mark.intervention), at: timeWords(mark.atUs) });
  const words = {
    node: mark.node,
    height: mark.height,
    round: mark.round,
    value: valueWords(mark.value),
    at: timeWords(mark.atUs),
    why: 'why' in mark && mark.why !== undefined ? format(text.markWhy, { why: mark.why }) : '',
  };
  if (mark.kind === 'certificate') {
    const kind = kinds[mark.votes]?.name ?? '';
    return format(text.marks.certificate, { ...words, kind, signers: mark.signers.join(', ') });
  }
  return format(text.marks[mark.kind], words);
}

/** A link of a chain of causes: an event, what it was, and where. */
export interface Cause {
  /** Number of the event. */
  readonly number: number;
  readonly place: number;
  readonly words: string;
}

/** What an event was, in one sentence. */
export function describeEvent(log: RunLog, kinds: Kinds, number: number): string {
  const message = log.message(log.messageOf(number));
  if (message !== undefined) return describeMessage(message, kinds);
  const place = log.placeOf(number);
  const node = log.nodeOf(place);
  const at = timeWords(log.timeOf(place));
  const happened = log.happeningsAt(place);
  const timer = happened.find(({ kind }) => kind === 'timer');
  if (timer?.kind === 'timer') return format(text.timerRan, { node, timer: timer.timer, at });
  const executed = happened.find(({ kind }) => kind === 'executed');
  if (executed?.kind === 'executed')
    return format(text.marks.executed, { node, value: valueWords(executed.value), at });
  const decided = happened.find(({ kind }) => kind === 'decided');
  if (decided?.kind === 'decided') return describeMark(decided, kinds);
  if (node < 0) return format(text.networkEvent, { at });
  return format(log.causeOf(place) === 0 ? text.started : text.idleEvent, { node, at });
}

const MOST_CAUSES = 40;

/** Why: the event, the one in which it was planned, and so on back to where nothing before it is known. */
export function causesOf(log: RunLog, kinds: Kinds, number: number): readonly Cause[] {
  const chain: Cause[] = [];
  for (let at = number; at > 0 && chain.length < MOST_CAUSES; ) {
    const place = log.placeOf(at);
    chain.push({ number: at, place, words: describeEvent(log, kinds, at) });
    const message = log.message(log.messageOf(at));
    at = message !== undefined ? message.segment.messages.cause[message.at]! : log.causeOf(place);
  }
  return chain;
}
