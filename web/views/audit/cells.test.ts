import { describe, expect, it } from 'vitest';
import { cellWords, changedField, fieldCells, tableWords, valueLine } from './cells.ts';

describe('cells of a table', () => {
  it('name accounts, assets and lanes, and shorten bytes', () => {
    expect(cellWords('account', 0)).toBe('Ada');
    expect(cellWords('asset', 0)).toBe('COIN');
    const lanes = new Map([[2, 'Exchange']]);
    expect([0, 2, 9].map((lane) => cellWords('lane', lane, lanes))).toEqual(['its own', 'Exchange', '9']);
    expect(cellWords('commitment', 'ab'.repeat(32))).toBe('ababab…abab');
    expect(cellWords('bytes', '12'.repeat(10))).not.toContain('…');
    expect(cellWords('list', [])).toBe('–');
  });

  it('are a record’s fields in the table’s order, or the one value', () => {
    expect(fieldCells(['owner', 'count'], { count: 5, owner: 1 })).toEqual(['Bao', '5']);
    expect(fieldCells(['value'], '1000')).toEqual(['1\u202f000']);
    expect(valueLine({ owner: 1, madeIn: 4 })).toBe('owner Bao · made in 4');
    expect(valueLine('7')).toBe('7');
    expect(tableWords('healthRecords/wrappedKeys')).toBe('wrapped keys');
  });

  it('tell what was changed', () => {
    expect(changedField({ a: 1, rotations: 2 }, { a: 1, rotations: 3 })).toEqual({
      before: 'rotations 2',
      after: '3',
    });
    expect(changedField('10', '11')).toEqual({ before: '10', after: '11' });
  });
});
