import { describe, expect, it } from 'vitest';
import type { EngineApi, ExecutionSettings } from '../api/index.ts';
import { createPrng } from '../base/prng.ts';
import { type AccountModel, encodeAccessList, generateAccessList } from '../tests/imports/accessListModel.ts';
import { address, generateRpcBlock, rpcBlock, rpcFile } from '../tests/imports/rpcModel.ts';
import { produce, SETTINGS, started, testHost, value, VIRTUAL } from '../tests/testHost.ts';

const list = generateAccessList(createPrng(9), 60, 1).file;
const rpc = rpcFile(rpcBlock(generateRpcBlock(createPrng(9), 60)));

async function imported(file: Uint8Array, settings = SETTINGS) {
  const host = testHost();
  const report = await value(host.importBlock(file, 'a block', settings));
  return { host, report };
}

const codeOf = async (answer: ReturnType<EngineApi['produceBlock']>) => {
  const result = await answer;
  return result.ok ? 'ok' : result.error.code;
};
const ways: readonly ExecutionSettings[] = [
  { ...VIRTUAL, feeRecipient: 'tracked' },
  { ...VIRTUAL, granularity: 'account' },
  { ...VIRTUAL, cores: { kind: 'virtual', count: 1 } },
  { ...VIRTUAL, cores: { kind: 'virtual', count: 33 }, scheduleSeed: 5 },
  { ...VIRTUAL, executor: 'sequential' },
];

describe.each([
  ['a block access list', list],
  ['a block of JSON-RPC', rpc],
])('%s', (_, file) => {
  it('becomes block 1, the same for every executor, and as the file says', async () => {
    const { host, report } = await imported(file);
    const run = await produce(host);
    expect(run).toMatchObject({ height: 1, matchesOracle: true, cut: 0 });
    expect(run.transactions.length).toBeGreaterThanOrEqual(report.transactions);
    expect(run.metrics.reverted).toBe(0);
    expect(run.transactions.every(({ work }) => work === SETTINGS.traffic.work)).toBe(true);
    for (const execution of ways) {
      const again = await value(host.rerun(run.blockId, execution));
      expect([again.digest, again.matchesOracle]).toEqual([run.digest, true]);
      if (execution.feeRecipient === 'tracked') expect(again.graph.waves).toBe(run.transactions.length);
    }
    expect(await value(host.checkImport(run.blockId))).toMatchObject({
      readsMatch: true,
      finalValuesMatch: true,
      leftOut: 0,
    });
    const invariants = await value(host.checkInvariants(run.blockId));
    expect(invariants.filter(({ holds }) => !holds)).toEqual([]);
    // The same file is the same chain.
    expect((await produce((await imported(file)).host)).digest).toBe(run.digest);
  });

  it('is audited and proved as any chain', async () => {
    const { host } = await imported(file);
    const { blockId } = await produce(host);
    const { lanes } = await value(host.readLanes(blockId));
    expect(lanes.length).toBeGreaterThan(0);
    for (const { module } of lanes) {
      const found = await value(host.auditModule(blockId, module));
      expect(found).toMatchObject({ module, rootMatches: true });
      expect(found.invariants.every(({ holds }) => holds)).toBe(true);
    }
    const tables = ['ethereum/balances', 'ethereum/storage', 'ethereum/targets'];
    const pages = await Promise.all(tables.map((table) => value(host.readTable(blockId, table, 0, 1))));
    const keys = pages.flatMap(({ rows }) => rows.map(({ key }) => key));
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) {
      expect(await value(host.proveKey(blockId, key))).toMatchObject({ present: true, verdict: 'valid' });
    }
  });

  it('meets as often as its figures say', async () => {
    const { host, report } = await imported(file);
    const { graph } = await produce(host);
    // Every writer reads its keys first, the fee recipient's balance apart. What the system wrote at the end of a list
    // comes on top; and where the fee recipient is paid like anybody else, it counts here and not there.
    expect(graph.waves).toBeGreaterThanOrEqual(report.criticalPathWithoutFeeRecipient);
    expect(graph.waves).toBeLessThanOrEqual(report.criticalPathWithoutFeeRecipient + 1);
  });

  it('is one block', async () => {
    const { host } = await imported(file);
    await produce(host);
    expect(await codeOf(host.produceBlock([]))).toBe('import/one_block');
    expect((await host.history()).blocks).toHaveLength(2);
  });

  it('takes other work, as a branch', async () => {
    const { host } = await imported(file);
    const run = await produce(host);
    const light = await value(
      host.edit(run.blockId, [{ kind: 'setTraffic', traffic: { work: 7 } }], { label: 'light' }),
    );
    expect(light.transactions.every(({ work }) => work === 7)).toBe(true);
    expect(await value(host.checkImport(light.blockId))).toMatchObject({ finalValuesMatch: true });
    expect((await host.history()).branches).toHaveLength(2);
  });

  it('is split at its hottest key, and the chain grows shorter', async () => {
    const { host, report } = await imported(file);
    const run = await produce(host);
    const { key } = report.hottestKeys.find(({ key: text }) => /storage|targets|balances/.test(text))!;
    const split = await value(
      host.edit(run.blockId, [{ kind: 'splitKey', key, ways: 4 }], { label: 'split' }),
    );
    expect(split).toMatchObject({ matchesOracle: true, height: 1 });
    const table = key.split('/').slice(0, 2).join('/');
    const { changes } = await value(host.tableHistory(split.runId, table));
    expect(changes.some(({ key: parts }) => Number(parts.at(-1)) > 0)).toBe(true);
    expect(split.digest).not.toBe(run.digest);
    expect(split.graph.waves).toBeLessThanOrEqual(run.graph.waves);
    expect(await value(host.checkImport(split.blockId))).toMatchObject({
      readsMatch: true,
      finalValuesMatch: true,
      leftOut: 1,
    });
    // What was recorded is enough to make it again.
    const again = await value(host.rerun(split.blockId, { ...VIRTUAL, executor: 'sequential' }));
    expect(again.digest).toBe(split.digest);
  });

  it('is filtered by an address', async () => {
    const { host, report } = await imported(file);
    const run = await produce(host);
    const { address: contract, transactions } = report.contracts[0]!;
    const few = await value(
      host.edit(
        run.blockId,
        [{ kind: 'keepContract', address: contract.toUpperCase().replace('0X', '0x') }],
        {
          label: 'few',
        },
      ),
    );
    expect(few.transactions.length).toBeGreaterThanOrEqual(transactions);
    expect(few.transactions.length).toBeLessThan(run.transactions.length);
    expect(few.metrics.reverted).toBe(0);
    expect(await value(host.checkImport(few.blockId))).toMatchObject({
      readsMatch: true,
      finalValuesMatch: true,
    });
  });
});

describe('a split key', () => {
  it('divides a chain by its ways', async () => {
    const transactions = 24;
    const indices = Array.from({ length: transactions }, (_, index) => [index, BigInt(index + 1)] as const);
    const senders: AccountModel[] = indices.map(([index]) => ({
      address: BigInt(0x5000 + index),
      nonce: [[index, 1n]],
      balance: [[index, 1n]],
    }));
    const { host, report } = await imported(
      encodeAccessList([...senders, { address: 0xc0n, storage: [[1n, indices]] }]),
    );
    expect(report.criticalPath).toBe(transactions);
    const run = await produce(host);
    const { key } = report.hottestKeys[0]!;
    for (const split of [2, 4, 24]) {
      const answer = host.edit(run.blockId, [{ kind: 'splitKey', key, ways: split }], { label: `${split}` });
      expect((await value(answer)).graph.waves).toBe(transactions / split);
    }
  });

  it('of payments takes the credits, and the money stays where it is spent', async () => {
    const pay = (from: number, to: number, nonce: number) => ({
      from: address(from),
      to: address(to),
      nonce: `0x${nonce}`,
      value: '0x5',
      input: '0x',
    });
    const { host, report } = await imported(
      rpcFile(rpcBlock([pay(1, 9, 0), pay(2, 9, 0), pay(9, 3, 0), pay(3, 9, 0)])),
    );
    expect(report.transactions).toBe(4);
    const run = await produce(host);
    const key = `ethereum/balances/${address(9)}/0`;
    const split = await value(
      host.edit(run.blockId, [{ kind: 'splitKey', key, ways: 2 }], { label: 'split' }),
    );
    expect(split.transactions.map(({ args }) => args.shard)).toEqual([0, 1, 0, 0]);
    expect(split.metrics.reverted).toBe(0);
    const balances = await value(host.tableHistory(split.runId, 'ethereum/balances'));
    expect(balances.changes.at(-1)).toEqual({ tx: 3, key: [address(9), 0], value: '10' });
  });
});

describe('the nonces of a block', () => {
  it('are those that its transactions carry', async () => {
    const block = generateRpcBlock(createPrng(3), 40);
    const { host } = await imported(rpcFile(rpcBlock(block)));
    const run = await produce(host);
    expect(run.transactions.map(({ nonce }) => nonce)).toEqual(block.map(({ nonce }) => Number(nonce)));
  });
});

describe('what the file says was there', () => {
  const slot: AccountModel = {
    address: 0xc0n,
    storage: [
      [
        1n,
        [
          [0, 4n],
          [1, 9n],
        ],
      ],
    ],
  };
  const pay = (index: number): AccountModel => ({
    address: BigInt(index + 1),
    nonce: [[index, 1n]],
    balance: [[index, 1n]],
  });
  const file = encodeAccessList([pay(0), pay(1), slot]);

  it('is missed where somebody else wrote, and that is told and part of the digest', async () => {
    const { host } = await imported(file);
    const run = await produce(host);
    expect(await value(host.checkImport(run.blockId))).toEqual({
      readsMatch: true,
      finalValuesMatch: true,
      readsChecked: 1,
      finalValuesChecked: 5,
      leftOut: 0,
    });
    const transaction = {
      sender: 0,
      module: 'bank',
      name: 'transfer',
      args: { asset: 0, to: 1, amount: '1' },
    };
    const edited = await value(
      host.edit(run.blockId, [{ kind: 'replace', index: 0, transaction }], {
        label: 'the first one is another',
      }),
    );
    const { events } = await value(host.inspectTransaction(edited.runId, 1));
    expect(events).toEqual([
      { name: 'ethereum/replayed', fields: { written: 3, compared: 1, mismatched: 1 } },
    ]);
    expect(await value(host.checkImport(edited.blockId))).toMatchObject({
      readsMatch: false,
      finalValuesMatch: false,
    });
    const again = await value(host.rerun(edited.blockId, { ...VIRTUAL, feeRecipient: 'tracked' }));
    expect([again.digest, again.matchesOracle]).toEqual([edited.digest, true]);
  });

  it('is not asked where its writer was filtered away', async () => {
    const { host } = await imported(file);
    const run = await produce(host);
    const second = await value(
      host.edit(run.blockId, [{ kind: 'keepContract', address: address(2) }], { label: 'only the second' }),
    );
    expect(await value(host.checkImport(second.blockId))).toEqual({
      readsMatch: true,
      finalValuesMatch: true,
      readsChecked: 0,
      finalValuesChecked: 3,
      leftOut: 2,
    });
  });
});

describe('what cannot be imported', () => {
  it('changes nothing', async () => {
    const host = await started();
    const run = await produce(host);
    const before = await host.history();
    for (const bad of [new Uint8Array(), Uint8Array.of(0xc1), rpc.subarray(0, 100)]) {
      const answer = await host.importBlock(bad, 'bad', SETTINGS);
      expect(answer.ok ? 'ok' : answer.error.code).toMatch(/^import\//);
    }
    const settings = await host.importBlock(list, 'good', { ...SETTINGS, traffic: {} as never });
    expect(settings).toMatchObject({ ok: false, error: { code: 'settings/missing' } });
    expect(await host.history()).toEqual(before);
    expect(await host.checkImport(run.blockId)).toMatchObject({ error: { code: 'import/not_imported' } });
    const actions = [
      { kind: 'splitKey', key: 'bank/balances/0/0/0', ways: 2 },
      { kind: 'keepContract', address: address(1) },
    ] as const;
    for (const action of actions)
      expect(await codeOf(host.produceBlock([action]))).toBe('action/not_imported');
    expect((await produce(host)).height).toBe(2);
  });

  it('is more work than a block may have', async () => {
    const many = rpcFile(rpcBlock(generateRpcBlock(createPrng(1), 4100)));
    const heavy = { ...SETTINGS, traffic: { ...SETTINGS.traffic, work: 1_000_000 } };
    const { host } = await imported(many, heavy);
    expect(await codeOf(host.produceBlock([]))).toBe('import/too_much_work');
    const lighter = [{ kind: 'setTraffic', traffic: { work: 0 } } as const];
    expect(await codeOf(host.produceBlock(lighter))).toBe('ok');
  });

  it.each([
    [{ kind: 'splitKey', key: 7, ways: 2 }, 'action/not_a_key'],
    [{ kind: 'splitKey', key: 'a'.repeat(401), ways: 2 }, 'action/not_a_key'],
    [{ kind: 'splitKey', key: 'ethereum/balances/0x0/0', ways: 1 }, 'settings/out_of_range'],
    [{ kind: 'splitKey', key: 'ethereum/balances/0x0/0', ways: 256 }, 'settings/out_of_range'],
    [{ kind: 'splitKey', key: '__proto__', ways: 2 }, 'import/unknown_key'],
    [{ kind: 'keepContract', address: '0x1' }, 'action/not_an_address'],
    [{ kind: 'keepContract', address: address(1n << 155n) }, 'import/unknown_address'],
    [{ kind: 'splitPool', pool: 0, ways: 2 }, 'amm/unknown_pool'],
  ])('nor is %o an edit of it', async (action, code) => {
    const { host } = await imported(list);
    const run = await produce(host);
    expect(await codeOf(host.edit(run.blockId, [action as never], { label: '' }))).toBe(code);
    expect((await host.history()).blocks).toHaveLength(2);
  });

  it('is a transaction of its kinds by hand', async () => {
    const { host } = await imported(list);
    const draft = { sender: 0, module: 'ethereum', name: 'call', args: { target: '0x1', shard: 0 } };
    const checked = await host.checkTransaction(draft);
    expect(checked).toMatchObject({ error: { code: 'transaction/imported_only' } });
  });
});
