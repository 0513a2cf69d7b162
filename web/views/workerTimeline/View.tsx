import { useMemo } from 'react';
import { EmptyPanel } from '../../components/canvas/EmptyPanel.tsx';
import type { LegendEntry } from '../../components/canvas/Legend.tsx';
import { TimeCanvas } from '../../components/canvas/TimeCanvas.tsx';
import { workerTimelineText as text } from '../../lib/messages/workerTimeline.ts';
import { useRuns } from '../../store/runs.ts';
import { makeTimelineScene } from './scene.ts';
import { summaryWords } from './words.ts';

const STATUSES: readonly LegendEntry[] = [
  'execute',
  'reexecute',
  'wasted',
  'abort',
  'validate',
  'suspend',
  'wait',
  'commit',
];

/** Workers down, time across: what each thread (or virtual core) did while the block ran. */
export function WorkerTimeline() {
  const run = useRuns((state) => state.run);
  const ghost = useRuns((state) => state.ghost);
  const ghostLabel = useRuns((state) => state.ghostLabel);
  const scene = useMemo(
    () => (run === null ? null : makeTimelineScene(run, ghost, ghostLabel)),
    [run, ghost, ghostLabel],
  );
  if (run === null || scene === null) return <EmptyPanel title={text.emptyTitle} message={text.empty} />;
  return (
    <TimeCanvas
      run={run}
      ghost={ghost}
      scene={scene}
      summary={summaryWords(run)}
      legend={ghost === null ? STATUSES : [...STATUSES, 'ghost']}
    />
  );
}
