import { type Block, NIL } from '../contract.ts';
import type { World } from '../observer.ts';
import { brokenBy, choiceOf, type LockKinds, lockKindsOf } from './lockVotes.ts';
import { Rule, valueInWords } from './rule.ts';
import { isHonest, isQuorum } from './signers.ts';
import type { Cast, Choice, Transcript } from './transcript.ts';

/**
 * The invariants by which Tendermint's safety was proven, for protocols with prevotes and precommits. Their names in tendermint/spec,
 * ivy-proofs/classic_safety.ivy: `prevote_unique_per_round` (for both kinds of votes, as `AllNoEquivocationByCorrect` of TendermintAccInv_004_draft.tla
 * has it); `precommitted_is_quorum_prevote`; `decision_is_quorum_precommit`; and `locks`, as far as votes show it: who precommitted a value
 * prevotes no other one later, but with a quorum of prevotes for that since (lines 28–29 of the paper), and once a quorum
 * precommitted a value, no quorum prevotes another one later.
 */
export class Locks extends Rule {
  readonly name = 'locks';
  private kinds: LockKinds | undefined;
  private isAsked = false;

  override voted(world: World, cast: Cast, isVote: boolean): void {
    if (!isVote) return;
    const kinds = this.kindsOf(world);
    if (kinds === undefined) return;
    const { kind, height, round, author, choice, other } = cast;
    if (kind === kinds.prevote) this.takePrevote(world, kinds, cast);
    else if (kind === kinds.precommit) this.takePrecommit(world, kinds, cast);
    if (other !== undefined && isHonest(world, author)) {
      const { name } = world.messageKinds[kind]!;
      const message = `Node ${author} sent two votes of the kind ${name} in round ${round} of height ${height}: for ${valueInWords(other.value)} and for ${valueInWords(choice.value)}.`;
      this.report(world, [author], height, round, message);
    }
  }

  override decided(world: World, node: number, block: Block): void {
    const kinds = this.kindsOf(world);
    if (kinds === undefined || world.isFaulty(node)) return;
    const { id, digest, height, round } = block;
    const rounds = this.transcript.roundsOf(height);
    if (rounds === undefined) return;
    for (const tallies of rounds.values()) {
      if (isQuorum(world, choiceOf(tallies[kinds.precommit], id, digest)?.power ?? 0)) return;
    }
    const message = `Node ${node} decided block ${id} at height ${height}, and no quorum precommitted it.`;
    this.report(world, [node], height, round, message);
  }

  override forkOn(transcript: Transcript): Locks {
    const fork = this.handOver(new Locks(transcript));
    fork.kinds = this.kinds;
    fork.isAsked = this.isAsked;
    return fork;
  }

  private kindsOf(world: World): LockKinds | undefined {
    if (!this.isAsked) {
      this.isAsked = true;
      this.kinds = lockKindsOf(world);
    }
    return this.kinds;
  }

  private takePrevote(world: World, kinds: LockKinds, { height, round, author, choice }: Cast): void {
    if (round === 0 || choice.value === NIL) return;
    if (isHonest(world, author)) {
      for (const broken of brokenBy(world, this.transcript, kinds, height, round, author, choice)) {
        const message = `Node ${author} precommitted ${valueInWords(broken.value)} in round ${broken.round} of height ${height}, and prevoted ${valueInWords(choice.value)} in round ${round}, for which there was no quorum of prevotes since.`;
        this.report(world, [author], height, round, message);
      }
    }
    if (!becameQuorum(world, author, choice)) return;
    for (const [earlier, tallies] of this.transcript.roundsOf(height)!) {
      if (earlier >= round) continue;
      for (const other of tallies[kinds.precommit]?.choices ?? []) {
        if (isBound(world, other, choice)) this.reportQuorums(world, height, earlier, other, round, choice);
      }
    }
  }

  private takePrecommit(world: World, kinds: LockKinds, { height, round, author, choice }: Cast): void {
    const { value, digest } = choice;
    if (value === NIL) return;
    if (isHonest(world, author)) {
      const prevotes = choiceOf(this.transcript.tallyOf(kinds.prevote, height, round), value, digest);
      if (!isQuorum(world, prevotes?.power ?? 0)) {
        const message = `Node ${author} precommitted ${valueInWords(value)} in round ${round} of height ${height} without a quorum of prevotes for it.`;
        this.report(world, [author], height, round, message);
      }
    }
    if (!becameQuorum(world, author, choice)) return;
    for (const [later, tallies] of this.transcript.roundsOf(height)!) {
      if (later <= round) continue;
      for (const other of tallies[kinds.prevote]?.choices ?? []) {
        if (other.value !== NIL && isBound(world, other, choice)) {
          this.reportQuorums(world, height, round, choice, later, other);
        }
      }
    }
  }

  private reportQuorums(
    world: World,
    height: number,
    earlier: number,
    precommitted: Choice,
    later: number,
    prevoted: Choice,
  ): void {
    const message = `A quorum precommitted ${valueInWords(precommitted.value)} in round ${earlier} of height ${height}, and a quorum prevoted ${valueInWords(prevoted.value)} in round ${later}.`;
    this.report(world, [], height, later, message);
  }
}

function becameQuorum(world: World, author: number, { power }: Choice): boolean {
  return isQuorum(world, power) && !isQuorum(world, power - world.powers[author]!);
}

/** Whether one is a quorum for something else than the other. */
function isBound(world: World, other: Choice, choice: Choice): boolean {
  return (
    other.value !== NIL &&
    (other.value !== choice.value || other.digest !== choice.digest) &&
    isQuorum(world, other.power)
  );
}
