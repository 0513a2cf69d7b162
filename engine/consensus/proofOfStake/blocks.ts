import { type Block, NIL } from '../contract.ts';
import { type ChainState, proposerIn } from './chain.ts';
import { stateAfter } from './chainStates.ts';
import { updateCheckpoints, updateHead } from './finality.ts';
import { type BlockBody, blockMessage } from './messages.ts';
import { isBlock } from './shapes.ts';
import { type ProofOfStakeOutputs, type ProofOfStakeState, record, refused, STATUS } from './state.ts';
import { ask, hold, takeHeld } from './sync.ts';
import { attestationDueUs, slotBeginsUs } from './timing.ts';
import { addToTree, placeOf } from './tree.ts';
import { addOffence, countVotes } from './votes.ts';

/** Takes in a block of somebody, of which it need not be the first word. `batch`: so many came with it. */
export function receiveBlock(
  state: ProofOfStakeState,
  block: Block,
  from: number,
  batch: number,
  out: ProofOfStakeOutputs,
): void {
  if (!isBlock(block)) return;
  const { id, height, parent } = block;
  const { tree, statuses, executing, decided } = state;
  if (placeOf(tree, id) >= 0 || executing.includes(id) || statuses.has(id)) return;
  if (state.asked.size > 0) state.asked.delete(id);
  if (height < decided.length) {
    if (decided[height] !== id) refuse(state, block, 'against what is final', out);
  } else if (block.round > state.slot) {
    statuses.set(id, STATUS.early);
    state.early.push(block);
  } else if (statuses.get(parent) === STATUS.refused) refuse(state, block, 'parent', out);
  else {
    const place = placeOf(tree, parent);
    if (place >= 0) {
      check(state, block, place, out);
      return;
    }
    hold(state, block);
    // Twice as many each time, so that a long way back takes few questions.
    if (!statuses.has(parent) && !executing.includes(parent))
      ask(state, parent, height - 1, 2 * batch, from, out);
  }
}

/** Blocks whose slot has come. */
export function receiveEarly(state: ProofOfStakeState, out: ProofOfStakeOutputs): void {
  if (state.early.length === 0) return;
  const { early, statuses } = state;
  state.early = [];
  for (const block of early) {
    statuses.delete(block.id);
    receiveBlock(state, block, block.proposer, 1, out);
  }
}

/** A block was executed: if that gives what its proposer says, it joins the tree. */
export function takeExecuted(
  state: ProofOfStakeState,
  block: Block,
  digest: number,
  out: ProofOfStakeOutputs,
): void {
  const { tree, executing, constants } = state;
  const at = executing.indexOf(block.id);
  if (at < 0) return;
  executing.splice(at, 1);
  const parent = placeOf(tree, block.parent);
  if (digest !== block.digest) refuse(state, block, 'digest', out);
  else if (parent < 0) refuse(state, block, 'against what is final', out);
  else {
    const chain = stateAfter(constants.chains, tree.nodes[parent]!.chain, block);
    if (typeof chain === 'string') return;
    record(state, block, out);
    const isOwn = block.id === state.ownBlock;
    accept(state, block, chain, parent, out);
    if (isOwn) publish(state, block, out);
  }
}

/** Adds an executed block to the tree, with the votes and proofs that it carries. Answers its place, before anything becomes final by it. */
export function join(state: ProofOfStakeState, block: Block, chain: ChainState, parent: number): number {
  const { tree } = state;
  if (block.round <= tree.highestSlot) findDoubleProposal(state, block);
  const place = addToTree(tree, parent, block, chain);
  const { attestations, slashings } = block.extra as BlockBody;
  for (const signed of attestations) {
    const head = placeOf(tree, signed.data.head);
    if (head >= 0) countVotes(state, signed, head);
  }
  for (const slashing of slashings) addOffence(state, slashing);
  return place;
}

function accept(
  state: ProofOfStakeState,
  block: Block,
  chain: ChainState,
  parent: number,
  out: ProofOfStakeOutputs,
): void {
  const place = join(state, block, chain, parent);
  const isInTime = block.round === state.slot && state.nowUs <= slotBeginsUs(state) + attestationDueUs(state);
  if (isInTime && state.boost === NIL) state.boost = block.id;
  countWaiting(state, block.id, place);
  if (out.ignoresNotes !== true) noteSlashings(block, out);
  updateCheckpoints(state, chain, out);
  updateHead(state, out);
  for (const child of takeHeld(state, block.id)) {
    state.statuses.delete(child.id);
    receiveBlock(state, child, child.proposer, 1, out);
  }
}

function countWaiting(state: ProofOfStakeState, block: number, place: number): void {
  const votes = state.waiting.size === 0 ? undefined : state.waiting.get(block);
  if (votes === undefined) return;
  state.waiting.delete(block);
  for (const signed of votes) countVotes(state, signed, place);
}

/** Shows everybody a block that was made here. */
function publish(state: ProofOfStakeState, block: Block, out: ProofOfStakeOutputs): void {
  state.ownBlock = NIL;
  if (!state.lies.has('lateVotes')) {
    out.broadcast(blockMessage(block));
    return;
  }
  // Just before the next slot's votes, which the block after it expects for itself.
  const { slotUs } = state.constants.settings;
  const dueUs = slotBeginsUs(state) + slotUs + attestationDueUs(state) - Math.ceil(slotUs / 16);
  out.startTimer(Math.max(0, dueUs - state.nowUs), Object.freeze({ due: 'release', block: block.id }));
}

/** What can be seen before execution. */
function check(state: ProofOfStakeState, block: Block, parent: number, out: ProofOfStakeOutputs): void {
  const why = whyWrong(state, block, parent);
  if (why !== undefined) refuse(state, block, why, out);
  else {
    state.executing.push(block.id);
    out.execute(block);
  }
}

function whyWrong({ tree, constants }: ProofOfStakeState, block: Block, place: number): string | undefined {
  const { chains, leader } = constants;
  const { block: parent, chain } = tree.nodes[place]!;
  if (block.height !== parent.height + 1) return 'height';
  if (block.round <= chain.slot) return 'slot';
  const due = leader(block.height, block.round) ?? proposerIn(chains, chain, block.round);
  if (block.proposer !== due) return 'proposer';
  const after = stateAfter(chains, chain, block);
  return typeof after === 'string' ? after : undefined;
}

/** For ever, and with it all that stands on it. */
function refuse(state: ProofOfStakeState, block: Block, why: string, out: ProofOfStakeOutputs): void {
  const { statuses, waiting } = state;
  statuses.set(block.id, STATUS.refused);
  waiting.delete(block.id);
  refused(out, block, why);
  const parents = [block.id];
  for (let at = parents.pop(); at !== undefined; at = parents.pop()) {
    for (const child of takeHeld(state, at)) {
      statuses.set(child.id, STATUS.refused);
      waiting.delete(child.id);
      refused(out, child, 'parent');
      parents.push(child.id);
    }
  }
}

/** Two valid blocks of one proposer in one slot are a proof against it. */
function findDoubleProposal(state: ProofOfStakeState, block: Block): void {
  const { proposer: identity, round } = block;
  for (const { block: one } of state.tree.nodes) {
    if (one.round !== round || one.proposer !== identity) continue;
    addOffence(state, Object.freeze({ identity, kind: 'twoProposals', one, other: block }));
  }
}

function noteSlashings(block: Block, out: ProofOfStakeOutputs): void {
  for (const { identity, kind } of (block.extra as BlockBody).slashings) {
    out.note({
      kind: 'slashed',
      height: block.height,
      round: block.round,
      value: block.id,
      why: `validator ${identity}: ${kind}`,
    });
  }
}
