import { type Block, NIL } from '../contract.ts';
import { type ChainState, progressIn } from './chain.ts';
import type { Checkpoint } from './messages.ts';
import { headBlock, type ProofOfStakeOutputs, type ProofOfStakeState, STATUS } from './state.ts';
import { headOf, placeOf, pruneTree, standsOn } from './tree.ts';
import { latestVotes, pruneVotes } from './votes.ts';

/** What a replica keeps on disk of all that is final, in place of what it wrote before. Frozen. */
export interface FinalRecord {
  readonly finalised: Checkpoint;
  /** The finalised block, and those on it. */
  readonly blocks: readonly Block[];
  readonly votedSource: number;
  readonly votedTarget: number;
  readonly proposedSlot: number;
}

/** A chain came to the tree: what it justified and finalised holds from now on, if it is higher than what did. */
export function updateCheckpoints(
  state: ProofOfStakeState,
  { progress }: ChainState,
  out: ProofOfStakeOutputs,
): void {
  const { justified, finalised } = progress.epoch;
  const { tree } = state;
  if (justified.epoch > state.justified.epoch && placeOf(tree, justified.block) >= 0) {
    takeJustified(state, justified);
    noteCheckpoint(state, 'justified', justified, out);
  }
  if (finalised.epoch > state.finalised.epoch && placeOf(tree, finalised.block) >= 0)
    finalise(state, finalised, out);
}

/** Looks for the head again, and tells when it is another one. Takes O(1) where there is no fork. */
export function updateHead(state: ProofOfStakeState, out: ProofOfStakeOutputs): void {
  const { tree, head } = state;
  const next = tree.leaves === 1 ? tree.ids.length - 1 : headAmongForks(state);
  if (next === head) return;
  state.head = next;
  const block = headBlock(state);
  if (!standsOn(tree, next, head)) {
    state.reorganisations++;
    if (out.ignoresNotes !== true) noteReorganisation(state, head, out);
  }
  if (out.ignoresNotes === true) return;
  out.note({ kind: 'head', height: block.height, round: block.round, value: block.id });
}

function headAmongForks(state: ProofOfStakeState): number {
  const { tree, justified, boost, counted } = state;
  const { slotsPerEpoch, proposerBoostPermille } = state.constants.settings;
  if (!state.areVotesCounted || state.votes.length !== tree.ids.length) {
    state.votes = latestVotes(state);
    state.areVotesCounted = true;
  }
  const boosted = boost === NIL ? -1 : placeOf(tree, boost);
  if (boosted < 0) return headOf(tree, justified, state.votes);
  const votes = state.votes.slice();
  votes[boosted]! += Math.floor(counted.totalWeight / (1000 * slotsPerEpoch)) * proposerBoostPermille;
  return headOf(tree, justified, votes);
}

function noteReorganisation(state: ProofOfStakeState, before: number, out: ProofOfStakeOutputs): void {
  const { tree, head } = state;
  let common = before;
  while (!standsOn(tree, head, common)) common = tree.nodes[common]!.parent;
  const depth = tree.nodes[before]!.block.height - tree.nodes[common]!.block.height;
  out.note({
    kind: 'reorganised',
    height: tree.nodes[common]!.block.height,
    round: state.slot,
    value: tree.ids[head]!,
    why: `undoes ${depth}`,
  });
}

function takeJustified(state: ProofOfStakeState, justified: Checkpoint): void {
  const { tree, constants } = state;
  const place = Math.max(0, placeOf(tree, justified.block));
  state.justified = justified;
  state.counted = progressIn(constants.chains, tree.nodes[place]!.chain, justified.epoch).epoch;
  state.areVotesCounted = false;
}

/** What is final stays so: what does not stand on it is gone, and what does not come after it is refused for ever. */
function finalise(state: ProofOfStakeState, finalised: Checkpoint, out: ProofOfStakeOutputs): void {
  const { tree, decided } = state;
  const root = placeOf(tree, finalised.block);
  const chain: Block[] = [];
  for (let place = root; place > 0; place = tree.nodes[place]!.parent) chain.push(tree.nodes[place]!.block);
  state.finalised = finalised;
  noteCheckpoint(state, 'finalised', finalised, out);
  chain.reverse();
  for (const { id } of chain) decided.push(id);
  if (root > 0) prune(state, root);
  persistFinal(state, out);
  for (const block of chain) out.decide(block);
}

function prune(state: ProofOfStakeState, root: number): void {
  const { tree, statuses, decided } = state;
  const head = headBlock(state).id;
  for (const { id, height } of pruneTree(tree, root)) {
    if (decided[height] !== id) statuses.set(id, STATUS.refused);
  }
  state.head = Math.max(0, placeOf(tree, head));
  state.areVotesCounted = false;
  pruneVotes(state);
  if (state.offences.length > 0) {
    const { slashed } = tree.nodes[0]!.chain.progress.epoch.accounts;
    state.offences = state.offences.filter(({ identity }) => slashed[identity] === 0);
  }
  forgetOvertaken(state);
  // With a third of the stake lying, what was justified may stand on another branch.
  if (placeOf(tree, state.justified.block) >= 0) return;
  let highest = state.finalised;
  for (const { chain } of tree.nodes) {
    const { justified } = chain.progress.epoch;
    if (justified.epoch > highest.epoch && placeOf(tree, justified.block) >= 0) highest = justified;
  }
  takeJustified(state, highest);
}

/** Blocks that wait for a parent that can no longer come, and votes for blocks that can no longer come. */
function forgetOvertaken(state: ProofOfStakeState): void {
  const { held, statuses, waiting, decided } = state;
  for (const [parent, blocks] of held) {
    if (blocks[0]!.height >= decided.length) continue;
    held.delete(parent);
    for (const { id } of blocks) statuses.delete(id);
  }
  for (const [head, votes] of waiting) if (votes[0]!.data.height < decided.length) waiting.delete(head);
}

function persistFinal(state: ProofOfStakeState, out: ProofOfStakeOutputs): void {
  const { finalised, tree, votedSource, votedTarget, proposedSlot, written } = state;
  const record: FinalRecord = Object.freeze({
    finalised,
    blocks: Object.freeze(tree.nodes.map(({ block }) => block)),
    votedSource,
    votedTarget,
    proposedSlot,
  });
  state.written = 1;
  out.persist(record, written);
}

function noteCheckpoint(
  { tree, decided }: ProofOfStakeState,
  kind: 'justified' | 'finalised',
  { epoch, block }: Checkpoint,
  out: ProofOfStakeOutputs,
): void {
  if (out.ignoresNotes === true) return;
  const place = placeOf(tree, block);
  const height = place < 0 ? decided.length - 1 : tree.nodes[place]!.block.height;
  out.note({ kind, height, round: epoch, value: block });
}
