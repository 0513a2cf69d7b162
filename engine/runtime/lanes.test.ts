import { describe, expect, it } from 'vitest';
import { produce, SETTINGS, started, value } from '../tests/testHost.ts';

const byLane = { ...SETTINGS, genesis: { ...SETTINGS.genesis, bankPartition: 'lane' as const } };

describe('a block as its lanes saw it', () => {
  it('counts what passed through each lane, and what crossed', async () => {
    const host = await started();
    const run = await produce(host);
    const { lanes, lanesOfTransaction, mode, fees } = await value(host.readLanes(run.blockId));
    expect({ mode, fees }).toEqual({ mode: 'monolithic', fees: 'fixed' });
    expect(lanes.map(({ module, needs }) => [module, needs])).toEqual([
      ['bank', []],
      ['amm', ['bank']],
    ]);
    const swaps = run.transactions.filter(({ module }) => module === 'amm');
    const [bank, amm] = lanes;
    // Balances lie by asset: whoever swaps touches the bank's lane.
    expect(bank!.transactions).toBe(run.transactions.length);
    expect(bank!.crossing).toBe(swaps.length);
    expect(amm!.transactions).toBe(swaps.length);
    expect(amm!.gasUsed).toBe(swaps.reduce((sum, { gasUsed }) => sum + gasUsed, 0));
    expect(lanesOfTransaction).toEqual(
      run.transactions.map(({ module }) => (module === 'amm' ? [0, 1] : [0])),
    );
  });

  it('has nothing that crosses where each lane keeps its own balances, and keys follow their lane', async () => {
    const host = await started(byLane);
    const run = await produce(host);
    const [bank, amm] = (await value(host.readLanes(run.blockId))).lanes;
    expect([bank!.crossing, amm!.crossing]).toEqual([0, 0]);
    const asset = await started();
    const other = (await value(asset.readLanes((await produce(asset)).blockId))).lanes;
    expect(amm!.keys).toBeGreaterThan(other[1]!.keys);
    expect(amm!.sizeBytes).toBeGreaterThan(other[1]!.sizeBytes);
  });

  it('is the same for a block that is looked at long after', async () => {
    const host = await started();
    const first = await produce(host);
    const lanes = await value(host.readLanes(first.blockId));
    for (let i = 0; i < 3; i++) await produce(host);
    expect(await value(host.readLanes(first.blockId))).toEqual(lanes);
  });
});

describe('a block with a market', () => {
  it('tells each lane’s base fee and who waits for it', async () => {
    const priced = { fees: 'local', mode: 'modular', gasTarget: 1_200_000 } as const;
    const host = await started({ ...SETTINGS, genesis: { ...SETTINGS.genesis, ...priced } });
    await produce(host);
    const run = await produce(host);
    const { fees, lanes, mode } = await value(host.readLanes(run.blockId));
    expect({ fees, mode }).toEqual({ fees: 'local', mode: 'modular' });
    const [bank, amm] = lanes;
    // Four of five are swaps: their lane is over its part of the target, the other is not.
    expect(amm!.baseFee).toBeGreaterThan(bank!.baseFee!);
    expect(amm!.queued).toBeGreaterThan(0);
  });
});

describe('messages between lanes', () => {
  it('are told where they were sent, taken, and heard of', async () => {
    const host = await started({
      ...SETTINGS,
      genesis: { ...SETTINGS.genesis, modules: ['bank', 'gameAssets'] },
    });
    const args = { lane: 6, asset: 0, amount: '12', timeoutBlocks: 5 };
    const transaction = { sender: 1, module: 'bank', name: 'sendToModule', args };
    const kinds: string[][] = [];
    const inboxes: number[] = [];
    for (const actions of [[{ kind: 'submit', transaction } as const], [], []]) {
      const run = await produce(host, actions);
      const { lanes, messages } = await value(host.readLanes(run.blockId));
      expect(
        messages.every(({ from, to, message }) => `${from} ${to} ${message}` === 'bank gameAssets deposit'),
      ).toBe(true);
      kinds.push(messages.map(({ kind }) => kind));
      inboxes.push(lanes.find(({ module }) => module === 'gameAssets')!.inbox);
    }
    expect(kinds).toEqual([['sent'], ['delivered'], ['acknowledged']]);
    expect(inboxes).toEqual([1, 0, 0]);
  });
});

describe('a table, page by page', () => {
  it('gives every entry once, in key order, decoded', async () => {
    const host = await started();
    const run = await produce(host);
    const first = await value(host.readTable(run.blockId, 'bank/balances', 0, 150));
    expect(first).toMatchObject({ parts: ['lane', 'asset', 'account'], fields: ['value'] });
    const rows = [...first.rows];
    while (rows.length < first.total) {
      const page = await value(host.readTable(run.blockId, 'bank/balances', rows.length, 150));
      rows.push(...page.rows);
    }
    expect(new Set(rows.map(({ key }) => key)).size).toBe(first.total);
    const order = rows.map(({ parts }) => parts.map((part) => String(part).padStart(12, '0')).join());
    expect(order).toEqual([...order].sort());
    expect(rows[0]!.value).toMatch(/^\d+$/);
    expect((await value(host.readTable(run.blockId, 'bank/balances', 1e9, 5))).rows).toEqual([]);
  });
});
