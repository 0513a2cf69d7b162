import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { genesisWorld } from '../../moduleSdk/index.ts';
import { ReferenceChain } from '../../tests/reference/referenceChain.ts';
import { bank } from '../bank/manifest.ts';
import { balances, supply } from '../bank/state.ts';
import { splitPoolDrafts } from './actions.ts';
import { amm } from './manifest.ts';
import { liquidityAssetOf, pools, vaultOf } from './state.ts';

const modules = [bank, amm];
const ACCOUNTS = 40;
const PROVIDER = ACCOUNTS;
const POOLS = 4;

function started(): ReferenceChain {
  const chain = new ReferenceChain(modules);
  chain.genesis(
    genesisWorld({ accounts: ACCOUNTS, assets: 3, pools: POOLS, bankPartition: 'asset' }, modules),
  );
  return chain;
}

function swaps(chain: ReferenceChain, seed: number, count: number, hotPermille: number) {
  const world = {
    accounts: ACCOUNTS,
    assets: 3,
    pools: [0, 1, 2, 3],
    hotPools: [0],
    hotPermille,
    skewPermille: 0,
    work: 3,
    state: chain.state,
  };
  return amm.workloads[0]!.generate(createPrng(seed), world, count);
}

function split(chain: ReferenceChain, pool: number, ways: number) {
  const drafts = splitPoolDrafts(chain.state, pool, ways, PROVIDER);
  if (!drafts.ok) throw new Error(drafts.error.code);
  return chain.must(drafts.value);
}

const poolsOf = (drafts: ReturnType<typeof swaps>) => new Set(drafts.map(({ args }) => args.pool));

describe('swaps', () => {
  it('are the same for the same seed and world, and succeed', () => {
    const chain = started();
    for (let seed = 0; seed < 20; seed++) {
      const drafts = swaps(chain, seed, 100, 500);
      expect(swaps(chain, seed, 100, 500)).toEqual(drafts);
      chain.must(drafts);
    }
    expect(chain.complaints()).toEqual([]);
  });

  it('are as hot as asked and take senders in turns', () => {
    const chain = started();
    expect(poolsOf(swaps(chain, 1, 200, 1000))).toEqual(new Set([0]));
    expect(poolsOf(swaps(chain, 1, 200, 0))).toEqual(new Set([1, 2, 3]));
    const hot = swaps(chain, 2, 4000, 250).filter(({ args }) => args.pool === 0).length;
    expect(hot).toBeGreaterThan(850);
    expect(hot).toBeLessThan(1150);
    expect(new Set(swaps(chain, 3, ACCOUNTS, 500).map(({ sender }) => sender)).size).toBe(ACCOUNTS);
  });

  it('crowd in the pools that are busy on a real network, and a split takes its share along', () => {
    const chain = new ReferenceChain(modules);
    const many = { accounts: ACCOUNTS, assets: 8, pools: 28, bankPartition: 'asset' } as const;
    chain.genesis(genesisWorld(many, modules));
    const draw = (skewPermille: number) =>
      amm.workloads[0]!.generate(
        createPrng(8),
        {
          ...many,
          pools: Array.from({ length: many.pools }, (_, i) => i),
          hotPools: [0],
          hotPermille: 0,
          skewPermille,
          work: 3,
          state: chain.state,
        },
        10_000,
      );
    const sharesOf = (drafts: ReturnType<typeof draw>, ids: readonly number[]): number =>
      drafts.filter(({ args }) => ids.includes(args.pool as number)).length / drafts.length;
    const topTen = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    const skewed = draw(1000);
    expect(Math.abs(sharesOf(skewed, [0]) - 0.1)).toBeLessThan(0.01);
    expect(Math.abs(sharesOf(skewed, topTen) - 0.52)).toBeLessThan(0.02);
    expect(sharesOf(draw(0), [0])).toBe(0);
    expect(draw(0).map(({ sender }) => sender)).toEqual(skewed.map(({ sender }) => sender));
    split(chain, 0, 3);
    const after = draw(1000);
    expect(sharesOf(after, [0, 28, 29])).toBe(sharesOf(skewed, [0]));
    expect(sharesOf(after, [28])).toBeGreaterThan(0.02);
  });

  it('are none where there is nothing to swap', () => {
    const chain = new ReferenceChain(modules);
    expect(swaps(chain, 1, 10, 500)).toEqual([]);
  });
});

describe('splitting a pool', () => {
  it('spreads the provider’s share evenly at the same price', () => {
    const chain = started();
    const before = chain.state.get(pools, 0)!;
    const held = [0, 1].map((asset) => chain.state.get(balances, 0, asset, PROVIDER));
    split(chain, 0, 4);
    const ways = [0, 4, 5, 6].map((id) => chain.state.get(pools, id)!);
    expect(ways.map(({ origin }) => origin)).toEqual([0, 0, 0, 0]);
    for (const side of ['reserve0', 'reserve1'] as const) {
      expect(ways.reduce((sum, pool) => sum + pool[side], 0n)).toBe(before[side]);
      for (const pool of ways.slice(1)) {
        // The locked liquidity stays behind, and every division rounds down.
        expect(before[side] / 4n - pool[side]).toBeLessThan(1001n);
        expect(before[side] / 4n - pool[side]).toBeGreaterThanOrEqual(0n);
      }
    }
    expect([0, 1].map((asset) => chain.state.get(balances, 0, asset, PROVIDER))).toEqual(held);
    for (const id of [0, 4, 5, 6]) {
      const pool = chain.state.get(pools, id)!;
      expect(chain.state.get(supply, liquidityAssetOf(id))).toBe(pool.liquidity);
      expect(chain.state.get(balances, 0, pool.asset1, vaultOf(id))).toBe(pool.reserve1);
    }
    expect(chain.complaints()).toEqual([]);
  });

  it('takes the traffic with it, by sender', () => {
    const chain = started();
    split(chain, 0, 4);
    const drafts = swaps(chain, 1, 400, 1000);
    const family = [0, 4, 5, 6];
    for (const { sender, args } of drafts) expect(args.pool).toBe(family[sender % 4]);
    expect(poolsOf(swaps(chain, 1, 400, 0))).toEqual(new Set([1, 2, 3]));
    split(chain, 5, 2);
    expect(poolsOf(swaps(chain, 1, 400, 1000))).toEqual(new Set([...family, 7]));
    chain.must(drafts);
    expect(chain.complaints()).toEqual([]);
  });

  it('works on a pool others share in, under the protocol fee, again and again', () => {
    const chain = started();
    const desired = {
      amount0Desired: 10n ** 11n,
      amount1Desired: 10n ** 11n,
      amount0Min: 0n,
      amount1Min: 0n,
    };
    chain.must([
      { sender: PROVIDER, module: 'amm', name: 'setProtocolFee', args: { on: 1, feeTo: 3 } },
      { sender: 5, module: 'amm', name: 'addLiquidity', args: { pool: 0, ...desired } },
    ]);
    for (const ways of [2, 16, 3]) {
      chain.must(swaps(chain, ways, 50, 1000));
      split(chain, 0, ways);
      expect(chain.complaints()).toEqual([]);
    }
    expect(chain.state.get(balances, 0, liquidityAssetOf(0), 3)).toBeGreaterThan(0n);
  });

  it('is refused with a typed error', () => {
    const { state } = started();
    const code = (pool: number, ways: number) => {
      const drafts = splitPoolDrafts(state, pool, ways, PROVIDER);
      return drafts.ok ? undefined : drafts.error.code;
    };
    expect([code(9, 2), code(-1, 2), code(0.5, 2), code(2 ** 40, 2)]).toEqual(
      Array(4).fill('amm/unknown_pool'),
    );
    expect([code(0, 1), code(0, 17), code(0, 2.5)]).toEqual(Array(3).fill('amm/invalid_split'));
    expect(amm.actions!.splitPool!(state, { provider: PROVIDER }).ok).toBe(false);
    const chain = started();
    const send = (sender: number, args: Record<string, number>) =>
      chain.send(sender, 'amm', 'splitPool', args).error;
    expect(send(PROVIDER, { pool: 0, ways: 1 })).toBe('amm/invalid_split');
    expect(send(PROVIDER, { pool: 8, ways: 2 })).toBe('amm/unknown_pool');
    expect(send(0, { pool: 0, ways: 2 })).toBe('amm/insufficient_liquidity_burned');
  });
});
