import type { BlockRun, ImportReport } from '../../../engine/api/index.ts';
import { formatShare } from '../../lib/format.ts';
import { realBlockText as text } from '../../lib/messages/realBlock.ts';
import { format } from '../../lib/messages.ts';
import { blockKeyWords } from '../../lib/realBlockWords.ts';
import { type ImportedBlock, importChanges } from '../../store/importedBlock.ts';
import { useRuns } from '../../store/runs.ts';
import { Change } from './Change.tsx';
import { FeeSwitch } from './FeeSwitch.tsx';
import { chainsOfFile } from './figures.ts';
import { recipientName } from './names.ts';

/** The longest chain with the fee recipient and without, and why; of a changed block, what became of it. */
export function Figures({ imported, run }: { readonly imported: ImportedBlock; readonly run: BlockRun }) {
  const { report } = imported;
  const history = useRuns((state) => state.history);
  const changes = importChanges(history, run.blockId);
  const changed = changes.length > 0;
  return (
    <section aria-label={text.figures} className="flex min-w-0 flex-col gap-2.5">
      <FeeSwitch report={report} run={run} changed={changed} />
      {changed ? <Change imported={imported} run={run} changes={changes} /> : <Why report={report} />}
    </section>
  );
}

/** From one chain to many in a few sentences, made of the block's own figures. */
function Why({ report }: { readonly report: ImportReport }) {
  const [hottest] = report.hottestKeys;
  const { exempt, tracked } = chainsOfFile(report);
  const why = tracked.path === tracked.transactions ? text.whyAll : text.whyMost;
  const left = hottest !== undefined && hottest.writers >= exempt.path ? text.left : text.leftMany;
  return (
    <div className="flex flex-col gap-1 text-sm leading-snug text-pretty text-ink-2" data-testid="why">
      <p>
        {report.feeRecipient === null || tracked.path === exempt.path
          ? text.whyNone
          : format(why, { recipient: recipientName(report.feeRecipient) })}
      </p>
      {hottest !== undefined && hottest.writers > 1 && (
        <p>
          {format(left, { key: blockKeyWords(hottest.key), writers: hottest.writers })}{' '}
          {format(text.independent, { share: formatShare(report.independentShare) })}
        </p>
      )}
    </div>
  );
}
