import type { Block } from '../contract.ts';
import { answerPublicBlock } from './attack.ts';
import { isAfterMedian, nextDifficulty, type Proof, workOf } from './difficulty.ts';
import { considerHead } from './head.ts';
import { type MinerState, type NakamotoOutputs, refused, STATUS, setStatus, statusOf } from './state.ts';
import { ask, forgetHeld, hold, takeHeld } from './sync.ts';

/** Takes in a block of somebody, of which it need not be the first word. `batch`: so many came with it. */
export function receiveBlock(
  state: MinerState,
  block: Block,
  from: number,
  batch: number,
  nowUs: number,
  out: NakamotoOutputs,
): void {
  if (statusOf(state, block.id) !== STATUS.unknown) return;
  state.asked.delete(block.id);
  const parent = statusOf(state, block.parent);
  if (parent === STATUS.valid) check(state, block, nowUs, out);
  else if (parent === STATUS.refused) refuse(state, block, 'parent', out);
  else {
    hold(state, block);
    // Twice as many each time, so that a long way back takes few questions.
    if (parent === STATUS.unknown) ask(state, block.parent, block.height - 1, 2 * batch, from, out);
  }
}

/** A block was executed: if that gives what its miner says it can be built on. */
export function takeExecuted(
  state: MinerState,
  block: Block,
  digest: number,
  nowUs: number,
  out: NakamotoOutputs,
): void {
  if (statusOf(state, block.id) !== STATUS.executing) return;
  if (digest !== block.digest) {
    refuse(state, block, 'digest', out);
    return;
  }
  setStatus(state, block.id, STATUS.valid);
  out.persist(block);
  if (considerHead(state, block, out) && state.attack !== undefined) {
    answerPublicBlock(state, state.attack, out);
  }
  for (const waiting of takeHeld(state, block.id)) check(state, waiting, nowUs, out);
}

/** What can be seen before execution. */
function check(state: MinerState, block: Block, nowUs: number, out: NakamotoOutputs): void {
  const why = whyWrong(state, block, out);
  if (why !== undefined) refuse(state, block, why, out);
  else if (block.timeUs > nowUs + state.settings.futureLimitUs) {
    // Not for ever: it may come again when its time has come.
    setStatus(state, block.id, STATUS.unknown);
    forgetHeld(state, block.id);
    refused(out, block, 'time too new');
  } else {
    setStatus(state, block.id, STATUS.executing);
    out.execute(block);
  }
}

function whyWrong({ settings }: MinerState, block: Block, out: NakamotoOutputs): string | undefined {
  const blockOf = (id: number): Block => out.block(id);
  const parent = out.block(block.parent);
  const proof = block.extra as Proof | undefined;
  const difficulty = nextDifficulty(settings, parent, blockOf);
  if (proof?.difficulty !== difficulty) return 'difficulty';
  if (proof.work !== workOf(parent) + difficulty) return 'work';
  return isAfterMedian(block.timeUs, parent, blockOf) ? undefined : 'time too old';
}

/** For ever, and with it all that stands on it. */
function refuse(state: MinerState, block: Block, why: string, out: NakamotoOutputs): void {
  setStatus(state, block.id, STATUS.refused);
  refused(out, block, why);
  const parents = [block.id];
  for (let at = parents.pop(); at !== undefined; at = parents.pop()) {
    for (const waiting of takeHeld(state, at)) {
      setStatus(state, waiting.id, STATUS.refused);
      refused(out, waiting, 'parent');
      parents.push(waiting.id);
    }
  }
}
