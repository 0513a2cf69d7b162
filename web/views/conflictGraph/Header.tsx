import { type ReactNode, useId, useState } from 'react';
import type { BlockRun } from '../../../engine/api/index.ts';
import { formatCount, formatFactor } from '../../lib/format.ts';
import { conflictGraphText as text } from '../../lib/messages/conflictGraph.ts';
import { format } from '../../lib/messages.ts';
import { EDGE } from '../../lib/trace.ts';

export interface HeaderProps {
  readonly run: BlockRun;
  readonly ghost: BlockRun | null;
  readonly ghostLabel: string;
  readonly kindsShown: readonly boolean[];
  readonly onKindsShown: (kinds: readonly boolean[]) => void;
}

/** What the picture says in one line, how it was before, and which edges are drawn. */
export function Header({ ghost, ghostLabel, kindsShown, onKindsShown, run }: HeaderProps) {
  const [explained, setExplained] = useState(false);
  const explanation = useId();
  const { criticalPath, idealSpeedup, transactions } = run.metrics;
  const values = { critical: formatCount(criticalPath), transactions: formatCount(transactions) };
  return (
    <header className="relative flex flex-wrap items-center gap-x-2 gap-y-1 px-3 pt-1 pb-2.5 text-sm">
      <p className="contents tabular-nums">
        <span className="font-semibold text-ink">{wavesText(run)}</span>
        {ghost !== null && (
          <span
            className="rounded-1 border border-dashed border-ghost px-1 text-xs text-ink-2"
            title={ghostTitle(ghost, ghostLabel)}
          >
            {format(text.was, { waves: wavesText(ghost) })}
          </span>
        )}
        <Dot />
        <span className="text-ink-2">{format(text.critical, values)}</span>
        <Dot />
        <span className="text-ink-2">{format(text.best, { factor: formatFactor(idealSpeedup) })}</span>
      </p>
      <div className="ml-auto flex items-center gap-1">
        <fieldset className="flex items-center gap-1">
          <legend className="sr-only">{text.edges}</legend>
          {EDGE_KINDS.map(({ dash, kind, label, title }) => (
            <button
              key={label}
              type="button"
              aria-pressed={kindsShown[kind] === true}
              title={title}
              className="flex h-6 items-center gap-1.5 rounded-1 px-1 text-xs text-ink-3 hover:bg-surface-3 hover:text-ink aria-pressed:text-ink-2"
              onClick={() => onKindsShown(kindsShown.map((shown, i) => (i === kind ? !shown : shown)))}
            >
              <svg width="20" height="6" aria-hidden="true">
                <path
                  d="M1 3h18"
                  stroke="currentColor"
                  strokeWidth="1.6"
                  strokeLinecap="round"
                  strokeDasharray={dash}
                />
              </svg>
              <span
                className={`@max-3xl:sr-only ${kindsShown[kind] === true ? '' : 'line-through decoration-1'}`}
              >
                {label}
              </span>
            </button>
          ))}
        </fieldset>
        <button
          type="button"
          aria-expanded={explained}
          aria-controls={explanation}
          className="h-6 rounded-1 px-1.5 text-xs text-ink-2 underline decoration-line-strong underline-offset-4 hover:text-ink"
          onClick={() => setExplained(!explained)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setExplained(false);
          }}
        >
          <span className="@max-2xl:sr-only">{text.what}</span>
          <span aria-hidden="true" className="px-1 font-semibold @2xl:hidden">
            ?
          </span>
        </button>
      </div>
      <PathBar run={run} ghost={ghost} />
      <div
        id={explanation}
        hidden={!explained}
        className="absolute top-full right-2 left-2 z-20 max-w-xl rounded-2 border border-line bg-surface-2 p-4 text-sm text-ink-2 shadow-(--shadow) sm:left-auto"
      >
        <dl className="grid gap-2">
          <Definition term={text.conflictTerm}>{text.conflict}</Definition>
          <Definition term={text.waveTerm}>{text.wave}</Definition>
          <Definition term={text.pathTerm}>{text.path}</Definition>
        </dl>
        <p className="mt-3 border-t border-line pt-3 text-xs text-ink-3">
          {text.shapes} {text.folded}
        </p>
      </div>
    </header>
  );
}

const EDGE_KINDS = [
  { kind: EDGE.readAfterWrite, label: text.readAfterWrite, title: text.readAfterWriteTitle, dash: undefined },
  { kind: EDGE.writeAfterWrite, label: text.writeAfterWrite, title: text.writeAfterWriteTitle, dash: '5 4' },
  { kind: EDGE.writeAfterRead, label: text.writeAfterRead, title: text.writeAfterReadTitle, dash: '0.5 4' },
];

function Dot() {
  return (
    <span aria-hidden="true" className="text-ink-3">
      ·
    </span>
  );
}

function Definition({ children, term }: { readonly children: ReactNode; readonly term: string }) {
  return (
    <div>
      <dt className="inline font-semibold text-ink">{term}</dt>
      <dd className="inline"> — {children}</dd>
    </div>
  );
}

/** The critical path as a share of the block, a hairline, with the one before as an outline. */
function PathBar({ ghost, run }: { readonly ghost: BlockRun | null; readonly run: BlockRun }) {
  const { criticalPath: critical, transactions } = run.metrics;
  const before = ghost?.metrics;
  const label =
    before === undefined
      ? format(text.barLabel, { critical, transactions })
      : format(text.barLabelGhost, {
          critical,
          transactions,
          ghostCritical: before.criticalPath,
          ghostTransactions: before.transactions,
        });
  return (
    <div
      role="img"
      aria-label={label}
      title={label}
      className="absolute inset-x-3 bottom-0 h-1 rounded-full bg-surface-3"
    >
      <span
        className="absolute inset-y-0 left-0 rounded-full bg-accent transition-[width] duration-400"
        style={{ width: `${share(critical, transactions)}%` }}
      />
      {before !== undefined && (
        <span
          className="absolute -inset-y-1 left-0 rounded-1 border border-dashed border-ink-3 transition-[width] duration-400"
          style={{ width: `${share(before.criticalPath, before.transactions)}%` }}
        />
      )}
    </div>
  );
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.min(100, Math.max(0.5, (part / whole) * 100));
}

function wavesText(run: BlockRun): string {
  const { waves } = run.graph;
  return waves === 1 ? text.oneWave : format(text.waves, { count: formatCount(waves) });
}

function ghostTitle(ghost: BlockRun, label: string): string {
  return format(label === '' ? text.wasTitleBare : text.wasTitle, {
    label,
    waves: wavesText(ghost),
    critical: ghost.metrics.criticalPath,
    transactions: ghost.metrics.transactions,
  });
}
