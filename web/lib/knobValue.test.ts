import { describe, expect, it } from 'vitest';
import { fromLogPosition, LOG_STEPS, readEntry, toLogPosition } from './knobValue.ts';

const whole = { min: 2, max: 100_000, decimals: 0 };
const code = (text: string, range = whole): string | number => {
  const entry = readEntry(text, range);
  return entry.ok ? entry.value : entry.error.code;
};

describe('what is typed into a knob', () => {
  it('reads numbers as people write them', () => {
    expect(['2', ' 100 ', '+7', '10 000', "99'999", '4.0', '3.'].map((text) => code(text))).toEqual([
      2,
      100,
      7,
      10_000,
      99_999,
      4,
      'knob/not_a_number',
    ]);
    expect(code('12,5', { min: 0, max: 100, decimals: 1 })).toBe(12.5);
  });

  it('says what is wrong, and with what', () => {
    expect(code('')).toBe('knob/empty');
    expect(
      ['abc', '1e5', '0x10', 'NaN', 'Infinity', '--3', '٣', '1 2 3 four'].map((text) => code(text)),
    ).toEqual(new Array(8).fill('knob/not_a_number'));
    expect(['-5', '−5', '0', '1'].map((text) => code(text))).toEqual(new Array(4).fill('knob/too_small'));
    expect(code('9'.repeat(400))).toBe('knob/too_big');
    expect(code('100001')).toBe('knob/too_big');
    expect(code('3.5')).toBe('knob/not_whole');
    const entry = readEntry('9'.repeat(400), whole);
    expect(!entry.ok && entry.error.message.length).toBeLessThan(80);
  });
});

describe('a logarithmic slider', () => {
  it('goes through round values and has exact ends', () => {
    for (const range of [whole, { min: 0, max: 1_000_000 }, { min: 1, max: 1 }]) {
      expect(fromLogPosition(0, range)).toBe(range.min);
      expect(fromLogPosition(LOG_STEPS, range)).toBe(range.max);
      let last = range.min;
      for (let position = 0; position <= LOG_STEPS; position++) {
        const value = fromLogPosition(position, range);
        expect(Number.isInteger(value)).toBe(true);
        expect(value).toBeGreaterThanOrEqual(last);
        last = value;
      }
    }
    for (const value of [2, 10, 200, 5000, 100_000]) {
      expect(fromLogPosition(toLogPosition(value, whole), whole) / value).toBeCloseTo(1, 1);
    }
  });
});
