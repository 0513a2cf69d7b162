import { type Block, NIL } from '../contract.ts';
import { type ChainState, proposerIn } from './chain.ts';
import { stateAfter } from './chainStates.ts';
import { updateCheckpoints, updateHead } from './finality.ts';
import { type BlockBody, blockMessage } from './messages.ts';
import { isBlock } from './shapes.ts';
import { backlogOf, NOTHING, type ProofOfStakeOutputs, type ProofOfStakeState, refused } from './state.ts';
import { ask, hold, takeHeld } from './sync.ts';
import { attestationDueUs, slotBeginsUs } from './timing.ts';
import { addToTree, chainsIn, findInTree } from './tree.ts';
import { addOffence, countVotes } from './votes.ts';

/** Takes in a block of somebody, of which it need not be the first word. `batch`: so many came with it. */
export function receiveBlock(
  state: ProofOfStakeState,
  block: Block,
  from: number,
  batch: number,
  out: ProofOfStakeOutputs,
): void {
  if (!isBlock(block) || isKnown(state, block)) return;
  const { backlog } = state;
  const { id, parent, height } = block;
  backlog?.asked.delete(id);
  if (isAgainstFinal(state, block)) refuse(state, block, 'against what is final', out);
  else if (backlog?.refused.has(parent) === true) refuse(state, block, 'parent', out);
  else if (block.round > state.slot) {
    const { waiting, early } = backlogOf(state);
    waiting.add(id);
    early.push(block);
  } else {
    const chain = findInTree(state, parent, height - 1);
    if (chain !== undefined) {
      check(state, block, chain, out);
      return;
    }
    hold(state, block);
    // Twice as many each time, so that a long way back takes few questions.
    if (!isComing(state, parent)) ask(state, parent, height - 1, 2 * batch, from, out);
  }
}

/** Blocks whose slot has come. */
export function receiveEarly(state: ProofOfStakeState, out: ProofOfStakeOutputs): void {
  const { backlog } = state;
  if (backlog === undefined || backlog.early.length === 0) return;
  const { early, waiting } = backlog;
  backlog.early = [];
  for (const block of early) {
    waiting.delete(block.id);
    receiveBlock(state, block, block.proposer, 1, out);
  }
}

/** Whether a block that is not in the tree is on its way there: it waits, or is executed. */
export function isComing({ executing, backlog }: ProofOfStakeState, id: number): boolean {
  return (executing !== NOTHING && executing.includes(id)) || backlog?.waiting.has(id) === true;
}

function isKnown(state: ProofOfStakeState, { id, height }: Block): boolean {
  const { root, decided, backlog } = state;
  if (height <= root.block.height) return decided[height] === id;
  return (
    isComing(state, id) || backlog?.refused.has(id) === true || findInTree(state, id, height) !== undefined
  );
}

/** It is another one of a height that is final, or stands on such a one. */
function isAgainstFinal({ root }: ProofOfStakeState, { parent, height }: Block): boolean {
  const above = height - root.block.height;
  return above <= 0 || (above === 1 && parent !== root.block.id);
}

/** A block was executed: if that gives what its proposer says, it joins the tree. */
export function takeExecuted(
  state: ProofOfStakeState,
  block: Block,
  digest: number,
  out: ProofOfStakeOutputs,
): void {
  const { executing, constants } = state;
  if (!executing.includes(block.id)) return;
  state.executing = executing.length === 1 ? NOTHING : executing.filter((id) => id !== block.id);
  const parent = findInTree(state, block.parent, block.height - 1);
  if (digest !== block.digest) refuse(state, block, 'digest', out);
  else if (parent === undefined) refuse(state, block, 'against what is final', out);
  else {
    const chain = stateAfter(constants.chains, parent, block);
    if (typeof chain === 'string') return;
    const isOwn = block.id === state.ownBlock;
    accept(state, chain, out);
    if (isOwn) publish(state, block, out);
  }
}

/** Adds a chain with one block more to the tree, and takes in the votes and proofs that the block carries. */
export function join(state: ProofOfStakeState, chain: ChainState): void {
  if (chain.slot <= state.highestSlot) findDoubleProposal(state, chain.block);
  addToTree(state, chain);
  state.votes = undefined;
  const { attestations, slashings } = chain.block.extra as BlockBody;
  for (const signed of attestations) {
    const head = findInTree(state, signed.data.head, signed.data.height);
    if (head !== undefined) countVotes(state, signed, head);
  }
  for (const slashing of slashings) addOffence(state, slashing);
}

function accept(state: ProofOfStakeState, chain: ChainState, out: ProofOfStakeOutputs): void {
  const { block, slot } = chain;
  join(state, chain);
  const isInTime = slot === state.slot && state.nowUs <= slotBeginsUs(state) + attestationDueUs(state);
  if (isInTime && state.boost === NIL) state.boost = block.id;
  if (state.backlog !== undefined) countWaiting(state, chain);
  if (out.ignoresNotes !== true) noteSlashings(block, out);
  updateCheckpoints(state, chain, out);
  updateHead(state, out);
  for (const child of takeHeld(state.backlog, block.id)) receiveBlock(state, child, child.proposer, 1, out);
}

/** Votes that came before what they are for. */
function countWaiting(state: ProofOfStakeState, chain: ChainState): void {
  const { id } = chain.block;
  const votes = state.backlog?.votes.get(id);
  if (votes === undefined) return;
  state.backlog?.votes.delete(id);
  for (const signed of votes) countVotes(state, signed, chain);
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
function check(state: ProofOfStakeState, block: Block, parent: ChainState, out: ProofOfStakeOutputs): void {
  const why = whyWrong(state, block, parent);
  if (why !== undefined) refuse(state, block, why, out);
  else {
    state.executing = [...state.executing, block.id];
    out.execute(block);
  }
}

function whyWrong({ constants }: ProofOfStakeState, block: Block, parent: ChainState): string | undefined {
  const { chains, leader } = constants;
  if (block.round <= parent.slot) return 'slot';
  const due = leader(block.height, block.round) ?? proposerIn(chains, parent, block.round);
  if (block.proposer !== due) return 'proposer';
  const chain = stateAfter(chains, parent, block);
  return typeof chain === 'string' ? chain : undefined;
}

/** For ever, and with it all that stands on it. */
function refuse(state: ProofOfStakeState, block: Block, why: string, out: ProofOfStakeOutputs): void {
  const backlog = backlogOf(state);
  const refuseOne = (one: Block, reason: string): void => {
    backlog.refused.set(one.id, one.height);
    backlog.votes.delete(one.id);
    refused(out, one, reason);
  };
  refuseOne(block, why);
  const parents = [block.id];
  for (let at = parents.pop(); at !== undefined; at = parents.pop()) {
    for (const child of takeHeld(backlog, at)) {
      refuseOne(child, 'parent');
      parents.push(child.id);
    }
  }
}

/** Two valid blocks of one proposer in one slot are a proof against it. */
function findDoubleProposal(state: ProofOfStakeState, block: Block): void {
  const { proposer: identity, round } = block;
  for (const { block: one } of chainsIn(state)) {
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
