import { afterAll, describe, expect, it } from 'vitest';
import { createStateReader } from '../chain/stateReader.ts';
import { createLaneFinder } from '../moduleSdk/index.ts';
import { laneBlock, laneSpeedup, measureLanes } from './laneMeasurement.ts';
import { moduleSet, moduleSetOf } from './modules.ts';
import { spawnNodeExecutor } from './spawnNode.ts';
import { ThreadWorkerPool } from './threadWorkerPool.ts';

const entry = new URL('../../.build/executor.node.js', import.meta.url);
const pool = new ThreadWorkerPool({ spawn: () => spawnNodeExecutor(entry), modules: 'bench' });
afterAll(() => pool.dispose());

/** How many transactions each lane has, and how many of them touch another. */
function sharesOf(lanes: number, crossingPercent: number, transactions: number) {
  const block = laneBlock({ lanes, crossingPercent, transactions }, 0);
  const find = createLaneFinder(moduleSetOf('bench'), createStateReader(block.state));
  const own = new Map<string, number>();
  let crossing = 0;
  for (const transaction of block.transactions) {
    own.set(transaction.module, (own.get(transaction.module) ?? 0) + 1);
    if (find(transaction).length > 1) crossing++;
  }
  return { own: [...own.values()], crossing, speedup: laneSpeedup(block) };
}

describe('blocks to measure lanes with', () => {
  it.each([0, 1, 5, 10, 25, 50, 100])(
    'have as many transactions in each lane, and %i %% cross',
    (percent) => {
      const { own, crossing } = sharesOf(8, percent, 1600);
      expect(own).toEqual(Array.from({ length: 8 }, () => 200));
      expect(crossing).toBe((1600 * percent) / 100);
    },
  );

  it('allow as many at once as there are lanes, and fewer the more crosses', () => {
    const allowed = [0, 10, 50, 100].map((percent) => sharesOf(8, percent, 1600).speedup);
    expect(allowed[0]).toBe(8);
    for (let i = 1; i < allowed.length; i++) expect(allowed[i]).toBeLessThan(allowed[i - 1]!);
    expect(allowed[3]).toBeGreaterThan(2);
    expect(sharesOf(1, 100, 100)).toMatchObject({ crossing: 0, speedup: 1 });
  });

  it('use modules that no chain has, behind those that every chain has', () => {
    expect(moduleSet.module('bench0')).toBeUndefined();
    for (const [i, { module, name }] of moduleSet.transactions.entries())
      expect(moduleSetOf('bench').transaction(module.id, name)!.index).toBe(i);
  });

  it('are executed on threads as the oracle does, whatever crosses', { timeout: 60_000 }, async () => {
    for (const crossingPercent of [0, 30, 100]) {
      const asked = { lanes: 4, crossingPercent, transactions: 160, workUs: 5, workers: 2, runs: 3 };
      const row = await measureLanes(pool, asked);
      expect(row).toMatchObject({ lanes: 4, crossingPercent, workers: 2, matchesSequential: true });
      expect(row.speedup).toBeGreaterThan(0);
    }
  });
});
