import type { BlockRun } from '../../../engine/api/index.ts';
import { Button } from '../../components/Button.tsx';
import { formatCount, formatFactor } from '../../lib/format.ts';
import { realBlockText as text } from '../../lib/messages/realBlock.ts';
import { format } from '../../lib/messages.ts';
import { listedKeyWords } from '../../lib/realBlockWords.ts';
import type { ImportChange, ImportedBlock } from '../../store/importedBlock.ts';
import { latestRunOf } from '../../store/runCache.ts';
import { session } from '../../store/session.ts';
import { barWidth, type Chain, chainOfRun, chainsOfFile } from './figures.ts';
import { addressName } from './names.ts';

export interface ChangeProps {
  readonly imported: ImportedBlock;
  readonly run: BlockRun;
  readonly changes: readonly ImportChange[];
}

/** What was changed about the block, and what that made of its longest chain: both as recorded. */
export function Change({ changes, imported, run }: ChangeProps) {
  const before = chainBefore(imported, run);
  const after = chainOfRun(run);
  const label = format(text.changedRow, {
    before: before.path,
    beforeTransactions: before.transactions,
    after: after.path,
    afterTransactions: after.transactions,
  });
  return (
    <section
      aria-label={text.changedTitle}
      data-testid="changed"
      className="flex flex-col gap-2 rounded-2 border border-line-strong bg-surface-2 px-2.5 py-2"
    >
      <div className="flex items-start justify-between gap-2">
        <ul className="flex flex-col gap-0.5 text-sm font-medium text-ink">
          {changes.map((change) => (
            <li key={`${change.kind} ${change.kind === 'splitKey' ? change.key : change.address}`}>
              {changeWords(change)}
            </li>
          ))}
        </ul>
        <Button
          look="quiet"
          icon="replay"
          className="-my-1 text-xs!"
          title={text.backToFile}
          onClick={() => void session.unchangedBlock()}
        >
          {text.back}
        </Button>
      </div>
      <div role="img" aria-label={label} title={label} className="flex flex-col gap-1">
        <ChainBar name={text.before} chain={before} whole={before.transactions} className="bg-ghost" />
        <ChainBar name={text.after} chain={after} whole={before.transactions} className="bg-accent" />
      </div>
      {after.path >= before.path && after.transactions === before.transactions && (
        <p className="text-xs leading-snug text-ink-2">
          {run.execution.granularity === 'account' ? text.noSplitAccount : text.moved}
        </p>
      )}
    </section>
  );
}

function ChainBar({
  chain,
  className,
  name,
  whole,
}: {
  readonly name: string;
  readonly chain: Chain;
  readonly whole: number;
  readonly className: string;
}) {
  return (
    <div className="grid grid-cols-[3rem_2.6rem_minmax(0,1fr)_auto] items-center gap-x-2 text-xs">
      <span className="text-ink-3">{name}</span>
      <span className="text-right text-base leading-none font-semibold text-ink">
        {formatCount(chain.path)}
      </span>
      <span className="relative h-1.5 rounded-full bg-surface-3">
        <span
          className="absolute inset-y-0 left-0 rounded-full bg-line-strong"
          style={{ width: barWidth(chain.transactions, whole) }}
        />
        <span
          className={`absolute inset-y-0 left-0 rounded-full ${className}`}
          style={{ width: barWidth(chain.path, whole) }}
        />
      </span>
      <span className="text-ink-3">
        {format(text.ofTransactions, {
          transactions: formatCount(chain.transactions),
          factor: formatFactor(chain.best),
        })}
      </span>
    </div>
  );
}

/** The unchanged block as it was recorded under the same treatment of fees, else as the file says. */
function chainBefore({ blockId, report }: ImportedBlock, { execution }: BlockRun): Chain {
  const recorded = blockId === null ? null : latestRunOf(blockId, execution);
  return recorded === null ? chainsOfFile(report)[execution.feeRecipient] : chainOfRun(recorded);
}

function changeWords(change: ImportChange): string {
  return change.kind === 'splitKey'
    ? format(text.splitChange, { key: listedKeyWords(change.key), ways: change.ways })
    : format(text.keepChange, { address: addressName(change.address) });
}
