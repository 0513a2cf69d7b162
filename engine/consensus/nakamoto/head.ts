import type { Block } from '../contract.ts';
import { belowOf } from '../../base/prng.ts';
import { workOf } from './difficulty.ts';
import { type MinerState, type NakamotoOutputs, tipOf } from './state.ts';

/**
 * Takes a valid block for the head of the public chain if its chain has more work, or as much and the setting says so. Answers whether the public
 * chain has more work now.
 */
export function considerHead(state: MinerState, block: Block, out: NakamotoOutputs): boolean {
  const before = state.head;
  const work = workOf(block);
  if (work < before.work || block.id === before.id) return false;
  if (work === before.work && !switches(state)) return false;
  if (block.parent !== before.id) noteReorganisation(state, block, out);
  state.head = tipOf(block);
  if (out.ignoresNotes !== true) out.note({ kind: 'head', height: block.height, round: 0, value: block.id });
  decideBuried(state, block, out);
  return work > before.work;
}

function switches(state: MinerState): boolean {
  const { tieSwitchPermille } = state.settings;
  return tieSwitchPermille > 0 && belowOf(state.words, 1000) < tieSwitchPermille;
}

function noteReorganisation(state: MinerState, block: Block, out: NakamotoOutputs): void {
  let ours = out.block(state.head.id);
  let theirs = block;
  while (ours.id !== theirs.id) {
    if (ours.height >= theirs.height) ours = out.block(ours.parent);
    else theirs = out.block(theirs.parent);
  }
  const depth = state.head.height - ours.height;
  // A block that was held back can extend the head by more than one.
  if (depth === 0) return;
  state.reorganisations++;
  state.deepest = Math.max(state.deepest, depth);
  const lost = Math.max(0, state.decidedHeight - ours.height);
  out.note({
    kind: 'reorganised',
    height: ours.height,
    round: 0,
    value: block.id,
    why: lost === 0 ? `undoes ${depth}` : `undoes ${depth}, of which ${lost} decided`,
  });
}

/**
 * Decides what is buried deep enough. What was decided stays so for this node, also when a branch wins that does not have it: heights follow each
 * other, and from there on it decides that branch's. That two nodes then hold different blocks for final is what proof of work leaves open.
 */
function decideBuried(state: MinerState, head: Block, out: NakamotoOutputs): void {
  const last = head.height - state.settings.confirmations + 1;
  if (last <= state.decidedHeight) return;
  let block = head;
  while (block.height > last) block = out.block(block.parent);
  if (last === state.decidedHeight + 1) {
    decide(state, block, out);
    return;
  }
  const chain: Block[] = [];
  for (; block.height > state.decidedHeight; block = out.block(block.parent)) chain.push(block);
  for (let i = chain.length - 1; i >= 0; i--) decide(state, chain[i]!, out);
}

/** On disk a block stands once when it was accepted, and again when it was decided. */
function decide(state: MinerState, block: Block, out: NakamotoOutputs): void {
  state.decided = block.id;
  state.decidedHeight = block.height;
  out.persist(block);
  out.decide(block);
}
