import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EngineApi } from '../api/index.ts';
import { produce, SETTINGS, started, testHost, value, VIRTUAL } from '../tests/testHost.ts';

const pay = { sender: 1, module: 'bank', name: 'transfer', args: { asset: 0, to: 2, amount: '5' } };
/** The methods that answer a result; they are called with whatever a table or a generator holds. */
type Asked = Exclude<keyof EngineApi, 'describe' | 'history' | 'cancel'>;
type Loose = Record<
  Asked,
  (...args: unknown[]) => Promise<{ ok: boolean; error?: { code: string; message: string } }>
>;

async function opened() {
  const host = await started({ ...SETTINGS, traffic: { ...SETTINGS.traffic, transactionsPerBlock: 10 } });
  const run = await produce(host);
  return { host, run, loose: host as unknown as Loose };
}

const { genesis, traffic, execution } = SETTINGS;
const settings = (room: string, knobs: object) => ({
  ...SETTINGS,
  [room]: { ...(SETTINGS[room as never] as object), ...knobs },
});
const BLOCK = Symbol('a block that is there');
const RUN = Symbol('a run that is there');

const table: [Asked, unknown[], string][] = [
  ['start', [], 'settings/not_a_record'],
  ['start', [7], 'settings/not_a_record'],
  ['start', [[]], 'settings/not_a_record'],
  ['start', [{}], 'settings/missing'],
  ['start', [{ genesis, traffic }], 'settings/missing'],
  ['start', [{ ...SETTINGS, more: 1 }], 'settings/unknown_knob'],
  ['start', [{ ...SETTINGS, genesis: null }], 'settings/not_a_record'],
  ['start', [settings('genesis', { seed: -1 })], 'settings/out_of_range'],
  ['start', [settings('genesis', { seed: 2 ** 32 })], 'settings/out_of_range'],
  ['start', [settings('genesis', { accounts: 1 })], 'settings/out_of_range'],
  ['start', [settings('genesis', { accounts: 1e9 })], 'settings/out_of_range'],
  ['start', [settings('genesis', { assets: '4' })], 'settings/not_an_integer'],
  ['start', [settings('genesis', { pools: Number.NaN })], 'settings/not_an_integer'],
  ['start', [settings('genesis', { pools: Number.POSITIVE_INFINITY })], 'settings/not_an_integer'],
  ['start', [settings('genesis', { bankPartition: 'none' })], 'settings/unknown_choice'],
  ['start', [settings('genesis', { bankPartition: ['asset'] })], 'settings/unknown_choice'],
  ['start', [settings('traffic', { work: 1e12 })], 'settings/out_of_range'],
  ['start', [settings('traffic', { transactionsPerBlock: 0 })], 'settings/out_of_range'],
  ['start', [settings('traffic', { hotPermille: 1001 })], 'settings/out_of_range'],
  ['start', [settings('traffic', { swapPermille: 1n })], 'settings/not_an_integer'],
  ['start', [settings('execution', { cores: { kind: 'virtual', count: 65 } })], 'settings/out_of_range'],
  ['start', [settings('execution', { cores: { kind: 'real', count: 0 } })], 'settings/out_of_range'],
  ['start', [settings('execution', { cores: 4 })], 'settings/not_a_record'],
  ['produceBlock', [], 'action/not_a_list'],
  ['produceBlock', ['setTraffic'], 'action/not_a_list'],
  ['produceBlock', [{ length: 1, 0: {} }], 'action/not_a_list'],
  ['produceBlock', [[null]], 'action/unknown_kind'],
  ['produceBlock', [[{ kind: 'burnAll' }]], 'action/unknown_kind'],
  ['produceBlock', [[{ kind: 'toString' }]], 'action/unknown_kind'],
  ['produceBlock', [new Array(65).fill({ kind: 'setTraffic', traffic: {} })], 'action/too_many'],
  ['produceBlock', [[{ kind: 'setTraffic' }]], 'settings/missing'],
  ['produceBlock', [[{ kind: 'setTraffic', traffic: { hotPermille: 0.5 } }]], 'settings/not_an_integer'],
  ['produceBlock', [[{ kind: 'setTraffic', traffic: { accounts: 3 } }]], 'settings/unknown_knob'],
  ['produceBlock', [[{ kind: 'setTraffic', traffic: { skewPermille: 1001 } }]], 'settings/out_of_range'],
  ['start', [{ ...SETTINGS, traffic: { ...traffic, skewPermille: '1' } }], 'settings/not_an_integer'],
  [
    'produceBlock',
    [[{ kind: 'setTraffic', traffic: { transactionsPerBlock: 10_001 } }]],
    'settings/out_of_range',
  ],
  ['produceBlock', [[{ kind: 'splitPool', pool: 0 }]], 'settings/missing'],
  ['produceBlock', [[{ kind: 'splitPool', pool: 400, ways: 2 }]], 'amm/unknown_pool'],
  ['produceBlock', [[{ kind: 'splitPool', pool: 0, ways: 17 }]], 'amm/invalid_split'],
  ['produceBlock', [[{ kind: 'splitPool', pool: 0, ways: 1 }]], 'settings/out_of_range'],
  ['produceBlock', [[{ kind: 'submit', transaction: { ...pay, name: 'none' } }]], 'transaction/unknown_kind'],
  [
    'produceBlock',
    [[{ kind: 'submit', transaction: { ...pay, args: { ...pay.args, amount: '-1' } } }]],
    'schema/out_of_range',
  ],
  ['produceBlock', [[{ kind: 'replace', index: 10, transaction: pay }]], 'action/no_such_transaction'],
  ['produceBlock', [[{ kind: 'replace', index: -1, transaction: pay }]], 'settings/out_of_range'],
  ['produceBlock', [[{ kind: 'setTraffic', traffic: { work: 1 } }, { kind: 'submit' }]], 'settings/missing'],
  ['rerun', [], 'history/unknown_block'],
  ['rerun', ['main:9:00000000', VIRTUAL], 'history/unknown_block'],
  ['rerun', [{}, VIRTUAL], 'history/unknown_block'],
  ['rerun', [BLOCK], 'settings/not_a_record'],
  ['rerun', [BLOCK, { ...VIRTUAL, executor: 'magic' }], 'settings/unknown_choice'],
  ['rerun', [BLOCK, { ...VIRTUAL, scheduleSeed: -0.5 }], 'settings/not_an_integer'],
  ['setExecution', [], 'settings/not_a_record'],
  ['setExecution', [{ ...execution, granularity: 'page' }], 'settings/unknown_choice'],
  ['setExecution', [{ ...execution, feeRecipient: undefined }], 'settings/missing'],
  ['edit', [], 'history/unknown_block'],
  ['edit', [BLOCK], 'action/not_a_list'],
  ['edit', [BLOCK, []], 'settings/not_a_record'],
  ['edit', [BLOCK, [], {}], 'history/not_a_label'],
  ['edit', [BLOCK, [], { label: 'x'.repeat(1000) }], 'history/not_a_label'],
  ['edit', [BLOCK, [], { label: 'x', coalesce: 'yes' }], 'settings/unknown_choice'],
  [
    'edit',
    [BLOCK, [{ kind: 'replace', index: 10, transaction: pay }], { label: 'x' }],
    'action/no_such_transaction',
  ],
  ['rerun', [BLOCK, VIRTUAL, { loseWorker: true }], 'run/no_threads'],
  ['rerun', [BLOCK, VIRTUAL, { lose: true }], 'settings/unknown_knob'],
  ['seek', [], 'history/unknown_block'],
  ['seek', ['__proto__'], 'history/unknown_block'],
  ['compare', [BLOCK], 'history/unknown_block'],
  ['compare', [null, BLOCK], 'history/unknown_block'],
  ['inspectTransaction', [], 'run/unknown'],
  ['inspectTransaction', [1e9, 0], 'run/unknown'],
  ['inspectTransaction', [RUN, 10], 'run/no_such_transaction'],
  ['inspectTransaction', [RUN, -1], 'run/no_such_transaction'],
  ['inspectTransaction', [RUN, '0'], 'run/no_such_transaction'],
  ['tableHistory', ['x', 'amm/pools'], 'run/unknown'],
  ['tableHistory', [RUN, 'amm/secrets'], 'run/unknown_table'],
  ['tableHistory', [RUN, undefined], 'run/unknown_table'],
  ['readView', ['', 'amm', 'pools'], 'history/unknown_block'],
  ['readView', [BLOCK, 'amm', 'nothing'], 'view/unknown'],
  ['readView', [BLOCK, 'toString', 'pools'], 'view/unknown'],
  ['readView', [BLOCK, 5, 'pools'], 'view/unknown'],
  ['readLanes', [], 'history/unknown_block'],
  ['readLanes', ['__proto__'], 'history/unknown_block'],
  ['proveKey', [], 'history/unknown_block'],
  ['proveKey', [BLOCK], 'key/not_a_key'],
  ['proveKey', [BLOCK, { split: 1 }], 'key/not_a_key'],
  ['proveKey', [BLOCK, 'amm/secrets/1'], 'key/unknown_table'],
  ['proveKey', [BLOCK, 'amm/pools/1e3'], 'schema/not_an_integer'],
  ['auditModule', [], 'history/unknown_block'],
  ['auditModule', [BLOCK, 'toString'], 'module/unknown'],
  ['readTable', ['', 'amm/pools', 0, 5], 'history/unknown_block'],
  ['readTable', [BLOCK, 'amm/secrets', 0, 5], 'run/unknown_table'],
  ['readTable', [BLOCK, 'amm/pools', -1, 5], 'settings/out_of_range'],
  ['readTable', [BLOCK, 'amm/pools', 0, 1e6], 'settings/out_of_range'],
  ['readTable', [BLOCK, 'amm/pools', 0], 'settings/not_an_integer'],
  ['checkTransaction', [], 'transaction/not_a_record'],
  ['checkTransaction', [{ ...pay, sender: 1.5 }], 'transaction/not_an_integer'],
  ['checkInvariants', [9], 'history/unknown_block'],
  ['importBlock', [], 'settings/not_a_record'],
  ['importBlock', [Uint8Array.of(0xc0), 'a', {}], 'settings/missing'],
  ['importBlock', [undefined, 'a', SETTINGS], 'import/not_a_file'],
  ['importBlock', [[0xc0], 'a', SETTINGS], 'import/not_a_file'],
  ['importBlock', [Uint8Array.of(0xc0), 7, SETTINGS], 'import/bad_name'],
  ['importBlock', [Uint8Array.of(0xc0), 'a', SETTINGS], 'import/empty'],
  ['importBlock', [Uint8Array.of(0xc1), 'a', SETTINGS], 'import/rlp_truncated'],
  ['checkImport', [], 'history/unknown_block'],
  ['checkImport', [BLOCK], 'import/not_imported'],
  ['produceBlock', [[{ kind: 'splitKey', key: 'bank/supply/0', ways: 2 }]], 'action/not_imported'],
  ['produceBlock', [[{ kind: 'splitKey', ways: 2 }]], 'settings/missing'],
  ['produceBlock', [[{ kind: 'keepContract', address: 5 }]], 'action/not_an_address'],
  ['produceBlock', [[{ kind: 'haltModule' }]], 'settings/missing'],
  ['produceBlock', [[{ kind: 'haltModule', module: 7 }]], 'action/unknown_module'],
  ['produceBlock', [[{ kind: 'haltModule', module: '__proto__' }]], 'action/unknown_module'],
  ['produceBlock', [[{ kind: 'haltModule', module: 'amm', policy: 'pray' }]], 'settings/unknown_choice'],
  ['produceBlock', [[{ kind: 'haltModule', module: 'amm', at: -1 }]], 'settings/out_of_range'],
  ['produceBlock', [[{ kind: 'haltModule', module: 'amm', fault: 'slow' }]], 'settings/unknown_knob'],
  ['produceBlock', [[{ kind: 'resumeModule', module: 'amm' }]], 'action/module_runs'],
  ['produceBlock', [[{ kind: 'breakModule', module: 'amm' }]], 'settings/missing'],
  ['produceBlock', [[{ kind: 'breakModule', module: 'amm', fault: 'flood' }]], 'settings/unknown_choice'],
  [
    'produceBlock',
    [[{ kind: 'breakModule', module: 'amm', fault: 'slow', factor: 1e9 }]],
    'settings/out_of_range',
  ],
];

describe('nonsense', () => {
  it('is answered with a typed error and changes nothing', { timeout: 60_000 }, async () => {
    const { host, run, loose } = await opened();
    const before = await host.history();
    for (const [method, args, code] of table) {
      const given = args.map((arg) => (arg === BLOCK ? run.blockId : arg === RUN ? run.runId : arg));
      const answer = await loose[method](...given);
      expect([method, args, answer.error?.code]).toEqual([method, args, code]);
      expect(answer.error!.message).toMatch(/^.{5,}\.$/s);
      expect(await host.history()).toEqual(before);
    }
    // The chain goes on as if nothing had been asked.
    const other = await opened();
    expect((await produce(host)).digest).toBe((await produce(other.host)).digest);
  });

  it('names the knob, its limits and what was given', async () => {
    const answer = await testHost().start(settings('traffic', { hotPermille: 1001 }) as never);
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'settings/out_of_range', data: { knob: 'hotPermille', min: 0, max: 1000, given: 1001 } },
    });
  });

  it('of any shape never throws', { timeout: 60_000 }, async () => {
    const { host, run, loose } = await opened();
    const methods = [...new Set(table.map(([method]) => method))];
    const anything = fc.oneof(
      fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withNullPrototype: true,
        withTypedArray: true,
      }),
      fc.constantFrom<unknown>(run.blockId, run.runId, VIRTUAL, SETTINGS, [], { label: 'x' }, pay),
      fc.constant(
        new Proxy(
          {},
          {
            ownKeys: () => {
              throw new Error('a trap');
            },
            get: () => {
              throw new Error('a trap');
            },
          },
        ),
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...methods),
        fc.array(anything, { maxLength: 3 }),
        async (method, args) => {
          const answer = await loose[method](...args);
          expect(typeof answer.ok).toBe('boolean');
          if (!answer.ok) expect(answer.error!.code).toMatch(/^[a-zA-Z]+\/[a-z_]+$/);
        },
      ),
      { numRuns: 400 },
    );
    await value(host.start(SETTINGS));
    expect((await produce(host)).matchesOracle).toBe(true);
  });

  it('before a chain is started is answered too', async () => {
    const host = testHost();
    const answers = [
      await host.produceBlock([]),
      await host.rerun('x', VIRTUAL),
      await host.setExecution(VIRTUAL),
      await host.edit('x', [], { label: '' }),
      await host.seek('x'),
      await host.compare('x', 'y'),
      await host.inspectTransaction(1, 0),
      await host.tableHistory(1, 'amm/pools'),
      await host.readView('x', 'amm', 'pools'),
      await host.checkInvariants('x'),
    ];
    for (const answer of answers)
      expect(answer).toMatchObject({ ok: false, error: { code: 'engine/not_started' } });
    await host.cancel();
  });

  it('about genesis: it cannot be executed again or edited', async () => {
    const host = await started();
    const { current } = await host.history();
    const fixed = { ok: false, error: { code: 'history/genesis_is_fixed' } };
    expect(await host.rerun(current.blockId, VIRTUAL)).toMatchObject(fixed);
    expect(await host.edit(current.blockId, [], { label: 'x' })).toMatchObject(fixed);
    await value(host.seek(current.blockId));
    await value(host.checkInvariants(current.blockId));
  });
});

describe('settings at their ends', () => {
  const ends = [
    {
      genesis: { accounts: 2, assets: 1, pools: 0 },
      traffic: { transactionsPerBlock: 1, swapPermille: 1000, hotPermille: 1000, work: 0 },
    },
    {
      genesis: { accounts: 2, assets: 16, pools: 64, bankPartition: 'lane' },
      traffic: { transactionsPerBlock: 50, swapPermille: 1000, hotPermille: 1000 },
    },
    {
      genesis: { seed: 2 ** 32 - 1, accounts: 10_000, assets: 2, pools: 1 },
      traffic: { transactionsPerBlock: 50, work: 1_000_000 },
    },
  ] as const;

  it.each(ends)('work: %j', { timeout: 60_000 }, async (end) => {
    const host = await started({
      genesis: { ...genesis, ...end.genesis },
      traffic: { ...traffic, ...end.traffic },
      execution: { ...execution, scheduleSeed: 2 ** 32 - 1, cores: { kind: 'virtual', count: 64 } },
    });
    for (let i = 0; i < 2; i++) {
      const run = await produce(host);
      expect(run.matchesOracle).toBe(true);
      expect(run.transactions.filter(({ status }) => status !== 'success')).toEqual([]);
    }
  });

  it('cut a block that is too heavy at one place, whoever executes it', { timeout: 120_000 }, async () => {
    const host = await started({
      ...SETTINGS,
      traffic: { ...traffic, transactionsPerBlock: 4500, work: 1_000_000, swapPermille: 0 },
    });
    const run = await produce(host);
    expect(run.matchesOracle).toBe(true);
    expect(run.cut).toBeGreaterThan(400);
    expect(run.transactions.length + run.cut).toBe(4500);
    const next = await produce(host, [{ kind: 'setTraffic', traffic: { transactionsPerBlock: 1, work: 0 } }]);
    expect(next.cut).toBe(0);
    expect(next.transactions).toHaveLength(run.cut);
  });
});
