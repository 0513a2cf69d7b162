import { NIL } from '../contract.ts';
import { KIND } from './messages.ts';
import {
  countedRound,
  currentVotes,
  placeOfRound,
  type TendermintOutputs,
  type TendermintState,
} from './state.ts';
import { type Choice, count, hasBit, type RoundVotes, setBit } from './tally.ts';

/** How far ahead heights and rounds are kept. Who falls further behind is helped when it asks. */
const HEIGHTS_AHEAD = 16;
const ROUNDS_AHEAD = 32;
/** Nobody honest is so many rounds ahead. */
const MOST_ROUNDS_AHEAD = 10_000;

/** Whether a message of this height and round is kept. */
export function isKept(state: TendermintState, height: number, round: number): boolean {
  if (height === state.height) return isWhole(round) && round <= state.round + ROUNDS_AHEAD;
  return (
    height > state.height &&
    height <= state.height + HEIGHTS_AHEAD &&
    Number.isInteger(height) &&
    isWhole(round) &&
    round <= ROUNDS_AHEAD
  );
}

/**
 * Counts a vote that is kept. True when a rule may apply because of it: power reached a quorum, or enough are in a later round. Works in the time
 * of a look-up where nothing is reached.
 */
export function countVote(
  state: TendermintState,
  kind: 1 | 2,
  height: number,
  round: number,
  author: number,
  value: number,
  digest: number,
  out: TendermintOutputs,
): boolean {
  const { constants } = state;
  const power = constants.powers[author]!;
  const isNow = height === state.height && round === state.round;
  let votes = isNow ? currentVotes(state) : state.votes[placeOfRound(state, height, round)]!;
  const isAhead = !isNow && isToCome(state, height, round);
  const isHeard = isAhead && hear(state, votes, author, power);
  const counted = countedRound(state, round);
  if (counted !== round) votes = state.votes[placeOfRound(state, height, counted)]!;
  const tally = kind === KIND.prevote ? votes.prevotes : votes.precommits;
  const choice = count(tally, author, power, value, digest);
  if (choice === undefined) return isHeard;
  const { quorumPower } = constants;
  if (choice.power >= quorumPower && choice.power - power < quorumPower) {
    noteCertificate(kind, height, round, choice, out);
    if (height !== state.height) return false;
    if (kind === KIND.precommit && value !== NIL) state.mayDecide = true;
    return true;
  }
  return isHeard || (isNow && tally.power >= quorumPower && tally.power - power < quorumPower);
}

/** Remembers that somebody is in a round to come: f + 1 of them make line 55 apply. True when they became so many. */
export function hear(state: TendermintState, votes: RoundVotes, author: number, power: number): boolean {
  if (hasBit(votes.heard, author)) return false;
  setBit(votes.heard, author);
  votes.heardPower += power;
  if (votes.heardPower < state.constants.skipPower || votes.height !== state.height) return false;
  state.skipTo = Math.max(state.skipTo, votes.round);
  return true;
}

/** Of a height to come too: when it begins, its later rounds are rounds to come. */
export function isToCome(state: TendermintState, height: number, round: number): boolean {
  return round > (height === state.height ? state.round : 0);
}

/**
 * A message of this height that is too many rounds ahead to keep. Answers the round to which more than a third of the power has come, one honest replica
 * among them, if it is ahead: line 55 for replicas that were away for long. Else −1.
 */
export function roundFarAhead(state: TendermintState, author: number, round: number): number {
  const { latest, constants } = state;
  if (!isWhole(round) || round > state.round + MOST_ROUNDS_AHEAD) return -1;
  if (round > latest[author]!) latest[author] = round;
  const byRound = [...latest.keys()].sort((a, b) => latest[b]! - latest[a]!);
  let power = 0;
  for (const identity of byRound) {
    power += constants.powers[identity]!;
    if (power >= constants.skipPower) return latest[identity]! > state.round ? latest[identity]! : -1;
  }
  return -1;
}

function isWhole(round: number): boolean {
  return Number.isInteger(round) && round >= 0;
}

function noteCertificate(
  votes: 1 | 2,
  height: number,
  round: number,
  { value, signers }: Choice,
  out: TendermintOutputs,
): void {
  if (out.ignoresNotes === true) return;
  out.note({ kind: 'certificate', height, round, value, votes, signers: signers.slice() });
}
