import { NIL } from '../contract.ts';
import type { World } from '../observer.ts';
import { has, isQuorum } from './signers.ts';
import type { Choice, Tally, Transcript } from './transcript.ts';

/** Places of the two kinds of votes of protocols that lock: a quorum of the first allows the second, and the second binds. */
export interface LockKinds {
  readonly prevote: number;
  readonly precommit: number;
}

/** Undefined where the protocol has no such votes. */
export function lockKindsOf(world: World): LockKinds | undefined {
  const placeOf = (name: string): number => world.messageKinds.findIndex((kind) => kind.name === name);
  const kinds = { prevote: placeOf('prevote'), precommit: placeOf('precommit') };
  return kinds.prevote < 0 || kinds.precommit < 0 ? undefined : kinds;
}

export function choiceOf(tally: Tally | undefined, value: number, digest: number): Choice | undefined {
  return tally?.choices.find((choice) => choice.value === value && choice.digest === digest);
}

/** A precommit that a prevote breaks. */
export interface Broken {
  readonly round: number;
  readonly value: number;
}

/**
 * Precommits of a prevote's author that forbade it: for another value in an earlier round, with no quorum of prevotes for the new one from that round on and
 * before this one. So “observed_unlawful_prevote” has it (tendermint/spec, ivy-proofs/abstract_tendermint.ivy), after lines 28–29 of the paper's
 * Algorithm 1. Lowest round first.
 */
export function brokenBy(
  world: World,
  transcript: Transcript,
  kinds: LockKinds,
  height: number,
  round: number,
  author: number,
  prevoted: Choice,
): readonly Broken[] {
  if (round === 0 || prevoted.value === NIL) return NOTHING;
  const rounds = transcript.roundsOf(height);
  if (rounds === undefined) return NOTHING;
  const { value, digest } = prevoted;
  const earlier = [...rounds.keys()].filter((one) => one < round).sort((a, b) => a - b);
  const broken: Broken[] = [];
  for (const at of earlier) {
    const choices = rounds.get(at)?.[kinds.precommit]?.choices ?? NO_CHOICES;
    const bound = choices.find(
      (one) =>
        one.value !== NIL && (one.value !== value || one.digest !== digest) && has(one.signers, author),
    );
    if (bound === undefined) continue;
    const isReleased = earlier.some(
      (later) =>
        later >= at &&
        isQuorum(world, choiceOf(rounds.get(later)?.[kinds.prevote], value, digest)?.power ?? 0),
    );
    if (!isReleased) broken.push({ round: at, value: bound.value });
  }
  return broken;
}

const NOTHING: readonly Broken[] = [];
const NO_CHOICES: readonly Choice[] = [];
