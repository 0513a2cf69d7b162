import { describe, expect, it } from 'vitest';
import { makeFixtureRun } from '../../tests/fixtureRun.ts';
import { drawingWords, figuresOf, sizeOf, tellingRun } from './figures.ts';

const calm = makeFixtureRun({ transactions: 60, hotPermille: 0, height: 1, seed: 2 });
const rush = makeFixtureRun({ transactions: 40, hotPermille: 950, height: 2, seed: 2 });

describe('what a card says', () => {
  it('draws the block whose longest chain takes the largest part of it', () => {
    expect(tellingRun([calm, rush])).toBe(rush);
    expect(tellingRun([rush, calm])).toBe(rush);
    expect(tellingRun([calm, calm])).toBe(calm);
    expect(tellingRun([])).toBeNull();
  });

  it('names the measured figures block by block', () => {
    const [path, ideal] = figuresOf([calm, rush]);
    expect(path!.value).toBe(`${calm.metrics.criticalPath} → ${rush.metrics.criticalPath}`);
    expect(path!.spoken).toContain(`${calm.metrics.criticalPath}, then ${rush.metrics.criticalPath}`);
    expect(ideal!.value).toMatch(/^[\d.]+× → [\d.]+×$/);
    expect(sizeOf(2, [calm, rush])).toBe('2 blocks · 100 transactions');
    expect(sizeOf(1, [calm])).toBe('1 block · 60 transactions');
    expect([sizeOf(3, []), sizeOf(1, [])]).toEqual(['3 blocks', '1 block']);
    expect(figuresOf([]).map(({ value }) => value)).toEqual(['–', '–']);
  });

  it('says the drawing in words', () => {
    const words = drawingWords('A rush', rush);
    expect(words).toContain('Block 2 of “A rush”');
    expect(words).toContain(`longest chain of ${rush.metrics.criticalPath}`);
    expect(words).not.toMatch(/[{}]/);
  });
});
