import type { Result } from '../../base/result.ts';
import type { Lie } from '../../types/consensus.ts';
import { type Block, type Forge, type Input, NIL, type Protocol } from '../contract.ts';
import { beginAttack, endAttack } from './attack.ts';
import { receiveBlock, takeExecuted } from './blocks.ts';
import { UNIT_DIFFICULTY, workOf } from './difficulty.ts';
import { aim, findBlock } from './mining.ts';
import { type NakamotoSettings, readSettings, SETTINGS } from './settings.ts';
import {
  type BlockMessage,
  createMiner,
  KIND,
  type MinerState,
  type NakamotoMessage,
  type NakamotoOutputs,
  type NakamotoTimer,
  refused,
  STATUS,
  setStatus,
  statusOf,
  tipOf,
} from './state.ts';
import { answerGetData, askAgain, MOST_BLOCKS } from './sync.ts';

/** Proof of work: the chain with the most work is the chain, and a block is the surer the deeper it is buried. */
export const nakamoto: Protocol<MinerState, NakamotoMessage, NakamotoTimer, NakamotoSettings> = {
  id: 'nakamoto',
  title: 'Nakamoto proof of work',
  source:
    'Satoshi Nakamoto, “Bitcoin: A Peer-to-Peer Electronic Cash System” (2008); difficulty and time stamps as Bitcoin Core has them',
  messageKinds: [
    { name: 'block', role: 'block' },
    { name: 'getData', role: 'sync' },
    { name: 'blocks', role: 'sync' },
  ],
  quorumPermille: 500,
  finality: 'probable',
  lies: ['selfishMining', 'doubleSpend', 'withheldBlock', 'silence', 'wrongDigest'],
  settings: SETTINGS,
  readSettings: (given): Result<NakamotoSettings> => readSettings(given),
  create: (setup) => createMiner(setup),
  step(state, input, out) {
    if (state.lies.size > 0 || state.attack !== undefined) attackAsTold(state, out);
    switch (input.kind) {
      case 'message':
        takeMessage(state, input, out);
        break;
      case 'timer':
        takeTimer(state, input.timer!, input.nowUs, out);
        break;
      case 'executed':
        takeExecuted(state, input.block!, input.digest, input.nowUs, out);
        break;
      default:
    }
    aim(state, out);
  },
  restore(setup, records) {
    const state = createMiner(setup, 1 + records.length);
    for (const record of records) {
      const block = record as Block;
      if (statusOf(state, block.id) === STATUS.valid) {
        state.decided = block.id;
        state.decidedHeight = block.height;
        continue;
      }
      setStatus(state, block.id, STATUS.valid);
      if (workOf(block) > state.head.work) state.head = tipOf(block);
    }
    return state;
  },
  view(state) {
    const { head, decided, attack } = state;
    return {
      height: head.height,
      round: 0,
      phase: attack === undefined ? 'mining' : attack.lie,
      locked: NIL,
      head: head.id,
      decided,
      details: {
        difficulty: state.difficulty / UNIT_DIFFICULTY,
        work: head.work / UNIT_DIFFICULTY,
        blocksFound: state.found,
        waitingForParent: state.heldCount,
        reorganisations: state.reorganisations,
        deepestReorganisation: state.deepest,
        ...(attack === undefined ? {} : { secretBlocks: attack.secret.length }),
        ...(state.attempts === 0
          ? {}
          : { doubleSpendAttempts: state.attempts, doubleSpendSuccesses: state.successes }),
      },
    };
  },
  setLies(state, lies) {
    state.lies = new Set(lies);
  },
  contradict(message, lie, forge) {
    return lie === 'wrongDigest' && message.kind === KIND.block
      ? claimedOtherwise(message, forge)
      : undefined;
  },
};

const ATTACKS = ['selfishMining', 'doubleSpend'] as const satisfies readonly Lie[];

function attackAsTold(state: MinerState, out: NakamotoOutputs): void {
  const lie = ATTACKS.find((one) => state.lies.has(one));
  if (state.attack !== undefined && state.attack.lie !== lie) endAttack(state, state.attack, out);
  if (state.attack === undefined && lie !== undefined) beginAttack(state, lie);
}

function claimedOtherwise(message: NakamotoMessage, forge: Forge): NakamotoMessage {
  const block = forge.claimOtherwise(forge.block(message.value));
  return Object.freeze({ ...message, value: block.id, digest: block.digest, block }) as NakamotoMessage;
}

function takeMessage(
  state: MinerState,
  { message, from, nowUs }: Input<NakamotoMessage, NakamotoTimer>,
  out: NakamotoOutputs,
): void {
  switch (message!.kind) {
    case KIND.block:
      takeBlock(state, message!, from, nowUs, out);
      break;
    case KIND.getData:
      answerGetData(state, message!, from, out);
      break;
    case KIND.blocks: {
      const { blocks } = message!;
      if (!Array.isArray(blocks) || blocks.length > MOST_BLOCKS) return;
      for (const block of blocks) {
        if (isBlock(block)) receiveBlock(state, block, from, blocks.length, nowUs, out);
      }
      break;
    }
    default:
  }
}

function takeBlock(
  state: MinerState,
  { author, value, digest, height, block }: BlockMessage,
  from: number,
  nowUs: number,
  out: NakamotoOutputs,
): void {
  if (!isBlock(block)) return;
  if (author !== block.proposer || value !== block.id || digest !== block.digest || height !== block.height) {
    refused(out, block, 'message');
    return;
  }
  receiveBlock(state, block, from, 1, nowUs, out);
}

/** Numbers beyond are of no block: a run has fewer events. */
const MOST_NUMBER = 2 ** 24;

function isBlock(block: Block | undefined): boolean {
  if (typeof block !== 'object' || block === null) return false;
  const { id, parent, height } = block;
  return isNumber(id) && isNumber(parent) && isNumber(height);
}

function isNumber(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < MOST_NUMBER;
}

function takeTimer(state: MinerState, timer: NakamotoTimer, nowUs: number, out: NakamotoOutputs): void {
  if ('overdue' in timer) askAgain(state, timer.overdue, out);
  else if (timer.mine === state.mining) findBlock(state, nowUs, out);
}
