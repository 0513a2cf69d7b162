import type { Block, Input } from '../contract.ts';
import {
  applyRules,
  decide,
  examine,
  goOn,
  onTimeoutPrecommit,
  onTimeoutPrevote,
  onTimeoutPropose,
  sendProposal,
  startRound,
  startTimeout,
  takePending,
} from './algorithm.ts';
import { answerLateVote, answerStatus, sendStatus, takeCommits } from './catchUp.ts';
import { countVote, hear, isKept, isToCome, roundFarAhead } from './counting.ts';
import { KIND, type Proposal, type TendermintMessage, type Votes } from './messages.ts';
import {
  countedRound,
  note,
  placeOfRound,
  proposerOf,
  proposerToCome,
  setBlockStatus,
  STATUS,
  statusOfBlock,
  STEP,
  type TendermintOutputs,
  type TendermintState,
  type TendermintTimer,
  votesOfRound,
} from './state.ts';
import { hasBit, isBitWords, powerFor, type RoundVotes } from './tally.ts';

export function takeMessage(
  state: TendermintState,
  { message }: Input<TendermintMessage, TendermintTimer>,
  out: TendermintOutputs,
): void {
  const { author, height } = message!;
  if (state.constants.powers[author] === undefined) return;
  switch (message!.kind) {
    case KIND.prevote:
    case KIND.precommit:
      if (height >= state.height) takeVote(state, message!, out);
      else answerLateVote(state, message!, out);
      break;
    case KIND.proposal:
      if (height >= state.height && takeProposal(state, message!, out)) applyRules(state, out);
      break;
    case KIND.status:
      answerStatus(state, message!, out);
      break;
    case KIND.votes:
      if (height >= state.height) takeVotes(state, message!, out);
      break;
    case KIND.commits:
      if (takeCommits(state, message!) && takePending(state, out)) applyRules(state, out);
      break;
    default:
  }
}

function takeVote(
  state: TendermintState,
  { kind, author, height, round, value, digest }: TendermintMessage & { readonly kind: 1 | 2 },
  out: TendermintOutputs,
): void {
  const isNow = height === state.height && round === state.round;
  if (!isNow && !isKept(state, height, round)) {
    if (height === state.height) comeFrom(state, author, round, out);
    return;
  }
  if (countVote(state, kind, height, round, author, value, digest, out)) applyRules(state, out);
}

/** Somebody is rounds ahead. */
function comeFrom(state: TendermintState, author: number, round: number, out: TendermintOutputs): void {
  const ahead = roundFarAhead(state, author, round);
  if (ahead < 0 || state.step === STEP.commit) return;
  startRound(state, ahead, out);
  applyRules(state, out);
}

/** True when a rule may apply because of it. */
function takeProposal(state: TendermintState, proposal: Proposal, out: TendermintOutputs): boolean {
  const { height, round, author } = proposal;
  if (!isKept(state, height, round)) return false;
  const why = whyRefused(state, proposal);
  if (why !== undefined) {
    note(state, 'refused', round, proposal.value, out, why);
    return false;
  }
  const votes = state.votes[placeOfRound(state, height, round)]!;
  if (votes.proposal !== undefined) {
    if (votes.proposal.value === proposal.value || !isNamed(state, votes, proposal)) return false;
  }
  votes.proposal = proposal;
  const isAhead = isToCome(state, height, round);
  if (isAhead) hear(state, votes, author, state.constants.powers[author]!);
  if (height === state.height && !isAhead && state.step !== STEP.commit) {
    examine(state, proposal.block, out);
    askForPolka(state, proposal, out);
  }
  return height === state.height;
}

/** The proposer saw a quorum of prevotes in an earlier round, by line 28 a condition of this one's: whoever lacks some of them asks for them. */
function askForPolka(
  state: TendermintState,
  { author, value, digest, validRound }: Proposal,
  out: TendermintOutputs,
): void {
  if (validRound < 0 || author === state.constants.identity) return;
  const votes = votesOfRound(state, state.height, countedRound(state, validRound));
  const power = votes === undefined ? 0 : powerFor(votes.prevotes, value, digest);
  if (power < state.constants.quorumPower) sendStatus(state, author, out);
}

function whyRefused(state: TendermintState, proposal: Proposal): string | undefined {
  const { value, digest, height, round, author, validRound } = proposal;
  const block = proposal.block as Block | null | undefined;
  if (block === null || block === undefined) return 'block';
  if (block.id !== value || block.digest !== digest || block.height !== height) return 'block';
  if (!Number.isInteger(validRound) || validRound < -1 || validRound >= round) return 'validRound';
  const proposer = height === state.height ? proposerOf(state, round) : proposerToCome(state, height, round);
  return author === proposer ? undefined : 'proposer';
}

/** Whether a quorum voted for a second proposal of a round: then that one is what counts, whatever its proposer showed first. */
function isNamed(state: TendermintState, { height, round }: RoundVotes, proposal: Proposal): boolean {
  const { prevotes, precommits } = state.votes[placeOfRound(state, height, countedRound(state, round))]!;
  const { value, digest } = proposal;
  return (
    Math.max(powerFor(prevotes, value, digest), powerFor(precommits, value, digest)) >=
    state.constants.quorumPower
  );
}

/** What others said that this replica missed. */
function takeVotes(state: TendermintState, message: Votes, out: TendermintOutputs): void {
  const { height, proposals, bundles } = message;
  if (!Array.isArray(proposals) || !Array.isArray(bundles)) return;
  const { powers, words } = state.constants;
  for (const bundle of bundles) {
    const { kind, round, value, digest, signers } = bundle;
    if (kind !== KIND.prevote && kind !== KIND.precommit) continue;
    if (!isBitWords(signers, words)) continue;
    const kept = isKept(state, height, round);
    for (let author = 0; author < powers.length; author++) {
      if (!hasBit(signers, author)) continue;
      if (kept) countVote(state, kind, height, round, author, value, digest, out);
      else if (height === state.height) comeFrom(state, author, round, out);
    }
  }
  for (const proposal of proposals) {
    if (proposal?.kind === KIND.proposal && proposal.height === height) takeProposal(state, proposal, out);
  }
  applyRules(state, out);
}

export function takeTimer(
  state: TendermintState,
  { timeout, height, round }: TendermintTimer,
  out: TendermintOutputs,
): void {
  if (height !== state.height || round !== state.round) return;
  if (timeout === 'commit') {
    if (state.step === STEP.commit && state.pending.length === 0) startRound(state, 0, out);
  } else if (state.step === STEP.commit) return;
  else if (timeout === 'propose') {
    onTimeoutPropose(state, out);
    startTimeout(state, 'stalled', out);
  } else if (timeout === 'prevote') onTimeoutPrevote(state, out);
  else if (timeout === 'precommit') onTimeoutPrecommit(state, out);
  else {
    sendStatus(state, undefined, out);
    startTimeout(state, 'stalled', out);
  }
  applyRules(state, out);
}

export function takeExecuted(
  state: TendermintState,
  block: Block,
  digest: number,
  out: TendermintOutputs,
): void {
  if (statusOfBlock(state, block.id) !== STATUS.executing) return;
  const isRight = digest === block.digest;
  setBlockStatus(state, block.id, isRight ? STATUS.valid : STATUS.refused);
  if (!isRight) note(state, 'refused', state.round, block.id, out, 'digest');
  const next = state.pending[0];
  if (next?.block.id === block.id) {
    if (isRight) decide(state, next, out);
    else {
      state.pending = [];
      if (state.step === STEP.commit) goOn(state, out);
    }
  } else if (state.ownBlock === block.id && state.step === STEP.propose) {
    sendProposal(state, block.id, -1, out);
  }
  applyRules(state, out);
}

/** The first thing a replica hears, also after a crash: then it goes on in the step that its disk knows of. */
export function begin(state: TendermintState, out: TendermintOutputs): void {
  const { isRestored, round } = state;
  state.isRestored = false;
  if (!isRestored) {
    startRound(state, 0, out);
  } else if (state.step === STEP.commit) {
    startRound(state, round, out);
    sendStatus(state, undefined, out);
  } else {
    note(state, 'round', round, -1, out);
    const { proposal } = state.votes[state.currentAt]!;
    if (proposal !== undefined) {
      // Its own, which may never have left.
      out.broadcast(proposal);
      examine(state, proposal.block, out);
    }
    startTimeout(state, state.step === STEP.propose ? 'propose' : 'stalled', out);
    sendStatus(state, undefined, out);
  }
  applyRules(state, out);
}
