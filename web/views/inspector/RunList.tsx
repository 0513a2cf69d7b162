import { type ReactNode, useMemo } from 'react';
import type { BlockRun, IncarnationRecord, TransactionInspection } from '../../../engine/api/index.ts';
import { goToInstant, PhraseText } from '../../components/PhraseText.tsx';
import { formatUs } from '../../lib/format.ts';
import { format } from '../../lib/messages.ts';
import { inspectorMessages as text } from '../../lib/messages/inspector.ts';
import { CauseChain } from './CauseChain.tsx';
import { Accesses } from './Accesses.tsx';
import { explainAbort, explainSuspension } from './explain.ts';
import { runNumber } from './facts.ts';
import { StatusMark, toneColour, usePresent } from './parts.tsx';

/** The runs of a transaction in order, on a rail; the run that the clock is in is marked. */
export function RunList({
  run,
  of,
}: {
  readonly run: BlockRun;
  readonly of: TransactionInspection;
}): ReactNode {
  const present = usePresent(of.incarnations);
  return (
    <ol className="flex flex-col">
      {of.incarnations.map((record, i) => (
        <RunEntry
          key={`${record.incarnation} ${record.startUs}`}
          run={run}
          of={of}
          record={record}
          present={i === present}
          last={i === of.incarnations.length - 1}
        />
      ))}
    </ol>
  );
}

/** A start that was suspended is not a run. */
function nameOf(run: BlockRun, tx: number, record: IncarnationRecord): string {
  if (record.outcome === 'suspended') return text.start;
  return format(text.run, { number: runNumber(run, tx, record.incarnation) });
}

/** "12.1 µs – 14.3 µs", or the one instant where both read the same. */
function spanWords({ startUs, endUs }: IncarnationRecord): string {
  const [from, to] = [formatUs(startUs), formatUs(endUs)];
  return from === to ? from : format(text.span, { from, to });
}

function RunEntry({
  run,
  of,
  record,
  present,
  last,
}: {
  readonly run: BlockRun;
  readonly of: TransactionInspection;
  readonly record: IncarnationRecord;
  readonly present: boolean;
  readonly last: boolean;
}): ReactNode {
  const story = useMemo(() => explainAbort(run, of, record), [run, of, record]);
  const suspension = explainSuspension(record);
  return (
    <li className="relative pb-4 pl-5 last:pb-0">
      {!last && (
        <span aria-hidden="true" className="absolute top-3 bottom-0 left-[4px] w-px bg-line-strong" />
      )}
      <span
        aria-hidden="true"
        className="absolute top-[5px] left-0 size-[9px] rounded-full border-2"
        style={{
          borderColor: toneColour(record.outcome),
          background: present ? toneColour(record.outcome) : 'transparent',
        }}
      />
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <p className="text-ink text-sm">
          <span className="font-medium">{nameOf(run, of.transaction.index, record)}</span>
          <span className="text-ink-3 text-xs"> · {format(text.where, { worker: record.worker + 1 })}</span>
          {present && <span className="ml-2 rounded-1 bg-surface-3 px-1.5 text-ink text-xs">{text.now}</span>}
        </p>
        <StatusMark tone={record.outcome} label={text.outcome[record.outcome]} />
      </div>
      <button
        type="button"
        aria-label={format(text.goToLabel, { time: formatUs(record.startUs) })}
        title={text.goTo}
        onClick={() => goToInstant(record.startUs)}
        className="min-h-6 rounded-1 text-ink-3 text-xs hover:text-accent"
      >
        {spanWords(record)}
      </button>
      {story && <CauseChain run={run} story={story} readerRun={record} />}
      {suspension && (
        <p className="mt-1.5 rounded-r-2 border-st-suspend border-l-2 py-1 pl-3 text-ink-2 text-sm leading-relaxed">
          <PhraseText of={suspension} />
        </p>
      )}
      {(record.outcome !== 'suspended' || record.reads.length > 0) && (
        <Accesses
          run={run}
          of={record}
          open={record.outcome === 'committed' && of.incarnations.length === 1}
        />
      )}
    </li>
  );
}
