import { describe, expect, it } from 'vitest';
import { prngWords } from '../../base/prng.ts';
import { doubleSpendChance, doubleSpendChanceInPaper, playDoubleSpends } from './doubleSpend.ts';
import { chanceInterval, shareOf } from './intervals.ts';
import { doubleSpendOdds, selfishOdds } from './odds.ts';
import { answerToOthers, playSelfishMining, selfishRevenue, selfishThreshold } from './selfishStrategy.ts';

const SHARES = [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45];

/** 1 − Σ C(k+z−1, k)(p^z q^k − q^z p^k) over k < z, term by term. */
function bySubtraction(q: number, z: number): number {
  const p = 1 - q;
  let sum = 1;
  let ways = 1;
  for (let k = 0; k < z; k++) {
    sum -= ways * (p ** z * q ** k - q ** z * p ** k);
    ways = (ways * (k + z)) / (k + 1);
  }
  return sum;
}

/** The same by the binomial numbers as integers, for a q of so many thousandths. */
function byIntegers(permille: number, z: number): number {
  const [q, p] = [BigInt(permille), BigInt(1000 - permille)];
  let sum = 0n;
  let ways = 1n;
  for (let k = 0; k < z; k++) {
    sum += ways * p ** BigInt(k) * 1000n ** BigInt(z - 1 - k);
    ways = (ways * BigInt(k + z)) / BigInt(k + 1);
  }
  // 2 q^z Σ … / 1000^(2z − 1), scaled by 10^400 so that small ones keep their digits.
  const scaled = (2n * q ** BigInt(z) * sum * 10n ** 400n) / 1000n ** BigInt(2 * z - 1);
  const digits = scaled.toString();
  return Number(`${digits[0]}.${digits.slice(1, 20)}e${digits.length - 1 - 400}`);
}

describe('the chance of a double spend', () => {
  it('is that of the negative binomial distribution', () => {
    for (const q of SHARES) {
      for (let z = 0; z <= 10; z++) expect(doubleSpendChance(q, z)).toBeCloseTo(bySubtraction(q, z), 12);
    }
    // Rosenfeld, "Analysis of Hashrate-Based Double Spending", table 1.
    expect(doubleSpendChance(0.1, 6)).toBeCloseTo(0.00059, 5);
    expect(doubleSpendChance(0.3, 6)).toBeCloseTo(0.15645, 5);
    expect(doubleSpendChance(0.1, 1)).toBeCloseTo(0.2, 12);
  });

  it('keeps its digits where it is small, and where there are many confirmations', () => {
    for (const [permille, z] of [
      [100, 6],
      [100, 50],
      [10, 100],
      [450, 1000],
      [499, 1000],
      [300, 400],
    ] as const) {
      const exact = byIntegers(permille, z);
      expect(Math.abs(doubleSpendChance(permille / 1000, z) / exact - 1)).toBeLessThan(1e-10);
    }
    expect(doubleSpendChance(0.01, 10_000)).toBe(0);
  });

  it('is 1 without confirmations and from half of the hash rate on, and nothing for nobody', () => {
    expect([0, 0.3, 0.5, 1].map((q) => doubleSpendChance(q, 0))).toEqual([1, 1, 1, 1]);
    expect([0.5, 0.7, 1].map((q) => doubleSpendChance(q, 1000))).toEqual([1, 1, 1]);
    expect([1, 2, 1000].map((z) => doubleSpendChance(0, z))).toEqual([0, 0, 0]);
  });

  it('is in the paper what its tables say', () => {
    const tables = [
      {
        q: 0.1,
        step: 1,
        p: [
          1, 0.2045873, 0.0509779, 0.0131722, 0.0034552, 0.0009137, 0.0002428, 0.0000647, 0.0000173,
          0.0000046, 0.0000012,
        ],
      },
      {
        q: 0.3,
        step: 5,
        p: [
          1, 0.1773523, 0.0416605, 0.0101008, 0.0024804, 0.0006132, 0.0001522, 0.0000379, 0.0000095,
          0.0000024, 0.0000006,
        ],
      },
    ];
    for (const { q, step, p } of tables) {
      expect(p.map((_, i) => Number(doubleSpendChanceInPaper(q, i * step).toFixed(7)))).toEqual(p);
    }
    // "Solving for P less than 0.1%".
    const least = [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45].map((q) => {
      let z = 0;
      while (doubleSpendChanceInPaper(q, z) >= 0.001) z++;
      return z;
    });
    expect(least).toEqual([5, 8, 11, 15, 24, 41, 89, 340]);
  });

  it('is in the paper as its program computes it, and holds far out', () => {
    const program = (q: number, z: number): number => {
      const p = 1 - q;
      const lambda = z * (q / p);
      let sum = 1;
      for (let k = 0; k <= z; k++) {
        let poisson = Math.exp(-lambda);
        for (let i = 1; i <= k; i++) poisson *= lambda / i;
        sum -= poisson * (1 - (q / p) ** (z - k));
      }
      return sum;
    };
    for (const q of SHARES) {
      for (const z of [1, 2, 7, 30]) expect(doubleSpendChanceInPaper(q, z)).toBeCloseTo(program(q, z), 12);
    }
    expect(doubleSpendChanceInPaper(0.45, 10_000)).toBeGreaterThan(0);
    expect(doubleSpendChanceInPaper(0.45, 10_000)).toBeLessThan(1e-30);
    expect([0.5, 0.9, 1].map((q) => doubleSpendChanceInPaper(q, 5))).toEqual([1, 1, 1]);
    expect([0, 1, 5].map((z) => doubleSpendChanceInPaper(0, z))).toEqual([1, 0, 0]);
  });

  it('is what playing it gives: over all shares and confirmations in 99 % of the intervals', () => {
    let outside = 0;
    let points = 0;
    let squares = 0;
    const trials = 20_000;
    for (const q of SHARES) {
      for (let z = 1; z <= 10; z++) {
        const { estimate, interval, exact } = played(doubleSpendOdds(q, z, trials, 20));
        points++;
        if (exact < interval[0] || exact > interval[1]) outside++;
        squares += (estimate - exact) ** 2 / ((exact * (1 - exact)) / trials);
      }
    }
    // Of 80 intervals 0.8 miss, more than 4 in one of 700 cases; the squares' mean is 1 ± 0.16.
    expect(outside).toBeLessThanOrEqual(4);
    expect(squares / points).toBeGreaterThan(0.5);
    expect(squares / points).toBeLessThan(1.5);
  });

  it('is played to an end whatever the share', () => {
    for (const [q, z] of [
      [0.5, 1000],
      [1, 1000],
      [0.499, 300],
    ] as const) {
      const won = playDoubleSpends(prngWords(1), q, z, 500) / 500;
      expect(Math.abs(won - doubleSpendChance(q, z))).toBeLessThan(0.1);
    }
    expect(playDoubleSpends(prngWords(1), 0, 1000, 500)).toBe(0);
    expect(playDoubleSpends(prngWords(1), 0, 0, 500)).toBe(500);
  });
});

describe('an interval for a chance', () => {
  it('is that of Clopper and Pearson', () => {
    // 1 − 0.005^(1/n) and its mirror image.
    expect(chanceInterval(0, 10)[0]).toBe(0);
    expect(chanceInterval(0, 10)[1]).toBeCloseTo(1 - 0.005 ** 0.1, 12);
    expect(chanceInterval(10, 10)[0]).toBeCloseTo(0.005 ** 0.1, 12);
    expect(chanceInterval(10, 10)[1]).toBe(1);
    expect(chanceInterval(0, 1_000_000)[1]).toBeCloseTo(1 - 0.005 ** 1e-6, 12);
    const tail = (from: number, chance: number): number => {
      let sum = 0;
      let ways = 1;
      for (let k = 0; k <= 20; k++) {
        if (k >= from) sum += ways * chance ** k * (1 - chance) ** (20 - k);
        ways = (ways * (20 - k)) / (k + 1);
      }
      return sum;
    };
    for (const successes of [1, 4, 10, 19]) {
      const [low, high] = chanceInterval(successes, 20);
      expect(tail(successes, low)).toBeCloseTo(0.005, 10);
      expect(1 - tail(successes + 1, high)).toBeCloseTo(0.005, 10);
    }
  });

  it('comes near the normal one with many trials', () => {
    const [low, high] = chanceInterval(30_000_000, 100_000_000);
    const half = 2.5758 * Math.sqrt((0.3 * 0.7) / 1e8);
    expect(low).toBeCloseTo(0.3 - half, 7);
    expect(high).toBeCloseTo(0.3 + half, 7);
  });
});

describe('selfish mining', () => {
  it('adopts, races, overrides or matches', () => {
    expect([-3, -1, 0, 1, 2, 9].map(answerToOthers)).toEqual([
      'adopt',
      'adopt',
      'race',
      'override',
      'match',
      'match',
    ]);
  });

  it('pays from the threshold on', () => {
    expect([0, 0.5, 1].map(selfishThreshold)).toEqual([1 / 3, 0.25, 0]);
    for (const gamma of [0, 0.3, 0.5, 0.9]) {
      const threshold = selfishThreshold(gamma);
      expect(selfishRevenue(threshold, gamma)).toBeCloseTo(threshold, 12);
      expect(selfishRevenue(threshold + 0.01, gamma)).toBeGreaterThan(threshold + 0.01);
      expect(selfishRevenue(threshold - 0.01, gamma)).toBeLessThan(threshold - 0.01);
    }
    expect([0, 0.5, 0.8, 1].map((alpha) => selfishRevenue(alpha, 0.5))).toEqual([0, 1, 1, 1]);
    expect(selfishRevenue(0.4999, 0)).toBeGreaterThan(0.99);
  });

  it('earns what the stationary distribution of the paper’s chain says', () => {
    // Their equations 2 to 7: the states' probabilities, and what each event brings to the pool and to the others.
    for (const alpha of SHARES) {
      for (const gamma of [0, 0.5, 1]) {
        const p0 = (alpha - 2 * alpha ** 2) / (alpha * (2 * alpha ** 3 - 4 * alpha ** 2 + 1));
        const race = ((1 - alpha) * (alpha - 2 * alpha ** 2)) / (1 - 4 * alpha ** 2 + 2 * alpha ** 3);
        const p1 = (alpha - 2 * alpha ** 2) / (2 * alpha ** 3 - 4 * alpha ** 2 + 1);
        const p2 = (alpha / (1 - alpha)) * p1;
        const beyond = (p2 * (alpha / (1 - alpha))) / (1 - alpha / (1 - alpha));
        const pool =
          race * alpha * 2 + race * gamma * (1 - alpha) + p2 * (1 - alpha) * 2 + beyond * (1 - alpha);
        const others = race * gamma * (1 - alpha) + race * (1 - gamma) * (1 - alpha) * 2 + p0 * (1 - alpha);
        expect(selfishRevenue(alpha, gamma)).toBeCloseTo(pool / (pool + others), 12);
      }
    }
  });

  it('earns that when it is played: over all shares in 99 % of the intervals', () => {
    let outside = 0;
    for (const alpha of SHARES) {
      for (const gamma of [0, 0.5, 1]) {
        const { estimate, interval, exact } = played(selfishOdds(alpha, gamma, 200_000, 3));
        if (exact < interval[0] || exact > interval[1]) outside++;
        expect(Math.abs(estimate - exact)).toBeLessThan(0.015);
        expect(interval[1] - interval[0]).toBeLessThan(0.02);
        expect(interval[0]).toBeLessThan(estimate);
        expect(interval[1]).toBeGreaterThan(estimate);
      }
    }
    // Of 24 intervals 0.24 miss; those of one share hang together.
    expect(outside).toBeLessThanOrEqual(3);
  });

  it('has intervals that hold, neither too seldom nor always', () => {
    for (const [alpha, gamma] of [
      [0.15, 0.5],
      [0.45, 0],
    ] as const) {
      let outside = 0;
      for (let seed = 0; seed < 1000; seed++) {
        const { interval, exact } = played(selfishOdds(alpha, gamma, 5000, seed));
        if (exact < interval[0] || exact > interval[1]) outside++;
      }
      // 10 ± 3.
      expect(outside).toBeGreaterThan(1);
      expect(outside).toBeLessThan(22);
    }
  });

  it('says that it knows nothing where little was seen', () => {
    expect(played(selfishOdds(0.3, 0, 1, 1)).interval).toEqual([0, 1]);
    expect(played(selfishOdds(0, 0, 1000, 1))).toMatchObject({ estimate: 0, exact: 0 });
    expect(played(selfishOdds(1, 0, 1000, 1))).toMatchObject({ estimate: 1, interval: [0, 1], exact: 1 });
    const half = played(selfishOdds(0.5, 0.5, 100_000, 1));
    expect(half.exact).toBe(1);
    expect(half.interval[1]).toBe(1);
    expect(half.estimate).toBeGreaterThan(0.9);
    const sums = playSelfishMining(prngWords(1), 0.5, 0, 100_000);
    expect(shareOf({ ...sums, gains: 29 }).interval).toEqual([0, 1]);
  });
});

describe('odds', () => {
  it('are the same for the same seed, and refuse what is none', () => {
    expect(doubleSpendOdds(0.3, 2, 1000, 5)).toEqual(doubleSpendOdds(0.3, 2, 1000, 5));
    expect(played(doubleSpendOdds(0.3, 2, 1000, 6)).estimate).not.toBe(
      played(doubleSpendOdds(0.3, 2, 1000, 5)).estimate,
    );
    const refused = [
      doubleSpendOdds(Number.NaN, 2, 10, 1),
      doubleSpendOdds(1.1, 2, 10, 1),
      doubleSpendOdds(0.3, -1, 10, 1),
      doubleSpendOdds(0.3, 1.5, 10, 1),
      doubleSpendOdds(0.3, 2, 0, 1),
      doubleSpendOdds(0.3, 2, Number.POSITIVE_INFINITY, 1),
      doubleSpendOdds(0.3, 10_000, 1_000_000, 1),
      selfishOdds(-0.1, 0, 10, 1),
      selfishOdds(0.3, 2, 10, 1),
      selfishOdds(0.3, 0, 0, 1),
    ];
    expect(refused.map((each) => (each.ok ? 'ok' : each.error.code))).toEqual([
      'odds/bad_share',
      'odds/bad_share',
      'odds/bad_count',
      'odds/bad_count',
      'odds/bad_count',
      'odds/bad_count',
      'odds/too_much',
      'odds/bad_share',
      'odds/bad_share',
      'odds/bad_count',
    ]);
  });
});

function played<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T {
  if (!result.ok) throw new Error('refused');
  return result.value;
}
