import { describe, expect, it } from 'vitest';
import { type BlockRun, EDGE_KIND, type ExecutionSettings, SPAN_KIND } from '../api/index.ts';
import { modules as registered } from '../registry.ts';
import { produce, SETTINGS, started, testHost, value, VIRTUAL } from '../tests/testHost.ts';
import { buffersOf } from './host/projectRun.ts';

const hot = (hotPermille: number) => ({ kind: 'setTraffic', traffic: { hotPermille } }) as const;

/** What must hold of every run, whatever was executed and how. */
function expectSound(run: BlockRun): void {
  expect(run.matchesOracle).toBe(true);
  expect(run.digest).toMatch(/^[0-9a-f]{64}$/);
  expect(run.oracleDigest).toBe(run.digest);
  const count = run.transactions.length;
  const { trace, graph, metrics } = run;
  for (const column of Object.values(trace))
    if (typeof column !== 'number') expect(column).toHaveLength(trace.count);
  for (const column of [graph.from, graph.to, graph.kind, graph.key])
    expect(column).toHaveLength(graph.edgeCount);
  expect(metrics.transactions).toBe(count);
  const commits = [...trace.kind].filter((kind) => kind === SPAN_KIND.commit);
  expect(commits).toHaveLength(count);
  let last = -1;
  for (let i = 0; i < trace.count; i++) {
    expect(trace.sequence[i]).toBeGreaterThan(last);
    last = trace.sequence[i]!;
    expect(trace.endUs[i]).toBeGreaterThanOrEqual(trace.startUs[i]!);
    expect(trace.endUs[i]).toBeLessThanOrEqual(metrics.durationUs + 1);
    expect(trace.worker[i]).toBeLessThan(run.workers);
    expect(trace.causeKey[i]).toBeLessThan(run.keys.length);
  }
  const depth = new Int32Array(count);
  for (let e = 0; e < graph.edgeCount; e++) {
    expect(graph.from[e]).toBeLessThan(graph.to[e]!);
    expect(run.keys[graph.key[e]!]).toBeDefined();
    if (graph.kind[e] !== EDGE_KIND.readAfterWrite) continue;
    depth[graph.to[e]!] = Math.max(depth[graph.to[e]!]!, depth[graph.from[e]!]! + 1);
  }
  expect([...graph.wave]).toEqual([...depth]);
  expect(metrics.criticalPath).toBe(graph.criticalPath.length);
  expect(metrics.idealSpeedup).toBeGreaterThanOrEqual(metrics.idealSpeedupSingleVersion - 1e-9);
  expect(metrics.speedup).toBeLessThanOrEqual(metrics.idealSpeedup + 1e-9);
  expect(metrics.usefulShare).toBeGreaterThan(0);
  expect(metrics.usefulShare).toBeLessThanOrEqual(1);
  expect(metrics.executions).toBeGreaterThanOrEqual(count);
  expect(run.transactions.reduce((sum, { executions }) => sum + executions, 0)).toBe(metrics.executions);
  expect(run.transactions.reduce((sum, { aborts }) => sum + aborts, 0)).toBe(metrics.aborts);
}

describe('the opening story', () => {
  it('calm, a rush on one pool, the pool split in four: both futures stay', async () => {
    const host = await started();
    const calm = await produce(host);
    const rush = await value(
      host.edit(calm.blockId, [hot(900)], { label: 'hot share 90 %', coalesce: true }),
    );
    const split = await value(
      host.edit(rush.blockId, [{ kind: 'splitPool', pool: 0, ways: 4 }], { label: 'split' }),
    );
    for (const run of [calm, rush, split]) expectSound(run);
    // The chain grows with the rush, and the split takes it apart.
    expect(rush.graph.waves).toBeGreaterThan(2 * calm.graph.waves);
    expect(split.graph.waves).toBeLessThan(0.6 * rush.graph.waves);
    expect(rush.metrics.speedup).toBeLessThan(0.5 * calm.metrics.speedup);
    expect(split.metrics.speedup).toBeGreaterThan(1.5 * rush.metrics.speedup);
    expect(rush.keys[rush.graph.hotKeys[0]!.key]!.text).toBe('amm/pools/0');
    expect(split.transactions[0]).toMatchObject({ origin: 'action', name: 'splitPool', status: 'success' });

    const history = await host.history();
    expect(
      history.branches.map(({ id, label, forkHeight, parentBranch }) => [
        id,
        label,
        forkHeight,
        parentBranch,
      ]),
    ).toEqual([
      ['main', 'main', 0, null],
      ['branch-1', 'hot share 90 %', 0, 'main'],
      ['branch-2', 'split', 0, 'main'],
    ]);
    expect(history.current).toEqual({ branch: 'branch-2', blockId: split.blockId, height: 1 });
    const comparison = await value(host.compare(rush.blockId, split.blockId));
    expect(comparison.forkHeight).toBe(0);
    expect(comparison.differingKeys).toBeGreaterThan(10);
    expect(comparison.differences.find(({ key }) => key === 'amm/pools/8')).toMatchObject({ left: null });
    for (const { blockId } of history.blocks) {
      const checked = await value(host.checkInvariants(blockId));
      expect(checked.filter(({ holds }) => !holds)).toEqual([]);
      expect(checked.length).toBeGreaterThan(5);
    }
    // The story goes on from there, over all four pools.
    const next = await produce(host);
    expectSound(next);
    expect(next).toMatchObject({ branch: 'branch-2', height: 2, parentId: split.blockId });
  });
});

describe('executor settings', () => {
  const ways: Partial<ExecutionSettings>[] = [
    { cores: { kind: 'virtual', count: 1 } },
    { cores: { kind: 'virtual', count: 64 } },
    { scheduleSeed: 99 },
    { granularity: 'account' },
    { feeRecipient: 'tracked' },
    { granularity: 'account', feeRecipient: 'tracked' },
    { executor: 'moduleLanes' },
    {
      executor: 'moduleLanes',
      cores: { kind: 'virtual', count: 3 },
      feeRecipient: 'tracked',
      granularity: 'account',
    },
    { executor: 'sequential' },
    { executor: 'sequential', feeRecipient: 'tracked', granularity: 'account' },
  ];

  it('change the run and never the digest', { timeout: 60_000 }, async () => {
    const host = await started();
    const first = await produce(host, [hot(300)]);
    const before = await host.history();
    for (const way of ways) {
      const run = await value(host.rerun(first.blockId, { ...VIRTUAL, ...way }));
      expectSound(run);
      expect(run).toMatchObject({
        digest: first.digest,
        blockId: first.blockId,
        execution: { ...VIRTUAL, ...way },
      });
      expect(run.runId).toBeGreaterThan(first.runId);
    }
    expect(await host.history()).toEqual(before);
  });

  it('that track the fee recipient put all in one line, and accounts more than keys', async () => {
    const host = await started();
    const run = await produce(host);
    const tracked = await value(host.rerun(run.blockId, { ...VIRTUAL, feeRecipient: 'tracked' }));
    expect(tracked.graph.waves).toBe(run.transactions.length);
    expect(tracked.metrics.idealSpeedup).toBeCloseTo(1);
    expect(tracked.keys[tracked.graph.hotKeys[0]!.key]!.text).toBe('kernel/fees/201');
    const accounts = await value(host.rerun(run.blockId, { ...VIRTUAL, granularity: 'account' }));
    expect(accounts.graph.waves).toBeGreaterThanOrEqual(run.graph.waves);
    expect(accounts.keys.some(({ table }) => table === 'accountMarkers')).toBe(true);
    expect(run.keys.some(({ table }) => table === 'accountMarkers')).toBe(false);
  });

  it('that are sequential are one worker without a gap, by gas', async () => {
    const host = await started({ ...SETTINGS, execution: { ...VIRTUAL, executor: 'sequential' } });
    const run = await produce(host);
    expect(run).toMatchObject({
      workers: 1,
      clock: 'virtual',
      metrics: { aborts: 0, speedup: 1, hardwareCeiling: 1 },
    });
    expect(run.metrics.usefulShare).toBeCloseTo(1);
  });

  it('hold for the blocks to come', async () => {
    const host = await started();
    await value(host.setExecution({ ...VIRTUAL, cores: { kind: 'virtual', count: 3 } }));
    expect((await produce(host)).workers).toBe(3);
  });
});

describe('history', () => {
  it('continues a head, and opens a branch from an older block', async () => {
    const host = await started();
    const first = await produce(host);
    const second = await produce(host);
    expect(second).toMatchObject({ branch: 'main', height: 2, parentId: first.blockId });
    await value(host.seek(first.blockId));
    const beside = await produce(host, [hot(900)]);
    expect(beside).toMatchObject({ branch: 'branch-1', height: 2, parentId: first.blockId });
    await value(host.seek(second.blockId));
    expect(await produce(host)).toMatchObject({ branch: 'main', height: 3 });
  });

  it('makes a dragged knob one branch, until something is built on it', async () => {
    const host = await started();
    const block = await produce(host);
    let run = block;
    const drag = async (share: number) => {
      run = await value(host.edit(run.blockId, [hot(share)], { label: `hot ${share}`, coalesce: true }));
    };
    for (const share of [100, 400, 700]) await drag(share);
    let history = await host.history();
    expect(history.branches.map(({ label }) => label)).toEqual(['main', 'hot 700']);
    expect(history.blocks).toHaveLength(3);
    expect(history.blocks.at(-1)!.actions).toEqual([hot(700)]);
    // From the block it all began with, it is still the same drag.
    run = block;
    await drag(800);
    expect((await host.history()).branches.map(({ label }) => label)).toEqual(['main', 'hot 800']);
    await produce(host);
    await drag(200);
    history = await host.history();
    expect(history.branches.map(({ label }) => label)).toEqual(['main', 'hot 800', 'hot 200']);
    // An edit without coalescing ends the drag.
    run = await value(host.edit(run.blockId, [hot(1)], { label: 'apart' }));
    await drag(2);
    expect((await host.history()).branches).toHaveLength(5);
  });

  it('makes later blocks again after an edit of the past', async () => {
    const host = await started();
    const first = await produce(host);
    const second = await produce(host, [{ kind: 'splitPool', pool: 0, ways: 2 }]);
    const pay = { sender: 5, module: 'bank', name: 'transfer', args: { asset: 0, to: 6, amount: '123456' } };
    const edited = await value(
      host.edit(first.blockId, [{ kind: 'replace', index: 7, transaction: pay }], { label: 'tx 7' }),
    );
    expectSound(edited);
    expect(edited.transactions[7]).toMatchObject({ sender: 5, origin: 'edited', args: { amount: '123456' } });
    const history = await host.history();
    expect(history.current).toMatchObject({ branch: 'branch-1', height: 2 });
    const again = history.blocks.find(({ blockId }) => blockId === history.current.blockId)!;
    expect(again.actions).toEqual([{ kind: 'splitPool', pool: 0, ways: 2 }]);
    expect(again.digest).not.toBe(second.digest);
    const comparison = await value(host.compare(second.blockId, again.blockId));
    expect(comparison.differences.some(({ key }) => key === 'bank/balances/0/0/6')).toBe(true);
    expectSound(await value(host.rerun(again.blockId, VIRTUAL)));
  });

  it('is the same from the same inputs', async () => {
    const digests = async () => {
      const host = await started();
      const runs = [await produce(host), await produce(host, [hot(500)]), await produce(host)];
      return runs.map(({ digest }) => digest);
    };
    expect(await digests()).toEqual(await digests());
  });
});

describe('crafted transactions', () => {
  it('come first, and say why they fail', async () => {
    const host = await started();
    const draft = {
      sender: 1,
      module: 'bank',
      name: 'transfer',
      args: { asset: 0, to: 2, amount: `${10n ** 20n}` },
    };
    const run = await produce(host, [{ kind: 'submit', transaction: draft }]);
    expectSound(run);
    expect(run.transactions[0]).toMatchObject({
      origin: 'crafted',
      status: 'reverted',
      error: 'bank/insufficient_balance',
    });
    expect(run.transactions[0]!.errorMessage).toContain(`${10n ** 20n}`);
    expect(run.metrics.reverted).toBe(1);
    const checked = await value(host.checkTransaction(draft));
    expect(checked.summary).toContain('bank.transfer');
  });

  it('of an unknown sender are refused by the kernel and spoil nothing', async () => {
    const host = await started();
    const draft = { sender: 77_777, module: 'bank', name: 'transfer', args: { asset: 0, to: 2, amount: 1 } };
    const run = await produce(host, [{ kind: 'submit', transaction: draft }]);
    expectSound(run);
    expect(run.transactions[0]).toMatchObject({
      status: 'rejected',
      error: 'kernel/insufficient_fee_balance',
      gasUsed: 0,
    });
    expect(run.metrics.reverted).toBe(1);
  });
});

describe('a run looked into', () => {
  it.each([
    ['on virtual cores', VIRTUAL],
    ['by account', { ...VIRTUAL, granularity: 'account', feeRecipient: 'tracked' } as const],
    ['in module lanes', { ...VIRTUAL, executor: 'moduleLanes' } as const],
    ['in sequence', { ...VIRTUAL, executor: 'sequential' } as const],
  ])('tells every incarnation, and whom it depends on: %s', { timeout: 60_000 }, async (_, execution) => {
    const host = await started({ ...SETTINGS, execution });
    const run = await produce(host, [hot(600)]);
    let aborted = 0;
    let suspended = 0;
    let laneWaits = 0;
    for (const transaction of run.transactions) {
      const inspection = await value(host.inspectTransaction(run.runId, transaction.index));
      expect(inspection.transaction).toEqual(transaction);
      const outcomes = inspection.incarnations.map(({ outcome }) => outcome);
      expect(outcomes.filter((outcome) => outcome === 'committed')).toHaveLength(1);
      expect(outcomes.at(-1)).toBe('committed');
      expect(outcomes.filter((outcome) => outcome === 'aborted')).toHaveLength(transaction.aborts);
      expect(outcomes.filter((outcome) => outcome === 'suspended')).toHaveLength(transaction.suspensions);
      aborted += transaction.aborts;
      laneWaits += inspection.laneWaits.length;
      for (const { tx, startUs, endUs } of inspection.laneWaits) {
        expect(tx).toBeLessThan(transaction.index);
        expect(startUs).toBeLessThan(endUs);
        expect(endUs).toBeLessThanOrEqual(inspection.incarnations[0]!.startUs);
      }
      suspended += transaction.suspensions;
      const committed = inspection.incarnations.at(-1)!;
      for (const { version } of committed.reads) {
        if (version.kind === 'transaction') expect(version.tx).toBeLessThan(transaction.index);
      }
      // What was read from another transaction is what the graph says.
      const read = committed.reads.flatMap(({ key, version }) =>
        version.kind === 'transaction' ? [`${version.tx} ${key.text}`] : [],
      );
      if (execution.granularity === 'slot') {
        const dependsOn = inspection.dependsOn.map(({ tx, key }) => `${tx} ${key.text}`);
        expect(new Set(dependsOn)).toEqual(new Set(read));
      }
      expect(committed.reads.some(({ key }) => key.text === `kernel/accounts/${transaction.sender}`)).toBe(
        true,
      );
      for (const incarnation of inspection.incarnations) {
        if (incarnation.outcome === 'aborted')
          expect(incarnation.abort?.writerTx).toBeLessThan(transaction.index);
        if (incarnation.outcome === 'suspended')
          expect(incarnation.suspendedOn?.tx).toBeLessThan(transaction.index);
      }
      if (transaction.status === 'success') expect(inspection.events.length).toBeGreaterThan(0);
      for (const { tx } of inspection.dependents) expect(tx).toBeGreaterThan(transaction.index);
    }
    if (execution.executor === 'blockStm') expect(aborted + suspended).toBeGreaterThan(0);
    expect(laneWaits > 0).toBe(execution.executor === 'moduleLanes');
  });

  it('tells how a table changed, from the state before to the state after', async () => {
    const host = await started();
    const before = await produce(host);
    const run = await produce(host, [hot(500), { kind: 'splitPool', pool: 1, ways: 3 }]);
    const history = await value(host.tableHistory(run.runId, 'amm/pools'));
    expect(history.initial).toHaveLength(8);
    const table = new Map(history.initial.map(({ key, value: row }) => [key.join(), row]));
    let tx = 0;
    for (const change of history.changes) {
      expect(change.tx).toBeGreaterThanOrEqual(tx);
      tx = change.tx;
      table.set(change.key.join(), change.value);
    }
    const rows = (await value(host.readView(run.blockId, 'amm', 'pools'))) as {
      pool: number;
      reserve0: string;
    }[];
    expect(rows).toHaveLength(10);
    for (const { pool, reserve0 } of rows) expect(table.get(String(pool))).toMatchObject({ reserve0 });
    const earlier = (await value(host.readView(before.blockId, 'amm', 'pools'))) as { reserve0: string }[];
    expect(earlier.map(({ reserve0 }) => reserve0)).toEqual(
      history.initial.map(({ value: row }) => (row as { reserve0: string }).reserve0),
    );
    expect((await value(host.tableHistory(run.runId, 'kernel/accounts'))).changes.length).toBeGreaterThan(50);
  });

  it('gives its buffers away without losing anything', async () => {
    const host = await started();
    const run = await produce(host, [hot(500)]);
    const buffers = buffersOf(run);
    expect(buffers).toHaveLength(15);
    structuredClone(run, { transfer: buffers });
    expect(run.graph.from).toHaveLength(0);
    expect((await value(host.inspectTransaction(run.runId, 50))).transaction.index).toBe(50);
    expectSound(await value(host.rerun(run.blockId, VIRTUAL)));
  });
});

describe('what the engine says of itself', () => {
  it('is enough to start a chain with', async () => {
    const host = testHost();
    const description = await host.describe();
    const ids = description.modules.map(({ id }) => id);
    expect(ids).toEqual(registered.map(({ id }) => id));
    expect(description.modules.filter(({ importedOnly }) => importedOnly).map(({ id }) => id)).toEqual([
      'ethereum',
    ]);
    const transfer = description.modules[0]!.transactions.find(({ name }) => name === 'transfer')!;
    expect(transfer.fields).toContainEqual({ name: 'amount', kind: 'integer', bits: 128, role: 'amount' });
    expect(description.modules[0]!.transactions.some(({ name }) => name === 'mint')).toBe(false);
    const { execution } = description.defaults;
    const defaults = {
      ...description.defaults,
      execution: { ...execution, cores: { kind: 'virtual', count: 16 } as const },
    };
    await value(host.start(defaults));
    const calm = await produce(host);
    expectSound(calm);
    expect(calm.metrics.reverted).toBe(0);
    // Calm traffic feeds sixteen cores.
    expect(calm.metrics.idealSpeedup).toBeGreaterThan(8);
  });

  it('is an empty history before a chain is started', async () => {
    expect(await testHost().history()).toMatchObject({ branches: [], blocks: [] });
  });
});
