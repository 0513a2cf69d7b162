import type { BlockLanes, LaneHealth } from '../../../engine/api/index.ts';
import type { Palette } from '../../components/canvas/palette.ts';
import { LOOK } from '../../components/canvas/traceIndex.ts';
import type { LanesLayout, Placed } from './geometry.ts';
import type { TrafficPlan } from './plan.ts';

type Context = CanvasRenderingContext2D;

export interface Picture {
  readonly plan: TrafficPlan;
  readonly layout: LanesLayout;
  readonly lanes: BlockLanes;
  readonly palette: Palette;
  readonly placed: readonly Placed[];
  readonly timeUs: number;
  readonly selected: number | null;
  readonly hovered: number | null;
}

/** Share of the block's duration for which a message is seen on its way. */
const MESSAGE_SHOWN = 0.08;

const STOPPED: ReadonlySet<LaneHealth['status']> = new Set(['halted', 'panic', 'storageFull']);

/** The whole picture of a moment. */
export function paintLanes(context: Context, picture: Picture): void {
  paintGround(context, picture);
  paintCrossings(context, picture);
  for (const one of picture.placed) paintTransaction(context, picture, one);
  paintMessages(context, picture);
  paintMarked(context, picture, picture.hovered, picture.palette.ink, 1.25);
  paintMarked(context, picture, picture.selected, picture.palette.accent, 2);
}

function paintGround(context: Context, { layout, lanes, palette }: Picture): void {
  const { gateX, exitX, height, width, rowHeight, shared } = layout;
  context.fillStyle = palette.surface2;
  context.fillRect(gateX, 0, exitX - gateX, height);
  lanes.lanes.forEach(({ health }, row) => {
    if (STOPPED.has(health.status))
      paintHatch(context, palette, gateX, row * rowHeight + 1, exitX - gateX, rowHeight - 2);
  });
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  context.beginPath();
  for (let row = 1; row < lanes.lanes.length; row++) {
    const y = Math.round(row * rowHeight) + 0.5;
    // One queue and one order have no walls between them.
    context.moveTo(shared ? gateX : 0, y);
    context.lineTo(shared ? exitX : width, y);
  }
  context.stroke();
  context.strokeStyle = palette.ink3;
  context.beginPath();
  for (const x of [gateX, exitX]) {
    context.moveTo(x + 0.5, 0);
    context.lineTo(x + 0.5, height);
  }
  context.stroke();
}

/** Slanted lines where a lane stands still. */
function paintHatch(
  context: Context,
  palette: Palette,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.strokeStyle = String(palette.looks[LOOK.abort]);
  context.globalAlpha = 0.55;
  context.lineWidth = 1.5;
  context.beginPath();
  for (let at = x - height; at < x + width; at += 9) {
    context.moveTo(at, y + height);
    context.lineTo(at + height, y);
  }
  context.stroke();
  context.restore();
}

/** What runs and touches other lanes: a line to each, with an open mark where it takes the lane along. */
function paintCrossings(context: Context, { placed, plan, layout, palette }: Picture): void {
  context.strokeStyle = palette.ink2;
  context.lineWidth = 1;
  for (const { tx, phase, x, y } of placed) {
    if (phase !== 'running') continue;
    for (const row of plan.othersOf[tx] ?? []) {
      const middle = (row + 0.5) * layout.rowHeight;
      context.globalAlpha = 0.7;
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(x, middle);
      context.stroke();
      context.globalAlpha = 1;
      paintDiamond(context, x, middle, 3.5);
      context.fillStyle = palette.surface1;
      context.fill();
      context.stroke();
    }
  }
}

function paintDiamond(context: Context, x: number, y: number, reach: number): void {
  context.beginPath();
  context.moveTo(x, y - reach);
  context.lineTo(x + reach, y);
  context.lineTo(x, y + reach);
  context.lineTo(x - reach, y);
  context.closePath();
}

function paintTransaction(context: Context, picture: Picture, { tx, phase, x, y, size }: Placed): void {
  const { palette, lanes, plan } = picture;
  const hue = palette.module(lanes.lanes[plan.rowOf[tx]!]?.module ?? '');
  const half = size / 2;
  if (size < 3) {
    context.globalAlpha = phase === 'queued' || phase === 'ran' ? 0.5 : 1;
    context.fillStyle = phase === 'failed' ? String(palette.looks[LOOK.abort]) : hue;
    context.fillRect(x - half, y - half, size, size);
    context.globalAlpha = 1;
    return;
  }
  context.beginPath();
  context.roundRect(x - half, y - half, size, size, phase === 'running' ? half : Math.min(2, half));
  switch (phase) {
    case 'queued':
      context.globalAlpha = 0.55;
      context.fillStyle = hue;
      context.fill();
      break;
    case 'running':
      context.fillStyle = hue;
      context.fill();
      context.strokeStyle = palette.ink;
      context.lineWidth = 1.25;
      context.stroke();
      break;
    case 'ran':
      context.strokeStyle = hue;
      context.lineWidth = 1.25;
      context.stroke();
      break;
    case 'committed':
      context.fillStyle = hue;
      context.fill();
      break;
    case 'failed':
      // A rim and a bar as well as the hue: it is in the block, and nothing came of it.
      context.strokeStyle = String(palette.looks[LOOK.abort]);
      context.lineWidth = 1.5;
      context.stroke();
      context.beginPath();
      context.moveTo(x - half + 1, y + half - 1);
      context.lineTo(x + half - 1, y - half + 1);
      context.stroke();
      break;
  }
  context.globalAlpha = 1;
}

/** Messages that were sent, delivered or came to an end a moment ago, as arcs between their lanes. */
function paintMessages(context: Context, picture: Picture): void {
  const { lanes, layout, palette, plan, timeUs } = picture;
  const rows = new Map(lanes.lanes.map(({ module }, row) => [module, row]));
  const shownUs = plan.durationUs * MESSAGE_SHOWN;
  for (const { tx, kind, from, to } of lanes.messages) {
    const since = timeUs - (plan.commitUs[tx] ?? Infinity);
    const start = rows.get(from);
    const end = rows.get(to);
    if (since < 0 || since > shownUs || start === undefined || end === undefined) continue;
    const bad = kind === 'failed' || kind === 'timedOut';
    const backwards = kind === 'acknowledged' || kind === 'timedOut';
    const y1 = ((backwards ? end : start) + 0.5) * layout.rowHeight;
    const y2 = ((backwards ? start : end) + 0.5) * layout.rowHeight;
    const x = layout.exitX + 4;
    const bow = x + 18 + Math.abs(y2 - y1) * 0.18;
    context.strokeStyle = bad ? String(palette.looks[LOOK.abort]) : palette.accent;
    context.globalAlpha = 1 - since / shownUs;
    context.lineWidth = 1.5;
    context.setLineDash(kind === 'sent' || backwards ? [4, 3] : []);
    context.beginPath();
    context.moveTo(x, y1);
    context.quadraticCurveTo(bow, (y1 + y2) / 2, x, y2);
    context.stroke();
    context.setLineDash([]);
    context.beginPath();
    context.moveTo(x + 6, y2 - 4);
    context.lineTo(x, y2);
    context.lineTo(x + 6, y2 + 4);
    context.stroke();
    context.globalAlpha = 1;
  }
}

function paintMarked(
  context: Context,
  { placed, plan, layout }: Picture,
  tx: number | null,
  colour: string,
  width: number,
): void {
  const one = tx === null ? undefined : placed.find((candidate) => candidate.tx === tx);
  if (one === undefined) return;
  const half = Math.max(one.size, 5) / 2 + 2.5;
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  context.roundRect(one.x - half, one.y - half, half * 2, half * 2, 3);
  context.stroke();
  for (const row of plan.othersOf[one.tx] ?? []) {
    const y = (row + 0.5) * layout.rowHeight;
    context.setLineDash([2, 3]);
    context.beginPath();
    context.moveTo(one.x, one.y);
    context.lineTo(one.x, y);
    context.stroke();
    context.setLineDash([]);
    paintDiamond(context, one.x, y, 4);
    context.stroke();
  }
}
