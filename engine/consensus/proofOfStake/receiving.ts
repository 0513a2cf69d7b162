import type { Input } from '../contract.ts';
import { isComing, receiveBlock } from './blocks.ts';
import { committeeOf, epochOf, scheduleOf } from './chain.ts';
import { hasBit } from './economy.ts';
import {
  type Aggregate,
  type Attestation,
  type AttestationData,
  type BlockMessage,
  KIND,
  type ProofOfStakeMessage,
  sameData,
  type SignedData,
} from './messages.ts';
import { isCount, isData, isList, isRecord, isSigned, isWithin } from './shapes.ts';
import {
  backlogOf,
  type ProofOfStakeOutputs,
  type ProofOfStakeState,
  type ProofOfStakeTimer,
  refused,
} from './state.ts';
import { answer, ask, MOST_BLOCKS } from './sync.ts';
import { findInTree } from './tree.ts';
import { countVotes, isHeard, isTimely, singleOf } from './votes.ts';

/** Different things that the members of a committee may attest, at most, in one aggregate. */
const MOST_KINDS = 64;
/** Blocks that are missing and for which votes are kept, at most, and votes for each. */
const MOST_WAITING = 256;

/** What comes in a message may be anything: nothing is taken as it is said to be. */
export function takeMessage(
  state: ProofOfStakeState,
  { message, from }: Input<ProofOfStakeMessage, ProofOfStakeTimer>,
  out: ProofOfStakeOutputs,
): void {
  if (message === undefined) return;
  switch (message.kind) {
    case KIND.block:
      takeBlock(state, message, from, out);
      break;
    case KIND.attestation:
      takeAttestation(state, message, from, out);
      break;
    case KIND.aggregate:
      takeAggregate(state, message, from, out);
      break;
    case KIND.getBlocks:
      if (isCount(message.wanted) && isCount(message.height) && isCount(message.count)) {
        answer(state, message, from, out);
      }
      break;
    case KIND.blocks:
      if (!isList(message.blocks, MOST_BLOCKS, isRecord)) return;
      for (const block of message.blocks) receiveBlock(state, block, from, message.blocks.length, out);
      break;
    default:
  }
}

function takeBlock(
  state: ProofOfStakeState,
  { block, author, height, round, value, digest }: BlockMessage,
  from: number,
  out: ProofOfStakeOutputs,
): void {
  if (!isRecord(block)) return;
  const isWhatItSays =
    author === block.proposer &&
    height === block.height &&
    round === block.round &&
    value === block.id &&
    digest === block.digest;
  if (isWhatItSays) receiveBlock(state, block, from, 1, out);
}

function takeAttestation(
  state: ProofOfStakeState,
  { author, data, digest, value }: Attestation,
  from: number,
  out: ProofOfStakeOutputs,
): void {
  if (!isData(data) || !isTimely(state, data) || value !== data.head) return;
  const { chains, settings, validators } = state.constants;
  if (!isCount(author) || author >= validators) return;
  const { slotOf, placeOf } = scheduleOf(chains, epochOf(chains, data.slot));
  if (slotOf[author] !== data.slot % settings.slotsPerEpoch) return;
  if (digest !== data.digest) {
    const { height, slot, head } = data;
    out.note({ kind: 'refused', height, round: slot, value: head, why: `vote of ${author}: digest` });
    return;
  }
  const members = committeeOf(chains, data.slot).length;
  takeVotes(state, singleOf(data, placeOf[author]!, members), from, out);
}

function takeAggregate(
  state: ProofOfStakeState,
  { attestations }: Aggregate,
  from: number,
  out: ProofOfStakeOutputs,
): void {
  if (!isList(attestations, MOST_KINDS, isSigned)) return;
  if (state.ownVote !== undefined) findOwnVote(state, state.ownVote, attestations);
  for (const signed of attestations) {
    if (isHeard(state, signed) || !isTimely(state, signed.data)) continue;
    const { length } = committeeOf(state.constants.chains, signed.data.slot);
    if (isWithin(signed.signers, length)) takeVotes(state, signed, from, out);
  }
}

function findOwnVote(
  state: ProofOfStakeState,
  own: AttestationData,
  attestations: readonly SignedData[],
): void {
  const { chains } = state.constants;
  const member = scheduleOf(chains, own.target.epoch).placeOf[state.identity]!;
  for (const { data, signers } of attestations) {
    if (sameData(data, own) && hasBit(signers, member)) state.isOwnVoteOut = true;
  }
}

/** Votes whose head is not there yet are kept until it is. */
function takeVotes(
  state: ProofOfStakeState,
  signed: SignedData,
  from: number,
  out: ProofOfStakeOutputs,
): void {
  const { head, height, slot } = signed.data;
  const chain = findInTree(state, head, height);
  if (chain !== undefined) {
    if (!countVotes(state, signed, chain)) refused(out, chain.block, `vote of slot ${slot}: checkpoint`);
    return;
  }
  // Of what is final below, or refused, nothing is to be learnt.
  if (height < state.decided.length || state.backlog?.refused.has(head) === true) return;
  const { votes } = backlogOf(state);
  const others = votes.get(head);
  if (others !== undefined) {
    if (others.length < MOST_WAITING) others.push(signed);
  } else if (votes.size < MOST_WAITING) votes.set(head, [signed]);
  if (!isComing(state, head)) ask(state, head, height, 1, from, out);
}
