import fc from 'fast-check';
import type { Scenario, ScenarioActions } from '../../api/index.ts';
import { LIMITS } from '../../runtime/host/limits.ts';
import { SCENARIO_LIMITS } from '../../scenarios/limits.ts';
import { someAction } from '../moves.ts';

/** A text with letters of all kinds, pairs of code units whole, that is not only white space. */
const text = (most: number): fc.Arbitrary<string> =>
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: Math.min(most, 60) })
    .filter((value) => value.trim() !== '' && value.length <= most);
const knob = (name: keyof typeof LIMITS, most: number = LIMITS[name].max): fc.Arbitrary<number> =>
  fc.integer({ min: LIMITS[name].min, max: most });
const hex = (digits: number): fc.Arbitrary<string> =>
  fc
    .array(fc.integer({ min: 0, max: 15 }), { minLength: digits, maxLength: digits })
    .map((values) => values.map((value) => value.toString(16)).join(''));

const genesis: fc.Arbitrary<Scenario['settings']['genesis']> = fc.record(
  {
    seed: knob('seed'),
    accounts: knob('accounts'),
    assets: knob('assets'),
    pools: knob('pools'),
    bankPartition: fc.constantFrom('asset' as const, 'lane' as const),
    modules: fc.constantFrom(['bank'], ['bank', 'amm'], ['amm', 'bank']),
    mode: fc.constantFrom('monolithic' as const, 'modular' as const),
    fees: fc.constantFrom('fixed' as const, 'global' as const, 'local' as const),
    builder: fc.constantFrom('firstCome' as const, 'byFee' as const, 'conflictAware' as const),
    gasTarget: knob('gasTarget'),
    keyGasCap: knob('keyGasCap'),
    standby: fc.record({ bank: knob('standby') }),
  },
  { requiredKeys: ['seed', 'accounts', 'assets', 'pools', 'bankPartition'] },
);
const settings: fc.Arbitrary<Scenario['settings']> = fc.record({
  genesis,
  traffic: fc.record(
    {
      transactionsPerBlock: knob('transactionsPerBlock', 60),
      swapPermille: knob('swapPermille'),
      hotPermille: knob('hotPermille'),
      work: knob('work', 20_000),
      skewPermille: knob('skewPermille'),
      shares: fc.record({ payments: knob('share', 500), swaps: knob('share', 500) }, { requiredKeys: [] }),
    },
    { requiredKeys: ['transactionsPerBlock', 'swapPermille', 'hotPermille', 'work'] },
  ),
  execution: fc.record({
    executor: fc.constantFrom('blockStm' as const, 'moduleLanes' as const, 'sequential' as const),
    cores: fc.oneof(
      fc.record({ kind: fc.constant('real' as const), count: knob('realCores') }),
      fc.record({ kind: fc.constant('virtual' as const), count: knob('virtualCores') }),
    ),
    scheduleSeed: knob('scheduleSeed'),
    granularity: fc.constantFrom('slot' as const, 'account' as const),
    feeRecipient: fc.constantFrom('exempt' as const, 'tracked' as const),
  }),
});

/** Entries that ascend, from distances between them. */
const entries: fc.Arbitrary<ScenarioActions[]> = fc
  .array(
    fc.record({
      distance: fc.integer({ min: 1, max: 6 }),
      repeat: fc.option(fc.integer({ min: 1, max: 4 })),
      actions: fc.array(someAction, { minLength: 1, maxLength: 3 }),
    }),
    { maxLength: 8 },
  )
  .map((list) => {
    let height = 0;
    return list.map(({ distance, repeat, actions }) => {
      const entry = { height: height + distance, actions };
      height = entry.height + (repeat ?? 0);
      return repeat === null ? entry : { ...entry, repeat };
    });
  });

/** Any legal scenario of a chain with traffic; what it expects is made up. */
const ofTraffic: fc.Arbitrary<Scenario> = fc
  .record({ settings, entries, more: fc.integer({ min: 1, max: 100 }) })
  .chain(({ settings, entries, more }) => {
    const last = entries.at(-1);
    const blocks = (last === undefined ? 0 : last.height + (last.repeat ?? 0)) + more;
    const height = fc.integer({ min: 1, max: blocks });
    const checkpoints = fc
      .uniqueArray(height, { maxLength: SCENARIO_LIMITS.checkpoints })
      .chain((heights) =>
        fc.tuple(...heights.sort((a, b) => a - b).map((at) => hex(8).map((prefix) => [at, prefix] as const))),
      );
    return fc.record(
      {
        format: fc.constant(1 as const),
        semantics: fc.integer({ min: 1, max: 0xffff }),
        id: fc.constantFrom('a', 'one-hot-account', '7-7'),
        title: text(SCENARIO_LIMITS.titleLetters),
        about: text(SCENARIO_LIMITS.aboutLetters),
        settings: fc.constant(settings),
        blocks: fc.constant(blocks),
        actions: fc.constant(entries),
        moment: fc.record({ height, permille: fc.integer({ min: 0, max: 1000 }) }),
        selection: fc.record({ tx: fc.integer({ min: 0, max: 0xffff }) }),
        panels: fc.array(text(SCENARIO_LIMITS.titleLetters), { maxLength: SCENARIO_LIMITS.panels }),
        captions: fc.array(fc.record({ height, text: text(SCENARIO_LIMITS.captionLetters) }), {
          maxLength: 5,
        }),
        expected: fc.record({ digest: hex(64), checkpoints }),
      },
      { requiredKeys: ['format', 'semantics', 'title', 'settings', 'blocks', 'actions'] },
    );
  });

const address = hex(40).map((digits) => `0x${digits}`);
/** What is done to a block that came from a file. */
const ofFile: fc.Arbitrary<ScenarioActions['actions'][number]> = fc.oneof(
  address.map((account) => ({ kind: 'keepContract' as const, address: account })),
  fc.record({
    kind: fc.constant('splitKey' as const),
    key: address.map((account) => `ethereum/balances/${account}/0`),
    ways: fc.integer({ min: 2, max: 255 }),
  }),
);

/** Any legal scenario of one block from a file that nobody has. */
const ofImport: fc.Arbitrary<Scenario> = fc
  .record({
    scenario: ofTraffic,
    imported: fc.record({
      kind: fc.constantFrom('blockAccessList' as const, 'rpcBlock' as const),
      sha256: hex(64),
      name: text(SCENARIO_LIMITS.fileNameLetters),
    }),
    actions: fc.array(ofFile, { maxLength: 3 }),
    digest: hex(64),
  })
  .map(({ scenario: { title, semantics, settings }, imported, actions, digest }) => ({
    format: 1,
    semantics,
    title,
    settings,
    imported,
    blocks: 1,
    actions: actions.length === 0 ? [] : [{ height: 1, actions }],
    moment: { height: 1, permille: 0 },
    expected: { digest, checkpoints: [] },
  }));

/** Any legal scenario, of traffic or of a file. */
export const someScenario: fc.Arbitrary<Scenario> = fc.oneof(
  { weight: 4, arbitrary: ofTraffic },
  { weight: 1, arbitrary: ofImport },
);
