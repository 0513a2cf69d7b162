import { knobErrors } from './messages/knobs.ts';
import { format } from './messages.ts';

export interface KnobRange {
  readonly min: number;
  readonly max: number;
  /** Decimals a person may type. */
  readonly decimals: number;
}

export type KnobErrorCode = keyof typeof knobErrors;
export type KnobEntry =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly error: { readonly code: KnobErrorCode; readonly message: string } };

const NUMBER = /^([+\-−]?)(\d+)(?:[.,](\d+))?$/;
const LONGEST_ECHO = 16;

/** What a person typed into a knob, as a number in its range, or what is wrong with it. Gaps between digits are fine. */
export function readEntry(text: string, range: KnobRange): KnobEntry {
  const typed = text.trim().replace(/(?<=\d)[\s'_](?=\d)/g, '');
  const echo = typed.length > LONGEST_ECHO ? `${typed.slice(0, LONGEST_ECHO)}…` : typed;
  const fail = (code: KnobErrorCode): KnobEntry => ({
    ok: false,
    error: { code, message: format(knobErrors[code], { ...range, text: echo }) },
  });
  if (typed === '') return fail('knob/empty');
  const parts = NUMBER.exec(typed);
  if (parts === null) return fail('knob/not_a_number');
  const [, sign, whole, fraction = ''] = parts;
  const value = Number(`${sign === '' || sign === '+' ? '' : '-'}${whole}.${fraction || '0'}`);
  if (value < range.min) return fail('knob/too_small');
  if (value > range.max) return fail('knob/too_big');
  if (fraction.replace(/0+$/, '').length > range.decimals) return fail('knob/not_whole');
  return { ok: true, value };
}

/** Steps of a logarithmic slider. */
export const LOG_STEPS = 400;

/** Where a value lies on a logarithmic slider from 0 to {@link LOG_STEPS}; zero lies at 0. */
export function toLogPosition(value: number, { min, max }: Pick<KnobRange, 'min' | 'max'>): number {
  const low = Math.max(1, min);
  if (value <= min || max <= low) return 0;
  return Math.round((LOG_STEPS * Math.log(Math.max(value, low) / low)) / Math.log(max / low));
}

/** The value at a position of a logarithmic slider: two significant digits, the ends exact. */
export function fromLogPosition(position: number, { min, max }: Pick<KnobRange, 'min' | 'max'>): number {
  if (position <= 0) return min;
  if (position >= LOG_STEPS) return max;
  const low = Math.max(1, min);
  const exact = low * (max / low) ** (position / LOG_STEPS);
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(exact)) - 1);
  return Math.min(max, Math.max(min, Math.round(exact / unit) * unit));
}
