import { describe, expect, it } from 'vitest';
import { copyData } from './copyData.ts';

describe('copying data', () => {
  it('copies everything that could change', () => {
    const inner = { list: [1, 2], words: Uint32Array.of(1, 2), big: 5n };
    const data = {
      inner,
      byName: new Map([['a', { n: 1 }]]),
      names: new Set([1]),
      nothing: null,
      none: undefined,
    };
    const copy = copyData(data);
    expect(copy).toEqual(data);
    inner.list.push(3);
    inner.words[0] = 9;
    data.byName.get('a')!.n = 2;
    data.names.add(2);
    expect(copy).toEqual({
      inner: { list: [1, 2], words: Uint32Array.of(1, 2), big: 5n },
      byName: new Map([['a', { n: 1 }]]),
      names: new Set([1]),
      nothing: null,
      none: undefined,
    });
  });

  it('shares what is frozen', () => {
    const message = Object.freeze({ height: 1 });
    const copy = copyData({ seen: [message] });
    expect(copy.seen[0]).toBe(message);
  });

  it('refuses what it cannot copy', () => {
    expect(() => copyData({ call: () => 1 })).toThrow('no functions');
    expect(() => copyData(new URL('https://example.org'))).toThrow('no instance');
  });
});
