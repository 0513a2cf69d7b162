import { type ReactNode, useMemo } from 'react';
import type {
  BlockRun,
  KeyInfo,
  ReadRecord,
  TransactionInspection,
  TransactionSummary,
} from '../../../engine/api/index.ts';
import { PhraseText } from '../../components/PhraseText.tsx';
import { moduleColour, moduleGlyph } from '../../lib/colours.ts';
import { accountName, formatCount } from '../../lib/format.ts';
import { format } from '../../lib/messages.ts';
import { inspectorMessages as text } from '../../lib/messages/inspector.ts';
import { stateMessages } from '../../lib/messages/state.ts';
import { enumerate, phrase } from '../../lib/phrase.ts';
import { valueEntries } from '../../lib/stateWords.ts';
import { getDescription } from '../../store/engine.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { type ArgumentRow, argumentRows, describeTransaction } from './describeTransaction.ts';
import { explainEnd, explainHistory, keyLink, txLink } from './explain.ts';
import { FixList } from './FixList.tsx';
import { draftOf, type Fix, fixesForFailure, fixesForKey } from './fixes.ts';
import { ActionButton, Section, StatusMark } from './parts.tsx';
import { RunList } from './RunList.tsx';
import { useInspection } from './useInspection.ts';

/** Everything about one transaction: what it does, how it went, and why. */
export function TransactionPanel({ run, tx }: { readonly run: BlockRun; readonly tx: number }): ReactNode {
  const answer = useInspection(run, tx);
  const of = run.transactions[tx];
  if (of === undefined) return <p className="px-4 py-6 text-ink-3 text-sm">{format(text.missing, { tx })}</p>;
  return (
    <article aria-label={format(text.txCapital, { tx })}>
      <Head
        run={run}
        of={of}
        reads={answer.state === 'ready' ? answer.inspection.incarnations.at(-1)?.reads : undefined}
      />
      {answer.state === 'loading' && (
        <p role="status" className="px-4 pb-6 text-ink-3 text-sm">
          {text.loading}
        </p>
      )}
      {answer.state === 'failed' && (
        <div role="alert" className="flex flex-col items-start gap-2 px-4 pb-6 text-sm">
          <p className="text-bad">{format(text.failed, { message: answer.message })}</p>
          <ActionButton quiet onClick={answer.retry}>
            {text.retry}
          </ActionButton>
        </div>
      )}
      {answer.state === 'ready' && <Details run={run} of={answer.inspection} />}
    </article>
  );
}

function Head({
  run,
  of,
  reads,
}: {
  readonly run: BlockRun;
  readonly of: TransactionSummary;
  readonly reads: readonly ReadRecord[] | undefined;
}): ReactNode {
  const description = getDescription();
  const lane = description?.modules.find((module) => module.id === of.module)?.lane;
  const origin = text.origin[of.origin];
  const place = format(text.wave, { wave: (run.graph.wave[of.index] ?? 0) + 1, waves: run.graph.waves });
  return (
    <header className="px-4 pt-3 pb-4">
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="font-semibold text-ink text-xl">{format(text.txCapital, { tx: of.index })}</h2>
        <StatusMark tone={of.status === 'success' ? 'committed' : 'failed'} label={text.status[of.status]} />
      </div>
      <p className="mt-0.5 text-ink-3 text-xs">
        <span aria-hidden="true" className="pr-1" style={{ color: moduleColour(of.module, lane) }}>
          {moduleGlyph(of.module, lane)}
        </span>
        <span className="text-ink-2">
          {of.module}.{of.name}
        </span>
        {[
          format(text.from, { sender: accountName(of.sender) }),
          format(text.nonce, { nonce: of.nonce }),
          ...(origin === undefined ? [] : [origin]),
        ].map((part) => ` · ${part}`)}
      </p>
      <p className="mt-3 text-[1.05rem] text-ink-2 leading-snug">
        <PhraseText of={describeTransaction(of, description, reads)} />
      </p>
      <Arguments rows={argumentRows(of, description)} />
      <p className="mt-2 text-ink-3 text-xs">
        {[
          place,
          ...(run.graph.criticalPath.includes(of.index) ? [text.onCriticalPath] : []),
          format(text.gas, { used: formatCount(of.gasUsed), limit: formatCount(of.gasLimit) }),
        ].join(' · ')}
      </p>
    </header>
  );
}

function Arguments({ rows }: { readonly rows: readonly ArgumentRow[] }): ReactNode {
  return (
    <dl className="mt-2 flex flex-col gap-0.5 text-xs">
      {rows.map((row) => (
        <div key={row.name} className="grid grid-cols-[auto_1fr] items-baseline gap-x-3">
          <dt className="text-ink-3">{row.name}</dt>
          <dd className="min-w-0 break-all text-right text-ink-2">{row.value}</dd>
          {row.items?.map((item, i) => (
            <dd key={i} className="col-span-2 border-line border-l pl-2 text-ink-2">
              {item.map((cell) => `${cell.name} ${cell.value}`).join(' · ')}
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}

function Details({ run, of }: { readonly run: BlockRun; readonly of: TransactionInspection }): ReactNode {
  const tx = of.transaction.index;
  const fixes = useMemo(() => fixesOf(run, of), [run, of]);
  const failed = of.transaction.status !== 'success';
  return (
    <>
      {failed && (
        <div className="mx-4 mb-4 flex flex-col gap-1 rounded-2 bg-surface-2 px-3 py-2.5 text-sm">
          {explainEnd(of).map((sentence, i) => (
            <p key={sentence.length + String(sentence[0])} className={i === 0 ? 'text-ink' : 'text-ink-3'}>
              <PhraseText of={sentence} />
            </p>
          ))}
        </div>
      )}
      <Section title={text.runs}>
        <p className="mb-3 text-ink-2 text-sm">
          <PhraseText of={explainHistory(of)} />
        </p>
        <RunList run={run} of={of} />
      </Section>
      <FixList run={run} tx={tx} fixes={fixes} />
      <Ties title={text.dependsOn} none={text.dependsNone} ties={of.dependsOn} />
      <Ties title={text.dependents} none={text.dependentsNone} ties={of.dependents} />
      <Events of={of} />
      <div className="border-line border-t px-4 py-4">
        <ActionButton
          quiet
          onClick={() =>
            useWorkbench
              .getState()
              .openCraft({ draft: draftOf(of.transaction), edit: { blockId: run.blockId, index: tx } })
          }
        >
          {text.edit}
        </ActionButton>
        <p className="mt-1.5 text-ink-3 text-xs">{text.editHint}</p>
      </div>
    </>
  );
}

/** Fixes for the keys at which it was aborted or waited, and for its failure; each once. */
function fixesOf(run: BlockRun, of: TransactionInspection): readonly Fix[] {
  const keys = new Map<string, KeyInfo>();
  for (const { abort, suspendedOn } of of.incarnations) {
    for (const key of [abort?.key, suspendedOn?.key]) if (key !== undefined) keys.set(key.text, key);
  }
  const found = [
    ...fixesForFailure(of.transaction),
    ...[...keys.values()].flatMap((key) => fixesForKey(run, key)),
  ];
  return found.filter(
    (fix, i) => found.findIndex((other) => other.kind === fix.kind && other.label === fix.label) === i,
  );
}

const TIES_SHOWN = 12;

function Ties({
  title,
  none,
  ties,
}: {
  readonly title: string;
  readonly none: string;
  readonly ties: TransactionInspection['dependsOn'];
}): ReactNode {
  const grouped = useMemo(() => Object.entries(Object.groupBy(ties, ({ tx }) => tx)), [ties]);
  return (
    <Section
      title={title}
      aside={grouped.length > 0 && <span className="text-ink-3 text-xs">{grouped.length}</span>}
    >
      {ties.length === 0 && <p className="text-ink-3 text-xs">{none}</p>}
      <ul className="flex flex-col gap-1 text-sm">
        {grouped.slice(0, TIES_SHOWN).map(([tx, through = []]) => (
          <li key={tx} className="text-ink-3">
            <PhraseText
              of={phrase(text.tie, {
                transaction: txLink(Number(tx), true),
                keys: enumerate(
                  through.map(({ key }) => [keyLink(key)]),
                  stateMessages.and,
                ),
              })}
            />
          </li>
        ))}
        {grouped.length > TIES_SHOWN && (
          <li className="text-ink-3 text-xs">
            {format(text.andMore, { count: grouped.length - TIES_SHOWN })}
          </li>
        )}
      </ul>
    </Section>
  );
}

function Events({ of }: { readonly of: TransactionInspection }): ReactNode {
  if (of.events.length === 0) return null;
  return (
    <Section title={text.events}>
      <ul className="flex flex-col gap-1 text-xs">
        {of.events.map((event, i) => (
          <li key={i} className="text-ink-2">
            <span className="font-medium">{event.name}</span>{' '}
            <span className="text-ink-3">{eventWords(event.fields)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function eventWords(fields: { readonly [name: string]: unknown }): string {
  return valueEntries(fields)
    .map((entry) => `${entry.name} ${entry.value}`)
    .join(' · ');
}
