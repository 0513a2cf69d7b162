import type { BlockRun, ImportReport } from '../../../engine/api/index.ts';
import { formatCount, formatShare } from '../../lib/format.ts';
import { realBlockText as text } from '../../lib/messages/realBlock.ts';
import { format } from '../../lib/messages.ts';
import { blockKeyWords, importTitle } from '../../lib/realBlockWords.ts';
import { type ImportedBlock, importChanges } from '../../store/importedBlock.ts';
import { useRuns } from '../../store/runs.ts';
import { Change } from './Change.tsx';
import { chainsOfFile } from './figures.ts';
import { FeeSwitch } from './FeeSwitch.tsx';
import { Marks } from './Marks.tsx';
import { recipientName } from './names.ts';

/** Which block it is, its longest chain with the fee recipient and without, and why. */
export function Figures({ imported, run }: { readonly imported: ImportedBlock; readonly run: BlockRun }) {
  const { report } = imported;
  const history = useRuns((state) => state.history);
  const changes = importChanges(history, run.blockId);
  return (
    <section aria-label={importTitle(report)} className="flex min-w-0 flex-col gap-3">
      <div>
        <h3 className="text-base font-semibold tracking-tight">{importTitle(report)}</h3>
        <p className="text-xs leading-snug text-ink-3">{aboutFile(report)}</p>
      </div>
      <FeeSwitch report={report} run={run} />
      {changes.length === 0 ? (
        <Why report={report} />
      ) : (
        <Change imported={imported} run={run} changes={changes} />
      )}
      <Marks run={run} />
    </section>
  );
}

function aboutFile({ indexConvention, keys, reference, transactions }: ImportReport): string {
  const about = format(text.about, {
    transactions: formatCount(transactions),
    keys: formatCount(keys),
    kind: text.kinds[reference.kind],
  });
  if (indexConvention === null) return about;
  return format(text.aboutConvention, { about, convention: text.conventions[indexConvention] });
}

/** From one chain to many in two sentences, made of the block's own figures. */
function Why({ report }: { readonly report: ImportReport }) {
  const [hottest] = report.hottestKeys;
  const path = chainsOfFile(report).exempt.path;
  const left =
    hottest === undefined || hottest.writers < 2 ? '' : hottest.writers >= path ? text.left : text.leftMany;
  return (
    <div className="flex flex-col gap-1 text-sm leading-snug text-pretty text-ink-2" data-testid="why">
      <p>
        {report.feeRecipient === null
          ? text.whyNone
          : format(text.why, { recipient: recipientName(report.feeRecipient) })}
      </p>
      {hottest !== undefined && left !== '' && (
        <p>{format(left, { key: blockKeyWords(hottest.key), writers: hottest.writers })}</p>
      )}
      <p>{format(text.independent, { share: formatShare(report.independentShare) })}</p>
    </div>
  );
}
