import { type ReactNode, useEffect, useMemo, useState } from 'react';
import type { BlockRun } from '../../../engine/api/index.ts';
import { PhraseText } from '../../components/PhraseText.tsx';
import { formatUs } from '../../lib/format.ts';
import { format } from '../../lib/messages.ts';
import { inspectorMessages as text } from '../../lib/messages/inspector.ts';
import { useRuns } from '../../store/runs.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { blockFacts, type Fact, instructive } from './blockFacts.ts';
import { keyLink } from './explain.ts';
import { waitsAt } from './facts.ts';
import { FixList } from './FixList.tsx';
import { fixesForKey } from './fixes.ts';
import { ActionButton, QuietLink, Section, TxChip } from './parts.tsx';

/** The block as a whole: its verdict, what each number means, and where to look first. */
export function BlockPanel({ run }: { readonly run: BlockRun }): ReactNode {
  const ghost = useRuns((state) => state.ghost);
  const branch = useRuns(
    (state) => state.history?.branches.find(({ id }) => id === run.branch)?.label ?? run.branch,
  );
  const facts = useMemo(() => blockFacts(run, ghost), [run, ghost]);
  const lessons = useMemo(() => instructive(run), [run]);
  const hot = run.graph.hotKeys[0];
  const key = hot === undefined ? undefined : run.keys[hot.key];
  // Fixing what hardly hurts teaches nothing: only where most transactions queue up at one key.
  const crowded =
    hot !== undefined && hot.transactions * 3 >= run.metrics.transactions && hot.transactions > 3;
  const fixes = key !== undefined && crowded ? fixesForKey(run, key) : [];
  const hottest =
    hot === undefined
      ? text.facts.hottestNone
      : format(text.facts.hottest.why, {
          touched: hot.transactions,
          total: run.metrics.transactions,
          writers: hot.writers,
        }) + (key === undefined || waitsAt(run, key.text) > 0 ? '' : ` ${text.facts.hottestBlind}`);
  return (
    <article aria-label={format(text.blockTitle, { height: run.height })}>
      <header className="px-4 pt-3 pb-4">
        <h2 className="font-semibold text-ink text-xl">{format(text.blockTitle, { height: run.height })}</h2>
        <p className="mt-0.5 text-ink-3 text-xs">
          {format(text.blockBranch, { branch })} ·{' '}
          {run.clock === 'virtual'
            ? text.clockVirtual
            : format(text.clockMeasured, { step: formatUs(run.clockResolutionUs) })}
        </p>
        <Verdict run={run} />
      </header>
      <dl className="border-line border-t">
        {facts.map((fact) => (
          <FactRow key={fact.name} fact={fact} />
        ))}
        <FactEntry name={text.facts.hottest.name} why={hottest}>
          <span className="text-sm">
            {key === undefined ? text.none : <PhraseText of={[keyLink(key)]} />}
          </span>
        </FactEntry>
      </dl>
      <div className="-mt-px">
        <Section title={text.instructive}>
          {lessons.length === 0 && <p className="text-ink-3 text-xs">{text.instructiveNone}</p>}
          <ul className="flex flex-col gap-1.5">
            {lessons.map((lesson) => (
              <li key={lesson.why} className="flex items-baseline gap-3 text-ink-2 text-sm">
                <span className="min-w-10">
                  <TxChip tx={lesson.tx} />
                </span>
                {lesson.why}
              </li>
            ))}
          </ul>
        </Section>
      </div>
      <FixList run={run} fixes={fixes} />
      {run.notices.length > 0 && (
        <Section title={text.notices}>
          <ul className="flex flex-col gap-1 text-ink-2 text-sm">
            {run.notices.map((notice) => (
              <li key={notice.code + notice.message}>{notice.message}</li>
            ))}
          </ul>
        </Section>
      )}
      <div className="flex flex-wrap gap-2 border-line border-t px-4 py-4">
        <ActionButton quiet onClick={() => useWorkbench.getState().openCraft()}>
          {text.craftNew}
        </ActionButton>
        <ActionButton quiet onClick={() => useWorkbench.getState().openCompare()}>
          {text.compareRuns}
        </ActionButton>
      </div>
    </article>
  );
}

function FactRow({ fact }: { readonly fact: Fact }): ReactNode {
  return (
    <FactEntry name={fact.name} why={fact.why}>
      {fact.was !== undefined && (
        <span className="mr-2 text-ink-3 text-xs">{format(text.was, { value: fact.was })}</span>
      )}
      <span className="font-medium text-base">{fact.value}</span>
    </FactEntry>
  );
}

function FactEntry({
  name,
  why,
  children,
}: {
  readonly name: string;
  readonly why: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className="grid grid-cols-[auto_1fr] items-baseline gap-x-3 border-line border-b px-4 py-2.5">
      <dt className="text-ink-2 text-sm">{name}</dt>
      <dd className="text-right text-ink">{children}</dd>
      <dd className="col-span-2 mt-0.5 text-ink-3 text-xs leading-relaxed">{why}</dd>
    </div>
  );
}

const COPIED_MS = 2000;

function Verdict({ run }: { readonly run: BlockRun }): ReactNode {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (): Promise<void> => {
    // Not every page may write to the clipboard; then the digest can still be read in compare.
    await navigator.clipboard?.writeText(run.digest).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <div className="mt-3">
      <p className="flex items-baseline gap-2 text-sm">
        <span aria-hidden="true" className={run.matchesOracle ? 'text-ok' : 'text-bad'}>
          {run.matchesOracle ? '✓' : '✗'}
        </span>
        <span className={run.matchesOracle ? 'text-ink' : 'font-semibold text-bad'}>
          {run.matchesOracle ? text.verified : text.differs}
        </span>
      </p>
      <p className="mt-1 text-ink-3 text-xs leading-relaxed">
        {run.matchesOracle ? text.verifiedWhy : text.differsWhy}
      </p>
      <p className="mt-1.5 flex items-baseline gap-3 text-ink-3 text-xs">
        <span className="font-mono" title={run.digest}>
          {format(text.digest, { digest: `${run.digest.slice(0, 8)}…${run.digest.slice(-6)}` })}
        </span>
        <QuietLink label={text.copyDigest} onClick={() => void copy()}>
          {copied ? text.copied : text.copy}
        </QuietLink>
        <span role="status" className="sr-only">
          {copied ? text.copied : ''}
        </span>
      </p>
    </div>
  );
}
