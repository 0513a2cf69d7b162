import { expect, it } from 'vitest';
import { belowOf, createPrng, nextOf, prngWords } from './prng.ts';

it('gives the same sequence from data as from a generator', () => {
  for (const [seed, label] of [
    [0, ''],
    [1, 'network'],
    [0xffff_ffff, 'replica 3'],
  ] as const) {
    const generator = createPrng(seed, label);
    const words = prngWords(seed, label);
    for (let i = 0; i < 1000; i++) expect(nextOf(words)).toBe(generator.next());
    for (const bound of [1, 2, 7, 1000, 3_000_000_000, 0x1_0000_0000]) {
      for (let i = 0; i < 50; i++) expect(belowOf(words, bound)).toBe(generator.below(bound));
    }
  }
});

it('goes on from a copy as from the original', () => {
  const words = prngWords(7, 'copied');
  nextOf(words);
  const copy = words.slice();
  expect(Array.from({ length: 9 }, () => nextOf(copy))).toEqual(
    Array.from({ length: 9 }, () => nextOf(words)),
  );
});
