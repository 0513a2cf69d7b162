import type { BlockRun } from '../../../engine/api/index.ts';
import { clipToPlot, paintAxis } from '../../components/canvas/drawing.ts';
import { type Frame, type Scene, timeOf } from '../../components/canvas/frame.ts';
import { ghostFlag } from '../../components/canvas/ghostFlag.ts';
import { spanAt } from '../../components/canvas/mergeRow.ts';
import { describeSpan } from '../../components/canvas/spanWords.ts';
import { traceIndexOf } from '../../components/canvas/traceIndex.ts';
import { layoutRows, rowAt, rowOfMark, stepMark } from './geometry.ts';
import { paintMoment } from './paintMoment.ts';
import { paintGhostRows, paintRecordRows, type TimelinePicture } from './paintRecord.ts';
import { railTop } from './rail.ts';

const HIT_SLACK_PX = 5;

/** The worker timeline of a run, with the previous run's ghost, as a scene of the time canvas. */
export function makeTimelineScene(run: BlockRun, ghost: BlockRun | null, ghostLabel: string): Scene {
  const index = traceIndexOf(run);
  const picture: TimelinePicture = {
    run,
    index,
    ghost: ghost === null ? null : { run: ghost, index: traceIndexOf(ghost), label: ghostLabel },
    brush: null,
  };
  const layout = (frame: Frame) =>
    layoutRows(index.rows.length, frame.plotHeight, frame.scale, ghost !== null);
  return {
    headWidth: (width, scale) => (width < 560 ? 68 : 102) * scale,
    rowsHeight: (available, scale) => layoutRows(index.rows.length, available, scale, ghost !== null).height,
    paintBackdrop(context, frame) {
      const { ghost: before } = picture;
      paintAxis(context, frame, before ? ghostFlag(before.index.durationUs, before.label) : undefined);
      clipToPlot(context, frame, true);
      paintGhostRows(context, frame, layout(frame), picture);
    },
    paintRecord(context, frame) {
      clipToPlot(context, frame);
      paintRecordRows(context, frame, layout(frame), picture);
    },
    paintMoment: (context, frame, marks) => paintMoment(context, frame, layout(frame), picture, marks),
    hit(frame, x, y) {
      if (x < frame.plotLeft || y < frame.plotTop) return -1;
      const at = layout(frame);
      const timeUs = timeOf(frame, x);
      const slackUs = HIT_SLACK_PX / frame.pxPerUs;
      const onRail = y > railTop(frame, at);
      const row = onRail ? index.commits : index.rows[rowAt(at, y - frame.plotTop + frame.scrollTop)];
      const place = row === undefined ? -1 : spanAt(row, timeUs, slackUs);
      return place < 0 ? -1 : row!.mark[place]!;
    },
    step: (mark, direction, nowUs) => stepMark(index, run.trace, mark, direction, nowUs),
    place(frame, mark) {
      const at = layout(frame);
      const row = rowOfMark(index, run.trace.worker, mark);
      const span = { startUs: run.trace.startUs[mark]!, endUs: run.trace.endUs[mark]! };
      if (row < index.rows.length) return { ...span, top: row * at.pitch, bottom: (row + 1) * at.pitch };
      // The rail never scrolls: wherever the rows are, it is in view.
      const top = railTop(frame, at) - frame.plotTop + frame.scrollTop;
      return { ...span, top, bottom: top + at.railHeight };
    },
    describe: (mark) => describeSpan(run, index, mark),
  };
}
