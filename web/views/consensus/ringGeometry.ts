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
const LABEL_PX = { wide: 62, tall: 36 };
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

/** The first stands on top, the others follow clockwise. */
export function angleOf(node: number, nodes: number): number {
  return (2 * Math.PI * node) / nodes - Math.PI / 2;
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
