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

/** The state of a generator as data, for what must be copied and taken up again: the same sequence as `createPrng(seed, label)`. */
export function prngWords(seed: number, label = ''): Uint32Array {
  let mixer = (seed ^ nameHash(label)) >>> 0;
  const words = new Uint32Array(4);
  for (let i = 0; i < 4; i++) {
    mixer = (mixer + 0x9e3779b9) | 0;
    let z = mixer ^ (mixer >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    words[i] = z ^ (z >>> 15);
  }
  words[3]! |= 1;
  return words;
}

/** The next integer in [0, 2^32); changes the state. */
export function nextOf(words: Uint32Array): number {
  const a = words[0]!;
  const b = words[1]!;
  const c = words[2]!;
  const d = words[3]!;
  const scrambled = Math.imul(b, 5);
  const t = b << 9;
  const mixedC = c ^ a;
  const mixedD = d ^ b;
  words[1] = b ^ mixedC;
  words[0] = a ^ mixedD;
  words[2] = mixedC ^ t;
  words[3] = (mixedD << 11) | (mixedD >>> 21);
  return Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
}

/** An integer in [0, bound), unbiased (rejection); `bound` from 1 to 2^32. */
export function belowOf(words: Uint32Array, bound: number): number {
  if (bound <= 1) return 0;
  const limit = 0x100000000 - (0x100000000 % bound);
  let value = nextOf(words);
  while (value >= limit) value = nextOf(words);
  return value % bound;
}

export function createPrng(seed: number, label = ''): Prng {
  const words = prngWords(seed, label);
  let a = words[0]!;
  let b = words[1]!;
  let c = words[2]!;
  let d = words[3]!;

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
