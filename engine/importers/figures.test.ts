import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figuresByDefinition } from '../tests/imports/definitions.ts';
import { chainFigures, countOf, mostFirst } from './figures.ts';

const KEYS = 8;

describe('the figures of a block', () => {
  it('are those of the definitions', { timeout: 600_000 }, () => {
    const blocks = fc.array(fc.uniqueArray(fc.nat(KEYS - 1), { maxLength: 4 }), { maxLength: 40 });
    fc.assert(
      fc.property(blocks, fc.integer({ min: -1, max: KEYS - 1 }), (writes, without) => {
        const named = writes.map((keys) => new Set(keys.map(String)));
        expect(chainFigures(writes, KEYS, without)).toEqual(figuresByDefinition(named, String(without)));
      }),
      { numRuns: process.env.FULL === undefined ? 300 : 10_000 },
    );
  });

  it('of a block by hand', () => {
    const writes = [[0], [1], [0, 1], [2], [1, 3], [3], []];
    expect(chainFigures(writes, 4)).toEqual({ criticalPath: 4, independent: 2 });
    expect(chainFigures(writes, 4, 1)).toEqual({ criticalPath: 2, independent: 3 });
    expect(chainFigures([], 0)).toEqual({ criticalPath: 0, independent: 0 });
  });

  it('name what is written most', () => {
    const counts = countOf([[0, 2], [2], [1], [1, 2]], 4);
    expect([...counts]).toEqual([1, 2, 3, 0]);
    expect(mostFirst(counts, 9)).toEqual([2, 1, 0]);
    expect(mostFirst(counts, 1, 2)).toEqual([1]);
  });
});
