import { chanceOf, happens } from './chance.ts';
import type { ShareSums } from './intervals.ts';

/**
 * What a selfish miner does when others have found a block, after Algorithm 1 of Eyal and Sirer, "Majority Is Not Enough: Bitcoin Mining Is
 * Vulnerable" (2013). `lead`: blocks by which its own branch is still ahead of the public one.
 *
 * - `adopt`: the others are ahead, it mines on theirs.
 * - `race`: it shows its branch, which is as long as theirs.
 * - `override`: it shows its branch, which is one longer: all go over to it.
 * - `match`: it shows as much as the public branch has.
 */
export function answerToOthers(lead: number): 'adopt' | 'race' | 'override' | 'match' {
  if (lead < 0) return 'adopt';
  if (lead === 0) return 'race';
  return lead === 1 ? 'override' : 'match';
}

/**
 * The share of the chain's blocks that a selfish miner with the share `alpha` of the hash rate gets, when `gamma` of the others mine on its branch in a race:
 * their equation 8. 1 from half of the hash rate on: its branch outgrows the others' for ever.
 */
export function selfishRevenue(alpha: number, gamma: number): number {
  if (alpha >= 0.5) return 1;
  const honest = 1 - alpha;
  const above = alpha * honest * honest * (4 * alpha + gamma * (1 - 2 * alpha)) - alpha * alpha * alpha;
  return above / (1 - alpha * (1 + (2 - alpha) * alpha));
}

/** The share of the hash rate above which selfish mining gets more than that share: their equation 9. */
export function selfishThreshold(gamma: number): number {
  return (1 - gamma) / (3 - 2 * gamma);
}

/** From which share of the hash rate on the luck of mining is taken out of what is seen. */
const CONTROLLED = 0.25;

/**
 * Lets miners find `blocks` blocks, and then as many again at most until nothing is secret; what is secret then is shown. A time begins and ends with nothing
 * secret; part: the miner’s blocks that came into the chain; whole: all that did.
 *
 * Long secrets are rare and long; what they bring is mostly luck: more blocks found than `alpha` of all, which on average is none. So from a quarter of
 * the hash rate on, where they count, that luck is taken off both, in the proportion in which it makes a secret longer (a control variate): the
 * means stay, and the sums come out near to normal. From half on there is no such proportion.
 */
export function playSelfishMining(
  words: Uint32Array,
  alpha: number,
  gamma: number,
  blocks: number,
): ShareSums {
  const own = chanceOf(alpha);
  const onOurs = chanceOf(gamma);
  const proportion = alpha < CONTROLLED || alpha >= 0.5 ? 0 : 1 / (1 - 2 * alpha);
  const sums = { count: 0, gains: 0, part: 0, whole: 0, partPart: 0, partWhole: 0, wholeWhole: 0 };
  const end = (gained: number, all: number, found: number, foundByAll: number): void => {
    const luck = proportion * (found - alpha * foundByAll);
    const part = gained - luck;
    const whole = all - luck;
    sums.count++;
    if (gained > 0) sums.gains++;
    sums.part += part;
    sums.whole += whole;
    sums.partPart += part * part;
    sums.partWhole += part * whole;
    sums.wholeWhole += whole * whole;
  };
  let before = 0;
  while (before < blocks) {
    let ours = 0;
    let theirs = 0;
    let answer: ReturnType<typeof answerToOthers> = 'match';
    while (answer === 'match' && before + ours + theirs < 2 * blocks) {
      if (happens(words, own)) ours++;
      else answer = answerToOthers(ours - ++theirs);
    }
    let gained = ours;
    let all = ours;
    if (answer === 'adopt') all = 1;
    else if (answer === 'race') {
      all = 2;
      if (happens(words, own)) {
        ours++;
        gained = 2;
      } else {
        theirs++;
        gained = happens(words, onOurs) ? 1 : 0;
      }
    }
    before += ours + theirs;
    end(gained, all, ours, ours + theirs);
  }
  return sums;
}
