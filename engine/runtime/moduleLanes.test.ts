import { describe, expect, it } from 'vitest';
import { type BlockRun, SPAN_KIND } from '../api/index.ts';
import { produce, SETTINGS, started, VIRTUAL, value } from '../tests/testHost.ts';

const traffic = { transactionsPerBlock: 200, swapPermille: 500, hotPermille: 0, work: 5000 };
const execution = {
  ...VIRTUAL,
  executor: 'moduleLanes' as const,
  cores: { kind: 'virtual' as const, count: 4 },
};

/** A block of half payments, half swaps, in module lanes; balances lie as `bankPartition` says. */
async function blockWith(bankPartition: 'asset' | 'lane') {
  const host = await started({ genesis: { ...SETTINGS.genesis, bankPartition }, traffic, execution });
  const run = await produce(host);
  const { lanes, lanesOfTransaction } = await value(host.readLanes(run.blockId));
  const crossing = lanesOfTransaction.filter(({ length }) => length > 1).length;
  return { run, lanes, crossingShare: crossing / run.transactions.length };
}

/** Time that lanes stood still at transactions which missed another lock, µs. */
function stoodStillUs({ trace }: BlockRun): number {
  let sum = 0;
  for (let i = 0; i < trace.count; i++)
    if (trace.kind[i] === SPAN_KIND.laneWait) sum += trace.endUs[i]! - trace.startUs[i]!;
  return sum;
}

describe('what an unpartitioned bank costs', () => {
  it('every swap crosses into the bank’s lane: nothing runs side by side; partitioned, nothing crosses', async () => {
    const together = await blockWith('asset');
    const apart = await blockWith('lane');
    for (const { run } of [together, apart])
      expect(run).toMatchObject({ matchesOracle: true, clock: 'virtual' });
    const swaps = together.run.transactions.filter(({ module }) => module === 'amm').length;
    expect(swaps / together.run.transactions.length).toBeGreaterThan(0.4);
    expect(together.crossingShare).toBe(swaps / together.run.transactions.length);
    expect(apart.crossingShare).toBe(0);
    // Everybody passes through the bank's lane, one after another.
    expect(together.run.metrics.speedup).toBeLessThan(1.01);
    expect(together.run.metrics.speedup).toBeGreaterThan(0.85);
    // Two lanes of their own: as fast as the longer of them allows, a sender's turn now and then apart.
    const gas = apart.lanes.map(({ gasUsed }) => gasUsed);
    const possible = gas.reduce((sum, used) => sum + used, 0) / Math.max(...gas);
    expect(possible).toBeGreaterThan(1.6);
    expect(apart.run.metrics.speedup).toBeGreaterThan(0.8 * possible);
    expect(apart.run.metrics.speedup).toBeLessThan(possible);
    // The exchange's lane waits for the bank's at every swap; apart, only senders are waited for.
    const waited = stoodStillUs(together.run) / together.run.metrics.durationUs;
    expect(waited).toBeGreaterThan(0.3);
    expect(stoodStillUs(apart.run) / apart.run.metrics.durationUs).toBeLessThan(waited * 0.7);
  });

  it('the same people end with the same money in all, wherever it lies', async () => {
    const host = await started({
      genesis: { ...SETTINGS.genesis, bankPartition: 'lane' },
      traffic,
      execution,
    });
    const run = await produce(host);
    const invariants = await value(host.checkInvariants(run.blockId));
    expect(invariants.every(({ holds }) => holds)).toBe(true);
  });
});

describe('a lane that stands still', () => {
  it('names who kept it waiting, until that one had finished', async () => {
    const { run } = await blockWith('asset');
    const { trace } = run;
    const endOf = new Map<number, number>();
    for (let i = 0; i < trace.count; i++)
      if (trace.kind[i] === SPAN_KIND.execute) endOf.set(trace.tx[i]!, trace.endUs[i]!);
    let waits = 0;
    for (let i = 0; i < trace.count; i++) {
      if (trace.kind[i] !== SPAN_KIND.laneWait) continue;
      waits++;
      expect(trace.causeTx[i]).toBeLessThan(trace.tx[i]!);
      expect(trace.endUs[i]).toBe(endOf.get(trace.causeTx[i]!));
      expect(trace.startUs[i]).toBeLessThan(trace.endUs[i]!);
    }
    expect(waits).toBeGreaterThan(20);
  });

  it('lets workers wait, and a wait says who ended it', async () => {
    const { run } = await blockWith('lane');
    const { trace } = run;
    const causes = [...trace.kind].flatMap((kind, i) =>
      kind === SPAN_KIND.wait && trace.causeTx[i]! >= 0 ? [i] : [],
    );
    expect(causes.length).toBeGreaterThan(0);
    for (const i of causes) expect(trace.startUs[i]).toBeLessThan(trace.endUs[i]!);
  });
});
