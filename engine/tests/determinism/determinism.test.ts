import { describe, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { chainDigest, DIGEST_BEFORE_GENESIS } from '../../chain/digest.ts';
import { type BlockMemory, CONTROL, WORKER, workerLine } from '../../execution/kernel/blockMemory.ts';
import type { ExecutionRequest } from '../../execution/pool.ts';
import { moduleSet as registered } from '../../runtime/modules.ts';
import { createVirtualPool } from '../../runtime/virtualPool.ts';
import { SCHEDULES } from '../conformance/choosers.ts';
import { oracleOf, runParallel } from '../conformance/harness.ts';
import { scenarios } from '../conformance/scenarios.ts';
import { type Block, moduleSet } from '../conformance/world.ts';

const made = (name: string, seed: number, transactions = 60): Block =>
  scenarios
    .find((scenario) => scenario.name === name)!
    .make(seed, { accounts: 10, transactions, cut: false });

/** Everything that the workers recorded: counters and spans, with their virtual times, as bytes. */
function recorded({ buffer, layout, i32 }: BlockMemory, workers: number): string {
  const lines = new Uint8Array(buffer, workerLine(0) * 4, (workerLine(workers) - workerLine(0)) * 4);
  const trace = new Uint8Array(buffer, layout.trace * 4, (layout.words - layout.trace) * 4);
  expect(i32[workerLine(0) + WORKER.traceCount]! + i32[CONTROL.sequence]!).toBeGreaterThan(0);
  return toHex(lines) + toHex(trace);
}

describe('virtual cores', () => {
  it.each(SCHEDULES)('record the same bytes for the same seed, and others for another (%s)', (schedule) => {
    for (const name of ['hot payments', 'cold swaps', 'chaos']) {
      for (const workers of [1, 2, 5]) {
        const block = made(name, 3, 30);
        const run = (seed: number): string =>
          recorded(runParallel(block, { workers, schedule, seed, traceLevel: 1 }).memory, workers);
        expect(run(1)).toBe(run(1));
        // One worker has no choice, and under the clock only ties depend on the seed.
        if (workers > 1 && schedule !== 'clock') expect(run(2)).not.toBe(run(1));
      }
    }
  });

  it('record the same run in a memory that has held other blocks', async () => {
    const pool = createVirtualPool();
    const requestOf = (block: Block, parentId: string): ExecutionRequest => ({
      parentId,
      ...block,
      workers: 4,
      scheduleSeed: 9,
      trackFees: false,
      accountGranularity: false,
      traceLevel: 1,
      measureArms: false,
    });
    const block = made('hot payments', 1);
    const first = await pool.run(requestOf(block, 'a'));
    await pool.run(requestOf(made('hot swaps', 2), 'a'));
    expect(await pool.run(requestOf(block, 'a'))).toEqual(first);
    await pool.run(requestOf(made('cold swaps', 2), 'b'));
    expect(await pool.run(requestOf(block, 'a'))).toEqual(first);
    const fresh = createVirtualPool();
    expect(await fresh.run(requestOf(block, 'a'))).toEqual(first);
  });
});

/**
 * Digests of fixed blocks. They change only with what a block does, and then the semantics version
 * does too: every link ever made says another digest.
 */
const golden: readonly (readonly [scenario: string, digest: string])[] = [
  ['cold payments', '22b4ff9eaefcba5f07f7cebcb0e4a2fa25d72b83c6418de9a20c987aa2e2c212'],
  ['hot swaps', '7f5ef7d1f6319c0ce66ec2bb6550478d94afa2da7a5609af280a522cdccefa02'],
  ['batch payments', '6f2ca0c1ca3d554e4e623eba97800964d9fd2a32089d8fc583817eb3507ef2b2'],
  ['scripts', 'c6d40f114e31cddcf46a360b999b2a66cedd89ed5855b0822588610846da56b6'],
];

describe('the digest of a fixed block', () => {
  it.each(golden)('%s', (name, digest) => {
    const block = made(name, 42);
    expect(toHex(chainDigest(moduleSet, DIGEST_BEFORE_GENESIS, oracleOf(block)))).toBe(digest);
  });

  it('does not depend on which other modules there are', () => {
    const block = made('payments and swaps', 5);
    const alone = chainDigest(registered, DIGEST_BEFORE_GENESIS, oracleOf(block, registered));
    expect(toHex(alone)).toBe(toHex(chainDigest(moduleSet, DIGEST_BEFORE_GENESIS, oracleOf(block))));
  });
});
