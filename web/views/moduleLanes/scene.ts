import type { BlockRun } from '../../../engine/api/index.ts';
import { clipToPlot, paintAxis } from '../../components/canvas/drawing.ts';
import { type Frame, type Scene, timeOf } from '../../components/canvas/frame.ts';
import { ghostFlag } from '../../components/canvas/ghostFlag.ts';
import { spanAt } from '../../components/canvas/mergeRow.ts';
import { traceIndexOf } from '../../components/canvas/traceIndex.ts';
import { getDescription } from '../../store/engine.ts';
import { layoutTracks, stepLane, trackAt } from './geometry.ts';
import { paintMoment } from './paintMoment.ts';
import { type LanesPicture, paintBackground, paintTracks } from './paintRecord.ts';
import { makeTracks, type Tracks } from './tracks.ts';
import { describeExecution } from './words.ts';

const HIT_SLACK_PX = 5;
/** Where names begin in the heads, and the width of a letter that few are wider than. */
const NAME_LEFT_PX = 26;
const LETTER_PX = 7.4;
/** Modules the engine has not described come last, by name. */
const UNKNOWN_LANE = 1_000;

const known = new WeakMap<BlockRun, Tracks>();

/** A run's tracks, in the order of the modules' lanes; computed once a run. */
export function tracksOf(run: BlockRun): Tracks {
  const found = known.get(run);
  if (found !== undefined) return found;
  const lanes = new Map(getDescription()?.modules.map((module) => [module.id, module.lane]) ?? []);
  const tracks = makeTracks(run, traceIndexOf(run), (module) => lanes.get(module) ?? UNKNOWN_LANE);
  known.set(run, tracks);
  return tracks;
}

/** The module lanes of a run, with the previous run's ghost, as a scene of the time canvas. */
export function makeLanesScene(run: BlockRun, ghost: BlockRun | null, ghostLabel: string): Scene {
  const index = traceIndexOf(run);
  const lanes = tracksOf(run);
  const picture: LanesPicture = {
    run,
    index,
    lanes,
    ghost: ghost === null ? null : { lanes: tracksOf(ghost), index: traceIndexOf(ghost), label: ghostLabel },
    brush: null,
  };
  const longestName = Math.max(
    0,
    ...lanes.tracks.map(({ module }) => NAME_LEFT_PX + module.length * LETTER_PX),
  );
  const layout = (frame: Frame) => layoutTracks(lanes.tracks, frame.plotHeight, frame.scale);
  return {
    headWidth: (width, scale) => Math.max(width < 560 ? 76 : 102, longestName) * scale,
    rowsHeight: (available, scale) => layoutTracks(lanes.tracks, available, scale).height,
    paintBackdrop(context, frame) {
      const before = picture.ghost;
      paintAxis(context, frame, before ? ghostFlag(before.index.durationUs, before.label) : undefined);
      clipToPlot(context, frame, true);
      paintBackground(context, frame, layout(frame), picture);
    },
    paintRecord(context, frame) {
      clipToPlot(context, frame);
      paintTracks(context, frame, layout(frame), picture);
    },
    paintMoment: (context, frame, marks) => paintMoment(context, frame, layout(frame), picture, marks),
    hit(frame, x, y) {
      if (x < frame.plotLeft || y < frame.plotTop) return -1;
      const at = layout(frame);
      const inside = y - frame.plotTop + frame.scrollTop;
      const number = trackAt(at, inside);
      const place = at.tracks[number];
      const track = lanes.tracks[number];
      if (place === undefined || track === undefined || place.rowPitch === 0) return -1;
      const row = track.stack[Math.floor((inside - place.barsTop) / place.rowPitch)];
      const found = row === undefined ? -1 : spanAt(row, timeOf(frame, x), HIT_SLACK_PX / frame.pxPerUs);
      return found < 0 ? -1 : row!.mark[found]!;
    },
    step: (mark, direction, nowUs) => stepLane(lanes, run.trace, mark, direction, nowUs),
    place(frame, mark) {
      const at = layout(frame).tracks[lanes.trackOf[mark]!];
      if (at === undefined) return null;
      const top = at.barsTop + lanes.stackOf[mark]! * at.rowPitch;
      const span = { startUs: run.trace.startUs[mark]!, endUs: run.trace.endUs[mark]! };
      return { ...span, top, bottom: top + at.rowHeight };
    },
    describe: (mark) => describeExecution(run, index, mark),
  };
}
