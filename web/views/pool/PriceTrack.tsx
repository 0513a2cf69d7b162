import { useEffect, useId, useRef } from 'react';
import { assetName } from '../../lib/format.ts';
import { poolText as text } from '../../lib/messages/pool.ts';
import { format } from '../../lib/messages.ts';
import { usePlayback } from '../../store/playback.ts';
import { type Plot, stepLine } from './geometry.ts';
import { price } from './numbers.ts';
import type { PoolSeries } from './series.ts';
import { isDrained, priceOf } from './trade.ts';
import { useSize } from '../../lib/useSize.ts';

const HEIGHT = 46;

/** The price while the block commits, on the stage's clock: what is still to come is drawn faintly. */
export function PriceTrack({
  count,
  durationUs,
  series,
}: {
  readonly series: PoolSeries;
  readonly count: number;
  readonly durationUs: number;
}) {
  const box = useRef<HTMLDivElement>(null);
  const done = useRef<SVGRectElement>(null);
  const moment = useRef<SVGPathElement>(null);
  const clip = useId();
  const { width } = useSize(box);
  const plot: Plot = { left: 1, top: 5, width: Math.max(1, width - 2), height: HEIGHT - 10 };
  const samples = series.states.map((state) => ({
    atUs: state.atUs,
    value: isDrained(state) ? Number.NaN : priceOf(state),
  }));
  const prices = samples.map((sample) => sample.value).filter(Number.isFinite);
  const range = [Math.min(...prices), Math.max(...prices)] as const;

  useEffect(() => {
    const follow = (timeUs: number): void => {
      const share = durationUs > 0 ? Math.min(1, timeUs / durationUs) : 0;
      const x = plot.left + share * plot.width;
      done.current?.setAttribute('width', String(Math.max(0, x)));
      moment.current?.setAttribute('d', `M${x},1V${HEIGHT - 1}`);
    };
    follow(usePlayback.getState().timeUs);
    return usePlayback.subscribe(({ timeUs }) => follow(timeUs));
  }, [durationUs, plot.left, plot.width]);

  if (prices.length === 0) return null;
  const path = stepLine(plot, samples, durationUs, durationUs, range);
  const now = series.states[count - 1];
  const label = format(text.priceOverTime, {
    asset0: assetName(series.asset0),
    asset1: assetName(series.asset1),
    first: price(prices[0]!),
    now: now === undefined ? '–' : price(priceOf(now)),
  });
  return (
    <div ref={box}>
      <svg width={width} height={HEIGHT} role="img" aria-label={label} className="block">
        <clipPath id={clip}>
          <rect ref={done} x="0" y="0" height={HEIGHT} />
        </clipPath>
        <path d={`M0,${HEIGHT - 0.5}H${width}`} stroke="var(--line)" />
        <path d={path} fill="none" stroke="var(--mod-amm)" strokeOpacity="0.28" strokeWidth="1.25" />
        <path d={path} fill="none" stroke="var(--mod-amm)" strokeWidth="1.75" clipPath={`url(#${clip})`} />
        <path ref={moment} stroke="var(--accent)" strokeWidth="1.25" />
      </svg>
    </div>
  );
}
