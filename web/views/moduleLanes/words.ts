import type { BlockRun } from '../../../engine/api/index.ts';
import { describeSpan } from '../../components/canvas/spanWords.ts';
import type { TraceIndex } from '../../components/canvas/traceIndex.ts';
import { formatCount, formatUs } from '../../lib/format.ts';
import { format } from '../../lib/messages.ts';
import { moduleLanesText as text } from '../../lib/messages/moduleLanes.ts';
import { keyWords } from '../../lib/stateWords.ts';
import { getDescription } from '../../store/engine.ts';
import { foreignKeys, type Tracks } from './tracks.ts';

/** An execution in one sentence, with the other modules it met others in. */
export function describeExecution(run: BlockRun, index: TraceIndex, mark: number): string {
  const what = describeSpan(run, index, mark);
  const keys = [...foreignKeys(run, run.trace.tx[mark]!)].map(([module, found]) => {
    const key = run.keys[found[0]!];
    const values = { module, key: key ? keyWords(key, getDescription()) : '', more: found.length - 1 };
    return format(found.length > 1 ? text.reachesMore : text.reachesKey, values);
  });
  return keys.length === 0 ? what : format(text.reaches, { what, keys: keys.join(text.and) });
}

/** The panel in one sentence. */
export function summaryWords(run: BlockRun, lanes: Tracks): string {
  const modules = lanes.tracks.map((track) => {
    const values = {
      module: track.module,
      count: formatCount(track.transactions),
      visits: formatCount(track.visits.length),
    };
    if (track.transactions === 0) return format(text.moduleTouched, values);
    return format(track.transactions === 1 ? text.moduleOne : text.moduleMany, values);
  });
  return format(text.summary, {
    duration: formatUs(run.metrics.durationUs),
    clock: run.clock === 'measured' ? text.clockMeasured : text.clockVirtual,
    modules: modules.join(', '),
  });
}
