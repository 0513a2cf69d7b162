import type { BlockRun } from '../../../engine/api/index.ts';
import { accountName, assetName } from '../../lib/format.ts';
import { poolText as text } from '../../lib/messages/pool.ts';
import { format } from '../../lib/messages.ts';
import { useSelection } from '../../store/selection.ts';
import { humane, percent, price } from './numbers.ts';
import type { PoolSeries } from './series.ts';
import type { Trade } from './trade.ts';

export interface SwapCardProps {
  readonly run: BlockRun;
  readonly series: PoolSeries;
  /** All trades of this pool in the block. */
  readonly trades: readonly Trade[];
  /** The selected one, or null. */
  readonly trade: Trade | null;
  /** Trades committed by the moment. */
  readonly done: number;
}

/** The trade in hand: what it paid, and why that was worse than the price before it. */
export function SwapCard({ done, run, series, trade, trades }: SwapCardProps) {
  const at = trade === null ? -1 : trades.indexOf(trade);
  const step = (by: number): void => {
    const from = trade === null ? (by > 0 ? done - 2 : done) : at;
    const next = trades[Math.min(Math.max(from + by, 0), trades.length - 1)];
    if (next !== undefined) useSelection.getState().selectTx(next.tx);
  };
  return (
    <section className="grid gap-2 border-t border-line pt-2.5 text-sm">
      <div className="flex items-center justify-between gap-2">
        <h3 className="font-semibold text-ink">
          {trade === null
            ? format(text.swapCount, { done, count: trades.length })
            : format(text.swap, { tx: trade.tx })}
        </h3>
        <div className="flex">
          <StepButton
            label={text.previous}
            path="M10 3.5 5.5 8l4.5 4.5"
            disabled={trades.length === 0 || at === 0}
            onStep={() => step(-1)}
          />
          <StepButton
            label={text.next}
            path="M6 3.5 10.5 8 6 12.5"
            disabled={trades.length === 0 || (at >= 0 && at === trades.length - 1)}
            onStep={() => step(1)}
          />
        </div>
      </div>
      {trade === null ? (
        <p className="text-xs text-ink-3">{trades.length === 0 ? text.noSwaps : text.selectSwap}</p>
      ) : (
        <Paid run={run} series={series} trade={trade} committed={at < done} />
      )}
    </section>
  );
}

function Paid({
  committed,
  run,
  series,
  trade,
}: {
  readonly run: BlockRun;
  readonly series: PoolSeries;
  readonly trade: Trade;
  readonly committed: boolean;
}) {
  const assets = trade.sells === 0 ? [series.asset0, series.asset1] : [series.asset1, series.asset0];
  const shares = {
    fee: percent(trade.feeShare),
    impact: percent(trade.impactShare),
    share: percent(trade.costShare),
  };
  return (
    <>
      <p className="text-ink-2">
        {format(text.swapSells, {
          sender: accountName(run.transactions[trade.tx]?.sender ?? 0),
          amountIn: humane(trade.amountIn),
          assetIn: assetName(assets[0]!),
          amountOut: humane(trade.amountOut),
          assetOut: assetName(assets[1]!),
        })}
      </p>
      {!committed && <p className="text-xs text-ink-3">{text.swapUncommitted}</p>}
      <dl className="grid grid-cols-[1fr_auto] gap-x-3 text-xs tabular-nums">
        <PriceRow term={text.spot} value={trade.priceBefore} />
        <PriceRow term={text.paid} value={trade.pricePaid} strong />
        <PriceRow term={text.after} value={trade.priceAfter} />
      </dl>
      <div role="img" aria-label={format(text.cost, shares)} className="grid gap-1 text-xs">
        <div className="flex h-2.5 gap-px overflow-hidden rounded-1 bg-surface-3">
          <span className="bg-warn" style={{ width: `${(trade.feeShare / trade.costShare) * 100}%` }} />
          <span
            className="bg-[repeating-linear-gradient(135deg,var(--mod-amm)_0_3px,transparent_3px_5px)]"
            style={{ width: `${(trade.impactShare / trade.costShare) * 100}%` }}
          />
        </div>
        <div className="flex justify-between gap-2 text-ink-2 tabular-nums">
          <span>{format(text.fee, { share: shares.fee })}</span>
          <span>{format(text.impact, { share: shares.impact })}</span>
        </div>
      </div>
    </>
  );
}

function PriceRow({
  strong = false,
  term,
  value,
}: {
  readonly term: string;
  readonly value: number;
  readonly strong?: boolean;
}) {
  return (
    <>
      <dt className="text-ink-3">{term}</dt>
      <dd className={strong ? 'text-right font-semibold text-ink' : 'text-right text-ink-2'}>
        {price(value)}
      </dd>
    </>
  );
}

function StepButton(props: {
  readonly label: string;
  readonly path: string;
  readonly disabled: boolean;
  readonly onStep: () => void;
}) {
  return (
    <button
      type="button"
      aria-label={props.label}
      title={props.label}
      disabled={props.disabled}
      onClick={props.onStep}
      className="grid size-[24px] place-items-center rounded-1 text-ink-2 hover:bg-surface-3 hover:text-ink disabled:opacity-35"
    >
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        <path
          d={props.path}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.7"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
    </button>
  );
}
