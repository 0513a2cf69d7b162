import type { Evidence, Intervention, Violation } from '../../types/consensus.ts';
import type { Block, ConsensusMessage, Note } from '../contract.ts';
import type { Checker, EvidencePool as Pool, World } from '../observer.ts';
import { Accountability } from './accountability.ts';
import { Agreement } from './agreement.ts';
import { Certificates } from './certificates.ts';
import { EvidencePool } from './evidencePool.ts';
import { Liveness } from './liveness.ts';
import { Locks } from './locks.ts';
import { Quorums } from './quorums.ts';
import type { Rule } from './rule.ts';
import { Transcript } from './transcript.ts';
import { Validity } from './validity.ts';

/**
 * All checkers and the pool of evidence, on one transcript. They hear what is sent once for all its receivers, so their work does not grow with the copies on the
 * links; a decision, a note or something new said takes O(1) but for what breaks the rules, and O(rounds) where a height has several.
 */
export class Checkers implements Checker, Pool {
  readonly name = 'checkers';
  private readonly transcript: Transcript;
  private readonly pool: EvidencePool;
  private readonly rules: readonly Rule[];

  private constructor(transcript: Transcript, pool: EvidencePool, rules: readonly Rule[]) {
    this.transcript = transcript;
    this.pool = pool;
    this.rules = rules;
  }

  /** `livenessBoundUs`: within which each height must be decided once all faults are over; infinite: whenever. */
  static create(livenessBoundUs = Number.POSITIVE_INFINITY): Checkers {
    const transcript = new Transcript();
    const pool = new EvidencePool(transcript);
    return new Checkers(transcript, pool, [
      new Agreement(transcript),
      new Validity(transcript),
      new Certificates(transcript),
      new Locks(transcript),
      new Quorums(transcript),
      new Accountability(transcript, pool),
      new Liveness(transcript, livenessBoundUs),
    ]);
  }

  /** In the order in which they were found. */
  get violations(): readonly Violation[] {
    const all = this.rules.flatMap(({ violations }) => violations);
    return all.sort((a, b) => a.event - b.event);
  }

  get evidence(): readonly Evidence[] {
    return this.pool.evidence;
  }

  sent(world: World, node: number, message: ConsensusMessage): void {
    const { author } = message;
    if (author !== world.identities[node]) return;
    const { role } = world.messageKinds[message.kind]!;
    if (role === 'sync') {
      // The honest sent alone all that they say again in there.
      if (world.isFaulty(node)) this.takeBundles(world, node, message);
      return;
    }
    this.pool.sent(world, message);
    if (role === 'block') return;
    const cast = this.transcript.take(world, node, message);
    if (cast === undefined) return;
    this.pool.voted(world, cast, role === 'vote');
    for (const rule of this.rules) rule.voted?.(world, cast, role === 'vote');
  }

  decided(world: World, node: number, block: Block): void {
    const before = this.transcript.decide(world, node, block);
    for (const rule of this.rules) rule.decided?.(world, node, block, before);
  }

  noted(world: World, node: number, note: Note): void {
    for (const rule of this.rules) rule.noted?.(world, node, note);
  }

  intervened(world: World, intervention: Intervention): void {
    if (intervention.kind === 'crash' && intervention.loseUnsynced) {
      this.transcript.lose(world, intervention.node);
      this.pool.lose(world, intervention.node);
    }
    for (const rule of this.rules) rule.intervened?.(world, intervention);
  }

  finish(world: World, isQuiet: boolean): void {
    for (const rule of this.rules) rule.finish?.(world, isQuiet);
  }

  fork(): Checkers {
    const transcript = this.transcript.fork();
    const pool = this.pool.forkOn(transcript);
    return new Checkers(
      transcript,
      pool,
      this.rules.map((rule) =>
        rule instanceof Accountability ? rule.forkOn(transcript, pool) : rule.forkOn(transcript),
      ),
    );
  }

  private takeBundles(world: World, node: number, message: ConsensusMessage): void {
    for (const bundle of world.protocol.votesIn?.(message) ?? []) {
      const cast = this.transcript.takeBundle(world, node, bundle, message.author);
      if (cast === undefined) continue;
      this.pool.voted(world, cast, true);
      for (const rule of this.rules) rule.voted?.(world, cast, true);
    }
  }
}
