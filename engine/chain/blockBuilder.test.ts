import { describe, expect, it } from 'vitest';
import type { Action, TrafficSettings } from '../api/settings.ts';
import { pools } from '../modules/amm/state.ts';
import { chainParts, SMALL_GENESIS, SMALL_TRAFFIC } from '../tests/chainParts.ts';
import { buildBlock, type BuiltBlock, type Candidate } from './blockBuilder.ts';
import { createGenesis } from './genesis.ts';
import { createStateReader } from './stateReader.ts';

const parts = chainParts();
const genesis = createGenesis(parts, { ...SMALL_GENESIS, accounts: 40, pools: 5 });

function build(
  actions: readonly Action[],
  traffic: Partial<TrafficSettings> = {},
  carried: readonly Candidate[] = [],
): BuiltBlock {
  const start = {
    height: 1,
    state: genesis.state,
    traffic: { ...SMALL_TRAFFIC, transactionsPerBlock: 60, ...traffic },
    carried,
    health: [],
    held: [],
  };
  const built = buildBlock(parts, genesis.world, start, actions);
  if (!built.ok) throw new Error(built.error.code);
  return built.value;
}

const pay = (sender: number, amount = '5', more: object = {}) => ({
  sender,
  module: 'bank',
  name: 'transfer',
  args: { asset: 0, to: 1, amount },
  ...more,
});
const names = (block: BuiltBlock) => block.transactions.map(({ module, name }) => `${module}.${name}`);
const drafts = (block: BuiltBlock) => block.candidates.map(({ draft }) => draft);

describe('traffic', () => {
  it('is the same for the same seed, height, settings and state, and another for another height', () => {
    expect(build([])).toEqual(build([]));
    const start = {
      height: 2,
      state: genesis.state,
      traffic: build([]).traffic,
      carried: [],
      health: [],
      held: [],
    };
    const other = buildBlock(parts, genesis.world, start, []);
    expect(other.ok && drafts(other.value)).not.toEqual(drafts(build([])));
  });

  it('comes from a workload in the share it is given; a share of nothing changes nothing', () => {
    const shared = drafts(build([], { swapPermille: 0, transactionsPerBlock: 400, shares: { swaps: 300 } }));
    const swaps = shared.filter(({ module }) => module === 'amm').length;
    expect(swaps).toBeGreaterThan(80);
    expect(swaps).toBeLessThan(160);
    expect(drafts(build([], { shares: {} }))).toEqual(drafts(build([])));
    expect(drafts(build([], { shares: { swaps: 0 } }))).toEqual(drafts(build([])));
  });

  it('refuses a crafted transaction of a module that takes no part', () => {
    const alone = { ...genesis.world, modules: genesis.world.modules.filter(({ id }) => id === 'bank') };
    const start = {
      height: 1,
      state: genesis.state,
      traffic: SMALL_TRAFFIC,
      carried: [],
      health: [],
      held: [],
    };
    const swap = { sender: 1, module: 'amm', name: 'swapExactIn', args: {} };
    const built = buildBlock(parts, alone, start, [
      { kind: 'submit', transaction: swap },
    ] as readonly Action[]);
    expect(built).toMatchObject({ error: { code: 'transaction/inactive_module', data: { module: 'amm' } } });
  });

  it('keeps its beginning when the block grows', () => {
    const long = drafts(build([], { transactionsPerBlock: 60 }));
    expect(drafts(build([], { transactionsPerBlock: 20 }))).toEqual(long.slice(0, 20));
  });

  it('changes only where a payment becomes a swap when there are more swaps', () => {
    const few = drafts(build([], { swapPermille: 300 }));
    const many = drafts(build([], { swapPermille: 700 }));
    const changed = few.filter(
      (draft, i) => JSON.stringify(draft.module) !== JSON.stringify(many[i]!.module),
    );
    expect(changed.length).toBeGreaterThan(10);
    few.forEach((draft, i) => {
      if (draft.module === 'amm' || many[i]!.module === 'bank') expect(many[i]).toEqual(draft);
    });
  });

  it('is of one kind at the ends, and of payments where there are no pools', () => {
    expect(new Set(names(build([], { swapPermille: 0 })))).toEqual(new Set(['bank.transfer']));
    expect(new Set(names(build([], { swapPermille: 1000 })))).toEqual(new Set(['amm.swapExactIn']));
    const poor = createGenesis(parts, { ...SMALL_GENESIS, assets: 1 });
    const start = {
      height: 1,
      state: poor.state,
      traffic: { ...SMALL_TRAFFIC, swapPermille: 1000 },
      carried: [],
      health: [],
      held: [],
    };
    const built = buildBlock(parts, poor.world, start, []);
    expect(built.ok && new Set(names(built.value))).toEqual(new Set(['bank.transfer']));
  });
});

describe('a block', () => {
  it('gives each sender the next nonces', () => {
    const next = new Map<number, number>();
    for (const { sender, nonce } of build([]).transactions) {
      expect(nonce).toBe(next.get(sender) ?? 0);
      next.set(sender, nonce + 1);
    }
  });

  it('spends no nonce on what cannot be afforded', () => {
    const greedy = pay(3, '1', { gasPrice: 4_000_000_000, gasLimit: 50_000_000 });
    const block = build([
      { kind: 'submit', transaction: greedy },
      { kind: 'submit', transaction: pay(3) },
    ]);
    expect(block.transactions.slice(0, 2).map(({ nonce }) => nonce)).toEqual([0, 0]);
    const outcome = parts.execute(genesis.state, block.header, block.transactions);
    expect(outcome.receipts[0]!.status).toBe(4);
    expect(outcome.receipts.slice(1).every(({ status }) => status === 0)).toBe(true);
  });

  it('opens with what was cut, then actions in their order, then traffic, and stays as long', () => {
    const cut = build([]).candidates.slice(0, 3);
    const block = build([{ kind: 'submit', transaction: pay(7) }], {}, cut);
    expect(block.candidates.slice(0, 3)).toEqual(cut);
    expect(block.candidates[3]).toMatchObject({ origin: 'crafted', draft: { sender: 7 } });
    expect(block.candidates).toHaveLength(60 + 1);
  });

  it('replaces what stood at an index when the edit was made', () => {
    const before = build([]);
    const replace: Action = { kind: 'replace', index: 4, transaction: pay(9, '77') };
    const edited = build([replace]);
    expect(edited.candidates[4]).toMatchObject({
      origin: 'edited',
      draft: { sender: 9, args: { amount: 77n } },
    });
    const others = (block: BuiltBlock) => drafts(block).filter((_, i) => i !== 4);
    expect(others(edited)).toEqual(others(before));
    const submit: Action = { kind: 'submit', transaction: pay(2) };
    expect(build([replace, submit]).candidates[5]).toMatchObject({ origin: 'edited' });
    expect(build([submit, replace]).candidates[4]).toMatchObject({ origin: 'edited' });
    expect(build([submit, { ...replace, index: 0 }]).candidates[0]).toMatchObject({ origin: 'edited' });
  });

  it.each<[Action, string]>([
    [{ kind: 'replace', index: 60, transaction: pay(1) }, 'action/no_such_transaction'],
    [{ kind: 'replace', index: 0, transaction: { ...pay(1), name: 'nothing' } }, 'transaction/unknown_kind'],
    [{ kind: 'submit', transaction: pay(1, '-1') }, 'schema/out_of_range'],
    [{ kind: 'splitPool', pool: 99, ways: 4 }, 'amm/unknown_pool'],
    [{ kind: 'splitPool', pool: 0, ways: 1 }, 'amm/invalid_split'],
    [{ kind: 'toString' } as never, 'action/unknown_kind'],
  ])('is refused for %j (%s)', (action, code) => {
    const start = {
      height: 1,
      state: genesis.state,
      traffic: { ...SMALL_TRAFFIC, transactionsPerBlock: 60 },
      carried: [],
      health: [],
      held: [],
    };
    const built = buildBlock(parts, genesis.world, start, [action]);
    expect(built.ok ? 'built' : built.error.code).toBe(code);
  });

  it('lets traffic flow over the pools that it opens', () => {
    const rush: Action = { kind: 'setTraffic', traffic: { hotPermille: 1000, swapPermille: 1000 } };
    const poolsOf = (block: BuiltBlock) =>
      new Set(drafts(block).flatMap(({ name, args }) => (name === 'swapExactIn' ? [args.pool] : [])));
    expect(poolsOf(build([rush]))).toEqual(new Set([0]));
    const split = build([rush, { kind: 'splitPool', pool: 0, ways: 4 }]);
    expect(poolsOf(split)).toEqual(new Set([0, 5, 6, 7]));
    expect(split.candidates[0]).toMatchObject({ origin: 'action', draft: { name: 'splitPool' } });
    const outcome = parts.execute(genesis.state, split.header, split.transactions);
    expect(outcome.receipts.every(({ status }) => status === 0)).toBe(true);
  });
});

describe('genesis', () => {
  it('makes what the settings say, in either partition', () => {
    for (const bankPartition of ['asset', 'lane'] as const) {
      const { state, world } = createGenesis(parts, { ...SMALL_GENESIS, bankPartition });
      const reader = createStateReader(state);
      expect([...reader.entries(pools)]).toHaveLength(SMALL_GENESIS.pools);
      expect(world).toMatchObject({ provider: 12, feeRecipient: 13 });
      for (const { invariants } of parts.modules.modules) {
        for (const invariant of invariants) expect(invariant.check(reader)).toBeUndefined();
      }
    }
  });

  it('tells every change from nothing, once', () => {
    const { outcome, state } = genesis;
    expect(new Set(outcome.changes.map(({ identity }) => identity)).size).toBe(outcome.changes.length);
    expect(outcome.changes.every(({ before }) => before === null)).toBe(true);
    expect(outcome.changes.filter(({ after }) => after !== null)).toHaveLength(state.size);
  });
});
