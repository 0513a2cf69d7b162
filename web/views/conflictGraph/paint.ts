import type { BlockRun } from '../../../engine/api/index.ts';
import { EDGE } from '../../lib/trace.ts';
import {
  type Curve,
  edgeCurve,
  type GraphLayout,
  NODE_RADIUS,
  PITCH,
  pointOn,
  type Viewport,
} from './geometry.ts';
import { paintLabels } from './paintLabels.ts';
import { paintNodes } from './paintNodes.ts';
import type { Palette } from './palette.ts';

/** Everything one picture of the canvas shows. Lengths on the canvas are CSS pixels. */
export interface Scene {
  readonly run: BlockRun;
  readonly layout: GraphLayout;
  /** Centres as drawn now: the layout's, or on the way to them. */
  readonly positions: Float32Array;
  readonly modules: readonly string[];
  readonly lane: Uint8Array;
  readonly status: Uint8Array;
  readonly emphasis: Uint8Array;
  readonly litEdges: readonly number[];
  readonly tie: { readonly writer: number; readonly reader: number; readonly label: string } | null;
  /** By edge kind: whether it is drawn at all. */
  readonly kindsShown: readonly boolean[];
  /** Whether transactions are painted here, or stand above as elements. */
  readonly nodes: boolean;
  readonly viewport: Viewport;
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
  readonly palette: Palette;
  readonly waveLabel: (wave: number) => string;
}

/** With more edges than this, only the critical path's and the lit ones are drawn. */
const MOST_EDGES = 4000;

export function paintScene(context: CanvasRenderingContext2D, scene: Scene): void {
  const { height, pixelRatio, width } = scene;
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.clearRect(0, 0, width, height);
  paintBands(context, scene);
  toGraph(context, scene);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  paintEdges(context, scene);
  paintCriticalPath(context, scene);
  paintLitEdges(context, scene);
  paintTie(context, scene);
  if (scene.nodes) paintNodes(context, scene);
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  paintLabels(context, scene);
}

/** Graph units from here on. */
function toGraph(context: CanvasRenderingContext2D, { pixelRatio, viewport }: Scene): void {
  const scale = pixelRatio * viewport.zoom;
  context.setTransform(scale, 0, 0, scale, pixelRatio * viewport.x, pixelRatio * viewport.y);
}

function paintBands(context: CanvasRenderingContext2D, { layout, palette, viewport }: Scene): void {
  for (const band of layout.bands) {
    context.globalAlpha = 0.075;
    context.fillStyle = palette.lane[band.lane] ?? palette.ink3;
    context.beginPath();
    context.roundRect(
      viewport.x + band.x * viewport.zoom,
      viewport.y + (band.y - 3) * viewport.zoom,
      band.width * viewport.zoom,
      (band.height + 6) * viewport.zoom,
      Math.min(10, 12 * viewport.zoom),
    );
    context.fill();
  }
  context.globalAlpha = 1;
}

export function curveOf({ layout, positions, run }: Scene, from: number, to: number): Curve {
  const { wave } = run.graph;
  return edgeCurve(positions, from, to, layout.waveRow[wave[from]!]!, layout.waveRow[wave[to]!]!);
}

function trace(context: CanvasRenderingContext2D, curve: Curve): void {
  context.moveTo(curve.ax, curve.ay);
  context.bezierCurveTo(curve.c1x, curve.c1y, curve.c2x, curve.c2y, curve.bx, curve.by);
}

function paintEdges(context: CanvasRenderingContext2D, scene: Scene): void {
  const { kindsShown, palette, viewport } = scene;
  const { edgeCount, from, kind, to } = scene.run.graph;
  const seen = inViewTest(scene);
  const groups: number[][] = [[], [], []];
  let drawn = 0;
  for (let edge = 0; edge < edgeCount; edge++) {
    if (!kindsShown[kind[edge]!]) continue;
    if (!seen(from[edge]!) && !seen(to[edge]!)) continue;
    groups[kind[edge]!]!.push(edge);
    if (++drawn > MOST_EDGES) return;
  }
  const quiet = scene.litEdges.length > 0 || scene.tie !== null ? 0.45 : 1;
  const crowd = Math.min(1, Math.max(0.35, Math.sqrt(130 / Math.max(1, drawn))));
  const hairline = 1 / viewport.zoom;
  const styles = [
    { kind: EDGE.writeAfterRead, dash: [0.5, 3.5], alpha: 0.65 },
    { kind: EDGE.writeAfterWrite, dash: [5, 4], alpha: 0.55 },
    { kind: EDGE.readAfterWrite, dash: [], alpha: 0.62 },
  ];
  for (const style of styles) {
    const edges = groups[style.kind]!;
    if (edges.length === 0) continue;
    context.beginPath();
    for (const edge of edges) trace(context, curveOf(scene, from[edge]!, to[edge]!));
    context.globalAlpha = style.alpha * quiet * crowd;
    context.strokeStyle = palette.ink3;
    context.lineWidth = Math.min(2.4, 1.1 * hairline);
    context.setLineDash(style.dash.map((length) => length * hairline));
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** Whether a transaction lies in the picture, with a margin. */
function inViewTest({ height, positions, viewport, width }: Scene): (tx: number) => boolean {
  const margin = PITCH * 4;
  const left = -viewport.x / viewport.zoom - margin;
  const top = -viewport.y / viewport.zoom - margin;
  const right = (width - viewport.x) / viewport.zoom + margin;
  const bottom = (height - viewport.y) / viewport.zoom + margin;
  return (tx) => {
    const x = positions[tx * 2]!;
    const y = positions[tx * 2 + 1]!;
    return x >= left && x <= right && y >= top && y <= bottom;
  };
}

function paintCriticalPath(context: CanvasRenderingContext2D, scene: Scene): void {
  const path = scene.run.graph.criticalPath;
  if (path.length < 2) return;
  context.beginPath();
  for (let i = 1; i < path.length; i++) trace(context, curveOf(scene, path[i - 1]!, path[i]!));
  const quiet = scene.litEdges.length > 0 || scene.tie !== null ? 0.4 : 1;
  const width = Math.max(3.2, Math.min(9, 2.4 / scene.viewport.zoom));
  context.strokeStyle = scene.palette.accent;
  context.globalAlpha = 0.16 * quiet;
  context.lineWidth = width * 3.4;
  context.stroke();
  context.globalAlpha = 0.92 * quiet;
  context.lineWidth = width;
  context.stroke();
  context.globalAlpha = 1;
}

function paintLitEdges(context: CanvasRenderingContext2D, scene: Scene): void {
  const { kindsShown, litEdges, palette, viewport } = scene;
  const { from, kind, to } = scene.run.graph;
  context.strokeStyle = palette.ink;
  context.fillStyle = palette.ink;
  context.lineWidth = Math.min(5, 1.7 / viewport.zoom);
  context.globalAlpha = litEdges.length > 120 ? 0.6 : 0.9;
  for (const edgeKind of [EDGE.readAfterWrite, EDGE.writeAfterWrite, EDGE.writeAfterRead]) {
    // Kinds that are switched off stay off, or one hovered hub would bring all of them back.
    if (!kindsShown[edgeKind]) continue;
    const dash =
      edgeKind === EDGE.readAfterWrite ? [] : edgeKind === EDGE.writeAfterWrite ? [5, 4] : [0.5, 3.5];
    context.setLineDash(dash.map((length) => length / viewport.zoom));
    context.beginPath();
    const curves = litEdges.flatMap((edge) =>
      kind[edge] === edgeKind ? [curveOf(scene, from[edge]!, to[edge]!)] : [],
    );
    for (const curve of curves) trace(context, curve);
    context.stroke();
    context.setLineDash([]);
    if (curves.length <= 400) for (const curve of curves) paintArrow(context, curve, 7);
  }
  context.globalAlpha = 1;
}

/** A head before the shape at the curve's end. */
function paintArrow(context: CanvasRenderingContext2D, curve: Curve, size: number): void {
  const length = Math.hypot(curve.bx - curve.ax, curve.by - curve.ay);
  const at = pointOn(curve, Math.max(0.5, 1 - (NODE_RADIUS + 3) / Math.max(1, length)));
  const before = pointOn(curve, Math.max(0.4, 0.93 - (NODE_RADIUS + 3) / Math.max(1, length)));
  const angle = Math.atan2(at.y - before.y, at.x - before.x);
  context.beginPath();
  context.moveTo(at.x, at.y);
  for (const side of [-0.45, 0.45]) {
    context.lineTo(at.x - size * Math.cos(angle + side), at.y - size * Math.sin(angle + side));
  }
  context.closePath();
  context.fill();
}

function paintTie(context: CanvasRenderingContext2D, scene: Scene): void {
  if (scene.tie === null) return;
  const curve = curveOf(scene, scene.tie.writer, scene.tie.reader);
  const width = Math.max(2.6, Math.min(12, 2.6 / scene.viewport.zoom));
  context.beginPath();
  trace(context, curve);
  context.strokeStyle = scene.palette.abort;
  context.fillStyle = scene.palette.abort;
  context.globalAlpha = 0.2;
  context.lineWidth = width * 4;
  context.stroke();
  context.globalAlpha = 1;
  context.lineWidth = width;
  context.stroke();
  paintArrow(context, curve, Math.max(10, width * 3.4));
}

/** Where the middle of the tie lies in the panel, px. */
export function tieMiddle(
  scene: Scene,
  tie: NonNullable<Scene['tie']>,
): { readonly x: number; readonly y: number } {
  const { viewport } = scene;
  const middle = pointOn(curveOf(scene, tie.writer, tie.reader), 0.5);
  return { x: viewport.x + middle.x * viewport.zoom, y: viewport.y + middle.y * viewport.zoom };
}
