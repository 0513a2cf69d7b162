import { belowOf } from '../../base/prng.ts';
import type { Block } from '../contract.ts';
import { blocksOf, type GetBlocks, getBlocksOf } from './messages.ts';
import { type Backlog, backlogOf, type ProofOfStakeOutputs, type ProofOfStakeState } from './state.ts';
import { findInTree } from './tree.ts';

/** Blocks in an answer, at most. */
export const MOST_BLOCKS = 64;
const MOST_TRIES = 10;
/** Blocks that wait for others, at most: beyond, they are forgotten until they come again. */
const MOST_HELD = 10_000;
/** Parts of a slot after which an answer is overdue. */
const OVERDUE_PART = 3;

/** Asks for a block that is missing, unless that was done. */
export function ask(
  state: ProofOfStakeState,
  wanted: number,
  height: number,
  count: number,
  whom: number,
  out: ProofOfStakeOutputs,
): void {
  const { asked } = backlogOf(state);
  if (asked.has(wanted)) return;
  const few = Math.min(count, MOST_BLOCKS);
  asked.set(wanted, { tries: 1, count: few, height });
  send(state, wanted, height, few, whom, out);
}

/** No answer came: another one is asked; after some tries what waits for the block is forgotten, until it comes again. */
export function askAgain(state: ProofOfStakeState, wanted: number, out: ProofOfStakeOutputs): void {
  const { backlog, constants, identity, words } = state;
  const question = backlog?.asked.get(wanted);
  if (backlog === undefined || question === undefined) return;
  const { tries, count, height } = question;
  if (tries >= MOST_TRIES || constants.validators < 2 || height < state.decided.length) {
    backlog.asked.delete(wanted);
    backlog.votes.delete(wanted);
    forgetHeld(backlog, wanted);
    return;
  }
  backlog.asked.set(wanted, { tries: tries + 1, count, height });
  const other = belowOf(words, constants.validators - 1);
  send(state, wanted, height, count, other < identity ? other : other + 1, out);
}

/** Gives somebody the block it misses, and as many of those before it as it asks for. */
export function answer(
  state: ProofOfStakeState,
  { wanted, count, height }: GetBlocks,
  whom: number,
  out: ProofOfStakeOutputs,
): void {
  const { decided, identity, lies } = state;
  const chain = findInTree(state, wanted, height);
  if (chain === undefined && decided[height] !== wanted) return;
  const blocks: Block[] = [];
  let block = chain === undefined ? out.block(wanted) : chain.block;
  while (block.height > 0) {
    // Who shows its blocks to nobody does not do so when asked either.
    if (lies.has('withheldBlock') && block.proposer === identity) return;
    blocks.push(block);
    if (blocks.length >= count || blocks.length === MOST_BLOCKS) break;
    block = out.block(block.parent);
  }
  if (blocks.length > 0) out.send(whom, blocksOf(identity, blocks.reverse()));
}

/** Keeps a block until its parent is there. */
export function hold(state: ProofOfStakeState, block: Block): void {
  const { held, waiting } = backlogOf(state);
  if (waiting.size >= MOST_HELD) return;
  waiting.add(block.id);
  const others = held.get(block.parent);
  if (others === undefined) held.set(block.parent, [block]);
  else others.push(block);
}

const NONE: readonly Block[] = [];

/** What waited for a block, and waits no longer. */
export function takeHeld(backlog: Backlog | undefined, parent: number): readonly Block[] {
  const blocks = backlog?.held.get(parent);
  if (backlog === undefined || blocks === undefined) return NONE;
  backlog.held.delete(parent);
  for (const { id } of blocks) backlog.waiting.delete(id);
  return blocks;
}

/** Forgets what waits for a block, and what waits for that: when it comes again, what it lacks is asked for again. */
function forgetHeld(backlog: Backlog, parent: number): void {
  const parents = [parent];
  for (let at = parents.pop(); at !== undefined; at = parents.pop()) {
    for (const { id } of takeHeld(backlog, at)) parents.push(id);
  }
}

function send(
  state: ProofOfStakeState,
  wanted: number,
  height: number,
  count: number,
  whom: number,
  out: ProofOfStakeOutputs,
): void {
  const { settings } = state.constants;
  out.send(whom, getBlocksOf(state.identity, wanted, height, state.slot, count));
  const waitUs = Math.ceil(settings.slotUs / OVERDUE_PART);
  out.startTimer(waitUs, Object.freeze({ due: 'answer', block: wanted }));
}
