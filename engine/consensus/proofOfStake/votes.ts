import { boundaryIn, type ChainState, committeeOf, epochOf, scheduleOf } from './chain.ts';
import { hasBit } from './economy.ts';
import { type AttestationData, sameData, type SignedData, type Slashing, votesOffence } from './messages.ts';
import type { ProofOfStakeState } from './state.ts';
import { findInTree } from './tree.ts';

/** Epochs whose votes are kept while nothing is finalised. */
const MOST_EPOCHS = 64;
/** Epochs before the finalised one whose votes are kept: proofs of what was done then can still come. */
const KEPT_EPOCHS = 2;

/** Whether a vote is of a time of which votes are heard: its slot is here, and not long over. */
export function isTimely(state: ProofOfStakeState, { slot, target }: AttestationData): boolean {
  const { chains } = state.constants;
  return slot <= state.slot && target.epoch === epochOf(chains, slot) && target.epoch >= oldestEpoch(state);
}

/** Whether all these votes were heard before, as far as that can be seen at once. */
export function isHeard({ lastHeard }: ProofOfStakeState, { data, signers }: SignedData): boolean {
  return sameData(lastHeard.data, data) && !hasMore(signers, lastHeard.signers);
}

/**
 * Takes in votes whose head is in the tree, and finds what breaks the rules. False when their checkpoint is not that of their head's chain. Takes O(1) where
 * nobody breaks rules.
 */
export function countVotes(state: ProofOfStakeState, votes: SignedData, head: ChainState): boolean {
  if (isHeard(state, votes)) return true;
  const { pool } = state;
  const { data, signers } = votes;
  const heard = pool.get(data.slot);
  const before = heard?.find((one) => sameData(one.data, data));
  let all = votes;
  if (before === undefined) {
    if (!isConsistent(state, data, head)) return false;
    if (heard === undefined) pool.set(data.slot, [votes]);
    else heard.push(votes);
  } else {
    if (!hasMore(signers, before.signers)) return true;
    const joined = before.signers.map((word, at) => word | signers[at]!);
    all = Object.freeze({ data: before.data, signers: Object.freeze(joined) });
    heard![heard!.indexOf(before)] = all;
  }
  state.lastHeard = all;
  state.votes = undefined;
  if (heard !== undefined && heard.length > 1) findDoubleVotes(state, all);
  findSurroundVotes(state, all);
  return true;
}

function hasMore(signers: readonly number[], known: readonly number[]): boolean {
  for (let at = 0; at < known.length; at++) if ((signers[at]! & ~known[at]!) !== 0) return true;
  return false;
}

/**
 * Of each block in the tree the stake of those whose latest vote is for it, gwei. Each validator votes once an epoch, so its latest vote is in the last epoch in
 * which it voted. Takes O(validators), and O(epochs) for those who are away.
 */
export function latestVotes(state: ProofOfStakeState): Map<number, number> {
  const { pool, offenders, counted, constants } = state;
  const { chains, settings, validators } = constants;
  const votes = new Map<number, number>();
  const isCounted = new Uint8Array(validators);
  const oldest = oldestEpoch(state) * settings.slotsPerEpoch;
  let left = validators;
  for (let slot = state.slot; slot >= oldest && left > 0; slot--) {
    for (const { data, signers } of pool.get(slot) ?? NOTHING) {
      const isInTree = findInTree(state, data.head, data.height) !== undefined;
      const committee = committeeOf(chains, slot);
      let gwei = votes.get(data.head) ?? 0;
      for (let member = 0; member < committee.length; member++) {
        const identity = committee[member]!;
        if (!hasBit(signers, member) || isCounted[identity] === 1) continue;
        isCounted[identity] = 1;
        left--;
        if (!offenders.has(identity)) gwei += counted.weights[identity]!;
      }
      if (isInTree) votes.set(data.head, gwei);
    }
  }
  return votes;
}

const NOTHING: readonly SignedData[] = Object.freeze([]);

/** Somebody is proven to have broken the rules: its votes no longer count for the fork choice. */
export function addOffence(state: ProofOfStakeState, slashing: Slashing): void {
  const { offenders } = state;
  if (offenders.has(slashing.identity)) return;
  offenders.add(slashing.identity);
  state.offences.push(slashing);
  state.votes = undefined;
}

/** Forgets votes that are too old to be included or to prove anything. */
export function pruneVotes(state: ProofOfStakeState): void {
  const oldest = oldestEpoch(state) * state.constants.settings.slotsPerEpoch;
  for (const slot of state.pool.keys()) if (slot < oldest) state.pool.delete(slot);
}

function oldestEpoch(state: ProofOfStakeState): number {
  const now = epochOf(state.constants.chains, state.slot);
  return Math.max(0, now - MOST_EPOCHS, Math.min(state.finalised.epoch, now - 1) - KEPT_EPOCHS);
}

/** The head is what it says, of the slot or before, and the target is the checkpoint of the head's chain. */
function isConsistent({ constants }: ProofOfStakeState, data: AttestationData, head: ChainState): boolean {
  return (
    head.slot <= data.slot &&
    head.block.digest === data.digest &&
    data.source.epoch <= data.target.epoch &&
    boundaryIn(constants.chains, head, data.target.epoch) === data.target.block
  );
}

/** Two votes of one epoch are of one slot, since all branches have the same committees. */
function findDoubleVotes(state: ProofOfStakeState, votes: SignedData): void {
  for (const other of state.pool.get(votes.data.slot)!) if (other !== votes) accuse(state, votes, other);
}

/** Where no source and no target is lower than one before, nothing is surrounded. */
function findSurroundVotes(state: ProofOfStakeState, votes: SignedData): void {
  const { source, target } = votes.data;
  if (source.epoch < state.highestSource || target.epoch < state.highestTarget) {
    for (const heard of state.pool.values()) {
      for (const other of heard) {
        if (votesOffence(votes.data, other.data) === 'surroundVote') accuse(state, votes, other);
      }
    }
  }
  state.highestSource = Math.max(state.highestSource, source.epoch);
  state.highestTarget = Math.max(state.highestTarget, target.epoch);
}

/** Who signed both. */
function accuse(state: ProofOfStakeState, votes: SignedData, other: SignedData): void {
  const { chains, settings } = state.constants;
  const kind = votesOffence(votes.data, other.data);
  if (kind === undefined) return;
  const committee = committeeOf(chains, votes.data.slot);
  const { slotOf, placeOf: memberOf } = scheduleOf(chains, other.data.target.epoch);
  for (let member = 0; member < committee.length; member++) {
    const identity = committee[member]!;
    if (!hasBit(votes.signers, member) || slotOf[identity] !== other.data.slot % settings.slotsPerEpoch)
      continue;
    if (!hasBit(other.signers, memberOf[identity]!)) continue;
    addOffence(state, Object.freeze({ identity, kind, one: other.data, other: votes.data }));
  }
}

/** Votes of a slot, as they are now. */
export function votesOf({ pool }: ProofOfStakeState, slot: number): readonly SignedData[] {
  return pool.get(slot) ?? NOTHING;
}

/** The vote of one member of a committee. */
export function singleOf(data: AttestationData, member: number, members: number): SignedData {
  const signers = new Array<number>(Math.ceil(members / 32)).fill(0);
  signers[member >>> 5] = 1 << (member & 31);
  return Object.freeze({ data, signers: Object.freeze(signers) });
}
