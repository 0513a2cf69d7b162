import { nextOf } from '../../base/prng.ts';

/** A probability as two words: its first 32 binary digits after the point and the next 32. */
export interface Chance {
  readonly high: number;
  readonly low: number;
}

const WORD = 2 ** 32;

/** `probability` from 0 to 1. */
export function chanceOf(probability: number): Chance {
  const high = Math.floor(probability * WORD);
  return { high, low: Math.floor((probability * WORD - high) * WORD) };
}

/** True with that chance; changes the generator's state. */
export function happens(words: Uint32Array, { high, low }: Chance): boolean {
  const word = nextOf(words);
  return word < high || (word === high && nextOf(words) < low);
}
