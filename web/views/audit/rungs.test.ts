import { describe, expect, it } from 'vitest';
import type { ProofTrail } from '../../../engine/api/index.ts';
import { edgesOf, ladderOf, placesOf } from './rungs.ts';

const WHOLE: ProofTrail = {
  start: 'e0',
  levels: [
    { sibling: 's0', side: 'right', hash: 'e1' },
    { sibling: 's1', side: 'left', hash: 'e2' },
    { sibling: 's2', side: 'left', hash: 'e3' },
  ],
  root: 'r',
};

describe('a proof as a ladder', () => {
  it('has the entry at its foot, and the path on the side where the sibling is not', () => {
    const { rungs, top, root } = ladderOf(WHOLE, WHOLE);
    expect(rungs.map(({ level, side, own, sibling }) => [level, side, own, sibling])).toEqual([
      [2, 'right', 'e2', 's2'],
      [1, 'right', 'e1', 's1'],
      [0, 'left', 'e0', 's0'],
    ]);
    expect([top, root]).toEqual(['e3', 'r']);
    expect(rungs.some(({ ownChanged, siblingChanged }) => ownChanged || siblingChanged)).toBe(false);
  });

  it('shows what a spoiled sibling changes: itself, and everything above it', () => {
    const [first, second, third] = WHOLE.levels;
    const spoiled: ProofTrail = {
      ...WHOLE,
      levels: [first!, { ...second!, sibling: 'x1', hash: 'x2' }, { ...third!, hash: 'x3' }],
      root: 'x',
    };
    const { rungs, topChanged, rootChanged } = ladderOf(spoiled, WHOLE);
    expect(rungs.map(({ ownChanged, siblingChanged }) => [ownChanged, siblingChanged])).toEqual([
      [true, false],
      [false, true],
      [false, false],
    ]);
    expect([topChanged, rootChanged]).toEqual([true, true]);
  });

  it('of a tree of one entry is the entry alone', () => {
    const alone = { start: 'e0', levels: [], root: 'r' };
    expect(ladderOf(alone, alone)).toMatchObject({ rungs: [], top: 'e0', topChanged: false });
  });

  it('has two lines from each rung up to the path of the one above, the uppermost to the middle', () => {
    const { rungs } = ladderOf(WHOLE, WHOLE);
    const edges = edgesOf(rungs);
    expect(edges).toHaveLength(6);
    expect(edges.filter(({ rung }) => rung === 0).map(({ toX }) => toX)).toEqual([50, 50]);
    for (const { rung, fromX, toX, onPath } of edges) {
      const { own, sibling } = placesOf(rungs[rung]!);
      expect(fromX).toBe(onPath ? own : sibling);
      if (rung > 0) expect(toX).toBe(placesOf(rungs[rung - 1]!).own);
    }
  });
});
