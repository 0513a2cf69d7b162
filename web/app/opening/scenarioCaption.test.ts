import { describe, expect, it } from 'vitest';
import type { OpenedChain } from '../../store/openedScenario.ts';
import { makeFixtureRun } from '../../tests/fixtureRun.ts';
import { scenarioCaption } from './scenarioCaption.ts';

const run = makeFixtureRun({ transactions: 30 });

function opened(text: string, height = run.height): OpenedChain {
  const scenario = { captions: [{ height, text }] } as unknown as OpenedChain['scenario'];
  return {
    scenario,
    verification: {} as OpenedChain['verification'],
    blockIds: new Set([run.blockId]),
    lastBlockId: run.blockId,
    fragment: null,
  };
}

describe('captions of a scenario', () => {
  it('take their figures from the recorded run', () => {
    const text = '{transactions} on {workers}: {criticalPath}, {executions}, {aborts}, {reverted}.';
    const { metrics, workers } = run;
    expect(scenarioCaption(opened(text), run)).toBe(
      `${metrics.transactions} on ${workers}: ${metrics.criticalPath}, ${metrics.executions}, ${metrics.aborts}, ${metrics.reverted}.`,
    );
    expect(scenarioCaption(opened('{speedup} of {idealSpeedup}'), run)).toMatch(/^[\d.]+× of [\d.]+×$/);
  });

  it('leave what names no figure as it was written', () => {
    const text = 'a {nothing} b {constructor} c {__proto__} d {toString}';
    expect(scenarioCaption(opened(text), run)).toBe(text);
  });

  it('are silent at another height, after a change, and when the run is wrong', () => {
    expect(scenarioCaption(opened('x', run.height + 1), run)).toBe(null);
    expect(scenarioCaption(opened('x'), { ...run, blockId: 'branch-1:1:00000000' })).toBe(null);
    expect(scenarioCaption(opened('x'), { ...run, matchesOracle: false })).toBe(null);
    expect(scenarioCaption(null, run)).toBe(null);
    expect(scenarioCaption(opened('x'), null)).toBe(null);
  });
});
