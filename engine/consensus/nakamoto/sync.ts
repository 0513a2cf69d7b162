import { belowOf } from '../../base/prng.ts';
import type { Block } from '../contract.ts';
import { GENESIS, NIL } from '../contract.ts';
import {
  type Blocks,
  type GetData,
  KIND,
  type MinerState,
  type NakamotoOutputs,
  STATUS,
  setStatus,
  statusOf,
} from './state.ts';

const GET_DATA_BYTES = 200;
/** Blocks in an answer, at most. */
export const MOST_BLOCKS = 64;
const MOST_TRIES = 10;
/** Parts of a block interval after which an answer is overdue, and a second at least. */
const OVERDUE_PART = 10;
const SECOND_US = 1_000_000;

/** Asks for a block that is missing, unless that was done. */
export function ask(
  state: MinerState,
  wanted: number,
  height: number,
  count: number,
  whom: number,
  out: NakamotoOutputs,
): void {
  if (state.asked.has(wanted)) return;
  const few = Math.min(count, MOST_BLOCKS);
  state.asked.set(wanted, { tries: 1, count: few, height });
  sendGetData(state, wanted, height, few, whom, out);
}

/** No answer came: another one is asked; after some tries what waits for the block is forgotten, until it comes again. */
export function askAgain(state: MinerState, wanted: number, out: NakamotoOutputs): void {
  const asked = state.asked.get(wanted);
  if (asked === undefined) return;
  if (asked.tries >= MOST_TRIES || state.identities < 2) {
    state.asked.delete(wanted);
    forgetHeld(state, wanted);
    return;
  }
  const { tries, count, height } = asked;
  state.asked.set(wanted, { tries: tries + 1, count, height });
  const other = belowOf(state.words, state.identities - 1);
  sendGetData(state, wanted, height, count, other < state.identity ? other : other + 1, out);
}

/** Gives somebody the block it misses, and as many of those before it as it asks for. */
export function answerGetData(state: MinerState, message: GetData, whom: number, out: NakamotoOutputs): void {
  const { wanted, count } = message;
  if (!Number.isInteger(wanted) || statusOf(state, wanted) !== STATUS.valid || wanted === GENESIS) return;
  const last = out.block(wanted);
  const blocks: Block[] = [];
  let sizeBytes = 0;
  for (let block = last; block.id !== GENESIS; block = out.block(block.parent)) {
    blocks.push(block);
    sizeBytes += block.sizeBytes;
    if (blocks.length >= count || blocks.length === MOST_BLOCKS) break;
  }
  const answer: Blocks = Object.freeze({
    kind: KIND.blocks,
    author: state.identity,
    height: last.height,
    round: 0,
    value: last.id,
    digest: last.digest,
    sizeBytes,
    blocks: Object.freeze(blocks.reverse()),
  });
  out.send(whom, answer);
}

/** Keeps a block until its parent is there. */
export function hold(state: MinerState, block: Block): void {
  setStatus(state, block.id, STATUS.held);
  state.heldCount++;
  const waiting = state.held.get(block.parent);
  if (waiting === undefined) state.held.set(block.parent, [block]);
  else waiting.push(block);
}

const NONE: readonly Block[] = [];

/** What waited for a block, which is held no longer. */
export function takeHeld(state: MinerState, parent: number): readonly Block[] {
  const waiting = state.held.get(parent);
  if (waiting === undefined) return NONE;
  state.held.delete(parent);
  state.heldCount -= waiting.length;
  return waiting;
}

/** Forgets what waits for a block, and what waits for that: when it comes again, what it lacks is asked for again. */
export function forgetHeld(state: MinerState, parent: number): void {
  const parents = [parent];
  for (let at = parents.pop(); at !== undefined; at = parents.pop()) {
    for (const { id } of takeHeld(state, at)) {
      setStatus(state, id, STATUS.unknown);
      parents.push(id);
    }
  }
}

function sendGetData(
  state: MinerState,
  wanted: number,
  height: number,
  count: number,
  whom: number,
  out: NakamotoOutputs,
): void {
  const message: GetData = Object.freeze({
    kind: KIND.getData,
    author: state.identity,
    height,
    round: 0,
    value: NIL,
    digest: 0,
    sizeBytes: GET_DATA_BYTES,
    wanted,
    count,
  });
  out.send(whom, message);
  const waitUs = Math.max(SECOND_US, Math.floor(state.settings.blockIntervalUs / OVERDUE_PART));
  out.startTimer(waitUs, Object.freeze({ overdue: wanted }));
}
