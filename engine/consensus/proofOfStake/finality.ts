import { type Block, NIL } from '../contract.ts';
import { type ChainState, epochOf, progressIn } from './chain.ts';
import type { EpochState } from './epochs.ts';
import { type Checkpoint, sameCheckpoint } from './messages.ts';
import { backlogOf, type ProofOfStakeOutputs, type ProofOfStakeState } from './state.ts';
import { headOf, leavesOf, pruneTree, standsOn } from './tree.ts';
import { latestVotes, pruneVotes } from './votes.ts';

/** What a replica keeps on disk of all that is final, in place of what it wrote before. Frozen. */
export interface FinalRecord {
  readonly finalised: Checkpoint;
  /** The finalised block, and the last one that stands on it as far as the head goes. */
  readonly root: Block;
  readonly head: Block;
  readonly votedSource: number;
  readonly votedTarget: number;
  readonly proposedSlot: number;
}

/**
 * What a chain of the tree justified and finalised holds from now on, if it is higher than what did; by the rules of the epoch that it is now, also where the
 * chain has no block of that yet: votes name that as their source, and nobody may go back behind a source.
 */
export function updateCheckpoints(
  state: ProofOfStakeState,
  chain: ChainState,
  out: ProofOfStakeOutputs,
): void {
  const { justified, finalised } = epochNow(state, chain);
  if (justified.epoch > state.justified.epoch) {
    const at = ancestorAt(state, chain, justified);
    if (at !== undefined) {
      takeJustified(state, justified, at);
      noteCheckpoint('justified', justified, at, out);
    }
  }
  if (finalised.epoch <= state.finalised.epoch) return;
  const at = ancestorAt(state, chain, finalised);
  if (at !== undefined) finalise(state, finalised, at, out);
}

/** A new epoch began. */
export function enterEpoch(state: ProofOfStakeState, out: ProofOfStakeOutputs): void {
  // One may make others fall off the tree.
  for (const leaf of leavesOf(state)) if (standsOnRoot(state, leaf)) updateCheckpoints(state, leaf, out);
}

/** A chain in the epoch that it is now. */
function epochNow({ constants, slot }: ProofOfStakeState, chain: ChainState): EpochState {
  const { chains } = constants;
  return progressIn(chains, chain, epochOf(chains, slot)).epoch;
}

/** The block of a checkpoint of a chain, if it is in the tree. */
function ancestorAt(
  { root }: ProofOfStakeState,
  chain: ChainState,
  { block }: Checkpoint,
): ChainState | undefined {
  let at = chain;
  while (at.block.id !== block) {
    if (at.block.height <= root.block.height) return undefined;
    at = at.parent!;
  }
  return at;
}

/** Looks for the head again, and tells when it is another one. Takes O(1) where there is no fork. */
export function updateHead(state: ProofOfStakeState, out: ProofOfStakeOutputs): void {
  const { head } = state;
  const next = state.others.length === 0 ? state.newest : headAmongForks(state);
  if (next === head || next.block.id === head.block.id) return;
  state.head = next;
  const { height, round, id } = next.block;
  if (next.parent !== head && !standsOn(next, head)) {
    state.reorganisations++;
    if (out.ignoresNotes !== true) noteReorganisation(state, head, out);
  }
  if (out.ignoresNotes !== true) out.note({ kind: 'head', height, round, value: id });
}

function headAmongForks(state: ProofOfStakeState): ChainState {
  const { justified, boost, counted } = state;
  const { slotsPerEpoch, proposerBoostPermille } = state.constants.settings;
  state.votes ??= latestVotes(state);
  const knows = (leaf: ChainState): boolean => sameCheckpoint(epochNow(state, leaf).justified, justified);
  if (boost === NIL) return headOf(state, justified.block, state.votes, knows);
  const boostGwei = Math.floor(counted.totalWeight / (1000 * slotsPerEpoch)) * proposerBoostPermille;
  const votes = new Map(state.votes).set(boost, (state.votes.get(boost) ?? 0) + boostGwei);
  return headOf(state, justified.block, votes, knows);
}

function noteReorganisation(state: ProofOfStakeState, before: ChainState, out: ProofOfStakeOutputs): void {
  const { head, slot } = state;
  let common = before;
  while (!standsOn(head, common)) common = common.parent!;
  const { height } = common.block;
  const why = `undoes ${before.block.height - height}`;
  out.note({ kind: 'reorganised', height, round: slot, value: head.block.id, why });
}

function takeJustified(state: ProofOfStakeState, justified: Checkpoint, chain: ChainState): void {
  state.justified = justified;
  state.counted = progressIn(state.constants.chains, chain, justified.epoch).epoch;
  state.votes = undefined;
}

/** What is final stays so: what does not stand on it is gone, and what does not come after it is refused for ever. */
function finalise(
  state: ProofOfStakeState,
  finalised: Checkpoint,
  root: ChainState,
  out: ProofOfStakeOutputs,
): void {
  const { decided } = state;
  const chain: Block[] = [];
  for (let at = root; at.block.height > state.root.block.height; at = at.parent!) chain.push(at.block);
  chain.reverse();
  state.finalised = finalised;
  noteCheckpoint('finalised', finalised, root, out);
  for (const { id } of chain) decided.push(id);
  prune(state, root);
  persistFinal(state, out);
  for (const block of chain) out.decide(block);
}

function prune(state: ProofOfStakeState, root: ChainState): void {
  const gone = pruneTree(state, root);
  if (gone.length > 0) {
    const { refused } = backlogOf(state);
    for (const { id, height } of gone) refused.set(id, height);
  }
  state.votes = undefined;
  pruneVotes(state);
  if (!standsOnRoot(state, state.head)) state.head = root;
  if (state.offences.length > 0) {
    const { slashed } = root.progress.epoch.accounts;
    state.offences = state.offences.filter(({ identity }) => slashed[identity] === 0);
  }
  forgetOvertaken(state);
  const { justified } = state;
  const isThere = leavesOf(state).some((leaf) => ancestorAt(state, leaf, justified) !== undefined);
  if (!isThere) justifyAnew(state, root);
}

function standsOnRoot({ root }: ProofOfStakeState, chain: ChainState): boolean {
  return chain.block.height >= root.block.height && standsOn(chain, root);
}

/** With a third of the stake lying, what was justified may stand on another branch than what is final. */
function justifyAnew(state: ProofOfStakeState, root: ChainState): void {
  let highest = state.finalised;
  let at = root;
  for (const leaf of leavesOf(state)) {
    const { justified } = epochNow(state, leaf);
    const chain = justified.epoch > highest.epoch ? ancestorAt(state, leaf, justified) : undefined;
    if (chain === undefined) continue;
    highest = justified;
    at = chain;
  }
  takeJustified(state, highest, at);
}

/** Blocks that wait for a parent that can no longer come, votes for blocks that can no longer come, and refusals that need not be remembered. */
function forgetOvertaken(state: ProofOfStakeState): void {
  const { backlog, decided } = state;
  if (backlog === undefined) return;
  const { refused, waiting, held, early, asked, votes } = backlog;
  for (const [parent, blocks] of held) {
    if (blocks[0]!.height >= decided.length) continue;
    held.delete(parent);
    for (const { id } of blocks) waiting.delete(id);
  }
  for (const [head, ofHead] of votes) if (ofHead[0]!.data.height < decided.length) votes.delete(head);
  for (const [id, height] of refused) if (height < decided.length - 1) refused.delete(id);
  const left = refused.size + waiting.size + held.size + early.length + asked.size + votes.size;
  if (left === 0) state.backlog = undefined;
}

function persistFinal(state: ProofOfStakeState, out: ProofOfStakeOutputs): void {
  const { finalised, root, head, votedSource, votedTarget, proposedSlot, written } = state;
  const record: FinalRecord = Object.freeze({
    finalised,
    root: root.block,
    head: head.block,
    votedSource,
    votedTarget,
    proposedSlot,
  });
  state.written = 1;
  out.persist(record, written);
}

function noteCheckpoint(
  kind: 'justified' | 'finalised',
  { epoch }: Checkpoint,
  { block }: ChainState,
  out: ProofOfStakeOutputs,
): void {
  if (out.ignoresNotes === true) return;
  out.note({ kind, height: block.height, round: block.round, value: block.id, why: `epoch ${epoch}` });
}
