import { prngWords } from '../../base/prng.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import { doubleSpendChance, doubleSpendChanceInPaper, playDoubleSpends } from './doubleSpend.ts';
import { chanceInterval, type Interval, shareOf } from './intervals.ts';
import { playSelfishMining, selfishRevenue, selfishThreshold } from './selfishStrategy.ts';

/** What a game of chance gave, an interval that holds the true value in 99 % of all cases, and the true value. */
export interface Odds {
  readonly estimate: number;
  readonly interval: Interval;
  readonly exact: number;
}

/** Confirmations that a payee waits for, at most. */
export const MOST_CONFIRMATIONS = 10_000;
/** Blocks that are found in all, at most: some twenty seconds. */
export const MOST_BLOCKS_PLAYED = 2_000_000_000;
/** Blocks of a race beyond those until the confirmations are there, as a rule at most. */
const RACE = 100;

/**
 * A double spend with the share `q` of the hash rate against `z` confirmations, played `trials` times; `paper`: what the Bitcoin paper's formula says.
 * Fails with `odds/bad_share`, `odds/bad_count`, `odds/too_much`.
 */
export function doubleSpendOdds(
  q: number,
  z: number,
  trials: number,
  seed: number,
): Result<Odds & { readonly paper: number }> {
  const bad = badShare('q', q) ?? badCount('z', z, 0, MOST_CONFIRMATIONS) ?? badCount('trials', trials, 1);
  if (bad !== undefined) return bad;
  if (trials * (2 * z + RACE) > MOST_BLOCKS_PLAYED) {
    const most = Math.floor(MOST_BLOCKS_PLAYED / (2 * z + RACE));
    return fail('odds/too_much', `With ${z} confirmations, at most ${most} trials can be played.`, {
      trials,
      most,
    });
  }
  const successes = playDoubleSpends(prngWords(seed, 'double spend'), q, z, trials);
  return ok({
    estimate: successes / trials,
    interval: chanceInterval(successes, trials),
    exact: doubleSpendChance(q, z),
    paper: doubleSpendChanceInPaper(q, z),
  });
}

/**
 * Selfish mining with the share `alpha` of the hash rate, where `gamma` of the others mine on its branch in a race, over `blocks` blocks found: its share of
 * the chain. `threshold`: the share of the hash rate from which it pays. Fails with `odds/bad_share`, `odds/bad_count`.
 */
export function selfishOdds(
  alpha: number,
  gamma: number,
  blocks: number,
  seed: number,
): Result<Odds & { readonly threshold: number }> {
  const bad =
    badShare('alpha', alpha) ??
    badShare('gamma', gamma) ??
    badCount('blocks', blocks, 1, MOST_BLOCKS_PLAYED / 2);
  if (bad !== undefined) return bad;
  const sums = playSelfishMining(prngWords(seed, 'selfish mining'), alpha, gamma, blocks);
  const { estimate, interval } = shareOf(sums);
  return ok({
    estimate,
    // From half of the hash rate on a secret may be kept for ever: what is seen of such times is too short.
    interval: alpha >= 0.5 ? [interval[0], 1] : interval,
    exact: selfishRevenue(alpha, gamma),
    threshold: selfishThreshold(gamma),
  });
}

function badShare(name: string, value: number): Result<never> | undefined {
  if (value >= 0 && value <= 1) return undefined;
  return fail('odds/bad_share', `“${name}” must be a share from 0 to 1, not ${value}.`, {
    name,
    value: String(value),
  });
}

function badCount(
  name: string,
  value: number,
  least: number,
  most = MOST_BLOCKS_PLAYED,
): Result<never> | undefined {
  if (Number.isInteger(value) && value >= least && value <= most) return undefined;
  const message = `“${name}” must be a whole number from ${least} to ${most}, not ${value}.`;
  return fail('odds/bad_count', message, { name, value: String(value) });
}
