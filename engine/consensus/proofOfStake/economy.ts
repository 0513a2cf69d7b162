import type { ProofOfStakeSettings } from './settings.ts';

/** What validators own and what became of it, whole gwei. Typed arrays that nobody changes: each epoch has its own. */
export interface Accounts {
  /** Of each validator all that it owns. */
  readonly stakes: Float64Array;
  /** How long each was away in a leak, in epochs; it goes down again when it is back. */
  readonly scores: Int32Array;
  /** 1: slashed. */
  readonly slashed: Uint8Array;
  /** Since genesis: rewards, what was taken away, and what running cost. Stakes and `burnt` and `spent` less `issued` are always the same. */
  readonly issued: number;
  readonly burnt: number;
  readonly spent: number;
}

/** What an epoch's accounts are settled by. Sets of validators: a bit for each identity, lowest first. */
export interface Duties {
  /** Who voted for the right target in the epoch before, and of those who named the right head. */
  readonly targets: Uint32Array;
  readonly heads: Uint32Array;
  /** Of each block of the epoch, who made it; and who was slashed in one. */
  readonly proposers: readonly number[];
  readonly slashings: readonly number[];
  /** There is an epoch before. */
  readonly areVotesDue: boolean;
  readonly isLeaking: boolean;
}

/** More is not issued: sums stay exact. */
const MOST_TOTAL = 2 ** 51;
/** What a validator's score falls by in an epoch without a leak, and for each vote. */
const SCORE_RECOVERY = 16;

/**
 * Accounts at the end of an epoch: rewards and penalties for the votes of the epoch before, whose time is over; the leak; rewards for blocks; costs;
 * slashings. `weights`: of each validator the stake that counts. Takes O(validators).
 */
export function settle(
  settings: ProofOfStakeSettings,
  unitGwei: number,
  before: Accounts,
  weights: Float64Array,
  duties: Duties,
): Accounts {
  const stakes = before.stakes.slice();
  const scores = before.scores.slice();
  const slashed = before.slashed.slice();
  let { issued, burnt, spent } = before;
  let total = 0;
  for (const stake of stakes) total += stake;
  const mayIssue = total < MOST_TOTAL;
  const take = (identity: number, gwei: number): number => {
    const taken = Math.min(stakes[identity]!, gwei);
    stakes[identity]! -= taken;
    return taken;
  };
  const give = (identity: number, gwei: number): void => {
    if (!mayIssue) return;
    stakes[identity]! += gwei;
    issued += gwei;
  };
  const { rewardVoteGwei, rewardHeadGwei, penaltyPermille, leakQuotient } = settings;
  const penaltyGwei = partOf(rewardVoteGwei, penaltyPermille, 1000);
  for (let identity = 0; identity < stakes.length; identity++) {
    const weight = weights[identity]!;
    if (slashed[identity] === 1 || weight === 0) continue;
    if (duties.areVotesDue) {
      const voted = hasBit(duties.targets, identity);
      if (!voted) burnt += take(identity, partOf(weight, penaltyGwei, unitGwei));
      else if (!duties.isLeaking) {
        const reward = hasBit(duties.heads, identity) ? rewardVoteGwei + rewardHeadGwei : rewardVoteGwei;
        give(identity, partOf(weight, reward, unitGwei));
      }
      scores[identity] = nextScore(scores[identity]!, voted, duties.isLeaking);
      if (!voted && leakQuotient > 0)
        burnt += take(identity, partOf(weight, scores[identity]!, leakQuotient));
    }
    spent += take(identity, settings.costGwei);
  }
  for (const identity of duties.proposers) {
    if (slashed[identity] === 0) give(identity, settings.rewardProposalGwei);
  }
  for (const identity of duties.slashings) {
    slashed[identity] = 1;
    burnt += take(identity, partOf(stakes[identity]!, settings.slashPermille, 1000));
  }
  return Object.freeze({ stakes, scores, slashed, issued, burnt, spent });
}

function nextScore(score: number, voted: boolean, isLeaking: boolean): number {
  const next = voted ? score - 1 : score + (isLeaking ? 1 : 0);
  return Math.max(0, isLeaking ? next : next - SCORE_RECOVERY);
}

/** amount × numerator ÷ denominator, rounded down, exactly. */
function partOf(amount: number, numerator: number, denominator: number): number {
  if (amount * numerator <= Number.MAX_SAFE_INTEGER) return Math.floor((amount * numerator) / denominator);
  return Number((BigInt(amount) * BigInt(numerator)) / BigInt(denominator));
}

export function hasBit(words: ArrayLike<number>, bit: number): boolean {
  return ((words[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
}
