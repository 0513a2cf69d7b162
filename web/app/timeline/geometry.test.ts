import { describe, expect, it } from 'vitest';
import type { BlockNode, HistoryTree } from '../../../engine/api/index.ts';
import { makeFixtureRun } from '../../tests/fixtureRun.ts';
import { CELL_WIDTH, cellAt, layOutTree, neighbour, profile, ROW_HEIGHT } from './geometry.ts';

const block = (blockId: string, parentId: string, branch: string, height: number): BlockNode => ({
  blockId,
  parentId,
  branch,
  height,
  transactions: 10,
  reverted: 0,
  digest: '',
  actions: [],
});
const branch = (id: string, parentBranch: string | null) => ({
  id,
  label: id,
  forkHeight: 1,
  parentBranch,
  headId: '',
  headHeight: 3,
});
const history: HistoryTree = {
  branches: [branch('main', null), branch('empty', 'main'), branch('side', 'main')],
  blocks: [
    block('g', '', 'main', 0),
    block('a', 'g', 'main', 1),
    block('b', 'a', 'main', 2),
    block('c', 'b', 'main', 3),
    block('x', 'a', 'side', 2),
  ],
  current: { branch: 'side', blockId: 'x', height: 2 },
};

describe('the tree of blocks', () => {
  const layout = layOutTree(history);

  it('gives each branch with blocks a row and each height a column', () => {
    expect(layout.rows.map((row) => row.branch)).toEqual(['main', 'side']);
    expect(layout.columns).toBe(3);
    expect(layout.cells.find((cell) => cell.node.blockId === 'x')).toMatchObject({
      column: 1,
      row: 1,
      parentRow: 0,
    });
    expect(layout.cells.some((cell) => cell.node.blockId === 'g')).toBe(false);
  });

  it('walks by arrows', () => {
    const go = (from: string, direction: 'left' | 'right' | 'up' | 'down') =>
      neighbour(layout, from, direction)?.node.blockId ?? null;
    expect([go('a', 'right'), go('b', 'right'), go('c', 'right'), go('a', 'left')]).toEqual([
      'b',
      'c',
      null,
      null,
    ]);
    expect([go('x', 'left'), go('x', 'up'), go('c', 'down'), go('a', 'up')]).toEqual(['a', 'b', 'x', null]);
    expect(go('gone', 'left')).toBe('x');
  });

  it('finds what is under a point', () => {
    expect(cellAt(layout, CELL_WIDTH * 1.5, ROW_HEIGHT * 1.5)?.node.blockId).toBe('x');
    expect(cellAt(layout, CELL_WIDTH * 2.5, ROW_HEIGHT * 1.5)).toBe(null);
  });
});

describe('the profile of a block', () => {
  it('counts every abort and ends with everything committed', () => {
    const run = makeFixtureRun({ hotPermille: 800, workers: 4 });
    const slices = profile(run.trace, run.metrics.durationUs, 200, 60);
    expect(slices.aborts.reduce((sum, count) => sum + count, 0)).toBe(run.metrics.aborts);
    expect(slices.committed.at(-1)).toBe(1);
    expect(profile(run.trace, 0, 200, 60).mostAborts).toBe(0);
  });
});
