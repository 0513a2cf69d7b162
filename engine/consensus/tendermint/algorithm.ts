/**
 * Algorithm 1 of "The latest gossip on BFT consensus" (Buchman, Kwon, Milosevic 2018), rule by rule; lines as there. Rules that can apply at the
 * same time apply in the order in which they stand in `applyOne`: a majority is used before anybody starts to wait for one.
 */
import { type Block, NIL } from '../contract.ts';
import { sendStatus } from './catchUp.ts';
import { countVote } from './counting.ts';
import { type BitWords, type Commit, precommitOf, prevoteOf, proposalOf } from './messages.ts';
import {
  countedRound,
  countedVotes,
  currentVotes,
  nextHeight,
  note,
  placeOfRound,
  proposerOf,
  setBlockStatus,
  STATUS,
  statusOfBlock,
  STEP,
  type TendermintOutputs,
  type TendermintState,
  type TimerStep,
  votesOfRound,
  writeAhead,
} from './state.ts';
import { bitWords, choiceOf, powerFor } from './tally.ts';

/** Lines 11–21, StartRound. What lies there for the round already is applied by {@link applyRules}. */
export function startRound(state: TendermintState, round: number, out: TendermintOutputs): void {
  state.round = round;
  state.step = STEP.propose;
  state.waitsForPrevotes = false;
  state.waitsForPrecommits = false;
  state.sawPolka = false;
  state.ownBlock = NIL;
  state.currentAt = placeOfRound(state, state.height, round);
  if (state.isAmnesiac) forgetLock(state);
  const proposer = proposerOf(state, round);
  note(state, 'round', round, NIL, out);
  const { proposal } = currentVotes(state);
  if (proposal !== undefined) examine(state, proposal.block, out);
  else if (proposer === state.constants.identity) propose(state, out);
  startTimeout(state, 'propose', out);
}

/** Lines 14–19. A new block is executed first, since its proposer has to say what that gives. */
function propose(state: TendermintState, out: TendermintOutputs): void {
  const { validValue, round, nowUs } = state;
  if (validValue !== NIL) {
    sendProposal(state, validValue, state.validRound, out);
    return;
  }
  const block = out.makeBlock(out.block(state.parent), round, nowUs);
  state.ownBlock = block.id;
  setBlockStatus(state, block.id, STATUS.executing);
  out.execute(block);
}

export function sendProposal(
  state: TendermintState,
  value: number,
  validRound: number,
  out: TendermintOutputs,
): void {
  const proposal = proposalOf(state.constants.identity, state.round, out.block(value), validRound);
  currentVotes(state).proposal = proposal;
  writeAhead(state, proposal, out);
  out.broadcast(proposal);
}

/** Has a block of this height executed, or refuses it because of its place. Once for each. */
export function examine(state: TendermintState, block: Block, out: TendermintOutputs): void {
  const { id } = block;
  if (statusOfBlock(state, id) !== undefined) return;
  if (block.parent === state.parent && block.height === state.height) {
    setBlockStatus(state, id, STATUS.executing);
    out.execute(block);
  } else {
    setBlockStatus(state, id, STATUS.refused);
    note(state, 'refused', state.round, id, out, 'parent');
  }
}

/** Applies rules until none applies. */
export function applyRules(state: TendermintState, out: TendermintOutputs): void {
  while (state.step !== STEP.commit && applyOne(state, out));
}

function applyOne(state: TendermintState, out: TendermintOutputs): boolean {
  return (
    prevoteProposal(state, out) ||
    lockAndPrecommit(state, out) ||
    precommitNil(state, out) ||
    decideValue(state, out) ||
    skipRounds(state, out) ||
    waitForPrevotes(state, out) ||
    waitForPrecommits(state, out)
  );
}

/** Lines 22–33: a new proposal, or one that a quorum prevoted in an earlier round. */
function prevoteProposal(state: TendermintState, out: TendermintOutputs): boolean {
  if (state.step !== STEP.propose) return false;
  const { proposal } = currentVotes(state);
  if (proposal === undefined) return false;
  const status = statusOfBlock(state, proposal.value);
  if (status === undefined || status === STATUS.executing) return false;
  const { value, digest, validRound } = proposal;
  const { lockedRound, lockedValue, constants } = state;
  if (validRound >= 0) {
    const votes = votesOfRound(state, state.height, countedRound(state, validRound));
    const power = votes === undefined ? 0 : powerFor(votes.prevotes, value, digest);
    if (power < constants.quorumPower) return false;
  }
  // Line 23 with validRound −1, line 29 otherwise.
  const isFree = lockedRound <= validRound || lockedValue === value || !constants.rules.locking;
  if (status === STATUS.valid && isFree) {
    prevote(state, value, digest, Math.max(validRound, lockedValue === value ? lockedRound : -1), out);
  } else {
    if (status === STATUS.valid) note(state, 'refused', state.round, value, out, 'locked');
    prevote(state, NIL, 0, -1, out);
  }
  return true;
}

/** Lines 34–35. */
function waitForPrevotes(state: TendermintState, out: TendermintOutputs): boolean {
  if (state.step !== STEP.prevote || state.waitsForPrevotes) return false;
  if (countedVotes(state).prevotes.power < state.constants.quorumPower) return false;
  state.waitsForPrevotes = true;
  startTimeout(state, 'prevote', out);
  return true;
}

/** Lines 36–43. */
function lockAndPrecommit(state: TendermintState, out: TendermintOutputs): boolean {
  if (state.sawPolka || state.step < STEP.prevote) return false;
  const { proposal } = currentVotes(state);
  if (proposal === undefined || statusOfBlock(state, proposal.value) !== STATUS.valid) return false;
  const { value, digest } = proposal;
  const { quorumPower, rules } = state.constants;
  const choice = choiceOf(countedVotes(state).prevotes, value, digest);
  if (choice === undefined || choice.power < quorumPower) return false;
  const { round } = state;
  const polka = bitWords(choice.signers);
  state.sawPolka = true;
  state.validValue = value;
  state.validRound = round;
  if (state.step !== STEP.prevote) {
    writeAhead(state, Object.freeze({ valid: value, digest, round, polka }), out);
    return true;
  }
  if (rules.locking) {
    state.lockedValue = value;
    state.lockedRound = round;
    note(state, 'locked', round, value, out);
  }
  precommit(state, value, digest, out, polka);
  return true;
}

/** Lines 44–46. */
function precommitNil(state: TendermintState, out: TendermintOutputs): boolean {
  if (state.step !== STEP.prevote) return false;
  if (powerFor(countedVotes(state).prevotes, NIL, 0) < state.constants.quorumPower) return false;
  precommit(state, NIL, 0, out);
  return true;
}

/** Lines 47–48. */
function waitForPrecommits(state: TendermintState, out: TendermintOutputs): boolean {
  if (state.waitsForPrecommits) return false;
  if (countedVotes(state).precommits.power < state.constants.quorumPower) return false;
  state.waitsForPrecommits = true;
  startTimeout(state, 'precommit', out);
  return true;
}

/** Lines 49–54, of any round. */
function decideValue(state: TendermintState, out: TendermintOutputs): boolean {
  if (!state.mayDecide) return false;
  const { quorumPower } = state.constants;
  for (const { height, round, precommits } of state.votes) {
    if (height !== state.height || precommits.power < quorumPower) continue;
    for (let i = 0; i < precommits.count; i++) {
      const { value, digest, power, signers } = precommits.choices[i]!;
      if (power < quorumPower || statusOfBlock(state, value) !== STATUS.valid) continue;
      const block = out.block(value);
      if (block.digest !== digest) continue;
      // As CometBFT does (enterPrecommit before enterCommit): who comes late still casts its vote, for nil, as it saw no quorum of prevotes.
      if (round === state.round && state.step === STEP.prevote) precommit(state, NIL, 0, out);
      decide(state, Object.freeze({ block, round, signers: bitWords(signers) }), out);
      return true;
    }
  }
  return false;
}

/** Lines 55–56. */
function skipRounds(state: TendermintState, out: TendermintOutputs): boolean {
  if (state.skipTo <= state.round) return false;
  startRound(state, state.skipTo, out);
  return true;
}

/** Lines 57–60, OnTimeoutPropose. */
export function onTimeoutPropose(state: TendermintState, out: TendermintOutputs): void {
  if (state.step === STEP.propose) prevote(state, NIL, 0, -1, out);
}

/** Lines 61–64, OnTimeoutPrevote. */
export function onTimeoutPrevote(state: TendermintState, out: TendermintOutputs): void {
  if (state.step === STEP.prevote) precommit(state, NIL, 0, out);
}

/** Lines 65–67, OnTimeoutPrecommit. */
export function onTimeoutPrecommit(state: TendermintState, out: TendermintOutputs): void {
  startRound(state, state.round + 1, out);
}

export function decide(state: TendermintState, commit: Commit, out: TendermintOutputs): void {
  out.persist(commit, state.written);
  out.decide(commit.block);
  nextHeight(state, commit);
  goOn(state, out);
}

/** At the beginning of a height: blocks that others decided come first, then a pause if there is one, then the first round. */
export function goOn(state: TendermintState, out: TendermintOutputs): void {
  if (takePending(state, out)) return;
  if (state.askNext >= 0) {
    sendStatus(state, state.askNext, out);
    state.askNext = -1;
  }
  if (state.constants.settings.timeoutCommitUs > 0 && state.commits.length > 0) {
    startTimeout(state, 'commit', out);
  } else startRound(state, 0, out);
}

/** Executes or decides the next block that others say is decided. False when there is none. */
export function takePending(state: TendermintState, out: TendermintOutputs): boolean {
  while (state.pending.length > 0 && state.pending[0]!.block.height < state.height) state.pending.shift();
  const next = state.pending[0];
  if (next === undefined) return false;
  examine(state, next.block, out);
  const status = statusOfBlock(state, next.block.id);
  if (status === STATUS.valid) decide(state, next, out);
  else if (status === STATUS.refused) state.pending = [];
  return status !== STATUS.refused;
}

function prevote(
  state: TendermintState,
  value: number,
  digest: number,
  lockRound: number,
  out: TendermintOutputs,
): void {
  const { constants, height, round } = state;
  state.step = STEP.prevote;
  const vote = prevoteOf(constants.identity, height, round, value, digest, lockRound);
  writeAhead(state, vote, out);
  countVote(state, vote.kind, height, round, vote.author, value, digest, out);
  out.broadcast(vote);
}

/** `polka`: who prevoted the value. It goes to disk with the vote: nobody else may be able to show it when this replica has forgotten it. */
function precommit(
  state: TendermintState,
  value: number,
  digest: number,
  out: TendermintOutputs,
  polka?: BitWords,
): void {
  const { constants, height, round } = state;
  state.step = STEP.precommit;
  const vote = precommitOf(constants.identity, height, round, value, digest);
  writeAhead(state, polka === undefined ? vote : Object.freeze({ vote, polka }), out);
  countVote(state, vote.kind, height, round, vote.author, value, digest, out);
  out.broadcast(vote);
}

function forgetLock(state: TendermintState): void {
  state.lockedValue = NIL;
  state.lockedRound = -1;
  state.validValue = NIL;
  state.validRound = -1;
}

/** How long a step's timeout is in the current round, µs. */
export function timeoutUs(state: TendermintState, step: TimerStep): number {
  const { settings } = state.constants;
  const { round } = state;
  const proposeUs = settings.timeoutProposeUs + round * settings.timeoutProposeDeltaUs;
  const prevoteUs = settings.timeoutPrevoteUs + round * settings.timeoutPrevoteDeltaUs;
  const precommitUs = settings.timeoutPrecommitUs + round * settings.timeoutPrecommitDeltaUs;
  switch (step) {
    case 'propose':
      return proposeUs;
    case 'prevote':
      return prevoteUs;
    case 'precommit':
      return precommitUs;
    case 'commit':
      return settings.timeoutCommitUs;
    default:
      // After the timeout of proposals, so that together they are the longest that a round takes where no message is lost.
      return prevoteUs + precommitUs;
  }
}

export function startTimeout(state: TendermintState, timeout: TimerStep, out: TendermintOutputs): void {
  const { height, round } = state;
  out.startTimer(timeoutUs(state, timeout), Object.freeze({ timeout, height, round }));
}
