import type { ReactNode } from 'react';
import { assetName } from '../../lib/format.ts';
import { poolText as text } from '../../lib/messages/pool.ts';
import { format } from '../../lib/messages.ts';
import { humane, price, signedPercent } from './numbers.ts';
import { PriceTrack } from './PriceTrack.tsx';
import type { PoolSeries } from './series.ts';
import { depthOf, feesOf, growthPerShare, isDrained, priceOf, tradesOf } from './trade.ts';

export interface FactsProps {
  readonly series: PoolSeries;
  readonly count: number;
  readonly durationUs: number;
}

/** What the pool is worth knowing for at this moment, in numbers. */
export function Facts({ count, durationUs, series }: FactsProps) {
  const now = series.states[count - 1]!;
  const before = series.states[0]!;
  const trades = tradesOf(series.states.slice(0, count));
  const { fee0, fee1 } = feesOf(trades);
  const names = { asset0: assetName(series.asset0), asset1: assetName(series.asset1) };
  const change = isDrained(before) ? Number.NaN : priceOf(now) / priceOf(before) - 1;
  const growth = growthPerShare(before, now);
  return (
    <dl className="grid gap-2.5 text-sm @max-xl:@md:gap-1.5 @max-xl:@md:text-xs">
      <Fact term={text.price} value={format(text.priceIs, { ...names, price: price(priceOf(now)) })}>
        {Number.isFinite(change) && format(text.sinceStart, { change: signedPercent(change) })}
      </Fact>
      <div>
        <dt className="sr-only">{text.price}</dt>
        <dd>
          <PriceTrack series={series} count={count} durationUs={durationUs} />
        </dd>
      </div>
      <Fact term={text.depth} value={format(text.depthIs, { ...names, amount: humane(depthOf(now)) })} />
      <Fact
        term={text.fees}
        title={format(text.feesTitle, { swaps: trades.length })}
        value={
          trades.length === 0
            ? text.feesNone
            : format(text.feesAre, { ...names, fee0: humane(fee0), fee1: humane(fee1) })
        }
      />
      {Number.isFinite(growth) && (
        <Fact term={text.growth} title={text.growthTitle} value={signedPercent(growth)} />
      )}
    </dl>
  );
}

function Fact(props: {
  readonly term: string;
  readonly value: string;
  readonly title?: string;
  readonly children?: ReactNode;
}) {
  return (
    <div title={props.title}>
      <dt className="text-xs text-ink-3">{props.term}</dt>
      <dd className="text-ink tabular-nums">
        {props.value}
        {props.children && <span className="block text-xs text-ink-2">{props.children}</span>}
      </dd>
    </div>
  );
}
