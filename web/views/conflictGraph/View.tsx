import { useState } from 'react';
import { conflictGraphText as text } from '../../lib/messages/conflictGraph.ts';
import { useRuns } from '../../store/runs.ts';
import { Graph } from './Graph.tsx';
import { Header } from './Header.tsx';

/** The conflict graph: who must wait for whom, as the committed block recorded it. */
export default function ConflictGraph() {
  const run = useRuns((state) => state.run);
  const ghost = useRuns((state) => state.ghost);
  const ghostLabel = useRuns((state) => state.ghostLabel);
  // By edge kind: only "needs" makes anybody wait, so the others start switched off.
  const [kindsShown, setKindsShown] = useState<readonly boolean[]>([true, false, false]);
  if (run === null) return <Empty title={text.emptyTitle} line={text.empty} />;
  if (run.transactions.length === 0) return <Empty title={text.emptyBlockTitle} line={text.emptyBlock} />;
  return (
    <div className="@container flex h-full min-h-0 flex-col bg-surface-1">
      <Header
        run={run}
        ghost={ghost}
        ghostLabel={ghostLabel}
        kindsShown={kindsShown}
        onKindsShown={setKindsShown}
      />
      <Graph run={run} kindsShown={kindsShown} />
    </div>
  );
}

/** Three waves of nothing: the shape of what will stand here. */
function Empty({ line, title }: { readonly line: string; readonly title: string }) {
  return (
    <div className="grid h-full place-content-center justify-items-center gap-2 bg-surface-1 p-6 text-center">
      <svg viewBox="0 0 120 60" width="120" height="60" aria-hidden="true" className="mb-1 text-line-strong">
        <g fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="3 3">
          <path d="M22 18C40 18 40 30 52 30M22 44C40 44 40 30 52 30M68 30h24" />
          <circle cx="14" cy="18" r="8" />
          <circle cx="14" cy="44" r="8" />
          <circle cx="60" cy="30" r="8" />
          <path d="M106 19l11 11-11 11-11-11z" />
        </g>
      </svg>
      <h3 className="text-sm font-semibold text-ink">{title}</h3>
      <p className="max-w-sm text-sm text-ink-2">{line}</p>
    </div>
  );
}
