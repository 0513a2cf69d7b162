import type { PoolSeries } from './series.ts';

/** Reserves that count as one on the axes of a pool. */
export interface Reference {
  readonly x: number;
  readonly y: number;
}

/** A pool this much smaller than the largest of its pair gets axes of its own. */
const OWN_SCALE = 25;

function largest(series: PoolSeries): Reference {
  let x = 0;
  let y = 0;
  for (const state of series.states) {
    x = Math.max(x, state.x);
    y = Math.max(y, state.y);
  }
  return { x: x || 1, y: y || 1 };
}

/** Pools that trade the same two assets. */
export function familyOf(pools: readonly PoolSeries[], series: PoolSeries): PoolSeries[] {
  return pools.filter((other) => other.asset0 === series.asset0 && other.asset1 === series.asset1);
}

/** One scale for all pools of the same two assets, so that a split shows as shallower curves. */
export function referenceOf(pools: readonly PoolSeries[], series: PoolSeries): Reference {
  const own = largest(series);
  const family = familyOf(pools, series).map(largest);
  const x = Math.max(own.x, ...family.map((reference) => reference.x));
  const y = Math.max(own.y, ...family.map((reference) => reference.y));
  return own.x * OWN_SCALE < x ? own : { x, y };
}

/** Each pool's share of its pair's liquidity, by the reserves of asset 0, given how many states are in force. */
export function liquidityShares(pools: readonly PoolSeries[], counts: readonly number[]): number[] {
  const held = pools.map((series, i) =>
    series.hugeDigits > 0 ? 0 : (series.states[counts[i]! - 1]?.x ?? 0),
  );
  return pools.map((series, i) => {
    const whole = pools.reduce(
      (sum, other, j) =>
        other.asset0 === series.asset0 && other.asset1 === series.asset1 ? sum + held[j]! : sum,
      0,
    );
    return whole > 0 ? held[i]! / whole : 0;
  });
}

/** Up to `most` pools to show side by side: the busiest, with those that were split from one next to it. */
export function busiest(pools: readonly PoolSeries[], most: number, always: number): PoolSeries[] {
  const byTraffic = [...pools].sort((a, b) => b.states.length - a.states.length || a.pool - b.pool);
  const kept = byTraffic.slice(0, most);
  const chosen = pools.find((series) => series.pool === always);
  if (chosen !== undefined && !kept.includes(chosen)) kept[kept.length - 1] = chosen;
  return kept.sort((a, b) => a.origin - b.origin || a.pool - b.pool);
}

/** The pool to look at first: the busiest, counting what was split from it as its own. */
export function firstPool(pools: readonly PoolSeries[]): PoolSeries | undefined {
  const traffic = new Map<number, number>();
  for (const { origin, states } of pools) traffic.set(origin, (traffic.get(origin) ?? 0) + states.length);
  const origins = [...traffic].sort(([a, one], [b, other]) => other - one || a - b);
  return pools.find((series) => series.pool === origins[0]?.[0]) ?? pools[0];
}

/** The pool that a transaction changed, or null. */
export function poolChangedBy(pools: readonly PoolSeries[], tx: number | null): number | null {
  if (tx === null || tx < 0) return null;
  return pools.find((series) => series.states.some((state) => state.tx === tx))?.pool ?? null;
}

/** The states since liquidity last came or went, up to the moment; and where they begin. */
export function currentStretch(
  series: PoolSeries,
  count: number,
  isTrade: (index: number) => boolean,
): { readonly first: number; readonly last: number } {
  let first = count - 1;
  while (first > 0 && isTrade(first)) first--;
  let last = count - 1;
  while (last + 1 < series.states.length && isTrade(last + 1)) last++;
  return { first: Math.max(0, first), last };
}
