import { describe, expect, it } from 'vitest';
import { othersLeft, switched } from './moduleChoice.ts';

const modules = [
  { id: 'bank', needs: [] },
  { id: 'amm', needs: ['bank'] },
  { id: 'games', needs: ['bank'] },
  { id: 'fair', needs: ['games'] },
];

describe('switching a module', () => {
  it('brings what it needs along, and what that needs', () => {
    expect(switched(modules, [], 'fair')).toEqual(['bank', 'games', 'fair']);
  });
  it('takes what needs it away, and what needs that', () => {
    expect(switched(modules, ['bank', 'amm', 'games', 'fair'], 'games')).toEqual(['bank', 'amm']);
    expect(switched(modules, ['bank', 'amm'], 'bank')).toEqual([]);
  });
  it('keeps the order of the engine', () => {
    expect(switched(modules, ['games', 'bank'], 'amm')).toEqual(['bank', 'amm', 'games']);
  });
});

describe('what is left for a share', () => {
  it('is a thousand less the others, never less than nothing', () => {
    expect(othersLeft({}, 'a')).toBe(1000);
    expect(othersLeft({ a: 900, b: 300 }, 'a')).toBe(700);
    expect(othersLeft({ b: 2000 }, 'a')).toBe(0);
  });
});
