import type { Evidence } from '../../types/consensus.ts';
import { type ConsensusMessage, NIL } from '../contract.ts';
import type { World } from '../observer.ts';
import { brokenBy, type LockKinds, lockKindsOf } from './lockVotes.ts';
import type { Cast, Transcript } from './transcript.ts';

const MOST_EVIDENCE = 10_000;
/** Of an identity's proposals and votes, so many of the last at least are held against a new one. */
const KEPT_MESSAGES = 16;

/** What an identity said last, oldest first, and when each of it left. */
interface Said {
  readonly messages: ConsensusMessage[];
  readonly leavesUs: number[];
}

/** What an identity said that it said no honest one says, each piece once, from the messages that it signed and from nothing else. */
export class EvidencePool {
  readonly evidence: Evidence[] = [];
  private readonly transcript: Transcript;
  private known = new Set<string>();
  /** By identity. */
  private said: Said[] = [];
  private kinds: LockKinds | undefined;
  private isAsked = false;

  constructor(transcript: Transcript) {
    this.transcript = transcript;
  }

  /** A proposal, block or vote, from its author. */
  sent(world: World, message: ConsensusMessage): void {
    const { author, value, digest } = message;
    if (value !== NIL) {
      const block = world.blocks[value];
      if (block !== undefined && digest !== world.digestOf(block))
        this.prove(world, 'wrongDigest', message, [value]);
    }
    if (world.protocol.offence === undefined) return;
    let said = this.said[author];
    if (said === undefined) {
      said = { messages: [], leavesUs: [] };
      this.said[author] = said;
    }
    const { messages, leavesUs } = said;
    for (const earlier of messages) {
      const kind = world.protocol.offence(earlier, message);
      if (kind !== undefined) this.prove(world, kind, message, [earlier.value, value]);
    }
    messages.push(message);
    leavesUs.push(world.leavesUs);
    if (messages.length < 2 * KEPT_MESSAGES) return;
    messages.splice(0, KEPT_MESSAGES);
    leavesUs.splice(0, KEPT_MESSAGES);
  }

  /** A node crashed and lost what was not on disk: what rested on it was never said. */
  lose(world: World, node: number): void {
    const author = world.identities[node]!;
    const { messages, leavesUs } = this.said[author] ?? { messages: [], leavesUs: [] };
    const isKept = (_: unknown, at: number): boolean => leavesUs[at]! <= world.nowUs;
    this.said[author] = { messages: messages.filter(isKept), leavesUs: leavesUs.filter(isKept) };
  }

  /** Something new was said in a kind, height and round. */
  voted(world: World, cast: Cast, isVote: boolean): void {
    const { kind, height, round, author, choice, other } = cast;
    if (other !== undefined) {
      this.prove(world, isVote ? 'twoVotes' : 'twoProposals', cast, [other.value, choice.value]);
    }
    if (round === 0 || kind !== this.kindsOf(world)?.prevote) return;
    for (const broken of brokenBy(world, this.transcript, this.kinds!, height, round, author, choice)) {
      this.prove(world, 'amnesia', cast, [broken.value, choice.value]);
    }
  }

  forkOn(transcript: Transcript): EvidencePool {
    const fork = new EvidencePool(transcript);
    fork.evidence.push(...this.evidence);
    fork.known = new Set(this.known);
    fork.said = this.said.map(({ messages, leavesUs }) => ({
      messages: messages.slice(),
      leavesUs: leavesUs.slice(),
    }));
    fork.kinds = this.kinds;
    fork.isAsked = this.isAsked;
    return fork;
  }

  private prove(
    world: World,
    kind: Evidence['kind'],
    about: Pick<ConsensusMessage, 'kind' | 'author' | 'height' | 'round'>,
    values: readonly number[],
  ): void {
    const { author, height, round } = about;
    const key = `${kind} ${about.kind} ${author} ${height} ${round} ${values.join(' ')}`;
    if (this.known.has(key) || this.evidence.length >= MOST_EVIDENCE) return;
    this.known.add(key);
    const message = world.messageKinds[about.kind]!.name;
    this.evidence.push({ kind, identity: author, height, round, message, values, atUs: world.nowUs });
  }

  private kindsOf(world: World): LockKinds | undefined {
    if (!this.isAsked) {
      this.isAsked = true;
      this.kinds = lockKindsOf(world);
    }
    return this.kinds;
  }
}
