import { describe, expect, test } from 'vitest';
import type { BlockRun, ImportReport } from '../../../engine/api/index.ts';
import { unshardedKey } from '../../lib/realBlockWords.ts';
import { barWidth, chainsOfFile, hottestKeys } from './figures.ts';

const ADDRESS = `0x${'ab'.repeat(20)}`;
const key = (shard: number) => `ethereum/storage/${ADDRESS}/0x7/${shard}`;
const report = {
  transactions: 172,
  criticalPath: 172,
  criticalPathWithoutFeeRecipient: 23,
  feeRecipient: `ethereum/balances/${ADDRESS}/0`,
  hottestKeys: [{ key: key(0), writers: 23 }],
} as unknown as ImportReport;

const runWith = (granularity: 'slot' | 'account') =>
  ({
    execution: { granularity },
    keys: [
      key(0),
      key(2),
      `ethereum/balances/${ADDRESS}/0`,
      'kernel/fees/9',
      `ethereum/nonces/${ADDRESS}`,
    ].map((text) => ({ text })),
    graph: { hotKeys: [0, 1, 2, 3, 4].map((at) => ({ key: at, transactions: 9, writers: 9 - at })) },
  }) as unknown as BlockRun;

describe('figures of a real block', () => {
  test('what is possible at best is transactions by longest chain', () => {
    const { exempt, tracked } = chainsOfFile(report);
    expect(tracked).toEqual({ path: 172, transactions: 172, best: 1 });
    expect(exempt.best).toBeCloseTo(172 / 23, 10);
  });

  test('a shard is split again by the key it came from, and keys without shards stay', () => {
    expect(unshardedKey(key(3))).toBe(key(0));
    expect(unshardedKey(`ethereum/nonces/${ADDRESS}`)).toBe(`ethereum/nonces/${ADDRESS}`);
    expect(unshardedKey('kernel/accounts/17')).toBe('kernel/accounts/17');
  });

  test('hot keys are the file’s until it is changed, then the recorded ones without the fee recipient', () => {
    expect(hottestKeys(report, runWith('slot'), false)).toEqual([{ key: key(0), text: key(0), writers: 23 }]);
    expect(hottestKeys(report, runWith('slot'), true)).toEqual([
      { key: key(0), text: key(0), writers: 9 },
      { key: key(0), text: key(2), writers: 8 },
      { key: `ethereum/nonces/${ADDRESS}`, text: `ethereum/nonces/${ADDRESS}`, writers: 5 },
    ]);
    expect(hottestKeys(report, runWith('account'), true)).toHaveLength(1);
  });

  test('bars are in scale, never invisible, never too long', () => {
    expect(barWidth(50, 200)).toBe('25%');
    expect(barWidth(1, 100_000)).toBe('0.6%');
    expect(barWidth(9, 3)).toBe('100%');
    expect(barWidth(1, 0)).toBe('0%');
  });
});
