import { belowOf } from '../../base/prng.ts';
import type { Block } from '../contract.ts';
import { blocksOf, type GetBlocks, getBlocksOf } from './messages.ts';
import { type ProofOfStakeOutputs, type ProofOfStakeState, STATUS } from './state.ts';
import { placeOf } from './tree.ts';

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
  if (state.asked.has(wanted)) return;
  const few = Math.min(count, MOST_BLOCKS);
  state.asked.set(wanted, { tries: 1, count: few, height });
  send(state, wanted, height, few, whom, out);
}

/** No answer came: another one is asked; after some tries what waits for the block is forgotten, until it comes again. */
export function askAgain(state: ProofOfStakeState, wanted: number, out: ProofOfStakeOutputs): void {
  const { asked, constants, words } = state;
  const question = asked.get(wanted);
  if (question === undefined) return;
  const { tries, count, height } = question;
  if (tries >= MOST_TRIES || constants.validators < 2 || height < state.decided.length) {
    asked.delete(wanted);
    state.waiting.delete(wanted);
    forgetHeld(state, wanted);
    return;
  }
  asked.set(wanted, { tries: tries + 1, count, height });
  const other = belowOf(words, constants.validators - 1);
  send(state, wanted, height, count, other < constants.identity ? other : other + 1, out);
}

/** Gives somebody the block it misses, and as many of those before it as it asks for. */
export function answer(
  state: ProofOfStakeState,
  { wanted, count, height }: GetBlocks,
  whom: number,
  out: ProofOfStakeOutputs,
): void {
  const { tree, decided, constants, lies } = state;
  const place = placeOf(tree, wanted);
  if (place < 0 && decided[height] !== wanted) return;
  const blocks: Block[] = [];
  let block = place < 0 ? out.block(wanted) : tree.nodes[place]!.block;
  while (block.height > 0) {
    // Who shows its blocks to nobody does not do so when asked either.
    if (lies.has('withheldBlock') && block.proposer === constants.identity) return;
    blocks.push(block);
    if (blocks.length >= count || blocks.length === MOST_BLOCKS) break;
    block = out.block(block.parent);
  }
  if (blocks.length > 0) out.send(whom, blocksOf(constants.identity, blocks.reverse()));
}

/** Keeps a block until its parent is there. */
export function hold(state: ProofOfStakeState, block: Block): void {
  const { held, statuses } = state;
  if (held.size >= MOST_HELD) return;
  statuses.set(block.id, STATUS.held);
  const waiting = held.get(block.parent);
  if (waiting === undefined) held.set(block.parent, [block]);
  else waiting.push(block);
}

const NONE: readonly Block[] = [];

/** What waited for a block, which is held no longer. */
export function takeHeld({ held }: ProofOfStakeState, parent: number): readonly Block[] {
  const waiting = held.get(parent);
  if (waiting === undefined) return NONE;
  held.delete(parent);
  return waiting;
}

/** Forgets what waits for a block, and what waits for that: when it comes again, what it lacks is asked for again. */
function forgetHeld(state: ProofOfStakeState, parent: number): void {
  const parents = [parent];
  for (let at = parents.pop(); at !== undefined; at = parents.pop()) {
    for (const { id } of takeHeld(state, at)) {
      state.statuses.delete(id);
      parents.push(id);
    }
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
  const { identity, settings } = state.constants;
  out.send(whom, getBlocksOf(identity, wanted, height, state.slot, count));
  const waitUs = Math.ceil(settings.slotUs / OVERDUE_PART);
  out.startTimer(waitUs, Object.freeze({ due: 'answer', block: wanted }));
}
