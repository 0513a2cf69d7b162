import { useEffect, useMemo, useRef, useState } from 'react';
import type { BlockRun } from '../../../engine/api/index.ts';
import { formatFactor, formatRate, formatShare, formatUs } from '../../lib/format.ts';
import { format } from '../../lib/messages.ts';
import { throughput as text } from '../../lib/messages/throughput.ts';
import { pathTo } from '../../store/historyPath.ts';
import { latestRunOf } from '../../store/runCache.ts';
import { useRuns } from '../../store/runs.ts';
import { limitOf } from './geometry.ts';
import { RulerChart } from './RulerChart.tsx';
import { Sparkline } from './Sparkline.tsx';

const BLOCKS_SHOWN = 40;

/** How fast the block ran, against one core, what the hardware allows and what the conflicts allow. */
export function View() {
  const run = useRuns((state) => state.run);
  const ghost = useRuns((state) => state.ghost);
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const box = frame.current;
    if (box === null) return;
    const observer = new ResizeObserver(() => setWidth(box.clientWidth));
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  return (
    <div
      ref={frame}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
      tabIndex={0}
      className="flex h-full flex-col gap-3 overflow-y-auto px-4 pt-1 pb-4"
    >
      {run === null ? (
        <p className="text-sm text-ink-3">{text.none}</p>
      ) : !run.matchesOracle ? (
        <p role="alert" className="text-sm text-bad">
          {text.differs}
        </p>
      ) : (
        width > 0 && <Figures run={run} ghost={ghost?.matchesOracle ? ghost : null} width={width - 32} />
      )}
    </div>
  );
}

function Figures({
  run,
  ghost,
  width,
}: {
  readonly run: BlockRun;
  readonly ghost: BlockRun | null;
  readonly width: number;
}) {
  const { metrics } = run;
  const history = useRuns((state) => state.history);
  const recent = useMemo(() => {
    if (history === null) return [];
    return pathTo(history, run.blockId)
      .slice(-BLOCKS_SHOWN)
      .flatMap((node) => {
        const kept = node.blockId === run.blockId ? run : latestRunOf(node.blockId);
        return kept?.matchesOracle ? [{ height: node.height, factor: kept.metrics.speedup }] : [];
      });
  }, [history, run]);
  const sequential = run.execution.executor === 'sequential';
  return (
    <>
      <div>
        <p
          className={`text-lg leading-tight font-semibold ${!sequential && metrics.speedup < 1 ? 'text-warn' : ''}`}
        >
          {sequential
            ? text.sequential
            : format(metrics.speedup >= 1 ? text.faster : text.slower, {
                factor: formatFactor(metrics.speedup),
              })}
        </p>
        {!sequential && <p className="mt-0.5 text-xs leading-snug text-ink-2">{limitSentence(run)}</p>}
      </div>
      <RulerChart metrics={metrics} ghost={ghost?.metrics ?? null} width={width} />
      <dl className="grid grid-cols-[repeat(auto-fit,minmax(8.5rem,1fr))] gap-x-4 gap-y-2">
        <Figure
          name={text.rate}
          value={formatRate(metrics.transactionsPerSecond)}
          note={format(text.sequentialRate, {
            rate: formatRate(
              metrics.sequentialUs > 0 ? (metrics.transactions / metrics.sequentialUs) * 1e6 : 0,
            ),
          })}
        />
        <Figure
          name={text.took}
          value={formatUs(metrics.durationUs)}
          note={run.clock === 'virtual' ? text.virtual : text.measured}
        />
      </dl>
      <p className="text-xs text-ink-2">{format(text.useful, { share: formatShare(metrics.usefulShare) })}</p>
      {recent.length > 1 && <Sparkline points={recent} width={width} />}
    </>
  );
}

function limitSentence({ metrics, workers, execution }: BlockRun): string {
  const sentences = {
    cores: text.limitCores,
    chain: text.limitChain,
    overhead: execution.executor === 'moduleLanes' ? text.limitLanes : text.limitOver,
    busy: text.limitBusy,
  };
  return format(sentences[limitOf(metrics, workers)], {
    workers,
    path: metrics.criticalPath,
    ceiling: formatFactor(metrics.hardwareCeiling),
    ideal: formatFactor(metrics.idealSpeedup),
  });
}

function Figure({
  name,
  value,
  note,
}: {
  readonly name: string;
  readonly value: string;
  readonly note: string;
}) {
  return (
    <div>
      <dt className="text-xs text-ink-3">{name}</dt>
      <dd className="text-base">
        {value} <span className="block text-xs text-ink-3">{note}</span>
      </dd>
    </div>
  );
}
