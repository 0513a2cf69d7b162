import { MAX_U32 } from '../../base/integerMath.ts';
import type { Prng } from '../../base/prng.ts';
import { type SkewTable, type StateReader, skewedPlace, type Workload } from '../../moduleSdk/index.ts';
import { amountOutFor } from './curve.ts';
import { type Pool, pools } from './state.ts';
import { SELL_0, SELL_1 } from './swaps.ts';

/** Swaps sell 1 to 50 hundred-thousandths of a reserve: the price moves, and no pool runs dry. */
const MAX_SIZE = 50;
const SIZE_SCALE = 100_000n;

/**
 * Shares of swaps that the ten busiest pools of Ethereum's main network get, in thousandths: the first and the
 * sum (52 %) are measured, the slope between them is ours.
 */
export const BUSY_POOLS: SkewTable = [100, 78, 66, 56, 49, 43, 38, 34, 30, 26];

interface Place {
  readonly id: number;
  readonly pool: Pool;
}

/** The pools with liquidity, each with those that were split from it: its traffic is shared among them. */
function families(state: StateReader): Map<number, Place[]> {
  const byOrigin = new Map<number, Place[]>();
  for (const [[id], pool] of state.entries(pools)) {
    if (pool.reserve0 === 0n) continue;
    const family = byOrigin.get(pool.origin);
    if (family === undefined) byOrigin.set(pool.origin, [{ id, pool }]);
    else family.push({ id, pool });
  }
  return byOrigin;
}

/** Accounts in a random order, again and again: neighbours in a block rarely share a sender. */
function takeTurns(prng: Prng, accounts: number): () => number {
  const order = Array.from({ length: accounts }, (_, i) => i);
  let turn = accounts;
  return () => {
    if (turn === accounts) {
      prng.shuffle(order);
      turn = 0;
    }
    return order[turn++]!;
  };
}

function swapArguments(prng: Prng, { id, pool }: Place): Record<string, number | bigint> {
  const direction = prng.below(2) === 0 ? SELL_0 : SELL_1;
  const reserveIn = direction === SELL_0 ? pool.reserve0 : pool.reserve1;
  const reserveOut = direction === SELL_0 ? pool.reserve1 : pool.reserve0;
  const size = (reserveIn * BigInt(prng.between(1, MAX_SIZE))) / SIZE_SCALE;
  const amountIn = size === 0n ? 1n : size;
  // Half of the traders do not mind the price, the others accept a tenth less.
  const minimumOut = prng.below(2) === 0 ? 0n : (amountOutFor(amountIn, reserveIn, reserveOut) * 9n) / 10n;
  return { pool: id, direction, amountIn, minimumOut, deadline: MAX_U32 };
}

/**
 * People swapping, small amounts either way. `hotPermille` of the swaps go to the hot pools; of the
 * others, `skewPermille` choose by {@link BUSY_POOLS}, and the rest anywhere but the hot pools. A pool that was split shares its traffic by sender, so that a split takes
 * the wall apart without changing who trades. Each choice has a generator of its own: another hot share
 * changes the pools, and leaves traders, directions and sizes alone.
 */
export const swapTraffic: Workload = {
  name: 'swaps',
  generate: (prng, world, count) => {
    const byOrigin = families(world.state);
    const familyOf = (id: number): readonly Place[] => byOrigin.get(id) ?? [];
    const hot = [...new Set(world.hotPools.flatMap(familyOf))];
    const others = world.pools.map(familyOf).filter((family) => family.some((place) => !hot.includes(place)));
    if (world.accounts < 1 || (hot.length === 0 && others.length === 0)) return [];
    const nextSender = takeTurns(prng.fork('senders'), world.accounts);
    const heat = prng.fork('heat');
    const choices = prng.fork('pools');
    const crowd = prng.fork('skew');
    const sizes = prng.fork('sizes');
    return Array.from({ length: count }, () => {
      const sender = nextSender();
      const wantsHot = heat.chance(world.hotPermille);
      const cold = others[choices.below(others.length)];
      const busy = crowd.chance(world.skewPermille)
        ? familyOf(world.pools[skewedPlace(crowd, BUSY_POOLS, world.pools.length)]!)
        : [];
      const elsewhere = busy.length > 0 ? busy : cold;
      const places = elsewhere === undefined || (wantsHot && hot.length > 0) ? hot : elsewhere;
      const place = places[sender % places.length]!;
      return {
        sender,
        module: 'amm',
        name: 'swapExactIn',
        args: swapArguments(sizes, place),
        work: world.work,
      };
    });
  },
};
