import { describe, expect, it } from 'vitest';
import { barsOf, MOST_BARS } from './bars.ts';

describe('bars of a history', () => {
  it('are one a block, also where nothing was, as high as what was in it', () => {
    const bars = barsOf(
      [
        { height: 1, transactions: 10, failed: 0 },
        { height: 3, transactions: 20, failed: 5 },
      ],
      4,
      40,
    );
    expect(bars.map(({ height, full, red }) => [height, full, red])).toEqual([
      [1, 20, 0],
      [2, 0, 0],
      [3, 40, 10],
      [4, 0, 0],
    ]);
  });

  it('show the smallest failure, and never more red than bar', () => {
    const [bar] = barsOf([{ height: 1, transactions: 10_000, failed: 1 }], 1, 40);
    expect(bar).toMatchObject({ full: 40, red: 2 });
    const [, small] = barsOf(
      [
        { height: 1, transactions: 10_000, failed: 0 },
        { height: 2, transactions: 1, failed: 1 },
      ],
      2,
      40,
    );
    expect(small).toMatchObject({ full: 2, red: 2 });
  });

  it('are the last ones of a long chain', () => {
    const each = Array.from({ length: 500 }, (_, i) => ({
      height: i + 1,
      transactions: i === 0 ? 9e9 : 7,
      failed: 0,
    }));
    const bars = barsOf(each, 500, 40);
    expect(bars).toHaveLength(MOST_BARS);
    expect(bars.at(-1)).toMatchObject({ height: 500, full: 40 });
  });
});
