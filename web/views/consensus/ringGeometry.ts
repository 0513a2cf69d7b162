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
/** Room for names around it, where there are names. */
const LABEL_PX = 30;
/** From so few on replicas have names and what they hold written on them. */
export const NAMED_NODES = 24;

export function layoutRing(nodes: number, width: number, height: number, scale: number): RingLayout {
  const named = nodes <= NAMED_NODES;
  const room = Math.min(width, height) / 2;
  const edge = named ? Math.min(LABEL_PX * scale, room * 0.3) : 10;
  const share = (2 * Math.PI * Math.max(room - edge, 10)) / Math.max(nodes, 1);
  const nodeRadius = Math.max(LEAST_NODE_PX, Math.min(MOST_NODE_PX * scale, share * 0.26, room * 0.17));
  const radius = Math.max(room - edge - nodeRadius, 8);
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
