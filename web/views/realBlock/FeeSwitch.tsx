import { useId } from 'react';
import type { BlockRun, ImportReport } from '../../../engine/api/index.ts';
import { formatCount, formatFactor } from '../../lib/format.ts';
import { realBlockText as text } from '../../lib/messages/realBlock.ts';
import { format } from '../../lib/messages.ts';
import { useRuns } from '../../store/runs.ts';
import { session } from '../../store/session.ts';
import { barWidth, type Chain, chainsOfFile, type FeeRecipient } from './figures.ts';

const ORDER: readonly FeeRecipient[] = ['tracked', 'exempt'];

/**
 * The two longest chains of the file, in scale, as the switch between them: the chosen one is executed and on stage. The
 * same as the executor's knob.
 */
export function FeeSwitch({
  changed,
  report,
  run,
}: {
  readonly report: ImportReport;
  readonly run: BlockRun;
  /** The block on stage is no longer the file's: the figures here still are. */
  readonly changed: boolean;
}) {
  const name = useId();
  const chains = chainsOfFile(report);
  const ghost = useRuns((state) => state.ghost);
  const shown = run.execution.feeRecipient;
  return (
    <div role="radiogroup" aria-label={text.switchLabel} className="flex flex-col gap-1.5">
      {ORDER.map((way) => (
        <ChainRow
          key={way}
          way={way}
          group={name}
          chain={chains[way]}
          chosen={shown === way}
          changed={changed}
          behind={ghost !== null && ghost.blockId === run.blockId && ghost.execution.feeRecipient === way}
        />
      ))}
    </div>
  );
}

function ChainRow({
  behind,
  chain,
  changed,
  chosen,
  group,
  way,
}: {
  readonly way: FeeRecipient;
  readonly group: string;
  readonly chain: Chain;
  readonly chosen: boolean;
  readonly changed: boolean;
  readonly behind: boolean;
}) {
  const { best, path, transactions } = chain;
  const factor = formatFactor(best);
  return (
    <label className="group relative grid cursor-pointer grid-cols-[4.4rem_minmax(0,1fr)] items-center gap-x-3 rounded-2 border border-line px-2.5 py-1.5 transition-colors hover:border-line-strong has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
      <input
        type="radio"
        name={group}
        value={way}
        checked={chosen}
        aria-label={format(text.rowLabel, { name: text[way], path, transactions, factor })}
        className="absolute inset-0 cursor-pointer opacity-0"
        onChange={() => void session.changeExecution({ feeRecipient: way })}
      />
      <span
        aria-hidden="true"
        data-testid={`path-${way}`}
        className="text-right text-3xl leading-none font-semibold tracking-tight text-ink"
      >
        {formatCount(path)}
      </span>
      <span aria-hidden="true" className="flex min-w-0 flex-col gap-1">
        <span className="flex items-baseline justify-between gap-2 text-xs">
          <span className={chosen ? 'text-ink' : 'text-ink-2'}>{text[way]}</span>
        </span>
        <span className="relative h-1.5 rounded-full bg-surface-3">
          <span
            className={`absolute inset-y-0 left-0 rounded-full ${chosen ? 'bg-accent' : 'bg-ink-3'}`}
            style={{ width: barWidth(path, transactions) }}
          />
        </span>
        <span className="flex items-baseline justify-between gap-2 text-xs text-ink-2">
          <span className="truncate" title={text.bestTitle}>
            {text.chain}, {format(text.best, { factor })}
          </span>
          <span className={chosen ? 'font-medium text-accent' : ''}>
            {chosen ? (changed ? text.onStageChanged : text.onStage) : behind && !changed ? text.behind : ''}
          </span>
        </span>
      </span>
    </label>
  );
}
