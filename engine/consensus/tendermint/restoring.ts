import { type Block, NIL, type ReplicaSetup } from '../contract.ts';
import { type BitWords, type Commit, KIND, type Precommit, type Proposal, type Vote } from './messages.ts';
import type { TendermintSettings } from './settings.ts';
import {
  countedRound,
  createState,
  currentVotes,
  nextHeight,
  placeOfRound,
  type Rules,
  setBlockStatus,
  STATUS,
  STEP,
  type TendermintState,
} from './state.ts';
import { count, hasBit } from './tally.ts';

/** A value that became valid without a lock. */
interface Valid {
  readonly valid: number;
  readonly digest: number;
  readonly round: number;
  readonly polka: BitWords;
}

/**
 * What a replica writes before it speaks: its proposals and votes themselves, precommits of a value with the prevotes of the quorum that allowed them, and
 * decisions.
 */
type DiskRecord = Proposal | Vote | Locked | Commit | Valid;

interface Locked {
  readonly vote: Precommit;
  readonly polka: BitWords;
}

/** A replica that never says what contradicts what it said before, whatever it forgot beyond its disk. */
export function restoreState(
  setup: ReplicaSetup<TendermintSettings>,
  rules: Rules,
  records: readonly object[],
): TendermintState {
  const state = createState(setup, rules);
  state.isRestored = true;
  for (const record of records as readonly DiskRecord[]) {
    if ('signers' in record) {
      nextHeight(state, record);
      continue;
    }
    state.written++;
    if ('valid' in record) {
      becomeValid(state, record.valid, record.round);
      countPolka(state, record.round, record.valid, record.digest, record.polka);
    } else if ('polka' in record) {
      const { vote, polka } = record;
      if (vote.height !== state.height) continue;
      sayAgain(state, vote);
      countPolka(state, vote.round, vote.value, vote.digest, polka);
    } else if (record.height === state.height) sayAgain(state, record);
  }
  return state;
}

function sayAgain(state: TendermintState, said: Proposal | Vote): void {
  const { round, author, value, digest } = said;
  if (round !== state.round || state.step === STEP.commit) {
    state.round = round;
    state.step = STEP.propose;
    state.sawPolka = false;
    state.currentAt = placeOfRound(state, state.height, round);
  }
  if (said.kind === KIND.proposal) {
    currentVotes(state).proposal = said;
    return;
  }
  const isPrevote = said.kind === KIND.prevote;
  state.step = isPrevote ? STEP.prevote : STEP.precommit;
  const votes = state.votes[placeOfRound(state, state.height, countedRound(state, round))]!;
  count(
    isPrevote ? votes.prevotes : votes.precommits,
    author,
    state.constants.powers[author]!,
    value,
    digest,
  );
  if (isPrevote || value === NIL) return;
  if (state.constants.rules.locking) {
    state.lockedValue = value;
    state.lockedRound = round;
  }
  becomeValid(state, value, round);
}

function countPolka(
  state: TendermintState,
  round: number,
  value: number,
  digest: number,
  polka: BitWords,
): void {
  const { powers } = state.constants;
  const { prevotes } = state.votes[placeOfRound(state, state.height, countedRound(state, round))]!;
  for (let author = 0; author < powers.length; author++) {
    if (hasBit(polka, author)) count(prevotes, author, powers[author]!, value, digest);
  }
}

/** It was executed before it became valid. */
function becomeValid(state: TendermintState, value: Block['id'], round: number): void {
  state.validValue = value;
  state.validRound = round;
  state.sawPolka = true;
  setBlockStatus(state, value, STATUS.valid);
}
