import { useEffect, useState } from 'react';
import type { BlockRun } from '../../../engine/api/index.ts';
import { assetName } from '../../lib/format.ts';
import { poolText as text } from '../../lib/messages/pool.ts';
import { realBlockText } from '../../lib/messages/realBlock.ts';
import { format } from '../../lib/messages.ts';
import { useImported } from '../../store/importedBlock.ts';
import { useRuns } from '../../store/runs.ts';
import { useSelection } from '../../store/selection.ts';
import { CurveChart } from './CurveChart.tsx';
import { Empty } from './Empty.tsx';
import { Facts } from './Facts.tsx';
import { PoolCards } from './PoolCards.tsx';
import { firstPool, poolChangedBy, referenceOf } from './references.ts';
import { SwapCard } from './SwapCard.tsx';
import { type PoolSeries, POOLS_TABLE } from './series.ts';
import { isDrained, tradesOf } from './trade.ts';
import { usePools, useStatesBy } from './usePools.ts';

/** The pools of the exchange: each a point on its curve, moved by the swaps the block committed. */
export default function Pools() {
  const run = useRuns((state) => state.run);
  const real = useImported((state) => state.imported !== null);
  const { answer, retry } = usePools(run);
  if (run === null) return <Empty title={text.noRunTitle} line={text.noRun} />;
  if (answer.kind === 'loading') return <p className="p-4 text-sm text-ink-3">{text.loading}</p>;
  if (answer.kind === 'failed') return <Empty title={text.failedTitle} line={answer.message} retry={retry} />;
  if (answer.pools.length === 0) {
    return real ? (
      <Empty title={realBlockText.noPoolsTitle} line={realBlockText.noPools} />
    ) : (
      <Empty title={text.noPoolsTitle} line={text.noPools} />
    );
  }
  return <Market run={answer.run} pools={answer.pools} onStage={answer.run === run} />;
}

interface MarketProps {
  readonly run: BlockRun;
  readonly pools: readonly PoolSeries[];
  readonly onStage: boolean;
}

function Market({ onStage, pools, run }: MarketProps) {
  const [wanted, setWanted] = useState<number | null>(null);
  const linked = useLinkedPool(run, pools);
  useEffect(() => {
    if (linked !== null) setWanted(linked);
  }, [linked]);
  const series = pools.find((one) => one.pool === wanted) ?? firstPool(pools)!;
  return (
    <div className="@container flex h-full min-h-0 flex-col bg-surface-1">
      <div className="flex shrink-0 items-baseline gap-2 px-3 pt-1 text-sm">
        <label className="flex items-baseline gap-2">
          <span className="sr-only">{text.pick}</span>
          <select
            value={series.pool}
            onChange={(event) => setWanted(Number(event.target.value))}
            className="rounded-1 border border-line bg-surface-2 px-1.5 py-0.5 font-semibold text-ink hover:border-line-strong"
          >
            {pools.map(({ pool }) => (
              <option key={pool} value={pool}>
                {format(text.pool, { pool })}
              </option>
            ))}
          </select>
        </label>
        <span className="text-ink-2">
          {format(text.pair, { asset0: assetName(series.asset0), asset1: assetName(series.asset1) })}
        </span>
      </div>
      <OnePool key={series.pool} {...{ run, pools, series, onStage }} />
      <PoolCards pools={pools} chosen={series.pool} onStage={onStage} onChoose={setWanted} />
    </div>
  );
}

function OnePool({ onStage, pools, run, series }: MarketProps & { readonly series: PoolSeries }) {
  const count = useStatesBy(series, onStage);
  const selected = useSelection((state) => state.tx);
  if (series.hugeDigits > 0) {
    return (
      <Empty
        title={text.hugeTitle}
        line={format(text.huge, { pool: series.pool, digits: series.hugeDigits })}
      />
    );
  }
  if (isDrained(series.states[count - 1])) {
    return <Empty title={text.drainedTitle} line={format(text.drained, { pool: series.pool })} />;
  }
  const trades = tradesOf(series.states);
  const trade = trades.find((one) => one.tx === selected) ?? null;
  const done = trades.filter((one) => series.states.findIndex((state) => state.tx === one.tx) < count).length;
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-x-2 @max-md:overflow-y-auto @md:flex-row">
      <div className="flex min-h-64 min-w-0 flex-1 @md:min-h-0">
        <CurveChart series={series} count={count} reference={referenceOf(pools, series)} trade={trade} />
      </div>
      <aside className="flex shrink-0 flex-col gap-3 px-3 py-1 @md:w-42 @md:overflow-y-auto @md:pl-1 @xl:w-60 @xl:pl-3">
        <Facts series={series} count={count} durationUs={run.metrics.durationUs} />
        <SwapCard run={run} series={series} trades={trades} trade={trade} done={done} />
      </aside>
    </div>
  );
}

/** The pool that the selected transaction changed, or that the selected key names. */
function useLinkedPool(run: BlockRun, pools: readonly PoolSeries[]): number | null {
  const tx = useSelection((state) => state.tx);
  const key = useSelection((state) => state.key);
  const info = key === null ? undefined : run.keys[key];
  if (
    info !== undefined &&
    `${info.module}/${info.table}` === POOLS_TABLE &&
    typeof info.parts[0] === 'number'
  ) {
    return info.parts[0];
  }
  return poolChangedBy(pools, tx);
}
