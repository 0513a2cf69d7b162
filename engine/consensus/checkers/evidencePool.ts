import type { Evidence } from '../../types/consensus.ts';
import { type ConsensusMessage, NIL } from '../contract.ts';
import type { World } from '../observer.ts';
import { brokenBy, type LockKinds, lockKindsOf } from './lockVotes.ts';
import type { Cast, Transcript } from './transcript.ts';

const MOST_EVIDENCE = 10_000;
/** Of an identity's proposals and votes, so many of the last are held against a new one. */
const KEPT_MESSAGES = 64;

interface Said {
  readonly message: ConsensusMessage;
  readonly leavesUs: number;
}

/** What an identity said that it said no honest one says, each piece once, from the messages that it signed and from nothing else. */
export class EvidencePool {
  readonly evidence: Evidence[] = [];
  private readonly transcript: Transcript;
  private known = new Set<string>();
  /** Of each identity what it said last, oldest first. */
  private said: (readonly Said[])[] = [];
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
    const before = this.said[author] ?? [];
    for (const { message: earlier } of before) {
      const kind = world.protocol.offence(earlier, message);
      if (kind !== undefined) this.prove(world, kind, message, [earlier.value, value]);
    }
    const said = { message, leavesUs: world.leavesUs };
    this.said[author] = before.length < KEPT_MESSAGES ? [...before, said] : [...before.slice(1), said];
  }

  /** A node crashed and lost what was not on disk: what rested on it was never said. */
  lose(world: World, node: number): void {
    const author = world.identities[node]!;
    this.said[author] = (this.said[author] ?? []).filter(({ leavesUs }) => leavesUs <= world.nowUs);
  }

  /** Something new was said in a kind, height and round. */
  voted(world: World, cast: Cast, isVote: boolean): void {
    const { kind, height, round, author, choice, first } = cast;
    const about = { kind, height, round, author };
    if (choice !== first) {
      this.prove(world, isVote ? 'twoVotes' : 'twoProposals', about, [first.value, choice.value]);
    }
    if (round === 0 || kind !== this.kindsOf(world)?.prevote) return;
    for (const broken of brokenBy(world, this.transcript, this.kinds!, height, round, author, choice)) {
      this.prove(world, 'amnesia', about, [broken.value, choice.value]);
    }
  }

  forkOn(transcript: Transcript): EvidencePool {
    const fork = new EvidencePool(transcript);
    fork.evidence.push(...this.evidence);
    fork.known = new Set(this.known);
    fork.said = this.said.slice();
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
