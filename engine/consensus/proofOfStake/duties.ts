import { type Block, NIL } from '../contract.ts';
import { receiveEarly } from './blocks.ts';
import { type ChainState, committeeOf, epochOf, progressIn, proposerIn, scheduleOf } from './chain.ts';
import { enterEpoch, updateHead } from './finality.ts';
import { isIncludable, isNewTo, isSlashable } from './includes.ts';
import { forgetful } from './lying.ts';
import {
  aggregateOf,
  type AttestationData,
  attestationOf,
  blockMessage,
  bodyOf,
  checkpointOf,
  type SignedData,
} from './messages.ts';
import { MOST_ATTESTATIONS, MOST_SLASHINGS } from './shapes.ts';
import { type ProofOfStakeOutputs, type ProofOfStakeState, type ProofOfStakeTimer, record } from './state.ts';
import { askAgain } from './sync.ts';
import { chainsIn, leavesOf } from './tree.ts';
import { aggregateDueUs, attestationDueUs, repetitionDueUs, slotBeginsUs } from './timing.ts';
import { countVotes, singleOf, votesOf } from './votes.ts';

/** What a replica wrote before it spoke. */
export interface VoteRecord {
  /** What it voted for as the head, with all before. */
  readonly head: Block;
  readonly votedSource: number;
  readonly votedTarget: number;
}
export interface ProposalRecord {
  readonly proposedSlot: number;
}

const NEXT_SLOT: ProofOfStakeTimer = Object.freeze({ due: 'slot' });

/** In the midst of a slot, or at its beginning: what is due in the rest of it. */
export function begin(state: ProofOfStakeState, out: ProofOfStakeOutputs): void {
  state.slot = Math.max(0, Math.floor(state.nowUs / state.constants.settings.slotUs));
  enterEpoch(state, out);
  updateHead(state, out);
  planDuties(state, out);
  planNextSlot(state, out);
}

export function takeTimer(
  state: ProofOfStakeState,
  timer: ProofOfStakeTimer,
  out: ProofOfStakeOutputs,
): void {
  switch (timer.due) {
    case 'slot':
      enterSlot(state, out);
      break;
    case 'attestation':
      if (timer.slot === state.slot) attest(state, out);
      break;
    case 'aggregate':
      if (timer.slot === state.slot) aggregate(state, out);
      break;
    case 'repetition':
      if (timer.slot === state.slot) repeatVote(state, out);
      break;
    case 'answer':
      askAgain(state, timer.block, out);
      break;
    default: {
      const chain = chainsIn(state).find(({ block }) => block.id === timer.block);
      if (chain !== undefined) out.broadcast(blockMessage(chain.block));
    }
  }
}

function enterSlot(state: ProofOfStakeState, out: ProofOfStakeOutputs): void {
  state.slot++;
  state.boost = NIL;
  state.phase = 'following';
  state.ownVote = undefined;
  if (state.slot % state.constants.settings.slotsPerEpoch === 0) enterEpoch(state, out);
  receiveEarly(state, out);
  updateHead(state, out);
  if (out.ignoresNotes !== true) {
    out.note({ kind: 'round', height: state.head.block.height + 1, round: state.slot, value: NIL });
  }
  propose(state, out);
  planDuties(state, out);
  planNextSlot(state, out);
}

function planNextSlot(state: ProofOfStakeState, out: ProofOfStakeOutputs): void {
  const beginsUs = slotBeginsUs(state) + state.constants.settings.slotUs;
  out.startTimer(Math.max(0, beginsUs - state.nowUs), NEXT_SLOT);
}

/** Timers for what is left to do in this slot for a member of its committee. */
function planDuties(state: ProofOfStakeState, out: ProofOfStakeOutputs): void {
  const { constants, slot, identity } = state;
  const { chains, settings } = constants;
  const { slotOf } = scheduleOf(chains, epochOf(chains, slot));
  if (slotOf[identity] !== slot % settings.slotsPerEpoch) return;
  const inUs = (dueUs: number): number => slotBeginsUs(state) + dueUs - state.nowUs;
  const untilUs = inUs(attestationDueUs(state));
  if (untilUs < 0) return;
  state.phase = 'attesting';
  out.startTimer(untilUs, Object.freeze({ due: 'attestation', slot }));
  if (votesAlone(state)) return;
  if (placeInCommittee(state) < settings.aggregators) {
    out.startTimer(inUs(aggregateDueUs(state)), Object.freeze({ due: 'aggregate', slot }));
  }
  out.startTimer(inUs(repetitionDueUs(state)), Object.freeze({ due: 'repetition', slot }));
}

function placeInCommittee({ constants, slot, identity }: ProofOfStakeState): number {
  const { chains } = constants;
  return scheduleOf(chains, epochOf(chains, slot)).placeOf[identity]!;
}

/** Whether votes of this slot's committee go to everybody one by one. */
function votesAlone({ constants, slot, lies }: ProofOfStakeState): boolean {
  const { chains, settings } = constants;
  // A liar with several votes shows them to everybody.
  if (lies.has('twoVotes') || lies.has('nothingAtStake')) return true;
  return committeeOf(chains, slot).length <= settings.aggregators || settings.aggregators === 0;
}

/** A block on the head, if it is this replica's turn there. */
function propose(state: ProofOfStakeState, out: ProofOfStakeOutputs): void {
  const { constants, slot, proposedSlot, head, identity } = state;
  const { chains, leader } = constants;
  if (slot <= head.slot || slot <= proposedSlot) return;
  if ((leader(head.block.height + 1, slot) ?? proposerIn(chains, head, slot)) !== identity) return;
  state.phase = 'proposing';
  state.proposedSlot = slot;
  const written: ProposalRecord = Object.freeze({ proposedSlot: slot });
  record(state, written, out);
  const block = out.makeBlock(head.block, slot, state.nowUs, bodyOn(state, head));
  state.ownBlock = block.id;
  state.executing = [...state.executing, block.id];
  out.execute(block);
}

/** Votes and proofs that are new to a chain, the latest first where there are too many. */
function bodyOn(state: ProofOfStakeState, chain: ChainState): object {
  const { constants, slot, offences } = state;
  const { chains, settings } = constants;
  const epoch = epochOf(chains, slot);
  const begun = progressIn(chains, chain, epoch);
  const attestations: SignedData[] = [];
  // A block in an epoch's first slot is itself the checkpoint, for which nobody can have voted yet.
  for (let at = slot - 1; at >= Math.max(0, (epoch - 1) * settings.slotsPerEpoch); at--) {
    for (const votes of votesOf(state, at)) {
      if (attestations.length === MOST_ATTESTATIONS) break;
      if (isIncludable(chains, begun, votes.data) && isNewTo(chains, begun, votes)) attestations.push(votes);
    }
  }
  const slashings = offences.filter(({ identity }) => isSlashable(begun, identity)).slice(0, MOST_SLASHINGS);
  return bodyOf(attestations, slashings);
}

/** Votes for the head, and for the link from its justified checkpoint to its epoch's. Written down before anybody hears it. */
function attest(state: ProofOfStakeState, out: ProofOfStakeOutputs): void {
  const { lies } = state;
  updateHead(state, out);
  const { head } = state;
  let data = dataFor(state, head);
  if (lies.has('amnesia')) data = forgetful(data);
  const { source, target } = data;
  const contradicts = target.epoch <= state.votedTarget || source.epoch < state.votedSource;
  if (contradicts && !lies.has('amnesia')) return;
  state.votedSource = source.epoch;
  state.votedTarget = target.epoch;
  const written: VoteRecord = Object.freeze({
    head: head.block,
    votedSource: source.epoch,
    votedTarget: target.epoch,
  });
  record(state, written, out);
  cast(state, data, head, out);
  if (lies.has('nothingAtStake')) voteForEveryBranch(state, out);
}

/** Where blocks fork, who has nothing at stake wins with each branch. */
function voteForEveryBranch(state: ProofOfStakeState, out: ProofOfStakeOutputs): void {
  const { head, identity } = state;
  for (const leaf of leavesOf(state)) {
    if (leaf !== head) out.broadcast(attestationOf(identity, dataFor(state, leaf)));
  }
}

function dataFor({ constants, slot }: ProofOfStakeState, chain: ChainState): AttestationData {
  const { chains } = constants;
  const { id, height, digest } = chain.block;
  const { epoch, boundary } = progressIn(chains, chain, epochOf(chains, slot));
  const target = checkpointOf(epoch.epoch, boundary);
  return Object.freeze({ slot, head: id, height, digest, source: epoch.justified, target });
}

function cast(
  state: ProofOfStakeState,
  data: AttestationData,
  head: ChainState,
  out: ProofOfStakeOutputs,
): void {
  const { identity } = state;
  const { chains, settings } = state.constants;
  const committee = committeeOf(chains, state.slot);
  const member = placeInCommittee(state);
  state.ownVote = data;
  state.isOwnVoteOut = false;
  countVotes(state, singleOf(data, member, committee.length), head);
  const vote = attestationOf(identity, data);
  if (votesAlone(state)) {
    state.isOwnVoteOut = true;
    out.broadcast(vote);
    return;
  }
  // Also to itself, which takes no link: whoever watches hears every vote from who cast it.
  for (let at = 0; at < settings.aggregators; at++) out.send(committee[at]!, vote);
}

/** What an aggregator heard of its committee, to everybody. */
function aggregate(state: ProofOfStakeState, out: ProofOfStakeOutputs): void {
  const votes = votesOf(state, state.slot);
  if (votes.length === 0) return;
  state.phase = 'aggregating';
  state.isOwnVoteOut = true;
  out.broadcast(aggregateOf(state.identity, votes.slice()));
}

/** No aggregate brought the own vote: everybody gets it from here. */
function repeatVote(state: ProofOfStakeState, out: ProofOfStakeOutputs): void {
  const { ownVote, isOwnVoteOut, identity } = state;
  if (ownVote === undefined || isOwnVoteOut) return;
  state.isOwnVoteOut = true;
  out.broadcast(attestationOf(identity, ownVote));
}
