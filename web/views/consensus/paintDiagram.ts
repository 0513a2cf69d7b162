import type { ProtocolDescription, ReplicaRecord } from '../../../engine/api/index.ts';
import { axisTicks } from '../../components/canvas/timeAxis.ts';
import { consensusText as text } from '../../lib/messages/consensus.ts';
import { format } from '../../lib/messages.ts';
import type { RunLog } from '../../store/consensus/runLog.ts';
import { type Segment, visitMessages } from '../../store/consensus/segment.ts';
import { downSpans } from '../../store/consensus/worldAt.ts';
import { arrowEnd, barHeight, type DiagramFrame, endOf, statesBetween, xAt, yOf } from './diagramGeometry.ts';
import { font, hueOf, type Look, type Shape, traceShape } from './look.ts';
import { paintBursts } from './paintBursts.ts';
import { axisWords } from './words.ts';

type Context = CanvasRenderingContext2D;

/** What a diagram draws whatever the moment is. */
export interface DiagramPicture {
  readonly frame: DiagramFrame;
  readonly log: RunLog;
  readonly kinds: ProtocolDescription['messageKinds'];
  readonly shapes: readonly Shape[];
  readonly look: Look;
}

/** More arrows than these are drawn as fans, one for all that was sent at once. */
export const MOST_ARROWS = 1500;

export function clipPlot(context: Context, { plotLeft, width, height }: DiagramFrame): void {
  context.beginPath();
  context.rect(plotLeft, 0, width - plotLeft, height);
  context.clip();
}

/** The axis, and a line a row. */
export function paintGrid(context: Context, { frame, look, log }: DiagramPicture): void {
  const { plotTop, plotLeft, rowHeight, rows, height, width } = frame;
  const { ticksUs } = axisTicks(frame.startUs, endOf(frame), frame.plotWidth, 92 * look.scale);
  const stepUs = (ticksUs[1] ?? 0) - (ticksUs[0] ?? 0);
  context.font = font(look, 10.5);
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  for (const tickUs of ticksUs) {
    const x = Math.round(xAt(frame, tickUs));
    context.globalAlpha = 0.6;
    context.fillStyle = look.line;
    context.fillRect(x, plotTop - 4, 1, height - plotTop);
    context.globalAlpha = 1;
    context.fillStyle = look.ink3;
    const words = axisWords(tickUs, stepUs);
    context.fillText(words, Math.min(x + 4, width - context.measureText(words).width - 2), plotTop / 2);
  }
  context.fillStyle = look.line;
  const every = Math.max(1, Math.ceil((13 * look.scale) / rowHeight));
  for (let node = 0; node < rows; node++) {
    const y = Math.round(yOf(frame, node));
    if (rowHeight >= 6) context.fillRect(plotLeft, y, width - plotLeft, 1);
  }
  context.textAlign = 'right';
  context.font = font(look, Math.min(10.5, 5 + rowHeight / 2));
  context.fillStyle = look.ink2;
  for (let node = 0; node < log.nodes; node += every) {
    context.fillText(format(text.replicaShort, { node }), plotLeft - 6, yOf(frame, node));
  }
}

/** A replica that is down has no bar, but a broken line. */
export function paintDown(context: Context, { frame, log, look }: DiagramPicture): void {
  const tall = barHeight(frame);
  for (const [node, spans] of downSpans(log)) {
    const y = yOf(frame, node);
    for (const { fromUs, toUs } of spans) {
      const left = Math.max(xAt(frame, fromUs), frame.plotLeft);
      const right = Math.min(xAt(frame, Math.min(toUs, log.knownUs)), frame.width);
      if (right <= left) continue;
      context.fillStyle = look.surface1;
      context.fillRect(left, y - tall / 2 - 1, right - left, tall + 2);
      context.strokeStyle = look.bad;
      context.lineWidth = Math.min(1.5, frame.rowHeight / 3);
      context.setLineDash([3, 4]);
      context.beginPath();
      context.moveTo(left, y);
      context.lineTo(right, y);
      context.stroke();
      context.setLineDash([]);
    }
  }
}

/** What replicas are at: bars by phase, on them the lock, or where nobody votes the block they follow. */
export function paintBars(context: Context, picture: DiagramPicture): void {
  const { frame, log, look, kinds } = picture;
  const phases = phasesOf(log);
  const votes = kinds.some(({ role }) => role === 'vote');
  const tall = barHeight(frame);
  const startUs = frame.startUs;
  const endUs = Math.min(endOf(frame), log.knownUs);
  const named = tall >= 11 * look.scale;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.font = font(look, 9.5);
  for (let node = 0; node < log.nodes; node++) {
    const { atUs, states } = log.tracks[node]!;
    const { from, to } = statesBetween(log, node, startUs, endUs);
    const top = yOf(frame, node) - tall / 2;
    let drawnTo = Number.NEGATIVE_INFINITY;
    let before: ReplicaRecord | undefined;
    for (let place = from; place < to; place++) {
      const state = states[place]!;
      let end = place;
      // States that differ in nothing that a bar shows are one bar.
      while (end + 1 < to && looksLike(states[end + 1]!, state, votes)) end++;
      const left = Math.max(xAt(frame, atUs[place]!), frame.plotLeft);
      const right = Math.min(xAt(frame, end + 1 < atUs.length ? atUs[end + 1]! : endUs), frame.width);
      place = end;
      if (right - drawnTo < 0.75) continue;
      drawnTo = right;
      const wide = Math.max(right - left - (right - left > 4 ? 1 : 0), 0.75);
      context.globalAlpha = 1;
      context.fillStyle = look.surface3;
      context.fillRect(left, top, wide, tall);
      context.globalAlpha = 0.08 + 0.09 * (phases.get(state.phase) ?? 0);
      context.fillStyle = look.ink;
      context.fillRect(left, top, wide, tall);
      context.globalAlpha = 1;
      if (state.round > 0) {
        context.fillStyle = look.warn;
        context.fillRect(left, top, wide, Math.max(1, tall * 0.16));
      }
      const banded = votes ? state.locked : state.head;
      if (banded > 0) {
        context.fillStyle = hueOf(look, banded);
        const band = Math.max(1.5, tall * 0.28);
        context.fillRect(left, top + tall - band, wide, band);
      }
      if (named && wide > 26 && (state.phase !== before?.phase || state.round !== before.round))
        paintPhase(context, picture, left, top + tall / 2, wide, state);
      before = state;
    }
  }
}

function looksLike(a: ReplicaRecord, b: ReplicaRecord, votes: boolean): boolean {
  const same = a.height === b.height && a.round === b.round && a.phase === b.phase;
  return same && (votes ? a.locked === b.locked : a.head === b.head);
}

function paintPhase(
  context: Context,
  { look }: DiagramPicture,
  left: number,
  middle: number,
  wide: number,
  { phase, round }: { readonly phase: string; readonly round: number },
): void {
  const words = round > 0 ? `r${round} ${phase}` : phase;
  if (context.measureText(words).width > wide - 8) return;
  context.fillStyle = look.ink2;
  context.fillText(words, left + 5, middle);
}

const ORDER = ['commit', 'propose', 'prevote', 'precommit', 'mining'];

/** A depth for each phase: known ones in the order of a round, others as they come. */
function phasesOf(log: RunLog): ReadonlyMap<string, number> {
  const seen = new Set<string>();
  for (const { states } of log.tracks.slice(0, 2)) {
    for (const { phase } of states) {
      seen.add(phase);
      if (seen.size > 8) break;
    }
  }
  const ordered = [
    ...ORDER.filter((phase) => seen.has(phase)),
    ...[...seen].filter((p) => !ORDER.includes(p)),
  ];
  return new Map(ordered.map((phase, depth) => [phase, Math.min(depth, 4)]));
}

/** Arrows of messages, or where they are too many one fan for each burst. */
export function paintArrows(context: Context, picture: DiagramPicture): void {
  const { frame, log, look } = picture;
  const startUs = frame.startUs;
  const endUs = endOf(frame);
  let count = 0;
  visitMessages(log.segments, startUs, endUs, () => count++);
  if (count > MOST_ARROWS) {
    paintBursts(context, picture, startUs, endUs);
    return;
  }
  const heads = count < 400;
  visitMessages(log.segments, startUs, endUs, (segment, at) => {
    paintArrow(context, picture, segment, at, 1, heads);
  });
  context.globalAlpha = 1;
  context.lineWidth = 1;
  context.strokeStyle = look.ink;
}

/** One arrow; `weight` above 1 stands out. */
export function paintArrow(
  context: Context,
  { frame, look, shapes, kinds }: DiagramPicture,
  segment: Segment,
  at: number,
  weight: number,
  withHead: boolean,
): void {
  const { messages } = segment;
  const kind = messages.kind[at]!;
  const value = messages.value[at]!;
  const x = xAt(frame, messages.departsUs[at]!);
  const y = yOf(frame, messages.from[at]!);
  const end = arrowEnd(frame, segment, at);
  const role = kinds[kind]?.role;
  const colour = hueOf(look, value);
  const lost = segment.lost[at] === 1;
  context.strokeStyle = colour;
  context.lineWidth = (role === 'proposal' || role === 'block' ? 2 : 1) * weight;
  context.globalAlpha = Math.min(1, (role === 'sync' ? 0.4 : 0.62) * weight);
  context.setLineDash(value < 0 || role === 'sync' ? [3, 3] : []);
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(end.x, end.y);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
  if (!withHead) return;
  const size = 3.4 * look.scale;
  if (lost) {
    context.strokeStyle = look.bad;
    context.lineWidth = 1.5;
    context.beginPath();
    context.moveTo(end.x - size, end.y - size);
    context.lineTo(end.x + size, end.y + size);
    context.moveTo(end.x + size, end.y - size);
    context.lineTo(end.x - size, end.y + size);
    context.stroke();
    return;
  }
  context.beginPath();
  traceShape(context, shapes[kind] ?? 'circle', end.x, end.y, weight > 1 ? size + 1.5 : size);
  context.fillStyle = value < 0 ? look.surface1 : colour;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = value < 0 ? colour : look.surface1;
  context.stroke();
  if (messages.wrongDigest[at] === 0) return;
  context.strokeStyle = look.bad;
  context.lineWidth = 1.5;
  context.beginPath();
  context.arc(end.x, end.y, size + 3, 0, 2 * Math.PI);
  context.stroke();
}
