import { type KeyboardEvent, type PointerEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { ProtocolDescription } from '../../../engine/api/index.ts';
import { devicePixels, fitSurface, framePacer, makeSurface } from '../../components/canvas/surface.ts';
import { useThemeVersion } from '../../lib/colours.ts';
import { consensusText as text } from '../../lib/messages/consensus.ts';
import { format } from '../../lib/messages.ts';
import { useSize } from '../../lib/useSize.ts';
import { type ConsensusRun, useConsensus } from '../../store/consensus/consensus.ts';
import { consensus } from '../../store/consensus/consensusCalls.ts';
import { eventsNow, useConsensusClock } from '../../store/consensus/consensusClock.ts';
import { selectedAt, useConsensusSelection } from '../../store/consensus/consensusSelection.ts';
import { worldAt } from '../../store/consensus/worldAt.ts';
import { clockKey } from './clockKey.ts';
import { leadersAt } from './leaders.ts';
import { readLook, shapesOf } from './look.ts';
import type { Crowd } from './paintCrowd.ts';
import { paintRing, type RingMoment } from './paintRing.ts';
import { layoutRing, messageAt, nodeAt, sidesOf } from './ringGeometry.ts';
import { replicaState, timeWords } from './words.ts';

export interface RingCanvasProps {
  readonly run: ConsensusRun;
  readonly description: ProtocolDescription;
  /** A replica was picked: where on the page its menu may open. */
  onPick(node: number, at: { readonly left: number; readonly top: number }): void;
}

/** Replicas on a ring, and messages on their way between them, at the moment of the clock. A line drawn through it cuts the network. */
export function RingCanvas({ run, description, onPick }: RingCanvasProps) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const line = useRef<RingMoment['line']>(null);
  const redraw = useRef<() => void>(() => {});
  const [focused, setFocused] = useState(-1);
  const [said, say] = useState('');
  const help = useId();
  const theme = useThemeVersion();
  const { width, height } = useSize(frame);
  const { log, branch } = run;
  const layout = useMemo(() => layoutRing(log.nodes, width, height, readLook().scale), [log, width, height]);

  useEffect(() => {
    const surface = canvas.current === null ? null : makeSurface(canvas.current);
    if (surface === null || width < 40 || height < 40) return;
    const look = readLook();
    const kinds = description.messageKinds;
    const shapes = shapesOf(kinds);
    const crowd: Crowd = { sheet: null, image: null };
    const draw = (): void => {
      const events = eventsNow(branch);
      fitSurface(surface, width, height, devicePixels());
      const flying = paintRing(
        surface.context,
        {
          ...{ log, kinds, shapes, layout, look, events },
          timeUs: useConsensusClock.getState().timeUs,
          world: worldAt(log, events),
          leaders: leadersAt(log, kinds, events),
          selectedNode: selectedAt(branch, 'replica'),
          focusedNode: focused,
          selectedMessage: selectedAt(branch, 'message'),
          line: line.current,
        },
        crowd,
      );
      surface.canvas.dataset.flying = String(flying);
    };
    const pacer = framePacer(draw);
    redraw.current = pacer.request;
    draw();
    const stops = [
      useConsensusClock.subscribe(pacer.request),
      useConsensus.subscribe(pacer.request),
      useConsensusSelection.subscribe(pacer.request),
    ];
    return () => {
      for (const stop of stops) stop();
      pacer.stop();
    };
  }, [log, branch, description, layout, width, height, theme, focused]);

  const pick = (node: number): void => {
    consensus.activate(branch);
    useConsensusSelection.getState().select({ branch, kind: 'replica', at: node });
    const box = frame.current?.getBoundingClientRect();
    if (box === undefined) return;
    onPick(node, {
      left: box.left + layout.x[node]! + layout.nodeRadius,
      top: box.top + layout.y[node]! + layout.nodeRadius,
    });
  };
  const pointOf = (event: PointerEvent): { x: number; y: number } => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const onPointerUp = (event: PointerEvent): void => {
    const to = pointOf(event);
    const drawn = line.current;
    line.current = null;
    redraw.current();
    if (drawn === null) return;
    const from = { x: drawn.fromX, y: drawn.fromY };
    if (Math.hypot(to.x - from.x, to.y - from.y) < LEAST_LINE_PX) {
      const node = nodeAt(layout, to.x, to.y);
      const message = messageAt(layout, log, useConsensusClock.getState().timeUs, to.x, to.y);
      if (node >= 0) pick(node);
      else if (message < 0) useConsensusSelection.getState().select(null);
      else {
        consensus.activate(branch);
        useConsensusSelection.getState().select({ branch, kind: 'message', at: message });
      }
      return;
    }
    const sides = sidesOf(layout, from, to);
    if (sides === null) return;
    consensus.activate(branch);
    void consensus.intervene({ kind: 'cut', groups: sides });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      const next = (Math.max(focused, step > 0 ? -1 : 0) + step + log.nodes) % log.nodes;
      setFocused(next);
      say(replicaState(log, next, eventsNow(branch)));
    } else if (event.key === 'Enter') pick(Math.max(0, focused));
    else if (!clockKey(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={frame} className="relative h-full min-h-0 w-full min-w-0 overflow-hidden">
      <div
        // An application: arrow keys walk the replicas here, and the live region says where one is.
        role="application"
        aria-roledescription={text.ringRole}
        aria-label={summaryWords(run)}
        aria-describedby={help}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard's way into the canvas
        tabIndex={0}
        onKeyDown={onKeyDown}
        onFocus={() => setFocused((at) => Math.max(0, at))}
        onBlur={() => setFocused(-1)}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          const { x, y } = pointOf(event);
          line.current = { fromX: x, fromY: y, toX: x, toY: y };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          const { x, y } = pointOf(event);
          if (line.current === null) {
            event.currentTarget.style.cursor = nodeAt(layout, x, y) >= 0 ? 'pointer' : 'crosshair';
            return;
          }
          line.current = { ...line.current, toX: x, toY: y };
          redraw.current();
        }}
        onPointerUp={onPointerUp}
        onPointerCancel={() => {
          line.current = null;
          redraw.current();
        }}
        className="absolute inset-0 touch-pan-y select-none -outline-offset-2"
      >
        <canvas ref={canvas} className="pointer-events-none block size-full" />
      </div>
      <p id={help} className="sr-only">
        {text.ringKeys}
      </p>
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
    </div>
  );
}

/** A shorter stroke is a click. */
const LEAST_LINE_PX = 12;

/** Many replicas are not read out one by one. */
const MOST_READ = 10;

function summaryWords({ log }: ConsensusRun): string {
  const { timeUs } = useConsensusClock.getState();
  const events = log.eventsAt(timeUs);
  const replicas = Array.from({ length: Math.min(log.nodes, MOST_READ) }, (_, node) =>
    format(text.ringReplica, { node, height: log.stateAt(node, events).height }),
  );
  return format(text.ring, { count: log.nodes, time: timeWords(timeUs), replicas: replicas.join(', ') });
}
