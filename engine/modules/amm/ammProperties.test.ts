import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_U32 } from '../../base/integerMath.ts';
import { genesisWorld } from '../../moduleSdk/index.ts';
import { ReferenceChain } from '../../tests/reference/referenceChain.ts';
import { bank } from '../bank/manifest.ts';
import { balances, supply } from '../bank/state.ts';
import { accumulate, amountInFor, amountOutFor, keepsProduct, MAX_RESERVE, secondsBetween } from './curve.ts';
import { amm } from './manifest.ts';
import { liquidityAssetOf, type Pool, pools, vaultOf } from './state.ts';

const reserve = fc.oneof(fc.bigInt({ min: 1n, max: 10_000n }), fc.bigInt({ min: 1n, max: MAX_RESERVE }));
const amount = fc.oneof(fc.bigInt({ min: 1n, max: 10_000n }), fc.bigInt({ min: 1n, max: MAX_RESERVE }));

describe('the curve', () => {
  const keeps = (reserve0: bigint, reserve1: bigint, amount0In: bigint, amount1Out: bigint) =>
    keepsProduct({
      reserve0,
      reserve1,
      balance0: reserve0 + amount0In,
      balance1: reserve1 - amount1Out,
      amount0In,
      amount1In: 0n,
    });

  it('gives the most that keeps the product, and never a whole reserve', () => {
    fc.assert(
      fc.property(reserve, reserve, amount, (reserveIn, reserveOut, amountIn) => {
        const out = amountOutFor(amountIn, reserveIn, reserveOut);
        expect(out).toBeLessThan(reserveOut);
        expect(keeps(reserveIn, reserveOut, amountIn, out)).toBe(true);
        if (out + 1n < reserveOut) expect(keeps(reserveIn, reserveOut, amountIn, out + 1n)).toBe(false);
      }),
    );
  });

  it('asks for enough, and for at most one unit too much', () => {
    fc.assert(
      fc.property(reserve, reserve, amount, (reserveIn, reserveOut, wanted) => {
        const out = wanted % reserveOut;
        if (out === 0n) return;
        const paid = amountInFor(out, reserveIn, reserveOut);
        expect(amountOutFor(paid, reserveIn, reserveOut)).toBeGreaterThanOrEqual(out);
        expect(keeps(reserveIn, reserveOut, paid, out)).toBe(true);
        if (paid > 2n) expect(amountOutFor(paid - 2n, reserveIn, reserveOut)).toBeLessThan(out);
      }),
    );
  });

  it('there and back never profits', () => {
    fc.assert(
      fc.property(reserve, reserve, amount, (reserve0, reserve1, paid) => {
        const got = amountOutFor(paid, reserve0, reserve1);
        const back = amountOutFor(got, reserve1 - got, reserve0 + paid);
        expect(back).toBeLessThanOrEqual(paid);
      }),
    );
  });

  it('lets clocks and accumulators wrap', () => {
    expect(secondsBetween(MAX_U32, 4)).toBe(5);
    const top = 2n ** 256n - 1n;
    expect(accumulate(top, 3n, 2)).toBe(5n);
  });
});

const modules = [bank, amm];
const PEOPLE = 3;
const PROVIDER = PEOPLE;

function started(liquidityEach: bigint): ReferenceChain {
  const chain = new ReferenceChain(modules);
  const world = genesisWorld({ accounts: PEOPLE, assets: 2, pools: 2, bankPartition: 'asset' }, modules);
  chain.genesis({ ...world, liquidityEach, amountEach: liquidityEach, providerAmount: 100n * liquidityEach });
  return chain;
}

/** Both assets of everybody, vaults included, that are not in this pool's reserves. */
function wealthOf(chain: ReferenceChain, account: number): readonly [bigint, bigint] {
  const of = (asset: number) => chain.state.get(balances, 0, asset, account) ?? 0n;
  return [of(0), of(1)];
}

describe('a pool in random hands', () => {
  const size = fc.bigInt({ min: 0n, max: 3_000_000n });
  const id = fc.integer({ min: 0, max: 4 });
  const direction = fc.integer({ min: 0, max: 1 });
  const deadline = fc.constant(MAX_U32);
  const args = {
    swapExactIn: fc.record({ pool: id, direction, amountIn: size, minimumOut: fc.constant(0n), deadline }),
    swapExactOut: fc.record({ pool: id, direction, amountOut: size, maximumIn: size, deadline }),
    addLiquidity: fc.record({
      pool: id,
      amount0Desired: size,
      amount1Desired: size,
      amount0Min: fc.constant(0n),
      amount1Min: fc.constant(0n),
    }),
    removeLiquidity: fc.record({
      pool: id,
      liquidity: size,
      amount0Min: fc.constant(0n),
      amount1Min: fc.constant(0n),
    }),
    createPool: fc.record({ asset0: direction, asset1: direction }),
    splitPool: fc.record({ pool: id, ways: fc.integer({ min: 1, max: 4 }) }),
    setProtocolFee: fc.record({ on: direction, feeTo: fc.constant(0) }),
  };
  const sender = fc.integer({ min: 0, max: PROVIDER });
  const step = fc.oneof(
    ...Object.entries(args).map(([name, given]) =>
      fc.record({
        sender,
        module: fc.constant('amm'),
        name: fc.constant(name),
        args: given as fc.Arbitrary<Record<string, number | bigint>>,
      }),
    ),
  );

  it('keeps its promises: reserves in the vault, shares in bank, k per share never less', () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 25 }),
        fc.constantFrom(1000n, 5000n, 1_000_000n),
        (steps, extra) => {
          const chain = started(1_000n + extra);
          for (const draft of steps) {
            const before = new Map([...chain.state.entries(pools)].map(([[pool], value]) => [pool, value]));
            const receipt = chain.send(draft.sender, draft.module, draft.name, draft.args);
            expect(receipt.status).not.toBe('panicked');
            for (const [[pool], value] of chain.state.entries(pools)) {
              expect(chain.state.get(balances, 0, value.asset0, vaultOf(pool)) ?? 0n).toBe(value.reserve0);
              expect(chain.state.get(balances, 0, value.asset1, vaultOf(pool)) ?? 0n).toBe(value.reserve1);
              expect(chain.state.get(supply, liquidityAssetOf(pool)) ?? 0n).toBe(value.liquidity);
              const old = before.get(pool);
              if (old !== undefined && !(receipt.status === 'success' && takesShares(draft.name)))
                expectNoLoss(old, value);
            }
            expect(chain.complaints()).toEqual([]);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  /** Deposits and withdrawals may mint the protocol's share, which is taken from the others on purpose. */
  function takesShares(name: string): boolean {
    return name === 'addLiquidity' || name === 'removeLiquidity' || name === 'splitPool';
  }

  /** k per squared share has not shrunk. */
  function expectNoLoss(before: Pool, after: Pool): void {
    const left = after.reserve0 * after.reserve1 * before.liquidity * before.liquidity;
    const right = before.reserve0 * before.reserve1 * after.liquidity * after.liquidity;
    expect(left).toBeGreaterThanOrEqual(right);
  }

  it('a deposit taken out at once never profits, and costs the others nothing', () => {
    fc.assert(
      fc.property(
        size,
        size,
        fc.bigInt({ min: 1000n, max: 10n ** 9n }),
        size,
        (desired0, desired1, liquidityEach, trade) => {
          const chain = started(liquidityEach + 1n);
          chain.send(1, 'amm', 'swapExactIn', {
            pool: 0,
            direction: 0,
            amountIn: trade,
            minimumOut: 0n,
            deadline: MAX_U32,
          });
          const wealth = wealthOf(chain, 2);
          const old = chain.state.get(pools, 0)!;
          chain.send(2, 'amm', 'addLiquidity', {
            pool: 0,
            amount0Desired: desired0,
            amount1Desired: desired1,
            amount0Min: 0n,
            amount1Min: 0n,
          });
          const liquidity = chain.state.get(balances, 0, liquidityAssetOf(0), 2) ?? 0n;
          chain.send(2, 'amm', 'removeLiquidity', { pool: 0, liquidity, amount0Min: 0n, amount1Min: 0n });
          const after = wealthOf(chain, 2);
          expect(after[0]).toBeLessThanOrEqual(wealth[0]);
          expect(after[1]).toBeLessThanOrEqual(wealth[1]);
          expectNoLoss(old, chain.state.get(pools, 0)!);
        },
      ),
    );
  });
});
