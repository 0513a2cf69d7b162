import { describe, expect, it } from 'vitest';
import type { BlockNode, HistoryTree, TrafficSettings } from '../../../engine/api/index.ts';
import { makeFixtureRun } from '../../tests/fixtureRun.ts';
import { blocksByBranch, firstSides } from './blockChoice.ts';
import { barPairs, changeSentence } from './geometry.ts';
import { parseSetting, SETTINGS, settingIn, shownSetting } from './pastSetting.ts';

const calm = makeFixtureRun({ transactions: 60, hotPermille: 0, workers: 4 });
const hot = makeFixtureRun({ transactions: 60, hotPermille: 900, workers: 4 });

describe('paired bars', () => {
  it('draws both against the larger one, within 0 and 1', () => {
    for (const pair of barPairs(calm, hot)) {
      expect(Math.max(pair.leftShare, pair.rightShare)).toBeLessThanOrEqual(1);
      expect(Math.min(pair.leftShare, pair.rightShare)).toBeGreaterThanOrEqual(0);
      if (pair.metric === 'criticalPath') expect(pair.rightShare).toBe(1);
    }
  });

  it('stands numbers that are none', () => {
    const broken = { ...hot, metrics: { ...hot.metrics, idealSpeedup: Number.NaN, aborts: 0 } };
    const none = { ...calm, metrics: { ...calm.metrics, aborts: 0 } };
    const pairs = barPairs(none, broken);
    expect(pairs.find((pair) => pair.metric === 'idealSpeedup')).toMatchObject({ right: '–', rightShare: 0 });
    expect(pairs.find((pair) => pair.metric === 'aborts')).toMatchObject({ leftShare: 0, rightShare: 0 });
  });

  it('shows no timings of different clocks, nor of a run that differs from the oracle', () => {
    const metrics = (run: typeof hot): string[] => barPairs(calm, run).map((pair) => pair.metric);
    expect(metrics(hot)).toContain('speedup');
    expect(metrics({ ...hot, clock: 'virtual' })).not.toContain('speedup');
    expect(metrics({ ...hot, matchesOracle: false })).not.toContain('speedup');
  });

  it('says what changed', () => {
    const of = (aborts: number, criticalPath: number): typeof hot => ({
      ...hot,
      metrics: { ...hot.metrics, aborts, criticalPath, speedup: 1.5 },
    });
    expect(changeSentence(of(3, 12), of(14, 171))).toBe('11 more aborts, critical path 12 → 171.');
    expect(changeSentence(of(3, 12), of(2, 12))).toBe('One abort fewer, critical path 12 in both.');
    expect(changeSentence(of(3, 12), of(3, 4))).toBe('As many aborts, critical path 12 → 4.');
  });
});

function block(blockId: string, branch: string, height: number, parentId: string): BlockNode {
  return { blockId, branch, height, parentId, transactions: 1, reverted: 0, digest: '', actions: [] };
}

const history: HistoryTree = {
  branches: [
    { id: 'main', label: 'main', forkHeight: 0, parentBranch: null, headId: 'a2', headHeight: 2 },
    { id: 'x', label: 'hot share 80 %', forkHeight: 1, parentBranch: 'main', headId: 'b2', headHeight: 2 },
    { id: 'none', label: 'none', forkHeight: 1, parentBranch: 'main', headId: 'a1', headHeight: 1 },
  ],
  blocks: [
    block('g', 'main', 0, ''),
    block('a1', 'main', 1, 'g'),
    block('a2', 'main', 2, 'a1'),
    block('b2', 'x', 2, 'a1'),
  ],
  current: { branch: 'x', blockId: 'b2', height: 2 },
};

describe('what to compare', () => {
  it('lists branches that have blocks, newest block first', () => {
    expect(blocksByBranch(history).map(({ blocks }) => blocks.map(({ blockId }) => blockId))).toEqual([
      ['a2', 'a1', 'g'],
      ['b2'],
    ]);
  });

  it('begins with what is asked for, else the ghost, else the other future, else the parent', () => {
    expect(firstSides(history, { blockId: 'b2' }, { leftBlockId: 'g' })).toEqual({ left: 'g', right: 'b2' });
    expect(firstSides(history, { blockId: 'b2', ghostBlockId: 'a1' })).toEqual({ left: 'a1', right: 'b2' });
    expect(firstSides(history, { blockId: 'b2' })).toEqual({ left: 'a2', right: 'b2' });
    expect(firstSides(history, { blockId: 'a2' })).toEqual({ left: 'a1', right: 'a2' });
    expect(firstSides(history, { blockId: 'b2', ghostBlockId: 'gone' })).toEqual({ left: 'a2', right: 'b2' });
    expect(firstSides({ ...history, blocks: [history.blocks[0]!] }, { blockId: 'g' })).toBeNull();
  });
});

describe('a setting of the past', () => {
  it('is any knob of traffic that there is; one that came later and is absent means none', () => {
    const traffic = { transactionsPerBlock: 200, swapPermille: 500, hotPermille: 100, work: 20_000 };
    const every: Required<Omit<TrafficSettings, 'shares'>> = { ...traffic, skewPermille: 0 };
    expect([...SETTINGS].sort()).toEqual(Object.keys(every).sort());
    expect(settingIn(traffic, 'skewPermille')).toBe(0);
    expect(settingIn({ ...traffic, skewPermille: 250 }, 'skewPermille')).toBe(250);
  });

  it('reads per cent and whole numbers within the limits', () => {
    expect(parseSetting('hotPermille', ' 87,5 % ', {})).toEqual({ ok: true, value: 875 });
    expect(parseSetting('work', '20 000', {})).toEqual({ ok: true, value: 20_000 });
    expect(shownSetting('hotPermille', 875)).toBe('87.5');
    expect(parseSetting('skewPermille', '50', {})).toEqual({ ok: true, value: 500 });
  });

  it('refuses nonsense, halves and what is beyond, and says the limits', () => {
    for (const typed of ['', 'lots', '-1', '101', '1e2', '5.55']) {
      expect(parseSetting('hotPermille', typed, {})).toMatchObject({ ok: false });
    }
    expect(parseSetting('transactionsPerBlock', '2.5', {})).toMatchObject({ ok: false });
    expect(
      parseSetting('transactionsPerBlock', '501', { transactionsPerBlock: { min: 1, max: 500 } }),
    ).toEqual({
      ok: false,
      message: 'Transactions a block must be a number from 1 to 500.',
    });
  });
});
