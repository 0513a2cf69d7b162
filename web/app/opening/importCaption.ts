import type { BlockRun } from '../../../engine/api/index.ts';
import { formatCount, formatFactor } from '../../lib/format.ts';
import { realBlockText as text } from '../../lib/messages/realBlock.ts';
import { format } from '../../lib/messages.ts';
import { importTitle } from '../../lib/realBlockWords.ts';
import type { ImportedBlock } from '../../store/importedBlock.ts';

/** What is to be seen of a real block, from its recorded run; null where there is none, or its answer is wrong. */
export function importCaption(imported: ImportedBlock | null, run: BlockRun | null): string | null {
  if (imported === null || run === null || !run.matchesOracle) return null;
  const { waves } = run.graph;
  const transactions = run.transactions.length;
  return format(run.execution.feeRecipient === 'tracked' ? text.captionTracked : text.captionExempt, {
    title: importTitle(imported.report),
    transactions: formatCount(transactions),
    waves: formatCount(waves),
    best: formatFactor(waves > 0 ? transactions / waves : 0),
  });
}
