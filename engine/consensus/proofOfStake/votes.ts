import { blockAt, committeeOf, epochOf, scheduleOf } from './chain.ts';
import { hasBit } from './economy.ts';
import { type AttestationData, sameData, type SignedData, type Slashing, votesOffence } from './messages.ts';
import type { PoolEntry, ProofOfStakeState } from './state.ts';
import { placeOf } from './tree.ts';

/** Epochs whose votes are kept while nothing is finalised. */
const MOST_EPOCHS = 64;
/** Epochs before the finalised one whose votes are kept: proofs of what was done then can still come. */
const KEPT_EPOCHS = 2;

/** Whether a vote is of a time of which votes are heard: its slot is here, and not long over. */
export function isTimely(state: ProofOfStakeState, { slot, target }: AttestationData): boolean {
  const { chains } = state.constants;
  return slot <= state.slot && target.epoch === epochOf(chains, slot) && target.epoch >= oldestEpoch(state);
}

/**
 * Takes in votes whose head stands at `place` of the tree, and finds what breaks the rules. False when their checkpoint is not that of their head's chain. Takes
 * O(1) where nobody breaks rules.
 */
export function countVotes(state: ProofOfStakeState, { data, signers }: SignedData, place: number): boolean {
  let entries = state.pool.get(data.slot);
  let entry = entries === undefined ? undefined : entryFor(entries, data);
  if (entry === undefined) {
    if (!isConsistent(state, data, place)) return false;
    entry = { data, signers };
    if (entries === undefined) {
      entries = [];
      state.pool.set(data.slot, entries);
    }
    entries.push(entry);
  } else {
    const known = entry.signers;
    let isNew = false;
    for (let at = 0; at < known.length; at++) if ((signers[at]! & ~known[at]!) !== 0) isNew = true;
    if (!isNew) return true;
    entry.signers = Object.freeze(known.map((word, at) => word | signers[at]!));
  }
  state.areVotesCounted = false;
  if (entries!.length > 1) findDoubleVotes(state, entry, entries!);
  findSurroundVotes(state, entry);
  return true;
}

/**
 * Of each place in the tree the stake of those whose latest vote is for it, gwei. Each validator votes once an epoch, so its latest vote is in the last epoch in
 * which it voted. Takes O(validators), and O(epochs) for those who are away.
 */
export function latestVotes(state: ProofOfStakeState): Float64Array {
  const { tree, pool, offenders, counted, constants } = state;
  const { chains, settings, validators } = constants;
  const votes = new Float64Array(tree.ids.length);
  const isCounted = new Uint8Array(validators);
  const oldest = oldestEpoch(state) * settings.slotsPerEpoch;
  let left = validators;
  for (let slot = state.slot; slot >= oldest && left > 0; slot--) {
    for (const { data, signers } of pool.get(slot) ?? NO_ENTRIES) {
      const place = placeOf(tree, data.head);
      const committee = committeeOf(chains, slot);
      for (let member = 0; member < committee.length; member++) {
        const identity = committee[member]!;
        if (!hasBit(signers, member) || isCounted[identity] === 1) continue;
        isCounted[identity] = 1;
        left--;
        if (place >= 0 && !offenders.has(identity)) votes[place]! += counted.weights[identity]!;
      }
    }
  }
  return votes;
}

const NO_ENTRIES: readonly PoolEntry[] = [];

/** Somebody is proven to have broken the rules: its votes no longer count for the fork choice. */
export function addOffence(state: ProofOfStakeState, slashing: Slashing): void {
  const { offenders } = state;
  if (offenders.has(slashing.identity)) return;
  offenders.add(slashing.identity);
  state.offences.push(slashing);
  state.areVotesCounted = false;
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

function entryFor(entries: readonly PoolEntry[], data: AttestationData): PoolEntry | undefined {
  for (const entry of entries) if (sameData(entry.data, data)) return entry;
  return undefined;
}

/** The head is what it says, of the slot or before, and the target is the checkpoint of the head's chain. */
function isConsistent({ tree, constants }: ProofOfStakeState, data: AttestationData, place: number): boolean {
  const { block, chain } = tree.nodes[place]!;
  return (
    chain.slot <= data.slot &&
    block.height === data.height &&
    block.digest === data.digest &&
    data.source.epoch <= data.target.epoch &&
    blockAt(chain, data.target.epoch * constants.settings.slotsPerEpoch) === data.target.block
  );
}

/** Two votes of one epoch are of one slot, since all branches have the same committees. */
function findDoubleVotes(state: ProofOfStakeState, entry: PoolEntry, entries: readonly PoolEntry[]): void {
  for (const other of entries) if (other !== entry) accuse(state, entry, other);
}

/** Where no source and no target is lower than one before, nothing is surrounded. */
function findSurroundVotes(state: ProofOfStakeState, entry: PoolEntry): void {
  const { source, target } = entry.data;
  if (source.epoch < state.highestSource || target.epoch < state.highestTarget) {
    for (const entries of state.pool.values()) {
      for (const other of entries) {
        if (votesOffence(entry.data, other.data) === 'surroundVote') accuse(state, entry, other);
      }
    }
  }
  state.highestSource = Math.max(state.highestSource, source.epoch);
  state.highestTarget = Math.max(state.highestTarget, target.epoch);
}

/** Who signed both. */
function accuse(state: ProofOfStakeState, entry: PoolEntry, other: PoolEntry): void {
  const { chains, settings } = state.constants;
  const kind = votesOffence(entry.data, other.data);
  if (kind === undefined) return;
  const committee = committeeOf(chains, entry.data.slot);
  const { slotOf, placeOf: memberOf } = scheduleOf(chains, other.data.target.epoch);
  for (let member = 0; member < committee.length; member++) {
    const identity = committee[member]!;
    if (!hasBit(entry.signers, member) || slotOf[identity] !== other.data.slot % settings.slotsPerEpoch)
      continue;
    if (!hasBit(other.signers, memberOf[identity]!)) continue;
    addOffence(state, Object.freeze({ identity, kind, one: other.data, other: entry.data }));
  }
}

/** Votes of a slot, as they are now. */
export function votesOf({ pool }: ProofOfStakeState, slot: number): readonly SignedData[] {
  return (pool.get(slot) ?? NO_ENTRIES).map(signedOf);
}

export function signedOf({ data, signers }: PoolEntry): SignedData {
  return Object.freeze({ data, signers });
}

/** The vote of one member of a committee. */
export function singleOf(data: AttestationData, member: number, members: number): SignedData {
  const signers = new Array<number>(Math.ceil(members / 32)).fill(0);
  signers[member >>> 5] = 1 << (member & 31);
  return Object.freeze({ data, signers: Object.freeze(signers) });
}
