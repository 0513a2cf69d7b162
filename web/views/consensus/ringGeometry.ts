import type { RunLog } from '../../store/consensus/runLog.ts';
import { type Segment, visitMessages } from '../../store/consensus/segment.ts';

/** Where replicas stand on the ring, in CSS pixels. */
export interface RingLayout {
  readonly width: number;
  readonly height: number;
  readonly centreX: number;
  readonly centreY: number;
  readonly radius: number;
  readonly nodeRadius: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

const MOST_NODE_PX = 21;
const LEAST_NODE_PX = 2.5;
/** Room for names beside it and above it, where there are names, and for votes and marks around it. */
const LABEL_PX = { wide: 46, tall: 40 };
const BARE_PX = 12;
/** From so few on replicas have names and what they hold written on them. */
export const NAMED_NODES = 24;

export function layoutRing(nodes: number, width: number, height: number, scale: number): RingLayout {
  const named = nodes <= NAMED_NODES;
  const edge = (px: number, size: number): number => Math.min(px * scale, size * 0.2);
  const room = Math.min(
    width / 2 - edge(named ? LABEL_PX.wide : BARE_PX, width),
    height / 2 - edge(named ? LABEL_PX.tall : BARE_PX, height),
  );
  const share = (2 * Math.PI * Math.max(room, 10)) / Math.max(nodes, 1);
  const nodeRadius = Math.max(LEAST_NODE_PX, Math.min(MOST_NODE_PX * scale, share * 0.26, room * 0.2));
  const radius = Math.max(room - nodeRadius, 8);
  const x = new Float64Array(nodes);
  const y = new Float64Array(nodes);
  for (let node = 0; node < nodes; node++) {
    const angle = angleOf(node, nodes);
    x[node] = width / 2 + radius * Math.cos(angle);
    y[node] = height / 2 + radius * Math.sin(angle);
  }
  return { width, height, centreX: width / 2, centreY: height / 2, radius, nodeRadius, x, y };
}

/** The first stands on top, the others follow clockwise; four stand in the corners of a square. */
export function angleOf(node: number, nodes: number): number {
  const first = nodes === 4 ? -0.75 * Math.PI : -0.5 * Math.PI;
  return (2 * Math.PI * node) / nodes + first;
}

/** Where on its way a message is: between the rims of its sender and its receiver; half way at most where it is lost. */
export function onWay(
  layout: RingLayout,
  { messages, endsUs, lost }: Segment,
  at: number,
  timeUs: number,
): {
  readonly x: number;
  readonly y: number;
  readonly fromX: number;
  readonly fromY: number;
  readonly done: number;
} {
  const from = messages.from[at]!;
  const to = messages.to[at]!;
  const startX = layout.x[from]!;
  const startY = layout.y[from]!;
  const dx = layout.x[to]! - startX;
  const dy = layout.y[to]! - startY;
  const length = Math.max(1, Math.hypot(dx, dy));
  const departsUs = messages.departsUs[at]!;
  const reach = lost[at] === 1 ? 0.5 : 1;
  const done = (reach * (timeUs - departsUs)) / Math.max(1, endsUs[at]! - departsUs);
  const clear = layout.nodeRadius + 2;
  const along = (clear + done * Math.max(0, length - 2 * clear)) / length;
  return {
    x: startX + dx * along,
    y: startY + dy * along,
    fromX: startX + (dx * clear) / length,
    fromY: startY + (dy * clear) / length,
    done,
  };
}

const MESSAGE_REACH_PX = 9;

/** Place of the message at a point at a time, or −1. */
export function messageAt(layout: RingLayout, log: RunLog, timeUs: number, x: number, y: number): number {
  let best = -1;
  let least = MESSAGE_REACH_PX;
  visitMessages(log.segments, timeUs, timeUs, (segment, at) => {
    const place = onWay(layout, segment, at, timeUs);
    const distance = Math.hypot(place.x - x, place.y - y);
    if (distance >= least) return;
    least = distance;
    best = segment.firstMessage + at;
  });
  return best;
}

/** The replica at a point, or −1. */
export function nodeAt(layout: RingLayout, x: number, y: number): number {
  let best = -1;
  let least = Math.max(layout.nodeRadius, 8) + 4;
  for (let node = 0; node < layout.x.length; node++) {
    const distance = Math.hypot(layout.x[node]! - x, layout.y[node]! - y);
    if (distance < least) {
      best = node;
      least = distance;
    }
  }
  return best;
}

/** The replicas on either side of a line through the ring; null where all are on one. */
export function sidesOf(
  layout: RingLayout,
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
): readonly [number[], number[]] | null {
  const sides: readonly [number[], number[]] = [[], []];
  for (let node = 0; node < layout.x.length; node++) {
    const cross = (to.x - from.x) * (layout.y[node]! - from.y) - (to.y - from.y) * (layout.x[node]! - from.x);
    sides[cross < 0 ? 0 : 1].push(node);
  }
  return sides[0].length === 0 || sides[1].length === 0 ? null : sides;
}

/** A letter for each group of a cut network. */
export function letterOf(group: number): string {
  return String.fromCharCode(65 + (group % 26));
}
