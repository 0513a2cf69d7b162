import { describe, expect, it } from 'vitest';
import { differing, digitGroups, shortHash } from './digits.ts';

const ROOT = '0123456789abcdef'.repeat(4);

describe('digits of two roots', () => {
  it('stand in groups with their places, and all agree where the roots are one', () => {
    const groups = digitGroups(ROOT, ROOT);
    expect(groups).toHaveLength(16);
    expect(groups.map(({ at }) => at)).toEqual(Array.from({ length: 16 }, (_, i) => 4 * i));
    expect(groups.map(({ left }) => left).join('')).toBe(ROOT);
    expect(groups.every(({ same }) => same.every(Boolean) && same.length === 4)).toBe(true);
    expect(differing(ROOT, ROOT)).toBe(0);
  });

  it('are counted and pointed at where they differ, also what is missing', () => {
    const other = `${ROOT.slice(0, 5)}f${ROOT.slice(6)}`;
    expect(digitGroups(ROOT, other)[1]?.same).toEqual([true, false, true, true]);
    expect(differing(ROOT, other)).toBe(1);
    expect(differing(ROOT, ROOT.slice(0, 60))).toBe(4);
    expect(digitGroups('', '')).toEqual([]);
  });

  it('are known by both ends', () => {
    expect(shortHash(ROOT)).toBe('0123…cdef');
    expect(shortHash('abcd')).toBe('abcd');
  });
});
