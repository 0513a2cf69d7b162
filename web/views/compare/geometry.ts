import type { BlockRun, RunMetrics } from '../../../engine/api/index.ts';
import { formatCount, formatFactor, formatShare } from '../../lib/format.ts';
import { format } from '../../lib/messages.ts';
import { compareMessages as text } from '../../lib/messages/compare.ts';

type MetricName = keyof typeof text.metrics & keyof RunMetrics;

/** One metric of two runs as a pair of bars: shares of the longer one, and what they say. */
export interface BarPair {
  readonly metric: MetricName;
  readonly left: string;
  readonly right: string;
  /** Lengths from 0 to 1. */
  readonly leftShare: number;
  readonly rightShare: number;
}

const counts: readonly MetricName[] = ['aborts', 'executions', 'criticalPath', 'idealSpeedup'];
const timings: readonly MetricName[] = ['speedup', 'usefulShare'];

/** Timings of both runs may be shown and compared: neither differs from the oracle, and one clock. */
export function timingsCompare(left: BlockRun, right: BlockRun): boolean {
  return left.matchesOracle && right.matchesOracle && left.clock === right.clock;
}

/** The metrics of two runs, a pair of bars each; timings only where they may be compared. */
export function barPairs(left: BlockRun, right: BlockRun): readonly BarPair[] {
  const metrics = timingsCompare(left, right) ? [...counts, ...timings] : counts;
  return metrics.map((metric) => {
    const pair = [finite(left.metrics[metric]), finite(right.metrics[metric])] as const;
    // A share is out of one; the others are drawn against the larger of the two.
    const full = metric === 'usefulShare' ? 1 : Math.max(...pair);
    const share = (value: number): number => (full > 0 ? Math.min(1, Math.max(0, value / full)) : 0);
    return {
      metric,
      left: formatMetric(metric, left.metrics[metric]),
      right: formatMetric(metric, right.metrics[metric]),
      leftShare: share(pair[0]),
      rightShare: share(pair[1]),
    };
  });
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

function formatMetric(metric: MetricName, value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (metric === 'usefulShare') return formatShare(value);
  return metric === 'speedup' || metric === 'idealSpeedup' ? formatFactor(value) : formatCount(value);
}

/** What changed from left to right, in one sentence: "11 more aborts, critical path 12 → 171." */
export function changeSentence(left: BlockRun, right: BlockRun): string {
  const more = right.metrics.aborts - left.metrics.aborts;
  const count = formatCount(Math.abs(more));
  const aborts =
    more === 0
      ? text.sameAborts
      : more > 0
        ? more === 1
          ? text.moreAbort
          : format(text.moreAborts, { count })
        : more === -1
          ? text.fewerAbort
          : format(text.fewerAborts, { count });
  const change = (metric: MetricName): { from: string; to: string } => ({
    from: formatMetric(metric, left.metrics[metric]),
    to: formatMetric(metric, right.metrics[metric]),
  });
  const path = change('criticalPath');
  const parts = [aborts, format(path.from === path.to ? text.pathSame : text.pathChange, path)];
  const speed = change('speedup');
  if (timingsCompare(left, right) && speed.from !== speed.to) parts.push(format(text.speedChange, speed));
  const joined = parts.join(', ');
  return format(text.sentence, { parts: joined.charAt(0).toUpperCase() + joined.slice(1) });
}
