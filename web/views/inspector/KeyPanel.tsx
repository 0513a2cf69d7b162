import { type ReactNode, useMemo, useState } from 'react';
import type { BlockRun } from '../../../engine/api/index.ts';
import { format } from '../../lib/messages.ts';
import { inspectorMessages as text } from '../../lib/messages/inspector.ts';
import { keyWords } from '../../lib/stateWords.ts';
import { getDescription } from '../../store/engine.ts';
import { useSelection } from '../../store/selection.ts';
import { abortsAtKey, accessesOf, type KeyAccess } from './facts.ts';
import { FixList } from './FixList.tsx';
import { fixesForKey } from './fixes.ts';
import { QuietLink, Section, TxChip } from './parts.tsx';

/** One key of the state: how crowded it is, and who used it in which order. */
export function KeyPanel({ run, index }: { readonly run: BlockRun; readonly index: number }): ReactNode {
  const key = run.keys[index];
  const accesses = useMemo(() => accessesOf(run, index), [run, index]);
  const aborts = useMemo(() => abortsAtKey(run, index), [run, index]);
  const fixes = useMemo(() => (key === undefined ? [] : fixesForKey(run, key)), [run, key]);
  const tx = useSelection((state) => state.tx);
  if (key === undefined) return <p className="px-4 py-6 text-ink-3 text-sm">{text.missingKey}</p>;
  const writers = accesses.filter((access) => access.writes).length;
  return (
    <article aria-label={keyWords(key, getDescription())}>
      <header className="px-4 pt-3 pb-4">
        <h2 className="font-semibold text-ink text-xl first-letter:uppercase">
          {keyWords(key, getDescription())}
        </h2>
        <p className="mt-0.5 break-all font-mono text-ink-3 text-xs">{key.text}</p>
        <p className="mt-3 text-ink-2 text-sm">
          {accesses.length === 0
            ? text.keyOnly
            : format(text.keyHot, { touched: accesses.length, total: run.metrics.transactions, writers })}
        </p>
        <p className="mt-1 text-ink-2 text-sm">
          {aborts === 0
            ? text.keyAbortsNone
            : aborts === 1
              ? text.keyAbortsOne
              : format(text.keyAborts, { count: aborts })}
        </p>
        {tx !== null && (
          <p className="mt-2">
            <QuietLink onClick={() => useSelection.getState().selectTx(tx)}>
              {format(text.backToTransaction, { tx })}
            </QuietLink>
          </p>
        )}
      </header>
      <FixList run={run} fixes={fixes} />
      {accesses.length > 0 && <Order accesses={accesses} selected={tx} />}
    </article>
  );
}

const SHOWN = 120;

/** A strip of chips in the block's order: a bar below for a read, a filled one for a write. */
function Order({
  accesses,
  selected,
}: {
  readonly accesses: readonly KeyAccess[];
  readonly selected: number | null;
}): ReactNode {
  const [all, setAll] = useState(false);
  const shown = all ? accesses : accesses.slice(0, SHOWN);
  return (
    <Section
      title={text.keyOrder}
      aside={
        <span className="text-ink-3 text-xs">
          {text.letterRead} {text.accessRead} · {text.letterWrite} {text.accessWrite}
        </span>
      }
    >
      <ol className="flex flex-wrap gap-1">
        {shown.map((access) => (
          <li key={access.tx} className={access.tx === selected ? 'rounded-1 outline-1 outline-accent' : ''}>
            <TxChip tx={access.tx}>
              {access.tx}
              <span className="text-[0.65rem] text-ink-3">
                <span aria-hidden="true">
                  {access.reads && text.letterRead}
                  {access.writes && text.letterWrite}
                </span>
              </span>
            </TxChip>
          </li>
        ))}
      </ol>
      {shown.length < accesses.length && (
        <p className="mt-2">
          <QuietLink onClick={() => setAll(true)}>
            {format(text.more, { count: accesses.length - shown.length })}
          </QuietLink>
        </p>
      )}
    </Section>
  );
}
