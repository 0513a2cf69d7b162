import { EMPHASIS } from './relations.ts';
import { NODE_RADIUS } from './geometry.ts';
import type { Scene } from './paint.ts';
import { STATUS_SIGN } from './palette.ts';
import { cornersOf } from './shapes.ts';
import { STATUS_NAMES } from './statusTrack.ts';

/** Below this radius on screen, in pixels, shapes become dots. */
const DOT_RADIUS = 3;
/** From this radius on, indices are written into the shapes. */
const TEXT_RADIUS = 9;

/** Paints all transactions in view, one path for every status and lane. The context is in graph units. */
export function paintNodes(context: CanvasRenderingContext2D, scene: Scene): void {
  const visible = visibleTransactions(scene);
  const radius = NODE_RADIUS * scene.viewport.zoom;
  const dots = radius < DOT_RADIUS;
  const lanes = scene.modules.length;
  const groups: number[][] = Array.from({ length: STATUS_NAMES.length * lanes * 2 }, () => []);
  for (const tx of visible) {
    const faded = scene.emphasis[tx] === EMPHASIS.faded ? 1 : 0;
    groups[(scene.status[tx]! * lanes + scene.lane[tx]!) * 2 + faded]!.push(tx);
  }
  groups.forEach((transactions, group) => {
    if (transactions.length === 0) return;
    const lane = Math.floor(group / 2) % lanes;
    const status = Math.floor(group / 2 / lanes);
    context.globalAlpha = group % 2 === 1 ? 0.22 : 1;
    paintGroup(context, scene, transactions, lane, status, dots);
  });
  context.globalAlpha = 1;
  paintRings(context, scene, visible);
  if (radius >= TEXT_RADIUS) paintTexts(context, scene, visible);
}

function visibleTransactions({ height, positions, viewport, width }: Scene): number[] {
  const visible: number[] = [];
  const margin = NODE_RADIUS * 2 * viewport.zoom;
  for (let tx = 0; tx * 2 < positions.length; tx++) {
    const x = viewport.x + positions[tx * 2]! * viewport.zoom;
    const y = viewport.y + positions[tx * 2 + 1]! * viewport.zoom;
    if (x > -margin && x < width + margin && y > -margin && y < height + margin) visible.push(tx);
  }
  return visible;
}

function paintGroup(
  context: CanvasRenderingContext2D,
  scene: Scene,
  transactions: readonly number[],
  lane: number,
  status: number,
  dots: boolean,
): void {
  const { palette, viewport } = scene;
  const hue = palette.lane[lane] ?? palette.ink3;
  const started = status > 0;
  if (dots) {
    const side = Math.max(1.5, NODE_RADIUS * 1.7 * viewport.zoom) / viewport.zoom;
    context.fillStyle = started ? palette.fill[status]! : hue;
    if (!started) context.globalAlpha *= 0.4;
    for (const tx of transactions) {
      context.fillRect(
        scene.positions[tx * 2]! - side / 2,
        scene.positions[tx * 2 + 1]! - side / 2,
        side,
        side,
      );
    }
    return;
  }
  context.beginPath();
  for (const tx of transactions) traceShape(context, scene, tx);
  context.fillStyle = palette.fill[status]!;
  context.fill();
  if (!started) context.globalAlpha *= 0.55;
  context.strokeStyle = hue;
  context.lineWidth = Math.max(1.4, 0.7 / viewport.zoom);
  context.stroke();
}

function traceShape(context: CanvasRenderingContext2D, scene: Scene, tx: number): void {
  const x = scene.positions[tx * 2]!;
  const y = scene.positions[tx * 2 + 1]!;
  const corners = cornersOf(scene.modules[scene.lane[tx]!]!);
  if (corners.length === 0) {
    context.moveTo(x + NODE_RADIUS, y);
    context.arc(x, y, NODE_RADIUS, 0, Math.PI * 2);
    return;
  }
  corners.forEach(([dx, dy], i) => {
    if (i === 0) context.moveTo(x + dx, y + dy);
    else context.lineTo(x + dx, y + dy);
  });
  context.closePath();
}

function paintRings(context: CanvasRenderingContext2D, scene: Scene, visible: readonly number[]): void {
  const { palette, viewport } = scene;
  const colours: Readonly<Record<number, string>> = {
    [EMPHASIS.hovered]: palette.ink2,
    [EMPHASIS.writer]: palette.abort,
    [EMPHASIS.selected]: palette.accent,
  };
  context.lineWidth = Math.max(3, 2.2 / viewport.zoom);
  for (const tx of visible) {
    const colour = colours[scene.emphasis[tx]!];
    if (colour === undefined) continue;
    context.strokeStyle = colour;
    context.beginPath();
    const reach = Math.max(NODE_RADIUS + 5, 6 / viewport.zoom);
    context.arc(scene.positions[tx * 2]!, scene.positions[tx * 2 + 1]!, reach, 0, Math.PI * 2);
    context.stroke();
  }
}

function paintTexts(context: CanvasRenderingContext2D, scene: Scene, visible: readonly number[]): void {
  const { palette } = scene;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const tx of visible) {
    const x = scene.positions[tx * 2]!;
    const y = scene.positions[tx * 2 + 1]!;
    context.globalAlpha = scene.emphasis[tx] === EMPHASIS.faded ? 0.22 : 1;
    context.font = `550 ${tx > 999 ? 8.5 : 10}px ${palette.family}`;
    context.fillStyle = scene.status[tx] === 0 ? palette.ink3 : palette.ink;
    context.fillText(String(tx), x, y + 0.5);
    const sign = STATUS_SIGN[scene.status[tx]!];
    if (sign === undefined || sign === '') continue;
    context.fillStyle = palette.surface;
    context.beginPath();
    context.arc(x + 12, y + 12, 6.5, 0, Math.PI * 2);
    context.fill();
    context.fillStyle = palette.ink;
    context.fillText(sign, x + 12, y + 12.5);
  }
  context.globalAlpha = 1;
}
