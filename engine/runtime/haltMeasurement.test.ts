import { afterAll, describe, expect, it } from 'vitest';
import { measureHalt, prepareHalt } from './haltMeasurement.ts';
import { moduleSetOf } from './modules.ts';
import { spawnNodeExecutor } from './spawnNode.ts';
import { ThreadWorkerPool } from './threadWorkerPool.ts';

const entry = new URL('../../.build/executor.node.js', import.meta.url);
const pool = new ThreadWorkerPool({ spawn: () => spawnNodeExecutor(entry), modules: 'bench' });
afterAll(() => pool.dispose());

describe('one of eight modules halted', () => {
  const { arms, refused } = prepareHalt({ lanes: 8, transactions: 800 }, 100);
  const changesIn = (arm: keyof typeof arms, lane: string) =>
    arms[arm].changes
      .filter(({ key }) => moduleSetOf('bench').tableById(key[0]!).name.startsWith(`${lane}/`))
      .map(({ identity, after }) => `${identity} ${after!.join()}`)
      .sort();

  it('has all its transactions refused, and those of nobody else', () => {
    expect(refused).toBe(100);
    expect(arms.halted.receipts.map(({ status }) => status === 0)).toEqual(
      arms.halted.block.transactions.map(({ module }) => module !== 'bench7'),
    );
    expect(arms.sound.receipts.every(({ status }) => status === 0)).toBe(true);
    expect(arms.alone.receipts.every(({ status }) => status === 0)).toBe(true);
    expect(arms.alone.block.transactions).toHaveLength(700);
  });

  it('leaves every other module’s state as in the sound block and as without it', () => {
    for (let i = 0; i < 7; i++) {
      expect(changesIn('sound', `bench${i}`).length).toBeGreaterThan(0);
      expect(changesIn('halted', `bench${i}`)).toEqual(changesIn('sound', `bench${i}`));
      expect(changesIn('alone', `bench${i}`)).toEqual(changesIn('sound', `bench${i}`));
    }
    expect(changesIn('halted', 'bench7')).toEqual([]);
    expect(changesIn('sound', 'bench7').length).toBeGreaterThan(0);
  });

  it('is measured on threads, beside the sound block and the one without it', {
    timeout: 60_000,
  }, async () => {
    const row = await measureHalt(pool, { lanes: 4, transactions: 400, workUs: 5, workers: 2, runs: 3 });
    expect(row).toMatchObject({ lanes: 4, workers: 2, refused: 100, matchesSequential: true });
    expect(row.interval[0]).toBeLessThanOrEqual(row.change);
    expect(row.interval[1]).toBeGreaterThanOrEqual(row.change);
    for (const rate of [row.soundPerSecond, row.haltedPerSecond, row.alonePerSecond])
      expect(rate).toBeGreaterThan(0);
  });
});
