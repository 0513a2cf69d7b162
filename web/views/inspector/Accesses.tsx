import type { ReactNode } from 'react';
import type { BlockRun, IncarnationRecord, KeyInfo } from '../../../engine/api/index.ts';
import { PhraseText } from '../../components/PhraseText.tsx';
import { format } from '../../lib/messages.ts';
import { inspectorMessages as text } from '../../lib/messages/inspector.ts';
import { changedEntries, type ValueEntry, valueEntries } from '../../lib/stateWords.ts';
import { explainVersion, keyLink } from './explain.ts';

/** What one run read, at which versions, and what it wrote. */
export function Accesses({
  run,
  of,
  open,
}: {
  readonly run: BlockRun;
  readonly of: IncarnationRecord;
  readonly open: boolean;
}): ReactNode {
  const dropped = of.outcome !== 'committed';
  return (
    <div className="mt-2 flex flex-col gap-1">
      <Fold
        title={of.reads.length === 0 ? text.readsNone : format(text.reads, { count: of.reads.length })}
        open={open}
        empty={of.reads.length === 0}
      >
        {of.reads.map((read) => (
          <Access key={read.key.text} of={read.key} entries={valueEntries(read.value)}>
            <PhraseText of={explainVersion(run, read.version, read.value)} />
          </Access>
        ))}
      </Fold>
      <Fold
        title={of.writes.length === 0 ? text.writesNone : format(text.writes, { count: of.writes.length })}
        aside={dropped && of.writes.length > 0 ? text.wroteDropped : undefined}
        open={open}
        empty={of.writes.length === 0}
      >
        {of.writes.map((write) => {
          const before = of.reads.find((read) => read.key.text === write.key.text);
          const deleted = write.value === null;
          const entries =
            before && !deleted ? changedEntries(before.value, write.value) : valueEntries(write.value);
          return (
            <Access key={write.key.text} of={write.key} entries={deleted ? [] : entries} dropped={dropped}>
              {deleted ? text.deleted : before && entries.length === 0 ? text.unchanged : null}
            </Access>
          );
        })}
      </Fold>
    </div>
  );
}

function Fold({
  title,
  aside,
  open,
  empty,
  children,
}: {
  readonly title: string;
  readonly aside?: string | undefined;
  readonly open: boolean;
  readonly empty: boolean;
  readonly children: ReactNode;
}): ReactNode {
  if (empty) return <p className="text-ink-3 text-xs">{title}</p>;
  return (
    <details open={open} className="group">
      <summary className="flex min-h-6 list-none items-center gap-1.5 text-ink-2 text-xs hover:text-ink [&::-webkit-details-marker]:hidden">
        <span aria-hidden="true" className="text-[0.6rem] text-ink-3 group-open:rotate-90">
          ▶
        </span>
        {title}
        {aside && <span className="text-ink-3">· {aside}</span>}
      </summary>
      <ul className="mt-0.5 flex flex-col">{children}</ul>
    </details>
  );
}

function Access({
  of,
  entries,
  dropped = false,
  children,
}: {
  readonly of: KeyInfo;
  readonly entries: readonly ValueEntry[];
  readonly dropped?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <li className="border-line border-t py-1.5 text-sm first:border-t-0">
      <div className="flex items-baseline justify-between gap-3">
        <span className="min-w-0 break-words">
          <PhraseText of={[keyLink(of)]} />
        </span>
        <span className="shrink-0 text-right text-ink-3 text-xs">{children}</span>
      </div>
      <dl className={`mt-0.5 flex flex-col gap-px text-ink-2 text-xs ${dropped ? 'opacity-60' : ''}`}>
        {entries.map((entry) => (
          <div key={entry.name} className="flex items-baseline justify-between gap-3">
            <dt className="shrink-0 text-ink-3">{entry.name}</dt>
            <dd
              className={`min-w-0 break-words text-right ${dropped ? 'line-through decoration-ink-3' : ''}`}
            >
              {entry.before === undefined ? (
                entry.value
              ) : (
                <>
                  <span className="whitespace-nowrap text-ink-3">{entry.before}</span>{' '}
                  <span className="whitespace-nowrap text-ink">
                    <span aria-hidden="true" className="px-0.5 text-ink-3">
                      →
                    </span>
                    {entry.value}
                  </span>
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
