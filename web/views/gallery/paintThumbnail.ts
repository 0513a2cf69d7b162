import type { BlockRun } from '../../../engine/api/index.ts';
import { EDGE } from '../../lib/trace.ts';
import { LOOK, type TraceIndex, traceIndexOf } from '../../components/canvas/traceIndex.ts';
import type { Palette } from '../../components/canvas/palette.ts';
import { layoutSilhouette, type Silhouette } from './silhouette.ts';

/** A recorded run laid out for a thumbnail of a size, in CSS pixels. */
export interface ThumbnailPlan {
  readonly run: BlockRun;
  readonly index: TraceIndex;
  readonly width: number;
  readonly height: number;
  readonly graph: Silhouette;
  readonly onPath: Uint8Array;
  /** When each transaction was committed; Infinity when it never was. */
  readonly committedUs: Float64Array;
}

const EDGE_PX = 14;
/** The words on which block it is have their place below. */
const FOOT_PX = 20;
const ROW_GAP_PX = 1.5;
/** The part of the height that the workers take; the graph has the rest. */
const TRACKS_SHARE = 0.46;
const FAINT = 0.2;

export function planThumbnail(run: BlockRun, width: number, height: number): ThumbnailPlan {
  const index = traceIndexOf(run);
  const count = run.transactions.length;
  const onPath = new Uint8Array(count);
  for (const tx of run.graph.criticalPath) onPath[tx] = 1;
  const committedUs = Float64Array.from({ length: count }, (_, tx) => {
    const mark = index.commitOf[tx]!;
    return mark < 0 ? Number.POSITIVE_INFINITY : run.trace.endUs[mark]!;
  });
  const box = graphBox(width, height);
  return {
    run,
    index,
    width,
    height,
    graph: layoutSilhouette(run.graph.wave, run.graph.waves, box.width, box.height),
    onPath,
    committedUs,
  };
}

function graphBox(width: number, height: number) {
  const top = EDGE_PX + (height - 2 * EDGE_PX) * TRACKS_SHARE + 11;
  return {
    left: EDGE_PX,
    top,
    width: Math.max(1, width - 2 * EDGE_PX),
    height: Math.max(1, height - FOOT_PX - top),
  };
}

/**
 * Draws the run up to a moment: what lies beyond it is faint. Above the virtual cores, a row each; below the conflict
 * graph, its longest chain in the accent.
 */
export function paintThumbnail(
  context: CanvasRenderingContext2D,
  plan: ThumbnailPlan,
  nowUs: number,
  palette: Palette,
): void {
  context.clearRect(0, 0, plan.width, plan.height);
  paintTracks(context, plan, nowUs, palette);
  paintGraph(context, plan, nowUs, palette);
}

function paintTracks(
  context: CanvasRenderingContext2D,
  { run, index, width, height }: ThumbnailPlan,
  nowUs: number,
  palette: Palette,
): void {
  const tracks = (height - 2 * EDGE_PX) * TRACKS_SHARE;
  const pitch = tracks / run.workers;
  const barHeight = Math.max(1, pitch - ROW_GAP_PX);
  const pxPerUs = (width - 2 * EDGE_PX) / Math.max(index.durationUs, 1e-9);
  index.rows.forEach((row, worker) => {
    const top = EDGE_PX + worker * pitch;
    context.globalAlpha = 1;
    context.fillStyle = palette.line;
    context.fillRect(EDGE_PX, top + barHeight - 1, width - 2 * EDGE_PX, 1);
    for (let place = 0; place < row.count; place++) {
      const look = row.look[place]!;
      if (look === LOOK.wait || look === LOOK.validate) continue;
      const startUs = row.startUs[place]!;
      const x = EDGE_PX + startUs * pxPerUs;
      const w = Math.max(look === LOOK.abort ? 1.5 : 0.75, (row.endUs[place]! - startUs) * pxPerUs - 0.5);
      const wasted = look === LOOK.wasted ? 0.45 : 1;
      context.fillStyle = palette.looks[look]!;
      context.globalAlpha = (startUs <= nowUs ? 1 : FAINT) * wasted;
      context.fillRect(x, top, w, barHeight);
    }
  });
  context.globalAlpha = 1;
  if (nowUs < index.durationUs) {
    context.fillStyle = palette.accent;
    context.fillRect(EDGE_PX + nowUs * pxPerUs - 0.75, EDGE_PX - 3, 1.5, tracks + 4);
  }
}

function paintGraph(
  context: CanvasRenderingContext2D,
  plan: ThumbnailPlan,
  nowUs: number,
  palette: Palette,
): void {
  const { run, graph, onPath, committedUs } = plan;
  const { positions, pitch } = graph;
  const box = graphBox(plan.width, plan.height);
  const x = (tx: number): number => box.left + positions[tx * 2]!;
  const y = (tx: number): number => box.top + positions[tx * 2 + 1]!;
  const { edgeCount, from, to, kind, criticalPath } = run.graph;
  context.strokeStyle = palette.ink3;
  context.lineWidth = 0.6;
  context.globalAlpha = 0.28;
  context.beginPath();
  for (let edge = 0; edge < edgeCount; edge++) {
    if (kind[edge] !== EDGE.readAfterWrite) continue;
    context.moveTo(x(from[edge]!), y(from[edge]!));
    context.lineTo(x(to[edge]!), y(to[edge]!));
  }
  context.stroke();
  context.strokeStyle = palette.accent;
  context.lineWidth = Math.max(1, Math.min(1.8, pitch * 0.3));
  context.globalAlpha = 0.75;
  context.beginPath();
  criticalPath.forEach((tx, at) => {
    if (at === 0) context.moveTo(x(tx), y(tx));
    else context.lineTo(x(tx), y(tx));
  });
  context.stroke();
  const radius = Math.max(0.8, Math.min(3.2, pitch * 0.36));
  for (let tx = 0; tx < onPath.length; tx++) {
    context.globalAlpha = committedUs[tx]! <= nowUs ? 1 : FAINT + 0.06;
    context.fillStyle = onPath[tx] === 1 ? palette.accent : palette.module(run.transactions[tx]!.module);
    context.beginPath();
    context.arc(x(tx), y(tx), radius, 0, Math.PI * 2);
    context.fill();
  }
  context.globalAlpha = 1;
}
