import { exponentialOf } from '../../base/fixedLog.ts';
import type { Block } from '../contract.ts';
import { keepSecret } from './attack.ts';
import { meanWaitUs, medianTimePast, nextDifficulty, workOf } from './difficulty.ts';
import { considerHead } from './head.ts';
import { blockMessage, type MinerState, type NakamotoOutputs, STATUS, setStatus } from './state.ts';

/**
 * Mines on what it should. Waiting for a block has no memory: how long it still takes does not depend on what is mined, so a new head changes
 * nothing, and only another difficulty draws anew.
 */
export function aim(state: MinerState, out: NakamotoOutputs): void {
  const { id } = state.attack?.tip ?? state.head;
  if (id === state.miningOn) return;
  state.miningOn = id;
  const difficulty = nextDifficulty(state.settings, out.block(id), (of) => out.block(of));
  if (difficulty === state.difficulty) return;
  state.difficulty = difficulty;
  state.meanWaitUs = meanWaitUs(state.settings, state.power, state.totalPower, difficulty);
  waitForBlock(state, out);
}

/** The proof of work is found. */
export function findBlock(state: MinerState, nowUs: number, out: NakamotoOutputs): void {
  const blockOf = (id: number): Block => out.block(id);
  const parent = out.block(state.miningOn);
  const { difficulty } = state;
  const timeUs = Math.max(nowUs, medianTimePast(parent, blockOf) + 1);
  const proof = Object.freeze({ difficulty, work: workOf(parent) + difficulty });
  const block = out.makeBlock(parent, 0, timeUs, proof);
  state.found++;
  waitForBlock(state, out);
  if (state.lies.has('wrongDigest')) {
    // Nobody will follow, so neither does the liar.
    setStatus(state, block.id, STATUS.refused);
    out.broadcast(blockMessage(state, block));
    return;
  }
  setStatus(state, block.id, STATUS.valid);
  out.persist(block);
  if (state.attack !== undefined) keepSecret(state, state.attack, block, out);
  else {
    considerHead(state, block, out);
    out.broadcast(blockMessage(state, block));
  }
}

function waitForBlock(state: MinerState, out: NakamotoOutputs): void {
  const waitUs = exponentialOf(state.words, state.meanWaitUs);
  out.startTimer(Math.max(1, waitUs), Object.freeze({ mine: ++state.mining }));
}
