import type { Input } from '../contract.ts';
import { receiveBlock } from './blocks.ts';
import { committeeOf, epochOf, scheduleOf } from './chain.ts';
import { hasBit } from './economy.ts';
import {
  type Aggregate,
  type Attestation,
  type BlockMessage,
  KIND,
  type ProofOfStakeMessage,
  type SignedData,
} from './messages.ts';
import { isCount, isData, isList, isRecord, isSigned, isWithin } from './shapes.ts';
import {
  type ProofOfStakeOutputs,
  type ProofOfStakeState,
  type ProofOfStakeTimer,
  refused,
} from './state.ts';
import { answer, ask, MOST_BLOCKS } from './sync.ts';
import { placeOf } from './tree.ts';
import { countVotes, isTimely, singleOf } from './votes.ts';

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
  const { chains, identity } = state.constants;
  for (const signed of attestations) {
    const { data, signers } = signed;
    if (!isTimely(state, data)) continue;
    const committee = committeeOf(chains, data.slot);
    if (!isWithin(signers, committee.length)) continue;
    const own = state.ownVote;
    if (own !== undefined && own.slot === data.slot && own.head === data.head) {
      if (hasBit(signers, committee.indexOf(identity))) state.isOwnVoteOut = true;
    }
    takeVotes(state, signed, from, out);
  }
}

/** Votes whose head is not there yet are kept until it is. */
function takeVotes(
  state: ProofOfStakeState,
  signed: SignedData,
  from: number,
  out: ProofOfStakeOutputs,
): void {
  const { tree, waiting, statuses, executing, decided } = state;
  const { head, height, slot } = signed.data;
  const place = placeOf(tree, head);
  if (place >= 0) {
    if (!countVotes(state, signed, place)) {
      refused(out, tree.nodes[place]!.block, `vote of slot ${slot}: checkpoint`);
    }
    return;
  }
  // Of what is final below, and against it, nothing is to be learnt.
  if (height < decided.length) return;
  const votes = waiting.get(head);
  if (votes !== undefined) {
    if (votes.length < MOST_WAITING) votes.push(signed);
  } else if (waiting.size < MOST_WAITING) waiting.set(head, [signed]);
  if (!statuses.has(head) && !executing.includes(head)) ask(state, head, height, 1, from, out);
}
