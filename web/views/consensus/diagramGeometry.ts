import type { RunLog } from '../../store/consensus/runLog.ts';
import { countUntil, visitMessages } from '../../store/consensus/segment.ts';

/** Where the space–time diagram draws, in CSS pixels: a row a replica, time to the right. */
export interface DiagramFrame {
  readonly width: number;
  readonly height: number;
  readonly plotLeft: number;
  readonly plotTop: number;
  readonly plotWidth: number;
  readonly rowHeight: number;
  readonly rows: number;
  readonly startUs: number;
  readonly pxPerUs: number;
}

const AXIS_PX = 22;
const RIGHT_PX = 6;
const HEAD_PX = 34;
const NARROW_HEAD_PX = 22;
/** From so many on, rows have no room for names. */
const NAMED_ROW_PX = 11;

export function frameDiagram(
  rows: number,
  width: number,
  height: number,
  window: { readonly startUs: number; readonly endUs: number },
  scale: number,
): DiagramFrame {
  const plotTop = AXIS_PX * scale;
  const rowHeight = Math.max(1, (height - plotTop - 4) / Math.max(rows, 1));
  const plotLeft = (rowHeight >= NAMED_ROW_PX ? HEAD_PX : NARROW_HEAD_PX) * scale;
  const plotWidth = Math.max(1, width - plotLeft - RIGHT_PX);
  const pxPerUs = plotWidth / Math.max(window.endUs - window.startUs, 1e-9);
  return {
    ...{ width, height, plotLeft, plotTop, plotWidth, rowHeight, rows, pxPerUs },
    startUs: window.startUs,
  };
}

export function xAt(frame: DiagramFrame, timeUs: number): number {
  return frame.plotLeft + (timeUs - frame.startUs) * frame.pxPerUs;
}

export function timeAt(frame: DiagramFrame, x: number): number {
  return frame.startUs + (x - frame.plotLeft) / frame.pxPerUs;
}

/** The middle of a replica's row. */
export function yOf(frame: DiagramFrame, node: number): number {
  return frame.plotTop + (node + 0.5) * frame.rowHeight;
}

export function rowAt(frame: DiagramFrame, y: number): number {
  const row = Math.floor((y - frame.plotTop) / frame.rowHeight);
  return row >= 0 && row < frame.rows ? row : -1;
}

/** Height of the bars that show what replicas are at. */
export function barHeight({ rowHeight }: DiagramFrame): number {
  return Math.max(1, Math.min(15, rowHeight * 0.34));
}

export function endOf(frame: DiagramFrame): number {
  return frame.startUs + frame.plotWidth / frame.pxPerUs;
}

/** What stands at a point: a mark, the end of a message's arrow, an arrow, or nothing. */
export type Hit =
  | { readonly kind: 'mark'; readonly place: number }
  | { readonly kind: 'message'; readonly place: number; readonly isEnd: boolean };

const MARK_REACH_PX = 7;
const END_REACH_PX = 8;
const LINE_REACH_PX = 5;

export function hitDiagram(frame: DiagramFrame, log: RunLog, x: number, y: number): Hit | null {
  let best: Hit | null = null;
  let least = MARK_REACH_PX;
  const slackUs = MARK_REACH_PX / frame.pxPerUs;
  const nowUs = timeAt(frame, x);
  for (const place of marksBetween(log, nowUs - slackUs, nowUs + slackUs)) {
    const mark = log.marks[place]!;
    if (mark.node < 0 || !isDrawn(mark.kind)) continue;
    const distance = Math.hypot(xAt(frame, mark.atUs) - x, yOf(frame, mark.node) - y);
    if (distance < least) {
      least = distance;
      best = { kind: 'mark', place };
    }
  }
  if (best !== null) return best;
  let leastEnd = END_REACH_PX;
  let leastLine = LINE_REACH_PX;
  const endUs = END_REACH_PX / frame.pxPerUs;
  visitMessages(log.segments, nowUs - endUs, nowUs + endUs, (segment, at) => {
    const { messages, firstMessage } = segment;
    const fromX = xAt(frame, messages.departsUs[at]!);
    const fromY = yOf(frame, messages.from[at]!);
    const { x: toX, y: toY } = arrowEnd(frame, segment, at);
    const end = Math.hypot(toX - x, toY - y);
    if (end < leastEnd) {
      leastEnd = end;
      best = { kind: 'message', place: firstMessage + at, isEnd: true };
    }
    if (leastEnd < END_REACH_PX) return;
    const line = distanceTo(x, y, fromX, fromY, toX, toY);
    if (line >= leastLine) return;
    leastLine = line;
    best = { kind: 'message', place: firstMessage + at, isEnd: false };
  });
  return best;
}

/** Where an arrow ends: at its receiver, or half way where it is lost. */
export function arrowEnd(
  frame: DiagramFrame,
  segment: Parameters<Parameters<typeof visitMessages>[3]>[0],
  at: number,
): { readonly x: number; readonly y: number } {
  const { from, to } = segment.messages;
  const fromY = yOf(frame, from[at]!);
  const toY = yOf(frame, to[at]!);
  const reach = segment.lost[at] === 1 ? 0.5 : 1;
  return { x: xAt(frame, segment.endsUs[at]!), y: fromY + (toY - fromY) * reach };
}

/** Places of a log's marks within a stretch of time. */
export function* marksBetween(log: RunLog, startUs: number, endUs: number): IterableIterator<number> {
  let place = firstMark(log, startUs);
  for (; place < log.marks.length && log.marks[place]!.atUs <= endUs; place++) yield place;
}

function firstMark(log: RunLog, startUs: number): number {
  let low = 0;
  let high = log.marks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (log.marks[middle]!.atUs < startUs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Marks that a row shows; what the others say, bars and colours show. */
export function isDrawn(kind: string): boolean {
  return kind !== 'head' && kind !== 'unlocked' && kind !== 'locked';
}

/** The states of a replica that reach into a stretch of time: from and to, as places of its track. */
export function statesBetween(
  log: RunLog,
  node: number,
  startUs: number,
  endUs: number,
): { readonly from: number; readonly to: number } {
  const { atUs } = log.tracks[node]!;
  return {
    from: Math.max(0, countUntil(atUs, atUs.length, startUs) - 1),
    to: countUntil(atUs, atUs.length, endUs),
  };
}

function distanceTo(x: number, y: number, fromX: number, fromY: number, toX: number, toY: number): number {
  const dx = toX - fromX;
  const dy = toY - fromY;
  const along = Math.min(1, Math.max(0, ((x - fromX) * dx + (y - fromY) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(fromX + along * dx - x, fromY + along * dy - y);
}
