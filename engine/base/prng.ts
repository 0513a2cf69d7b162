import { nameHash } from './hash.ts';

/**
 * A seeded generator of 32-bit integers (xoshiro128**, Blackman and Vigna 2018), seeded through
 * SplitMix32. The same seed gives the same sequence in every browser and on every machine.
 */
export interface Prng {
  /** The next integer in [0, 2^32). */
  next(): number;
  /** An integer in [0, bound), unbiased (rejection); `bound` from 1 to 2^32. */
  below(bound: number): number;
  /** An integer in [low, high], both included. */
  between(low: number, high: number): number;
  /** True with a chance of `permille` in a thousand. */
  chance(permille: number): boolean;
  /** Shuffles in place (Fisher–Yates) and returns the array. */
  shuffle<T>(items: T[]): T[];
  /** An independent generator named by `label`: adding one stream never shifts another. */
  fork(label: string): Prng;
}

export function createPrng(seed: number, label = ''): Prng {
  let mixer = (seed ^ nameHash(label)) >>> 0;
  const splitMix = (): number => {
    mixer = (mixer + 0x9e3779b9) | 0;
    let z = mixer ^ (mixer >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return z ^ (z >>> 15);
  };
  let a = splitMix();
  let b = splitMix();
  let c = splitMix();
  let d = splitMix() | 1;

  const next = (): number => {
    const scrambled = Math.imul(b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9);
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result >>> 0;
  };
  const below = (bound: number): number => {
    if (bound <= 1) return 0;
    const limit = 0x100000000 - (0x100000000 % bound);
    let value = next();
    while (value >= limit) value = next();
    return value % bound;
  };
  return {
    next,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (permille) => below(1000) < permille,
    shuffle: (items) => {
      for (let i = items.length - 1; i > 0; i--) {
        const j = below(i + 1);
        const held = items[i]!;
        items[i] = items[j]!;
        items[j] = held;
      }
      return items;
    },
    fork: (childLabel) =>
      createPrng((seed + Math.imul(nameHash(childLabel), 0x9e3779b1)) >>> 0, `${label}/${childLabel}`),
  };
}
