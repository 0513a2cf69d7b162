import type { Evidence } from '../../types/consensus.ts';
import type { Block } from '../contract.ts';
import type { World } from '../observer.ts';
import type { EvidencePool } from './evidencePool.ts';
import { nodesInWords, Rule } from './rule.ts';
import { faultyPower, isHonest, isOverlap, isQuorum, membersOf } from './signers.ts';
import type { Transcript } from './transcript.ts';

/** What a fork is made with. A wrong digest makes none. */
const OFFENCES: ReadonlySet<Evidence['kind']> = new Set(['twoVotes', 'amnesia', 'surroundVote', 'twoBlocks']);

/**
 * Where two honest nodes decided differently, what all replicas sent names liars with more than a third of the power (a third at least, where quorums need no more than two), and no honest one. So it is
 * proven for Tendermint (tendermint/spec, ivy-proofs/accountable_safety_1.ivy and _2.ivy) and for Casper (Buterin and Griffith 2017), as long as liars are no
 * quorum by themselves. Of protocols whose finality is only probable nothing is asked.
 */
export class Accountability extends Rule {
  readonly name = 'accountability';
  private readonly pool: EvidencePool;
  private isTold = false;

  constructor(transcript: Transcript, pool: EvidencePool) {
    super(transcript);
    this.pool = pool;
  }

  override decided(world: World, node: number, { id, height, round }: Block): void {
    if (this.isTold || world.isFaulty(node) || world.protocol.finality !== 'absolute') return;
    const isFork = this.transcript
      .decidedAt(height)
      .some(({ block, nodes }) => block !== id && membersOf(nodes).some((one) => isHonest(world, one)));
    if (!isFork) return;
    this.isTold = true;
    const named = namedBy(this.pool.evidence);
    const innocent = named.filter((identity) => isHonest(world, identity));
    if (innocent.length > 0) {
      const message = `The fork at height ${height} is blamed on ${nodesInWords(innocent)}, honest as they are.`;
      this.report(world, innocent, height, round, message);
    }
    const power = named.reduce((sum, identity) => sum + world.powers[identity]!, 0);
    if (isOverlap(world, power) || isQuorum(world, faultyPower(world))) return;
    const message = `The fork at height ${height} names liars with ${power} of ${world.totalPower} of the power only.`;
    this.report(world, named, height, round, message);
  }

  override forkOn(transcript: Transcript, pool: EvidencePool = this.pool): Accountability {
    const fork = this.handOver(new Accountability(transcript, pool));
    fork.isTold = this.isTold;
    return fork;
  }
}

/** Identities that are proven to have done what makes a fork, ascending. */
export function namedBy(evidence: readonly Evidence[]): number[] {
  const named = new Set(evidence.filter(({ kind }) => OFFENCES.has(kind)).map(({ identity }) => identity));
  return [...named].sort((a, b) => a - b);
}
