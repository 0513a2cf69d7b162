import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { genesisWorld } from '../../moduleSdk/index.ts';
import { ReferenceChain } from '../../tests/reference/referenceChain.ts';
import { bank } from '../bank/manifest.ts';
import { balances, supply } from '../bank/state.ts';
import {
  amountInFor,
  amountOutFor,
  keepsProduct,
  liquidityMinted,
  MINIMUM_LIQUIDITY,
  price,
  protocolLiquidity,
  shareOf,
} from './curve.ts';
import { amm } from './manifest.ts';
import { emptyPool, withLiquidity, withReserves } from './pair.ts';
import { LOCKED_ACCOUNT, liquidityAssetOf, pools, vaultOf } from './state.ts';

/** Published figures lie beside the checkout, not in it. */
const path = join(import.meta.dirname, '../../../../shared/vectors/uniswap_v2_pair.json');
const present = existsSync(path);
if (!present) console.warn('Skipped: no published figures of Uniswap v2 beside the checkout.');

type Figures = Record<string, string>;
interface Vectors {
  readonly swapTestCases: { readonly count: number; readonly cases: readonly Figures[] };
  readonly optimisticTestCases: { readonly count: number; readonly cases: readonly Figures[] };
  readonly mint: Figures;
  readonly swapToken0: Figures;
  readonly swapToken1: Figures;
  readonly burn: Figures & { readonly reservesAfter: readonly string[] };
  readonly feeToOff: Figures;
  readonly feeToOn: Figures;
  readonly priceCumulative: Figures;
}
const vectors = (present ? JSON.parse(readFileSync(path, 'utf8')) : {}) as Vectors;

/** The figures by name as integers. */
function integers(figures: Figures): Record<string, bigint> {
  const numeric = Object.entries(figures).filter(([, text]) => /^\d+$/.test(String(text)));
  return Object.fromEntries(numeric.map(([name, text]) => [name, BigInt(text)]));
}

function keeps(
  reserve0: bigint,
  reserve1: bigint,
  amount0In: bigint,
  out: { amount0?: bigint; amount1?: bigint },
) {
  const balance0 = reserve0 + amount0In - (out.amount0 ?? 0n);
  const balance1 = reserve1 - (out.amount1 ?? 0n);
  return keepsProduct({ reserve0, reserve1, balance0, balance1, amount0In, amount1In: 0n });
}

const TRADER = 0;
const FEE_TO = 1;
const PROVIDER = 2;

/** A chain with one pool of assets 0 and 1, filled by the trader, who keeps plenty. */
function poolOf(amount0: bigint, amount1: bigint, protocolFee = false): ReferenceChain {
  const chain = new ReferenceChain([bank, amm]);
  const world = genesisWorld({ accounts: 2, assets: 2, pools: 0, bankPartition: 'asset' }, [bank, amm]);
  chain.genesis({ ...world, amountEach: 10n ** 30n });
  const send = (sender: number, name: string, args: Record<string, number | bigint>) =>
    chain.must([{ sender, module: 'amm', name, args }]);
  if (protocolFee) send(PROVIDER, 'setProtocolFee', { on: 1, feeTo: FEE_TO });
  send(TRADER, 'createPool', { asset0: 0, asset1: 1 });
  const amounts = { amount0Desired: amount0, amount1Desired: amount1, amount0Min: 0n, amount1Min: 0n };
  send(TRADER, 'addLiquidity', { pool: 0, ...amounts });
  return chain;
}

const sell = (direction: number, amountIn: bigint, minimumOut: bigint) => ({
  sender: TRADER,
  module: 'amm',
  name: 'swapExactIn',
  args: { pool: 0, direction, amountIn, minimumOut, deadline: 0xffffffff },
});
const remove = (liquidity: bigint) => ({
  sender: TRADER,
  module: 'amm',
  name: 'removeLiquidity',
  args: { pool: 0, liquidity, amount0Min: 0n, amount1Min: 0n },
});
const held = (chain: ReferenceChain, asset: number, account: number) =>
  chain.state.get(balances, 0, asset, account);

describe.skipIf(!present)('the published figures of Uniswap v2’s pair', () => {
  it('swaps: so much out and not one more', () => {
    expect(vectors.swapTestCases.cases.length).toBe(vectors.swapTestCases.count);
    for (const figures of vectors.swapTestCases.cases) {
      const { amountIn, reserve0, reserve1, expectedOut } = integers(figures);
      expect(amountOutFor(amountIn, reserve0, reserve1)).toBe(expectedOut);
      expect(keeps(reserve0, reserve1, amountIn, { amount1: expectedOut })).toBe(true);
      expect(keeps(reserve0, reserve1, amountIn, { amount1: expectedOut + 1n })).toBe(false);
      expect(amountInFor(expectedOut, reserve0, reserve1)).toBeLessThanOrEqual(amountIn);

      const chain = poolOf(reserve0, reserve1);
      expect(chain.block([sell(0, amountIn, expectedOut + 1n)]).receipts[0]).toMatchObject({
        error: 'amm/slippage_exceeded',
        errorData: { limit: expectedOut + 1n, actual: expectedOut },
      });
      const { events } = chain.must([sell(0, amountIn, expectedOut)])[0]!;
      expect(events.at(-1)!.fields).toMatchObject({ amountIn, amountOut: expectedOut });
    }
  });

  it('optimistic swaps: one asset in and out', () => {
    expect(vectors.optimisticTestCases.cases.length).toBe(vectors.optimisticTestCases.count);
    for (const figures of vectors.optimisticTestCases.cases) {
      const { outputAmount, reserve0, reserve1, inputAmount } = integers(figures);
      expect(keeps(reserve0, reserve1, inputAmount, { amount0: outputAmount })).toBe(true);
      expect(keeps(reserve0, reserve1, inputAmount, { amount0: outputAmount + 1n })).toBe(false);
    }
  });

  it('the first deposit', () => {
    const { token0, token1, totalSupply, lockedToZero, toMinter } = integers(vectors.mint);
    expect(liquidityMinted(token0, token1, 0n, 0n, 0n)).toBe(toMinter);
    expect(MINIMUM_LIQUIDITY).toBe(lockedToZero);
    const chain = poolOf(token0, token1);
    const token = liquidityAssetOf(0);
    expect(chain.state.get(supply, token)).toBe(totalSupply);
    expect(chain.state.get(pools, 0)!.liquidity).toBe(totalSupply);
    expect([held(chain, token, LOCKED_ACCOUNT), held(chain, token, TRADER)]).toEqual([
      lockedToZero,
      toMinter,
    ]);
  });

  it('a swap either way leaves these reserves', () => {
    for (const [direction, figures] of [vectors.swapToken0, vectors.swapToken1].entries()) {
      const given = integers(figures);
      const chain = poolOf(given.reserve0, given.reserve1);
      const amountIn = (given.amount0In ?? given.amount1In)!;
      chain.must([sell(direction, amountIn, (given.amount1Out ?? given.amount0Out)!)]);
      const { reserve0, reserve1 } = chain.state.get(pools, 0)!;
      expect([reserve0, reserve1]).toEqual([given.reserve0After, given.reserve1After]);
      expect([held(chain, 0, vaultOf(0)), held(chain, 1, vaultOf(0))]).toEqual([reserve0, reserve1]);
    }
  });

  it('a withdrawal leaves the locked part', () => {
    const { token0, token1, burned, amount0, amount1, totalSupplyAfter } = integers(vectors.burn as Figures);
    const chain = poolOf(token0, token1);
    const { events } = chain.must([remove(burned)])[0]!;
    expect(events.at(-1)!.fields).toMatchObject({ amount0, amount1 });
    const { reserve0, reserve1, liquidity } = chain.state.get(pools, 0)!;
    expect(liquidity).toBe(totalSupplyAfter);
    expect([reserve0, reserve1].map(String)).toEqual(vectors.burn.reservesAfter);
    expect(shareOf(token0, burned, token0)).toBe(amount0);
  });

  it.each([false, true])('the protocol fee, on: %s', (on) => {
    const given = integers(on ? vectors.feeToOn : vectors.feeToOff);
    const chain = poolOf(given.token0, given.token1, on);
    chain.must([sell(1, given.amount1In, given.amount0Out)]);
    const { reserve0, reserve1, liquidity, kLast } = chain.state.get(pools, 0)!;
    expect(protocolLiquidity(reserve0, reserve1, liquidity, kLast)).toBe(given.feeLiquidityMinted ?? 0n);
    chain.must([remove(given.burned)]);
    expect(chain.state.get(supply, liquidityAssetOf(0))).toBe(given.totalSupplyAfter);
    expect(held(chain, liquidityAssetOf(0), FEE_TO)).toBe(given.feeLiquidityMinted);
    if (on) {
      expect(held(chain, 0, vaultOf(0))).toBe(given.pairBalance0After);
      expect(held(chain, 1, vaultOf(0))).toBe(given.pairBalance1After);
    }
    expect(chain.complaints()).toEqual([]);
  });

  it('cumulative prices', () => {
    const { token0, token1, initialPrice0, newPrice0, newPrice1 } = integers(vectors.priceCumulative);
    expect(price(token0, token1)).toBe(initialPrice0);
    const start = 1_700_000_000;
    const cumulative = (pool: { price0Cumulative: bigint; price1Cumulative: bigint }) => [
      pool.price0Cumulative,
      pool.price1Cumulative,
    ];
    const filled = withLiquidity(emptyPool(0, 1, 0, start), [token0, token1], token0, false, start);
    expect(cumulative(filled)).toEqual([0n, 0n]);
    const synced = withReserves(filled, token0, token1, start + 1);
    expect(cumulative(synced)).toEqual([initialPrice0, initialPrice0]);
    const swapped = withReserves(synced, token0 + 3n * 10n ** 18n, token1 - 10n ** 18n, start + 10);
    expect(cumulative(swapped)).toEqual([initialPrice0 * 10n, initialPrice0 * 10n]);
    const later = withReserves(swapped, swapped.reserve0, swapped.reserve1, start + 20);
    expect(cumulative(later)).toEqual([
      initialPrice0 * 10n + newPrice0 * 10n,
      initialPrice0 * 10n + newPrice1 * 10n,
    ]);
    expect(later.lastUpdate).toBe(start + 20);
  });
});
