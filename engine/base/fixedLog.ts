import { nextOf } from './prng.ts';

/** Bits after the point. */
const FRACTION = 24;
const ONE = 2 ** FRACTION;
const STEPS_BITS = 10;
const STEPS = 2 ** STEPS_BITS;
/** ln 2 with {@link FRACTION} bits after the point. */
const LN_2 = 11_629_080;

let table: Uint32Array | undefined;

/**
 * log2(1 + i/1024) with 24 bits after the point, for i from 0 to 1024. Made of whole numbers alone (a bit is known when squaring
 * overflows), since browsers differ in their logarithms.
 */
function logarithms(): Uint32Array {
  const precision = 60n;
  const two = 2n << precision;
  return Uint32Array.from({ length: STEPS + 1 }, (_, i) => {
    if (i === STEPS) return ONE;
    let mantissa = (BigInt(STEPS + i) << precision) >> BigInt(STEPS_BITS);
    let bits = 0;
    for (let bit = 0; bit < FRACTION; bit++) {
      mantissa = (mantissa * mantissa) >> precision;
      bits *= 2;
      if (mantissa >= two) {
        bits++;
        mantissa >>= 1n;
      }
    }
    return bits;
  });
}

/** −ln(value / 2^32) with 24 bits after the point; `value` from 1 to 2^32 − 1. Off by less than 10⁻⁶. */
export function negativeLog(value: number): number {
  table ??= logarithms();
  const exponent = 31 - Math.clz32(value);
  const scaled = value * 2 ** (31 - exponent) - 2 ** 31;
  const step = Math.floor(scaled / 2 ** (31 - STEPS_BITS));
  const rest = scaled - step * 2 ** (31 - STEPS_BITS);
  const low = table[step]!;
  const between = Math.floor(((table[step + 1]! - low) * rest) / 2 ** (31 - STEPS_BITS));
  const bits = (32 - exponent) * ONE - low - between;
  return Math.floor((bits * LN_2) / ONE);
}

/** A whole number from the exponential distribution with this mean; `mean` from 0 to 2^38. Changes the generator's state. */
export function exponentialOf(words: Uint32Array, mean: number): number {
  const log = negativeLog(nextOf(words) || 1);
  // In two halves, so that every product is a whole number below 2^53.
  const high = Math.floor(mean / 2 ** 20);
  const low = mean - high * 2 ** 20;
  return Math.floor((high * log) / 16 + Math.floor((low * log) / ONE));
}
