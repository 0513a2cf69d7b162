import { useMemo } from 'react';
import { EmptyPanel } from '../../components/canvas/EmptyPanel.tsx';
import type { LegendEntry } from '../../components/canvas/Legend.tsx';
import { TimeCanvas } from '../../components/canvas/TimeCanvas.tsx';
import { moduleLanesText as text } from '../../lib/messages/moduleLanes.ts';
import { useRuns } from '../../store/runs.ts';
import { makeLanesScene, tracksOf } from './scene.ts';
import { summaryWords } from './words.ts';

const ENTRIES: readonly LegendEntry[] = [
  'counted',
  'undecided',
  'wasted',
  'queue',
  'committedCurve',
  'visit',
];

/** Modules down, time across: what each module executed, what of it waits, and who used whom. */
export function ModuleLanes() {
  const run = useRuns((state) => state.run);
  const ghost = useRuns((state) => state.ghost);
  const ghostLabel = useRuns((state) => state.ghostLabel);
  const scene = useMemo(
    () => (run === null ? null : makeLanesScene(run, ghost, ghostLabel)),
    [run, ghost, ghostLabel],
  );
  if (run === null || scene === null) return <EmptyPanel title={text.emptyTitle} message={text.empty} />;
  return (
    <TimeCanvas
      run={run}
      ghost={ghost}
      scene={scene}
      summary={summaryWords(run, tracksOf(run))}
      legend={ghost === null ? ENTRIES : [...ENTRIES, 'ghostCurve']}
    />
  );
}
