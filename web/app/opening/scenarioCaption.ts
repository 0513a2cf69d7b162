import type { BlockRun } from '../../../engine/api/index.ts';
import { formatFactor } from '../../lib/format.ts';
import { format } from '../../lib/messages.ts';
import { isAsOpened, type OpenedChain } from '../../store/openedScenario.ts';

/**
 * What the opened scenario says while this block plays, with the figures of the recorded run; null when it says nothing, or
 * when the block is no longer the one it speaks of. A name that stands for no figure stays as it was written.
 */
export function scenarioCaption(opened: OpenedChain | null, run: BlockRun | null): string | null {
  if (run === null || !run.matchesOracle || !isAsOpened(opened, run.blockId)) return null;
  const texts = (opened?.scenario.captions ?? [])
    .filter(({ height }) => height === run.height)
    .map(({ text }) => text);
  return texts.length === 0 ? null : format(texts.join(' '), figuresOf(run));
}

/** Figures that a caption may name, as people read them. */
function figuresOf({ metrics, workers }: BlockRun): Readonly<Record<string, string>> {
  return Object.assign(Object.create(null) as Record<string, string>, {
    transactions: String(metrics.transactions),
    executions: String(metrics.executions),
    aborts: String(metrics.aborts),
    reverted: String(metrics.reverted),
    criticalPath: String(metrics.criticalPath),
    idealSpeedup: formatFactor(metrics.idealSpeedup),
    speedup: formatFactor(metrics.speedup),
    workers: String(workers),
  });
}
