import { describe, expect, it } from 'vitest';
import { MAX_U128, MAX_U32 } from '../../base/integerMath.ts';
import { type GenesisWorld, genesisWorld } from '../../moduleSdk/index.ts';
import { ReferenceChain } from '../../tests/reference/referenceChain.ts';
import { MODULE_OWNED } from '../../types/ids.ts';
import { bank } from '../bank/manifest.ts';
import { balances, supply } from '../bank/state.ts';
import { MAX_RESERVE } from './curve.ts';
import { amm } from './manifest.ts';
import { LANE, liquidityAssetOf, type Pool, pools, vaultOf } from './state.ts';

const modules = [bank, amm];
const ACCOUNTS = 4;
const PROVIDER = ACCOUNTS;
const LIQUIDITY = 1_000_000n;
const EACH = 10_000n;

function started(changes: Partial<GenesisWorld> = {}, knobs = { assets: 3, pools: 3 }): ReferenceChain {
  const chain = new ReferenceChain(modules);
  const world = genesisWorld({ accounts: ACCOUNTS, bankPartition: 'asset', ...knobs }, modules);
  const amounts = { amountEach: EACH, liquidityEach: LIQUIDITY, providerAmount: 100n * LIQUIDITY };
  chain.genesis({ ...world, ...amounts, ...changes });
  return chain;
}

const poolOf = (chain: ReferenceChain, id: number): Pool => chain.state.get(pools, id)!;
const send = (chain: ReferenceChain, sender: number, name: string, args: Record<string, number | bigint>) =>
  chain.send(sender, 'amm', name, args);
const sell = (chain: ReferenceChain, args: Record<string, number | bigint> = {}) =>
  send(chain, 0, 'swapExactIn', {
    pool: 0,
    direction: 0,
    amountIn: 1000n,
    minimumOut: 0n,
    deadline: MAX_U32,
    ...args,
  });
const buy = (chain: ReferenceChain, args: Record<string, number | bigint> = {}) =>
  send(chain, 0, 'swapExactOut', {
    pool: 0,
    direction: 0,
    amountOut: 900n,
    maximumIn: EACH,
    deadline: MAX_U32,
    ...args,
  });
const add = (chain: ReferenceChain, args: Record<string, number | bigint> = {}) =>
  send(chain, 0, 'addLiquidity', {
    pool: 0,
    amount0Desired: 1000n,
    amount1Desired: 1000n,
    amount0Min: 0n,
    amount1Min: 0n,
    ...args,
  });
const remove = (chain: ReferenceChain, sender: number, args: Record<string, number | bigint>) =>
  send(chain, sender, 'removeLiquidity', { pool: 0, amount0Min: 0n, amount1Min: 0n, ...args });

describe('genesis', () => {
  it('opens pools of asset 0 with each other asset in turn, at one price an asset', () => {
    const chain = started();
    const opened = [0, 1, 2].map((id) => poolOf(chain, id));
    expect(opened.map(({ asset0, asset1 }) => [asset0, asset1])).toEqual([
      [0, 1],
      [0, 2],
      [0, 1],
    ]);
    expect(opened.map(({ reserve0, reserve1 }) => [reserve0, reserve1])).toEqual([
      [LIQUIDITY, LIQUIDITY],
      [LIQUIDITY, 2n * LIQUIDITY],
      [LIQUIDITY, LIQUIDITY],
    ]);
    expect(chain.complaints()).toEqual([]);
  });

  it('opens none with a single asset', () => {
    expect([...started({}, { assets: 1, pools: 3 }).state.entries(pools)]).toEqual([]);
  });

  it('works partitioned by lane', () => {
    const chain = started({ bankPartition: 'lane' });
    expect(sell(chain).status).toBe('success');
    expect(chain.state.get(balances, LANE, 0, 0)).toBe(EACH - 1000n);
    expect(chain.state.get(balances, 0, 0, 0)).toBe(EACH);
    expect(chain.complaints()).toEqual([]);
  });
});

describe('a swap', () => {
  it('touches the pool, four balances and a setting', () => {
    const chain = started();
    const args = { pool: 0, direction: 1, amountIn: 10n, minimumOut: 1n, deadline: MAX_U32 };
    const { accesses } = chain.block([{ sender: 2, module: 'amm', name: 'swapExactIn', args }]);
    const vault = vaultOf(0);
    const written = ['kernel/accounts/2', 'amm/pools/0'];
    for (const asset of [0, 1])
      written.push(`bank/balances/0/${asset}/2`, `bank/balances/0/${asset}/${vault}`);
    expect([...accesses[0]!.writes].sort()).toEqual(written.sort());
    expect([...accesses[0]!.reads].sort()).toEqual([...written, 'bank/settings/0'].sort());
  });

  it('does its declared work between reads and writes: once, and only if it gets there', () => {
    const args = { pool: 0, direction: 0, amountIn: 10n, minimumOut: 0n, deadline: MAX_U32 };
    const draft = { sender: 0, module: 'amm', name: 'swapExactIn', args };
    const gas = (work: number, changes: object = {}) =>
      started().block([{ ...draft, work, args: { ...args, ...changes } }]).receipts[0]!.gasUsed;
    expect(gas(5000) - gas(0)).toBe(5000);
    expect(gas(5000, { minimumOut: 11n })).toBe(gas(0, { minimumOut: 11n }));
  });

  it('is refused with a typed error that says the figures', () => {
    const chain = started();
    const now = chain.timestamp;
    expect(sell(chain, { deadline: now - 1 })).toMatchObject({
      error: 'amm/expired',
      errorData: { deadline: now - 1, now },
    });
    expect(sell(chain, { deadline: chain.timestamp }).status).toBe('success');
    expect(sell(chain, { pool: 3 })).toMatchObject({ error: 'amm/unknown_pool', errorData: { pool: 3 } });
    expect(sell(chain, { direction: 2 })).toMatchObject({
      error: 'amm/unknown_direction',
      errorData: { direction: 2 },
    });
    expect(sell(chain, { amountIn: 0n }).error).toBe('amm/zero_amount');
    expect(buy(chain, { amountOut: 0n }).error).toBe('amm/zero_amount');
    expect(sell(chain, { amountIn: 1n }).error).toBe('amm/insufficient_output');
    expect(sell(chain, { amountIn: 2n * EACH }).error).toBe('bank/insufficient_balance');
    expect(sell(chain, { amountIn: MAX_U128 })).toMatchObject({ error: 'amm/overflow' });
    const { reserve1 } = poolOf(chain, 0);
    expect(buy(chain, { amountOut: reserve1 })).toMatchObject({
      error: 'amm/insufficient_liquidity',
      errorData: { available: reserve1, needed: reserve1 },
    });
    expect(buy(chain, { amountOut: MAX_U128 }).error).toBe('amm/insufficient_liquidity');
    expect(buy(chain, { amountOut: reserve1 - 1n, maximumIn: MAX_U128 }).status).toBe('reverted');
    expect(buy(chain, { maximumIn: 900n })).toMatchObject({
      error: 'amm/slippage_exceeded',
      errorData: { limit: 900n },
    });
    expect(chain.complaints()).toEqual([]);
  });

  it('finds nothing in a pool that is empty', () => {
    const chain = started();
    expect(send(chain, 0, 'createPool', { asset0: 1, asset1: 2 }).status).toBe('success');
    expect(sell(chain, { pool: 3 }).error).toBe('amm/insufficient_liquidity');
    expect(buy(chain, { pool: 3 }).error).toBe('amm/insufficient_liquidity');
    expect(remove(chain, 0, { pool: 3, liquidity: 1n }).error).toBe('amm/insufficient_liquidity');
  });

  it('leaves the average of prices over time to whoever looks', () => {
    const chain = started();
    const before = poolOf(chain, 0);
    sell(chain);
    const first = poolOf(chain, 0);
    expect(first.price0Cumulative - before.price0Cumulative).toBe(
      BigInt(first.lastUpdate - before.lastUpdate) << 112n,
    );
    const args = { pool: 0, direction: 0, amountIn: 10n, minimumOut: 0n, deadline: MAX_U32 };
    const { receipts } = chain.block(
      [0, 1, 2].map((sender) => ({ sender, module: 'amm', name: 'swapExactIn', args })),
    );
    expect(receipts.map(({ status }) => status)).toEqual(['success', 'success', 'success']);
    const unit = (first.reserve1 << 112n) / first.reserve0;
    // Three swaps in one block: the price before the first of them counts for the whole time.
    expect(poolOf(chain, 0).price0Cumulative - first.price0Cumulative).toBe(unit * 12n);
  });
});

describe('liquidity', () => {
  it('is refused with a typed error', () => {
    const chain = started();
    expect(add(chain, { amount0Desired: 0n }).error).toBe('amm/zero_amount');
    expect(add(chain, { pool: 9 }).error).toBe('amm/unknown_pool');
    expect(add(chain, { pool: 1, amount1Desired: 500n, amount0Min: 251n })).toMatchObject({
      error: 'amm/slippage_exceeded',
      errorData: { limit: 251n, actual: 250n },
    });
    expect(add(chain, { pool: 1, amount1Desired: 3000n, amount1Min: 2001n }).error).toBe(
      'amm/slippage_exceeded',
    );
    expect(add(chain, { pool: 1, amount1Desired: 1n }).error).toBe('amm/insufficient_liquidity_minted');
    expect(add(chain, { amount0Desired: MAX_U128, amount1Desired: MAX_U128 }).error).toBe('amm/overflow');
    expect(remove(chain, 0, { liquidity: 0n }).error).toBe('amm/zero_amount');
    expect(remove(chain, 0, { liquidity: 1n })).toMatchObject({
      error: 'amm/insufficient_share',
      errorData: { share: 0n },
    });
    expect(remove(chain, PROVIDER, { liquidity: 100n, amount0Min: 101n }).error).toBe(
      'amm/slippage_exceeded',
    );
    send(chain, 0, 'createPool', { asset0: 0, asset1: 1 });
    expect(add(chain, { pool: 3 }).error).toBe('amm/insufficient_liquidity_minted');
    expect(add(chain, { pool: 3, amount0Desired: 1003n }).status).toBe('success');
    expect(chain.complaints()).toEqual([]);
  });

  it('is a token in bank, as much as the pool says', () => {
    const chain = started();
    add(chain);
    remove(chain, PROVIDER, { liquidity: 5000n });
    for (const [[id], pool] of chain.state.entries(pools)) {
      expect(chain.state.get(supply, liquidityAssetOf(id))).toBe(pool.liquidity);
      expect(chain.state.get(balances, 0, pool.asset0, vaultOf(id))).toBe(pool.reserve0);
      expect(chain.state.get(balances, 0, pool.asset1, vaultOf(id))).toBe(pool.reserve1);
    }
  });

  it('reaches to the last unit of 112 bits', () => {
    const chain = started(
      { liquidityEach: MAX_RESERVE, providerAmount: 2n * MAX_RESERVE },
      { assets: 2, pools: 1 },
    );
    expect(poolOf(chain, 0).liquidity).toBe(MAX_RESERVE);
    expect(sell(chain, { amountIn: 10n })).toMatchObject({
      error: 'amm/overflow',
      errorData: { reserve: MAX_RESERVE + 10n },
    });
    expect(remove(chain, PROVIDER, { liquidity: MAX_RESERVE - 1000n }).status).toBe('success');
    expect(chain.complaints()).toEqual([]);
  });
});

describe('opening and administration', () => {
  it('needs two different assets that are there', () => {
    const chain = started();
    expect(send(chain, 0, 'createPool', { asset0: 1, asset1: 1 }).error).toBe('amm/identical_assets');
    expect(send(chain, 0, 'createPool', { asset0: 1, asset1: 8 })).toMatchObject({
      error: 'amm/unknown_asset',
      errorData: { asset: 8 },
    });
  });

  it('leaves the protocol fee to the administrator', () => {
    const chain = started();
    expect(send(chain, 0, 'setProtocolFee', { on: 1, feeTo: 0 })).toMatchObject({
      error: 'amm/not_administrator',
      errorData: { administrator: PROVIDER },
    });
    expect(send(chain, PROVIDER, 'setProtocolFee', { on: 1, feeTo: MODULE_OWNED }).error).toBe(
      'amm/invalid_fee_recipient',
    );
    expect(send(chain, PROVIDER, 'setProtocolFee', { on: 1, feeTo: 3 }).status).toBe('success');
    expect(send(chain, PROVIDER, 'configure', { administrator: 0 }).error).toBe('kernel/genesis_only');
    expect(add(chain).status).toBe('success');
    expect(poolOf(chain, 0).kLast).toBe(poolOf(chain, 0).reserve0 * poolOf(chain, 0).reserve1);
    expect(send(chain, PROVIDER, 'setProtocolFee', { on: 0, feeTo: 3 }).status).toBe('success');
    expect(remove(chain, PROVIDER, { liquidity: 10n }).status).toBe('success');
    expect(poolOf(chain, 0).kLast).toBe(0n);
  });
});
