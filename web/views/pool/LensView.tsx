import { useId } from 'react';
import { poolText as text } from '../../lib/messages/pool.ts';
import { format } from '../../lib/messages.ts';
import { useSelection } from '../../store/selection.ts';
import {
  curveInLens,
  lensFactor,
  type Lens as LensGeometry,
  lensOn,
  placeInLens,
  type Plot,
  type Point,
  tangentPoints,
} from './geometry.ts';
import { factor } from './numbers.ts';
import { currentStretch, type Reference } from './references.ts';
import type { PoolSeries } from './series.ts';
import { type Trade, tradeBetween } from './trade.ts';

export interface LensProps {
  readonly series: PoolSeries;
  readonly count: number;
  readonly reference: Reference;
  readonly plot: Plot;
  /** The point under the glass. */
  readonly at: Point;
  readonly trade: Trade | null;
}

/** A glass over the point: single swaps are far too small for the whole curve. */
export function Lens({ at, count, plot, reference, series, trade }: LensProps) {
  const clip = useId();
  const hoverTx = useSelection((selection) => selection.hoverTx);
  const { states } = series;
  const { first, last } = currentStretch(
    series,
    count,
    (i) => i > 0 && tradeBetween(states[i - 1]!, states[i]!) !== null,
  );
  const pointOf = (i: number): Point => ({ x: states[i]!.x / reference.x, y: states[i]!.y / reference.y });
  const stretch = Array.from({ length: last - first + 1 }, (_, i) => pointOf(first + i));
  const lens = lensOn(plot, stretch);
  if (lens === null || lens.radius < 36) return null;
  const committed = stretch.slice(0, count - first);
  const now = committed.at(-1)!;
  const start = committed[0]!;
  const places = committed.map(({ x, y }) => placeInLens(lens, x, y));
  const leaders = tangentPoints(at, lens.cx, lens.cy, lens.radius);
  const seen = placeInLens(lens, now.x, now.y);
  const roomy = lens.radius > 100;
  return (
    <g>
      {leaders?.map((touch) => (
        <path
          key={`${touch.x}`}
          d={`M${at.x},${at.y}L${touch.x},${touch.y}`}
          stroke="var(--line-strong)"
          strokeWidth="1"
        />
      ))}
      <clipPath id={clip}>
        <circle cx={lens.cx} cy={lens.cy} r={lens.radius} />
      </clipPath>
      <circle cx={lens.cx} cy={lens.cy} r={lens.radius} fill="var(--surface-0)" />
      <g ref={linkDots} clipPath={`url(#${clip})`} fill="none">
        <path d={curveInLens(lens, start.x * start.y)} stroke="var(--ghost)" strokeDasharray="4 4" />
        <path d={curveInLens(lens, now.x * now.y)} stroke="var(--mod-amm)" strokeWidth="2" />
        <path
          d={`M${places.map(({ x, y }) => `${x},${y}`).join('L')}`}
          stroke="var(--mod-amm)"
          strokeOpacity="0.28"
        />
        {places.slice(0, -1).map(({ x, y }, i) => {
          const { tx } = states[first + i]!;
          const age = places.length - 2 - i;
          return (
            <circle
              key={tx}
              cx={x}
              cy={y}
              r={tx >= 0 && tx === hoverTx ? 5 : 2.6}
              fill="var(--mod-amm)"
              opacity={tx === hoverTx ? 1 : Math.max(0.22, 0.9 - age * 0.02)}
              data-tx={tx}
              className="cursor-pointer"
            />
          );
        })}
        {trade !== null && <TradeMarks {...{ series, lens, reference, trade }} />}
        <circle
          cx={seen.x}
          cy={seen.y}
          r="5.5"
          fill="var(--accent)"
          stroke="var(--surface-0)"
          strokeWidth="2"
        />
      </g>
      <circle
        cx={lens.cx}
        cy={lens.cy}
        r={lens.radius}
        fill="none"
        stroke="var(--line-strong)"
        strokeWidth="1.5"
      />
      <text
        x={lens.cx}
        y={lens.cy + lens.radius + 16}
        textAnchor="middle"
        className="fill-ink-3 stroke-surface-1 stroke-4 text-[0.75rem] [paint-order:stroke]"
      >
        {format(roomy && stretch.length > 1 ? text.lens : text.lensStill, {
          factor: factor(lensFactor(plot, lens)),
        })}
      </text>
    </g>
  );
}

/** Pointing at a dot is pointing at its swap; for the keyboard, the swap card steps through them. */
function linkDots(group: SVGGElement | null): (() => void) | undefined {
  if (group === null) return undefined;
  const stop = new AbortController();
  const txOf = (event: Event): number | null => {
    const tx = event.target instanceof SVGElement ? Number(event.target.dataset.tx ?? -1) : -1;
    return tx >= 0 ? tx : null;
  };
  const { signal } = stop;
  group.addEventListener('pointerover', (event) => useSelection.getState().hover({ tx: txOf(event) }), {
    signal,
  });
  group.addEventListener('pointerleave', () => useSelection.getState().hover({}), { signal });
  group.addEventListener(
    'click',
    (event) => {
      const tx = txOf(event);
      if (tx !== null) useSelection.getState().selectTx(tx);
    },
    { signal },
  );
  return () => stop.abort();
}

interface TradeMarksProps {
  readonly series: PoolSeries;
  readonly lens: LensGeometry;
  readonly reference: Reference;
  readonly trade: Trade;
}

/** The selected swap: along the tangent it would have got the price before; the chord is what it got. */
function TradeMarks({ lens, reference, series, trade }: TradeMarksProps) {
  const index = series.states.findIndex((state) => state.tx === trade.tx);
  const before = series.states[index - 1];
  const after = series.states[index];
  if (before === undefined || after === undefined) return null;
  const [u0, v0] = [before.x / reference.x, before.y / reference.y];
  const [u1, v1] = [after.x / reference.x, after.y / reference.y];
  const from = placeInLens(lens, u0, v0);
  const to = placeInLens(lens, u1, v1);
  const ideal = placeInLens(lens, u1, v0 - (v0 / u0) * (u1 - u0));
  const past = { x: from.x + (ideal.x - from.x) * 1.5, y: from.y + (ideal.y - from.y) * 1.5 };
  return (
    <g>
      <path
        d={`M${from.x - (past.x - from.x) * 0.3},${from.y - (past.y - from.y) * 0.3}L${past.x},${past.y}`}
        stroke="var(--ink-2)"
        strokeDasharray="3 3"
      />
      <path d={`M${from.x},${from.y}L${to.x},${to.y}`} stroke="var(--ink)" strokeWidth="2.5" />
      <path d={`M${to.x},${to.y}L${ideal.x},${ideal.y}`} stroke="var(--warn)" strokeWidth="2.5" />
      <circle
        cx={from.x}
        cy={from.y}
        r="3.5"
        fill="var(--surface-0)"
        stroke="var(--ink)"
        strokeWidth="1.75"
      />
      <circle cx={to.x} cy={to.y} r="4" fill="var(--ink)" />
    </g>
  );
}
