export const MAX_U32 = 0xffffffff;
export const MAX_U64 = (1n << 64n) - 1n;
export const MAX_U112 = (1n << 112n) - 1n;
export const MAX_U128 = (1n << 128n) - 1n;
export const MAX_U256 = (1n << 256n) - 1n;

/** The greatest integer whose square is at most `value` (Newton's method); `value` ≥ 0. */
export function integerSqrt(value: bigint): bigint {
  if (value < 2n) return value;
  let x = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const y = (x + value / x) >> 1n;
    if (y >= x) return x;
    x = y;
  }
}

export function minBigint(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** The smallest power of two that is at least `value`; `value` from 1 to 2^30. */
export function nextPowerOfTwo(value: number): number {
  let power = 1;
  while (power < value) power *= 2;
  return power;
}
