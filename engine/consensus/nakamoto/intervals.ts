/** From and to. */
export type Interval = readonly [low: number, high: number];

/** Half of what may lie outside of an interval of 99 %, and how many standard deviations that is. */
const TAIL = 0.005;
const DEVIATIONS = 2.5758293035489004;
const BISECTIONS = 60;

/**
 * The interval of Clopper and Pearson (1934) for a chance of which `successes` in `trials` were seen: it holds the chance in 99 % of all cases at least.
 * Takes time with the square root of `trials`.
 */
export function chanceInterval(successes: number, trials: number): Interval {
  const low = successes === 0 ? 0 : whereTailIs((chance) => tailFrom(successes, trials, chance));
  const high =
    successes === trials ? 1 : whereTailIs((chance) => 1 - tailFrom(successes + 1, trials, chance), true);
  return [low, high];
}

/** Where a tail that grows with the chance (or shrinks) is {@link TAIL}. */
function whereTailIs(tailAt: (chance: number) => number, shrinks = false): number {
  let low = 0;
  let high = 1;
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = (low + high) / 2;
    if (tailAt(middle) < TAIL !== shrinks) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(X ≥ from) of a binomial distribution: its terms relative to the greatest, as far as they count. */
function tailFrom(from: number, trials: number, chance: number): number {
  const odds = chance / (1 - chance);
  const top = Math.min(trials, Math.floor((trials + 1) * chance));
  let all = 0;
  let tail = 0;
  let term = 1;
  for (let k = top; k >= 0 && term > Number.EPSILON * Number.EPSILON; k--) {
    all += term;
    if (k >= from) tail += term;
    term *= k / ((trials - k + 1) * odds);
  }
  term = ((trials - top) / (top + 1)) * odds;
  for (let k = top + 1; k <= trials && term > Number.EPSILON * Number.EPSILON; k++) {
    all += term;
    if (k >= from) tail += term;
    term *= ((trials - k) / (k + 1)) * odds;
  }
  return tail / all;
}

/** Sums over independent, like times: of what somebody got, and of all that there was. */
export interface ShareSums {
  count: number;
  /** Times in which there was something to get. */
  gains: number;
  part: number;
  whole: number;
  partPart: number;
  partWhole: number;
  wholeWhole: number;
}

/** Gains from which on their sum is normal enough to say anything. */
const FEW_GAINS = 30;

/**
 * Mean part ÷ mean whole, between 0 and 1, and an interval of 99 % for it after Fieller (1954): all ratios r for which the mean of part − r · whole is no
 * further from 0 than chance takes it. With few gains it goes from 0 to 1.
 */
export function shareOf(sums: ShareSums): { readonly estimate: number; readonly interval: Interval } {
  const { count } = sums;
  const part = sums.part / count;
  const whole = sums.whole / count;
  const estimate = Math.min(1, Math.max(0, part / whole));
  const scale = (DEVIATIONS * DEVIATIONS) / Math.max(1, count - 1);
  const a = whole * whole - scale * (sums.wholeWhole / count - whole * whole);
  const b = part * whole - scale * (sums.partWhole / count - part * whole);
  const c = part * part - scale * (sums.partPart / count - part * part);
  const square = b * b - a * c;
  if (sums.gains < FEW_GAINS || a <= 0 || square < 0) return { estimate, interval: [0, 1] };
  const root = Math.sqrt(square);
  return { estimate, interval: [Math.max(0, (b - root) / a), Math.min(1, (b + root) / a)] };
}
