import { useEffect, useRef } from 'react';
import { assetName, formatShare } from '../../lib/format.ts';
import { poolText as text } from '../../lib/messages/pool.ts';
import { format } from '../../lib/messages.ts';
import { curvePath, place as placeIn, type Plot } from './geometry.ts';
import { price } from './numbers.ts';
import { busiest, liquidityShares, referenceOf } from './references.ts';
import type { PoolSeries } from './series.ts';
import { isDrained, priceOf } from './trade.ts';
import { useStatesByAll } from './usePools.ts';

const MOST_CARDS = 8;
const MINI: Plot = { left: 1, top: 1, width: 42, height: 42 };

export interface PoolCardsProps {
  readonly pools: readonly PoolSeries[];
  readonly chosen: number;
  readonly onStage: boolean;
  readonly onChoose: (pool: number) => void;
}

/** Pools side by side on the scale of their pair: a shallow pool's curve lies nearer the corner. */
export function PoolCards({ chosen, onChoose, onStage, pools }: PoolCardsProps) {
  const counts = useStatesByAll(pools, onStage);
  const shares = liquidityShares(pools, counts);
  const shown = busiest(pools, MOST_CARDS, chosen);
  const list = useRef<HTMLUListElement>(null);
  const at = shown.findIndex((series) => series.pool === chosen);
  useEffect(() => {
    const row = list.current;
    const card = row?.children[at];
    if (row === null || !(card instanceof HTMLElement)) return;
    const left = card.offsetLeft - row.offsetLeft;
    const outside = left < row.scrollLeft || left + card.offsetWidth > row.scrollLeft + row.clientWidth;
    if (outside) row.scrollLeft = left - 12;
  }, [at]);
  return (
    <ul
      ref={list}
      aria-label={text.pools}
      className="flex shrink-0 gap-1.5 overflow-x-auto border-t border-line px-3 py-2"
    >
      {shown.map((series) => {
        const i = pools.indexOf(series);
        return (
          <li key={series.pool} className="min-w-40 flex-1">
            <PoolCard
              series={series}
              count={counts[i]!}
              share={shares[i]!}
              reference={referenceOf(pools, series)}
              chosen={series.pool === chosen}
              onChoose={() => onChoose(series.pool)}
            />
          </li>
        );
      })}
    </ul>
  );
}

interface PoolCardProps {
  readonly series: PoolSeries;
  readonly count: number;
  readonly share: number;
  readonly reference: { readonly x: number; readonly y: number };
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function PoolCard({ chosen, count, onChoose, reference, series, share }: PoolCardProps) {
  const state = series.states[count - 1];
  const empty = isDrained(state) || series.hugeDigits > 0;
  const values = {
    pool: series.pool,
    asset0: assetName(series.asset0),
    asset1: assetName(series.asset1),
    price: state === undefined ? '–' : price(priceOf(state)),
    share: formatShare(share),
    swaps: series.states.length - 1,
  };
  const u = (state?.x ?? 0) / reference.x;
  const v = (state?.y ?? 0) / reference.y;
  const at = placeIn(MINI, u, v);
  return (
    <button
      type="button"
      aria-pressed={chosen}
      aria-label={format(empty ? text.cardDrained : text.cardLabel, values)}
      onClick={onChoose}
      className="grid w-full grid-cols-[44px_1fr] items-center gap-x-2 rounded-2 border border-line bg-surface-2 p-1.5 text-left hover:border-line-strong aria-pressed:border-accent"
    >
      <svg viewBox="0 0 44 44" width="44" height="44" aria-hidden="true">
        <path d="M1,1V43H43" fill="none" stroke="var(--line-strong)" />
        {!empty && (
          <>
            <path d={curvePath(MINI, u * v)} fill="none" stroke="var(--mod-amm)" strokeWidth="1.5" />
            <circle cx={at.x} cy={at.y} r="2.75" fill={chosen ? 'var(--accent)' : 'var(--ink)'} />
          </>
        )}
      </svg>
      <span className="min-w-0 text-xs leading-tight">
        <span className="flex items-baseline justify-between gap-1 whitespace-nowrap">
          <span className="font-semibold text-ink">{format(text.pool, { pool: series.pool })}</span>
          {series.origin !== series.pool && (
            <span className="truncate text-[0.72rem] text-ink-3">
              {format(text.splitFrom, { origin: series.origin })}
            </span>
          )}
        </span>
        <span className="block truncate text-ink-2 tabular-nums">
          {empty ? '–' : values.price} <span className="text-ink-3">{values.asset1}</span>
        </span>
        <span title={format(text.share, values)} className="mt-1 flex items-center gap-1.5">
          <span className="relative h-1 flex-1 overflow-hidden rounded-full bg-surface-3">
            <span className="absolute inset-y-0 left-0 bg-mod-amm" style={{ width: `${share * 100}%` }} />
          </span>
          <span className="text-[0.72rem] text-ink-3 tabular-nums">{values.share}</span>
        </span>
      </span>
    </button>
  );
}
