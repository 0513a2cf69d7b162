import type { BlockRun } from '../../../engine/api/index.ts';
import { formatCount, formatShare, formatUs } from '../../lib/format.ts';
import { format } from '../../lib/messages.ts';
import { workerTimelineText as text } from '../../lib/messages/workerTimeline.ts';

/** The panel in one sentence. */
export function summaryWords(run: BlockRun): string {
  const { metrics, workers } = run;
  const { aborts } = metrics;
  return format(text.summary, {
    workers: workers === 1 ? text.workersOne : format(text.workersMany, { workers }),
    executions: formatCount(metrics.executions),
    aborts:
      aborts === 0
        ? text.abortsNone
        : aborts === 1
          ? text.abortsOne
          : format(text.abortsMany, { aborts: formatCount(aborts) }),
    useful: formatShare(metrics.usefulShare),
    duration: formatUs(metrics.durationUs),
    clock: run.clock === 'measured' ? text.clockMeasured : text.clockVirtual,
  });
}
