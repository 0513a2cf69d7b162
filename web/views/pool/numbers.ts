import { formatAmount, formatCount } from '../../lib/format.ts';

/** An amount in base units, humane up to a thousand billion, with a power of ten beyond. */
export function humane(amount: bigint | number): string {
  const size = Number(amount);
  if (!Number.isFinite(size) || size >= 1e15)
    return formatAmount(typeof amount === 'bigint' ? amount : wholeOf(amount));
  return size < 100 && size % 1 !== 0 ? size.toFixed(size < 1 ? 2 : 1) : formatCount(size);
}

function wholeOf(amount: number): bigint {
  return Number.isFinite(amount) ? BigInt(Math.round(amount)) : 0n;
}

/** A price with six digits, so that small moves show. */
export function price(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  if (exponent >= 9) return humane(value);
  if (exponent < -9) return value.toExponential(3);
  return value.toFixed(Math.max(0, 5 - exponent));
}

/** A small share of one in per cent, with two digits that say something. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return '–';
  const value = Math.abs(share) * 100;
  if (value === 0) return '0 %';
  if (value < 0.00005) return '< 0.0001 %';
  const decimals = value >= 10 ? 1 : value >= 0.1 ? 2 : value >= 0.01 ? 3 : 4;
  return `${value.toFixed(decimals)} %`;
}

/** The same with its sign. */
export function signedPercent(share: number): string {
  if (!Number.isFinite(share)) return '–';
  const sign = share > 0 ? '+' : share < 0 ? '−' : '±';
  return `${sign}${percent(share)}`;
}

/** A factor of magnification: ×3, ×140, ×12k. */
export function factor(value: number): string {
  if (!Number.isFinite(value)) return '×∞';
  const size = value >= 100 ? Number(value.toPrecision(2)) : Math.round(value);
  return `×${formatCount(size)}`;
}
