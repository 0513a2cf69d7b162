import { useRef } from 'react';
import type { BlockLanes, BlockRun } from '../../../engine/api/index.ts';
import { Button } from '../../components/Button.tsx';
import { EmptyPanel } from '../../components/canvas/EmptyPanel.tsx';
import { modulesText as text } from '../../lib/messages/modules.ts';
import { format } from '../../lib/messages.ts';
import { useSize } from '../../lib/useSize.ts';
import { useLanes, wantLanesAgain } from '../../store/lanes.ts';
import { useRuns } from '../../store/runs.ts';
import { laneHeight } from './geometry.ts';
import { LaneHead } from './LaneHead.tsx';
import { LaneMeters, shortRoot } from './LaneMeters.tsx';
import { TrafficCanvas } from './TrafficCanvas.tsx';
import { useLanesOf } from './useLanesOf.ts';

/** Each module's lane: what waits, runs and is done on the stage's clock; its health, fee, storage and root. */
export function Modules() {
  const run = useRuns((state) => state.run);
  if (run === null) return <EmptyPanel title={text.emptyTitle} message={text.empty} />;
  return <Lanes run={run} />;
}

function Lanes({ run }: { readonly run: BlockRun }) {
  const { lanes, past } = useLanesOf(run);
  const failure = useLanes((state) => state.failure);
  // While the next block's lanes are asked for, the last known ones would be another block's: say so instead.
  if (lanes === undefined) {
    return failure === null ? (
      <EmptyPanel title={text.loading} message="" />
    ) : (
      <div role="alert" className="flex h-full flex-col items-start gap-2 p-4 text-sm">
        <p>{text.failedTitle}</p>
        <p className="text-ink-3">{failure.message}</p>
        <Button onClick={wantLanesAgain}>{text.again}</Button>
      </div>
    );
  }
  return <Tracks run={run} lanes={lanes} past={past} />;
}

interface TracksProps {
  readonly run: BlockRun;
  readonly lanes: BlockLanes;
  readonly past: readonly BlockLanes[];
}

const HEADER = 26;

function Tracks({ run, lanes, past }: TracksProps) {
  const frame = useRef<HTMLDivElement>(null);
  const middle = useRef<HTMLDivElement>(null);
  const { height } = useSize(frame);
  const { width } = useSize(middle);
  const scale = rootScale();
  const rowHeight = laneHeight(height - HEADER * scale, lanes.lanes.length, scale);
  const shared = lanes.mode === 'monolithic';
  return (
    <div
      ref={frame}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
      tabIndex={0}
      className="@container h-full overflow-y-auto"
    >
      <div className="grid grid-cols-[9.5rem_minmax(0,1fr)] @3xl:grid-cols-[12.5rem_minmax(0,1fr)_16.5rem]">
        <p
          className="sticky top-0 z-10 flex items-center bg-surface-1 px-3 text-xs text-ink-3"
          style={{ height: HEADER * scale }}
        >
          {text.modes[lanes.mode]}
        </p>
        <div className="sticky top-0 z-10 grid grid-cols-[28%_30%_42%] items-center bg-surface-1 text-xs text-ink-3">
          <span className="pr-2 text-right">{shared ? text.oneQueue : text.zones.queue}</span>
          <span className="text-center">{text.zones.run}</span>
          <span className="pl-3">{shared ? text.oneOrder : text.zones.done}</span>
        </div>
        <p
          className="sticky top-0 z-10 flex items-center truncate bg-surface-1 px-3 font-mono text-[0.68rem] text-ink-3 @max-3xl:hidden"
          title={format(text.blockRootTitle, { root: lanes.blockRoot })}
        >
          {lanes.blockRoot !== '' && `${text.blockRoot} ${shortRoot(lanes.blockRoot)}`}
        </p>
        <ul className="contents">
          {lanes.lanes.map((lane, row) => (
            <li key={lane.module} className="contents" data-lane={lane.module}>
              <div
                className="col-start-1 overflow-hidden border-t border-line px-3 py-1.5"
                style={{ height: rowHeight, gridRow: row + 2 }}
              >
                <LaneHead lane={lane} block={lanes} />
              </div>
              <div
                className="col-start-3 overflow-hidden border-t border-line px-3 py-1.5 @max-3xl:hidden"
                style={{ height: rowHeight, gridRow: row + 2 }}
              >
                <LaneMeters lane={lane} block={lanes} past={past} />
              </div>
            </li>
          ))}
        </ul>
        <div
          ref={middle}
          className="relative col-start-2 border-t border-line"
          style={{ gridRow: `2 / span ${lanes.lanes.length}`, height: rowHeight * lanes.lanes.length }}
        >
          {width > 0 && <TrafficCanvas {...{ run, lanes, width, rowHeight }} />}
        </div>
      </div>
    </div>
  );
}

/** How much larger than usual the page's type is. */
function rootScale(): number {
  return (Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 14) / 14;
}
