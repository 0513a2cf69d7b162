import type { BlockRun } from '../../../engine/api/index.ts';
import { formatCount, formatFactor } from '../../lib/format.ts';
import { format } from '../../lib/messages.ts';
import { galleryText as text } from '../../lib/messages/gallery.ts';

/** The block that tells most: the one whose longest chain takes the largest part of it; the earliest of equals. */
export function tellingRun(runs: readonly BlockRun[]): BlockRun | null {
  let telling: BlockRun | null = null;
  for (const run of runs) if (telling === null || chainShare(run) > chainShare(telling)) telling = run;
  return telling;
}

function chainShare({ metrics }: BlockRun): number {
  return metrics.criticalPath / Math.max(1, metrics.transactions);
}

export interface Figure {
  readonly name: string;
  readonly hint: string;
  readonly value: string;
  /** As it is read aloud, where that differs. */
  readonly spoken: string;
}

/** How much there is; transactions are counted in the runs, so before them only the blocks are known. */
export function sizeOf(blocks: number, runs: readonly BlockRun[]): string {
  const size = blocks === 1 ? text.block : format(text.blocks, { count: blocks });
  if (runs.length === 0) return size;
  const transactions = runs.reduce((sum, run) => sum + run.metrics.transactions, 0);
  return format(text.size, {
    blocks: size,
    transactions: format(text.transactions, { count: formatCount(transactions) }),
  });
}

/** What a card says of its runs; every number was measured in them. */
export function figuresOf(runs: readonly BlockRun[]): readonly Figure[] {
  const series = (name: string, hint: string, values: readonly string[]): Figure => ({
    name,
    hint,
    value: joined(text.next, values),
    spoken: joined(text.nextSpoken, values),
  });
  return [
    series(
      text.path,
      text.pathHint,
      runs.map((run) => formatCount(run.metrics.criticalPath)),
    ),
    series(
      text.ideal,
      text.idealHint,
      runs.map((run) => formatFactor(run.metrics.idealSpeedup)),
    ),
  ];
}

function joined(pattern: string, values: readonly string[]): string {
  return values.slice(1).reduce((from, to) => format(pattern, { from, to }), values[0] ?? '–');
}

/** The drawing in words, for those who do not see it. */
export function drawingWords(title: string, { height, workers, metrics }: BlockRun): string {
  const { aborts, criticalPath } = metrics;
  return format(text.drawing, {
    height,
    title,
    cores: workers,
    path: criticalPath,
    aborts:
      aborts === 0 ? text.noAborts : aborts === 1 ? text.oneAbort : format(text.aborts, { count: aborts }),
  });
}
