import type { Block } from '../contract.ts';
import { considerHead } from './head.ts';
import { answerToOthers } from './selfishStrategy.ts';
import {
  type Attack,
  blockMessage,
  type MinerState,
  type NakamotoOutputs,
  type Tip,
  tipOf,
} from './state.ts';

export function beginAttack(state: MinerState, lie: Attack['lie']): void {
  state.attack = { lie, base: state.head, tip: state.head, secret: [], race: false };
  if (lie === 'doubleSpend') state.attempts++;
}

/** An attacker found a block: nobody is told, unless that wins. */
export function keepSecret(state: MinerState, attack: Attack, block: Block, out: NakamotoOutputs): void {
  attack.tip = tipOf(block);
  attack.secret.push(block.id);
  if (attack.lie === 'doubleSpend') spendTwice(state, attack, out);
  else if (attack.race) {
    attack.race = false;
    publish(state, attack, attack.tip.height, out);
  }
}

/** The public chain has more work than before, by a block of others. */
export function answerPublicBlock(state: MinerState, attack: Attack, out: NakamotoOutputs): void {
  if (attack.lie === 'doubleSpend') {
    spendTwice(state, attack, out);
    return;
  }
  const { head } = state;
  switch (answerToOthers(leadOf(attack.tip, head))) {
    case 'adopt':
      attack.base = head;
      attack.tip = head;
      attack.secret = [];
      attack.race = false;
      return;
    case 'race':
      attack.race = attack.tip.id !== head.id;
      publish(state, attack, attack.tip.height, out);
      return;
    case 'override':
      attack.race = false;
      publish(state, attack, attack.tip.height, out);
      return;
    default:
      publish(state, attack, head.height, out);
  }
}

/** An honest miner shows what it has. */
export function endAttack(state: MinerState, attack: Attack, out: NakamotoOutputs): void {
  publish(state, attack, attack.tip.height, out);
  state.attack = undefined;
}

/** In blocks; where adjustments of the difficulty lie between two branches, work says who is ahead. */
function leadOf(tip: Tip, head: Tip): number {
  if (tip.work === head.work) return 0;
  return tip.work < head.work ? -1 : Math.max(1, tip.height - head.height);
}

/**
 * The payee waits for the confirmations of the payment, which stands in the first public block after the base. When they are there and the secret
 * branch, without the payment, has more work, it is shown.
 */
function spendTwice(state: MinerState, attack: Attack, out: NakamotoOutputs): void {
  const { head, settings } = state;
  const { base, tip } = attack;
  if (head.height - base.height >= settings.confirmations && tip.work > head.work) {
    state.successes++;
    publish(state, attack, tip.height, out);
  } else if (head.height - tip.height < settings.giveUpBlocks) return;
  beginAttack(state, 'doubleSpend');
}

/** Shows the secret blocks up to a height. */
function publish(state: MinerState, attack: Attack, height: number, out: NakamotoOutputs): void {
  const { secret } = attack;
  let shown = 0;
  for (const id of secret) {
    const block = out.block(id);
    if (block.height > height) break;
    shown++;
    out.broadcast(blockMessage(state, block));
    considerHead(state, block, out);
  }
  attack.secret = secret.slice(shown);
}
