import { type Chance, chanceOf, happens } from './chance.ts';

/**
 * The race of Nakamoto (2008), section 11: a payee waits until the payment has `z` confirmations, the attacker mines a secret branch from the block
 * before it meanwhile, with the share `q` of the hash rate, and succeeds when that branch catches up. `q` from 0 to 1, `z` whole and not negative.
 */

/** Behind by more blocks than this, the rest of a race is drawn at once: gambler’s ruin says how it ends. */
const HORIZON = 20;

/**
 * How likely the attacker is to succeed, exactly: while the honest find z blocks it finds a negative binomial number (Rosenfeld, "Analysis of Hashrate-Based
 * Double Spending", 2014). 1 − Σ C(k+z−1, k)(p^z q^k − q^z p^k) over k < z is twice the chance that the attacker finds z blocks first, a sum without
 * differences, so that small chances keep all their digits. Takes time with z.
 */
export function doubleSpendChance(q: number, z: number): number {
  const p = 1 - q;
  if (z === 0 || q >= p) return 1;
  // C(2m, m)(pq)^m q with m = z − 1: the largest term, in factors that neither overflow nor vanish on the way.
  let term = q;
  for (let i = 1; i < z; i++) term *= 4 * p * q * (1 - 1 / (2 * i));
  let sum = 0;
  for (let k = z - 1; k >= 0 && term > 0; k--) {
    sum += term;
    term *= k / (p * (k + z - 1));
  }
  return Math.min(1, 2 * sum);
}

/** The same as the paper has it, which takes a Poisson distribution for the attacker's blocks. */
export function doubleSpendChanceInPaper(q: number, z: number): number {
  const p = 1 - q;
  if (z === 0 || q >= p) return 1;
  const ratio = q / p;
  const lambda = z * ratio;
  // Weights relative to the greatest one, from there upwards and downwards: their sum stands for e^λ.
  const top = Math.floor(lambda);
  let all = 0;
  let won = 0;
  const add = (k: number, weight: number): void => {
    all += weight;
    won += k > z ? weight : weight * powerOf(ratio, z - k);
  };
  let weight = 1;
  for (let k = top; weight > 0 && k >= 0; k--) {
    add(k, weight);
    weight *= k / lambda;
  }
  weight = lambda / (top + 1);
  for (let k = top + 1; weight > Number.EPSILON * Number.EPSILON; k++) {
    add(k, weight);
    weight *= lambda / (k + 1);
  }
  return Math.min(1, won / all);
}

/** Plays so many races and answers how many the attacker wins. */
export function playDoubleSpends(words: Uint32Array, q: number, z: number, trials: number): number {
  const found = chanceOf(q);
  const ratio = Math.min(1, q / (1 - q));
  const far = chanceOf(powerOf(ratio, HORIZON));
  let successes = 0;
  for (let i = 0; i < trials; i++) if (isWon(words, found, ratio, far, z)) successes++;
  return successes;
}

function isWon(words: Uint32Array, found: Chance, ratio: number, far: Chance, z: number): boolean {
  let honest = 0;
  let secret = 0;
  while (honest < z) {
    if (!happens(words, found)) honest++;
    // Ahead of what the payee waits for: whatever comes now, it has caught up by then.
    else if (++secret === z) return true;
  }
  let behind = z - secret;
  if (behind > HORIZON) return happens(words, chanceOf(powerOf(ratio, behind)));
  while (behind > 0) {
    if (behind === HORIZON) return happens(words, far);
    behind += happens(words, found) ? -1 : 1;
  }
  return true;
}

/** By squaring: what browsers have for powers they round differently. */
function powerOf(base: number, exponent: number): number {
  let power = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) power *= square;
    square *= square;
  }
  return power;
}
