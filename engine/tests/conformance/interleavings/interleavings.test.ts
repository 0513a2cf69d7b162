import { describe, expect, it } from 'vitest';
import { blockStm, exploreAll } from './explore.ts';
import { pairBlock, tinyBlocks } from './tinyBlocks.ts';

const FULL = process.env.FULL !== undefined;

describe('every interleaving of three transactions on two workers equals the oracle', {
  timeout: 120_000,
}, () => {
  it.each(tinyBlocks)('$name', ({ name, block }) => {
    const { interleavings, endings } = exploreAll(name, block, { workers: 2 }, blockStm);
    expect(interleavings).toBeGreaterThan(100_000n);
    expect(endings).toBeGreaterThan(1);
  });

  it('and with conflicts tracked by account', () => {
    const { name, block } = tinyBlocks[1]!;
    const { interleavings } = exploreAll(name, block, { workers: 2, accountGranularity: true }, blockStm);
    expect(interleavings).toBeGreaterThan(100_000n);
  });

  it('counts as many schedules when each is walked on its own', () => {
    const merged = exploreAll('pair', pairBlock, { workers: 2 }, blockStm);
    const walked = exploreAll('pair', pairBlock, { workers: 2, oneByOne: true }, blockStm);
    expect(walked.interleavings).toBe(merged.interleavings);
    expect(walked.longest).toBe(merged.longest);
    expect(BigInt(walked.endings)).toBe(walked.interleavings);
  });
});

describe.runIf(FULL)('every interleaving, the larger products', () => {
  const settings = [
    { workers: 3 },
    { workers: 2, trackFees: true },
    { workers: 2, accountGranularity: true },
  ];
  const product = tinyBlocks.flatMap(({ name, block }) =>
    settings.map((setting) => ({ name: `${name} ${JSON.stringify(setting)}`, block, setting })),
  );
  it.each(product)(
    '$name',
    ({ name, block, setting }) => {
      expect(exploreAll(name, block, setting, blockStm).endings).toBeGreaterThan(1);
    },
    3_600_000,
  );
});
