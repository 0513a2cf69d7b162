import type { ProtocolDescription, ReplicaRecord } from '../../../engine/api/index.ts';
import type { RunLog } from '../../store/consensus/runLog.ts';
import { visitMessages } from '../../store/consensus/segment.ts';
import type { WorldAt } from '../../store/consensus/worldAt.ts';
import { consensusText as text } from '../../lib/messages/consensus.ts';
import { format } from '../../lib/messages.ts';
import { font, hueOf, type Look, type Shape, traceShape } from './look.ts';
import { type Crowd, paintCounts, paintCrowd } from './paintCrowd.ts';
import { angleOf, letterOf, NAMED_NODES, onWay, type RingLayout } from './ringGeometry.ts';
import { quorumOf, type Tally, talliesAt } from './tally.ts';

type Context = CanvasRenderingContext2D;

/** A moment of one run as the ring draws it. */
export interface RingMoment {
  readonly log: RunLog;
  readonly kinds: ProtocolDescription['messageKinds'];
  readonly shapes: readonly Shape[];
  readonly layout: RingLayout;
  readonly look: Look;
  readonly events: number;
  readonly timeUs: number;
  readonly world: WorldAt;
  /** Who proposes in each replica's round, as far as it is known; by height and round. */
  readonly leaders: ReadonlySet<number>;
  readonly selectedNode: number;
  readonly focusedNode: number;
  /** Place of the selected message; −1: none. */
  readonly selectedMessage: number;
  /** A line that a hand draws through the ring. */
  readonly line: {
    readonly fromX: number;
    readonly fromY: number;
    readonly toX: number;
    readonly toY: number;
  } | null;
}

/** More messages than these are drawn as points, with counts. */
const MOST_SHAPES = 600;
/** Up to so many replicas have their votes drawn around them. */
const MOST_TALLIES = 16;
const QUORUM_PERMILLE = 667;

/** Draws the moment; answers how many messages are under way. */
export function paintRing(context: Context, moment: RingMoment, crowd: Crowd): number {
  const { layout, look, log } = moment;
  context.clearRect(0, 0, layout.width, layout.height);
  paintOrbit(context, moment);
  paintGroups(context, moment);
  const flying = countFlying(moment);
  const counts = flying > MOST_SHAPES ? paintCrowd(context, moment, crowd) : null;
  if (counts === null) paintMessages(context, moment);
  const tallies = log.nodes <= MOST_TALLIES ? talliesAt(log, moment.kinds, moment.events, moment.timeUs) : [];
  for (let node = 0; node < log.nodes; node++) paintReplica(context, moment, node, tallies[node]);
  if (counts !== null) paintCounts(context, moment, counts);
  if (moment.line !== null) {
    context.strokeStyle = look.bad;
    context.lineWidth = 2;
    context.setLineDash([6, 5]);
    context.beginPath();
    context.moveTo(moment.line.fromX, moment.line.fromY);
    context.lineTo(moment.line.toX, moment.line.toY);
    context.stroke();
    context.setLineDash([]);
  }
  return flying;
}

function paintOrbit(context: Context, { layout, look }: RingMoment): void {
  context.strokeStyle = look.line;
  context.lineWidth = 1;
  context.beginPath();
  context.arc(layout.centreX, layout.centreY, layout.radius, 0, 2 * Math.PI);
  context.stroke();
}

/** Who can hear whom: an arc for each group, and a letter. */
function paintGroups(context: Context, { layout, look, world, log }: RingMoment): void {
  if (world.groups === null) return;
  const reach = layout.radius + layout.nodeRadius + 6;
  const half = Math.PI / log.nodes;
  context.lineWidth = 2.5;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.font = font(look, 10, 600);
  world.groups.forEach((group, place) => {
    context.strokeStyle = place % 2 === 0 ? look.bad : look.warn;
    context.fillStyle = context.strokeStyle;
    context.setLineDash(place % 2 === 0 ? [] : [5, 4]);
    for (const node of group) {
      const angle = angleOf(node, log.nodes);
      context.beginPath();
      context.arc(layout.centreX, layout.centreY, reach, angle - half * 0.86, angle + half * 0.86);
      context.stroke();
    }
    context.setLineDash([]);
    const first = angleOf(group[0] ?? 0, log.nodes) - half * 0.5;
    const out = reach + 9;
    context.fillText(
      letterOf(place),
      layout.centreX + out * Math.cos(first),
      layout.centreY + out * Math.sin(first),
    );
  });
}

function countFlying({ log, timeUs }: RingMoment): number {
  let count = 0;
  visitMessages(log.segments, timeUs, timeUs, () => count++);
  return count;
}

function paintMessages(context: Context, moment: RingMoment): void {
  const { log, layout, look, timeUs, shapes, world } = moment;
  const size = Math.min(5.5, 3 + layout.nodeRadius / 8) * look.scale;
  visitMessages(log.segments, timeUs, timeUs, (segment, at) => {
    const { messages } = segment;
    const { x, y, fromX, fromY, done } = onWay(layout, segment, at, timeUs);
    const value = messages.value[at]!;
    const colour = hueOf(look, value);
    const selected = segment.firstMessage + at === moment.selectedMessage;
    context.globalAlpha = selected ? 1 : 0.35;
    context.strokeStyle = colour;
    context.lineWidth = selected ? 2 : 1;
    context.beginPath();
    context.moveTo(fromX, fromY);
    context.lineTo(x, y);
    context.stroke();
    const dies = segment.lost[at] === 1 && done > 0.45;
    context.globalAlpha = dies || world.down.has(messages.to[at]!) ? 0.45 : 1;
    context.beginPath();
    traceShape(context, shapes[messages.kind[at]!] ?? 'circle', x, y, selected ? size + 2 : size);
    if (value < 0) {
      context.fillStyle = look.surface1;
      context.fill();
      context.lineWidth = 1.5;
      context.stroke();
    } else {
      context.fillStyle = colour;
      context.fill();
    }
    if (messages.wrongDigest[at] === 1) paintWrong(context, look, x, y, size + 2.5);
    if (selected) {
      context.strokeStyle = look.accent;
      context.lineWidth = 1.5;
      context.stroke();
    }
    if (dies) paintCross(context, look, x, y, size);
    context.globalAlpha = 1;
  });
}

/** A claim that executing the block does not bear out. */
function paintWrong(context: Context, look: Look, x: number, y: number, reach: number): void {
  context.strokeStyle = look.bad;
  context.lineWidth = 1.75;
  context.setLineDash([2.5, 2]);
  context.beginPath();
  context.arc(x, y, reach, 0, 2 * Math.PI);
  context.stroke();
  context.setLineDash([]);
}

export function paintCross(context: Context, look: Look, x: number, y: number, reach: number): void {
  context.strokeStyle = look.bad;
  context.lineWidth = 1.75;
  context.beginPath();
  context.moveTo(x - reach, y - reach);
  context.lineTo(x + reach, y + reach);
  context.moveTo(x + reach, y - reach);
  context.lineTo(x - reach, y + reach);
  context.stroke();
}

function paintReplica(context: Context, moment: RingMoment, node: number, tally: Tally | undefined): void {
  const { layout, look, log, world, events } = moment;
  const x = layout.x[node]!;
  const y = layout.y[node]!;
  const r = layout.nodeRadius;
  const state = log.stateAt(node, events);
  const isDown = world.down.has(node);
  const lies = world.lies.has(node) || world.lyingDisks.has(node);
  const value = state.head > state.decided || state.head === -1 ? state.head : state.decided;
  const isNew = state.head !== state.decided && state.head > 0;
  context.beginPath();
  context.arc(x, y, r, 0, 2 * Math.PI);
  context.fillStyle = look.surface2;
  context.fill();
  if (!isDown && value > 0) {
    context.globalAlpha = isNew ? 0.55 : 0.22;
    context.fillStyle = hueOf(look, value);
    context.fill();
    context.globalAlpha = 1;
  }
  const locked = state.locked > 0 && !isDown;
  context.strokeStyle = isDown ? look.bad : locked ? hueOf(look, state.locked) : look.lineStrong;
  context.lineWidth = locked ? Math.max(1.5, r * 0.2) : Math.max(1, r * 0.07);
  context.stroke();
  if (lies && !isDown) {
    context.strokeStyle = look.bad;
    context.lineWidth = Math.max(1.25, r * 0.1);
    context.setLineDash([4, 3]);
    context.beginPath();
    context.arc(x, y, r + Math.max(2, r * 0.16), 0, 2 * Math.PI);
    context.stroke();
    context.setLineDash([]);
  }
  if (isDown) paintCross(context, look, x, y, r * 0.6);
  if (r >= 9) paintInside(context, moment, node, state, isDown);
  if (tally !== undefined && !isDown) paintTally(context, moment, node, tally);
  paintMarked(context, moment, node);
  if (log.nodes <= NAMED_NODES) paintName(context, moment, node, lies, isDown);
}

function paintInside(
  context: Context,
  { layout, look }: RingMoment,
  node: number,
  state: ReplicaRecord,
  isDown: boolean,
): void {
  if (isDown) return;
  const r = layout.nodeRadius;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = look.ink;
  context.font = font(look, Math.min(13, r * 0.72) / look.scale, 600);
  const withRound = state.round > 0 && r >= 14;
  context.fillText(String(state.height), layout.x[node]!, layout.y[node]! - (withRound ? r * 0.22 : 0));
  if (!withRound) return;
  context.font = font(look, Math.min(10, r * 0.5) / look.scale, 600);
  context.fillStyle = look.warn;
  context.fillText(`r${state.round}`, layout.x[node]!, layout.y[node]! + r * 0.48);
}

/** Its votes as a wreath of points a kind: who was heard, for what; closed when they are a certificate. */
function paintTally(context: Context, moment: RingMoment, node: number, tally: Tally): void {
  const { layout, look, log, kinds } = moment;
  const identities = log.info.powers.length;
  let reach = layout.nodeRadius + 4.5;
  for (const [kind, { role }] of kinds.entries()) {
    if (role !== 'vote') continue;
    const votes = tally.get(kind) ?? [];
    const certified = quorumOf(votes, log.info.powers, QUORUM_PERMILLE);
    if (certified !== undefined) {
      context.strokeStyle = hueOf(look, certified);
      context.lineWidth = 1.25;
      context.beginPath();
      context.arc(layout.x[node]!, layout.y[node]!, reach, 0, 2 * Math.PI);
      context.stroke();
    }
    for (let identity = 0; identity < identities; identity++) {
      const value = votes[identity];
      if (value === undefined) continue;
      const angle = angleOf(identity, identities);
      const x = layout.x[node]! + reach * Math.cos(angle);
      const y = layout.y[node]! + reach * Math.sin(angle);
      context.beginPath();
      context.arc(x, y, 2.2, 0, 2 * Math.PI);
      context.fillStyle = value < 0 ? look.surface1 : hueOf(look, value);
      context.fill();
      if (value >= 0) continue;
      context.strokeStyle = look.ink3;
      context.lineWidth = 1;
      context.stroke();
    }
    reach += 5;
  }
}

function paintMarked(
  context: Context,
  { layout, look, log, selectedNode, focusedNode }: RingMoment,
  node: number,
): void {
  if (node !== selectedNode && node !== focusedNode) return;
  context.strokeStyle = look.accent;
  context.lineWidth = node === selectedNode ? 2 : 1.25;
  context.setLineDash(node === selectedNode ? [] : [3, 3]);
  context.beginPath();
  context.arc(
    layout.x[node]!,
    layout.y[node]!,
    layout.nodeRadius + (log.nodes <= MOST_TALLIES ? 14 : 4),
    0,
    2 * Math.PI,
  );
  context.stroke();
  context.setLineDash([]);
}

function paintName(
  context: Context,
  { layout, look, log, leaders, world }: RingMoment,
  node: number,
  lies: boolean,
  isDown: boolean,
): void {
  const angle = angleOf(node, log.nodes);
  const out = layout.radius + layout.nodeRadius + 20;
  const words = [format(text.replicaShort, { node })];
  if (isDown) words.push(text.down);
  else if (lies) words.push(text.lies);
  else if (leaders.has(node)) words.push(text.leader);
  if (world.slow.has(node)) words.push(text.slow);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.font = font(look, 10.5, leaders.has(node) || lies || isDown ? 600 : 400);
  context.fillStyle = isDown || lies ? look.bad : leaders.has(node) ? look.ink : look.ink2;
  const line = words.join(' ');
  const half = context.measureText(line).width / 2 + 2;
  const x = layout.centreX + (out + half * 0.5 * Math.abs(Math.cos(angle))) * Math.cos(angle);
  const y = layout.centreY + out * Math.sin(angle);
  context.fillText(line, Math.min(Math.max(x, half), layout.width - half), y);
}
