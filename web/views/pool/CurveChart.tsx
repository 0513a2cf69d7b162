import { useRef } from 'react';
import { assetName } from '../../lib/format.ts';
import { poolText as text } from '../../lib/messages/pool.ts';
import { format } from '../../lib/messages.ts';
import { curvePath, place, type Plot, REACH, roundTicks } from './geometry.ts';
import { Lens } from './LensView.tsx';
import { humane, price } from './numbers.ts';
import type { Reference } from './references.ts';
import type { PoolSeries } from './series.ts';
import { priceOf, type Trade } from './trade.ts';
import { useSize } from '../../lib/useSize.ts';

export interface CurveChartProps {
  readonly series: PoolSeries;
  /** How many states are in force; at least one. */
  readonly count: number;
  readonly reference: Reference;
  /** The selected swap, when it is one of this pool's. */
  readonly trade: Trade | null;
}

/** The pool as a point on x·y = k, and a lens on where the block moved it. */
export function CurveChart({ count, reference, series, trade }: CurveChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const { height, width } = useSize(box);
  const state = series.states[count - 1]!;
  const asset0 = assetName(series.asset0);
  const asset1 = assetName(series.asset1);
  const label = format(text.chart, {
    pool: series.pool,
    reserve0: humane(state.reserve0),
    reserve1: humane(state.reserve1),
    asset0,
    asset1,
    price: price(priceOf(state)),
  });
  return (
    <div ref={box} className="relative min-h-0 min-w-0 flex-1 overflow-hidden">
      {width > 80 && height > 80 && (
        <svg
          width={width}
          height={height}
          className="absolute inset-0 select-none"
          role="img"
          aria-label={label}
        >
          <Drawing {...{ series, count, reference, trade, width, height, asset0, asset1 }} />
        </svg>
      )}
    </div>
  );
}

interface DrawingProps extends CurveChartProps {
  readonly width: number;
  readonly height: number;
  readonly asset0: string;
  readonly asset1: string;
}

function Drawing({ asset0, asset1, count, height, reference, series, trade, width }: DrawingProps) {
  const plot: Plot = { left: 54, top: 22, width: width - 54 - 14, height: height - 22 - 38 };
  const state = series.states[count - 1]!;
  const before = series.states[0]!;
  const u = state.x / reference.x;
  const v = state.y / reference.y;
  const at = place(plot, u, v);
  const base = plot.top + plot.height;
  const product = u * v;
  const productBefore = (before.x / reference.x) * (before.y / reference.y);
  return (
    <>
      <g className="text-line-strong" stroke="currentColor" fill="none">
        <path d={`M${plot.left},${plot.top - 8}V${base}H${plot.left + plot.width + 6}`} />
      </g>
      <Ticks plot={plot} reference={reference} at={at} />
      <text
        x={plot.left + plot.width + 6}
        y={base + 30}
        textAnchor="end"
        className="fill-ink-3 text-[0.79rem]"
      >
        {format(text.xAxis, { asset: asset0 })} →
      </text>
      <text x={plot.left - 46} y={12} className="fill-ink-3 text-[0.79rem]">
        ↑ {format(text.xAxis, { asset: asset1 })}
      </text>

      <path
        d={`M${plot.left},${at.y}H${at.x}V${base}`}
        fill="none"
        stroke="var(--ink-3)"
        strokeDasharray="2 4"
      />
      <rect
        x={plot.left}
        y={at.y}
        width={Math.max(0, at.x - plot.left)}
        height={Math.max(0, base - at.y)}
        fill="var(--mod-amm)"
        opacity="0.07"
      />
      {Math.abs(productBefore / product - 1) > 0.02 && (
        <path
          d={curvePath(plot, productBefore)}
          fill="none"
          stroke="var(--ghost)"
          strokeWidth="1.5"
          strokeDasharray="5 4"
        />
      )}
      <path
        d={curvePath(plot, product)}
        fill="none"
        stroke="var(--mod-amm)"
        strokeWidth="2.25"
        strokeLinecap="round"
      />
      <Lens series={series} count={count} reference={reference} plot={plot} at={at} trade={trade} />
      <circle cx={at.x} cy={at.y} r="5.5" fill="var(--accent)" stroke="var(--surface-1)" strokeWidth="2" />

      <AxisValue x={at.x} y={base + 15} anchor="middle" words={humane(state.reserve0)} />
      <AxisValue x={plot.left - 6} y={at.y + 4} anchor="end" words={humane(state.reserve1)} />
      {at.x - plot.left > 74 && base - at.y > 34 && (
        <text x={plot.left + 10} y={base - 9} className="fill-ink-3 text-[0.79rem] italic">
          {text.invariant}
        </text>
      )}
    </>
  );
}

function Ticks({
  at,
  plot,
  reference,
}: {
  readonly plot: Plot;
  readonly reference: Reference;
  readonly at: { x: number; y: number };
}) {
  const base = plot.top + plot.height;
  const count0 = Math.max(2, Math.floor(plot.width / 110));
  const count1 = Math.max(2, Math.floor(plot.height / 80));
  // Round numbers give way to the pool's own values on the axes.
  const horizontal = roundTicks(reference.x * REACH, count0).map((value) => ({
    value,
    x: place(plot, value / reference.x, 0).x,
  }));
  const vertical = roundTicks(reference.y * REACH, count1).map((value) => ({
    value,
    y: place(plot, 0, value / reference.y).y,
  }));
  return (
    <g className="fill-ink-3 text-[0.72rem] tabular-nums">
      {horizontal.map(({ value, x }) => (
        <g key={value}>
          <path d={`M${x},${base}v4`} stroke="var(--line-strong)" />
          {Math.abs(x - at.x) > 44 && (
            <text x={x} y={base + 15} textAnchor="middle">
              {humane(value)}
            </text>
          )}
        </g>
      ))}
      {vertical.map(({ value, y }) => (
        <g key={value}>
          <path d={`M${plot.left},${y}h-4`} stroke="var(--line-strong)" />
          {Math.abs(y - at.y) > 15 && (
            <text x={plot.left - 7} y={y + 3.5} textAnchor="end">
              {humane(value)}
            </text>
          )}
        </g>
      ))}
    </g>
  );
}

function AxisValue(props: {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'middle' | 'end';
  readonly words: string;
}) {
  return (
    <text
      x={props.x}
      y={props.y}
      textAnchor={props.anchor}
      className="fill-ink text-[0.79rem] font-semibold tabular-nums"
    >
      {props.words}
    </text>
  );
}
