import { listenToGestures } from '../../components/canvas/gestures.ts';
import {
  devicePixels,
  fitSurface,
  framePacer,
  makeSurface,
  type Surface,
} from '../../components/canvas/surface.ts';
import type { Intervention } from '../../../engine/api/index.ts';
import { onThemeChange } from '../../lib/colours.ts';
import { type ConsensusRun, useConsensus } from '../../store/consensus/consensus.ts';
import {
  eventsNow,
  knownUs,
  seekTo,
  showWindow,
  useConsensusClock,
  zoomWindow,
} from '../../store/consensus/consensusClock.ts';
import { useConsensusSelection } from '../../store/consensus/consensusSelection.ts';
import {
  arrowEnd,
  type DiagramFrame,
  frameDiagram,
  type Hit,
  hitDiagram,
  rowAt,
  timeAt,
  xAt,
} from './diagramGeometry.ts';
import { type Look, readLook, type Shape } from './look.ts';
import {
  clipPlot,
  type DiagramPicture,
  paintArrows,
  paintBars,
  paintDown,
  paintGrid,
} from './paintDiagram.ts';
import { paintMarks } from './paintMarks.ts';
import { paintMoment } from './paintMoment.ts';

export interface DiagramInput {
  readonly run: ConsensusRun;
  readonly kinds: DiagramPicture['kinds'];
  readonly shapes: readonly Shape[];
  readonly width: number;
  readonly height: number;
  /** When this run first differed from the one beside it; −1: never, or there is none. */
  readonly differsUs: number;
}

export interface DiagramParts {
  readonly box: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly tip: HTMLElement;
  describe(hit: Hit): string;
  select(hit: Hit | null, row: number): void;
  intervene(intervention: Intervention, afterEvents: number): void;
}

export interface DiagramStage {
  show(input: DiagramInput): void;
  focusRow(row: number): void;
  redraw(): void;
  dispose(): void;
}

/** What is yet to come is drawn faintly. */
const FUTURE_ALPHA = 0.24;

/**
 * Runs a diagram outside React: paints at most once a frame, and keeps the picture between frames, so that a moving clock costs two copies
 * and a few strokes, however many messages there are.
 */
export function createDiagramStage(parts: DiagramParts): DiagramStage | null {
  const { box, canvas, tip } = parts;
  const screen = makeSurface(canvas);
  const record = makeSurface(document.createElement('canvas'));
  const backdrop = makeSurface(document.createElement('canvas'));
  if (screen === null || record === null || backdrop === null) return null;
  let input: DiagramInput | null = null;
  let look: Look | null = null;
  let painted = '';
  let hover: Hit | null = null;
  let focused = -1;
  /** The end of a message's arrow that a hand moves, and where it is now. */
  let held: { readonly place: number; toUs: number } | null = null;
  const pacer = framePacer(draw);

  function frameNow(): DiagramFrame | null {
    if (input === null || input.width < 60 || input.height < 40) return null;
    look ??= readLook();
    const { window } = useConsensusClock.getState();
    return frameDiagram(input.run.log.nodes, input.width, input.height, window, look.scale);
  }

  function draw(): void {
    const frame = frameNow();
    if (frame === null || input === null || look === null) return;
    const { run, kinds, shapes } = input;
    const { log } = run;
    const ratio = devicePixels();
    fitSurface(screen!, frame.width, frame.height, ratio);
    const picture: DiagramPicture = { frame, log, kinds, shapes, look };
    const state = [frame.startUs, frame.pxPerUs, frame.width, frame.height, ratio, log.version].join();
    if (state !== painted) {
      painted = state;
      layer(backdrop!, frame, ratio, (context) => paintGrid(context, picture));
      layer(record!, frame, ratio, (context) => {
        clipPlot(context, frame);
        paintBars(context, picture);
        paintDown(context, picture);
        paintArrows(context, picture);
        paintMarks(context, picture);
      });
    }
    const { timeUs } = useConsensusClock.getState();
    compose(screen!, backdrop!, record!, xAt(frame, timeUs) * ratio);
    const { context } = screen!;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.save();
    paintMoment(context, picture, {
      timeUs,
      branch: run.branch,
      differsUs: input.differsUs,
      hover,
      focusedRow: document.activeElement === box ? focused : -1,
      held,
    });
    context.restore();
  }

  function showTip(hit: Hit | null, at: { readonly x: number; readonly y: number } | null): void {
    if (hit === null || at === null || input === null) {
      tip.hidden = true;
      return;
    }
    tip.textContent = parts.describe(hit);
    tip.hidden = false;
    const left = Math.max(4, Math.min(at.x + 12, input.width - tip.offsetWidth - 4));
    const below = at.y + 16;
    const top = below + tip.offsetHeight > input.height ? Math.max(2, at.y - tip.offsetHeight - 10) : below;
    tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  /** An arrow's end was let go: later is a delay, earlier means that it comes next at that time. */
  function letGo(place: number, toUs: number): void {
    const log = input?.run.log;
    const found = log?.message(place);
    if (log === undefined || found === undefined) return;
    const { segment, at } = found;
    const number = segment.messages.number[at]!;
    const arrivesUs = segment.endsUs[at]!;
    const sent = segment.sentAt[at]!;
    const now = eventsNow(input!.run.branch);
    const arrived = log.placeOf(number) || Number.POSITIVE_INFINITY;
    if (toUs > arrivesUs) {
      const after = now >= sent && now < arrived ? now : sent;
      parts.intervene({ kind: 'delayMessage', event: number, byUs: Math.round(toUs - arrivesUs) }, after);
    } else {
      const after = Math.max(sent, log.eventsAt(Math.max(toUs, segment.messages.departsUs[at]!)));
      if (after < arrived) parts.intervene({ kind: 'nextStep', event: number }, after);
    }
  }

  const abort = new AbortController();
  const pointOf = (event: PointerEvent) => {
    const { left, top } = box.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  // Before the gestures: a hand on an arrow's end moves that, and nothing else.
  box.addEventListener(
    'pointerdown',
    (event) => {
      const frame = frameNow();
      if (frame === null || input === null || event.button !== 0) return;
      const { x, y } = pointOf(event);
      const hit = hitDiagram(frame, input.run.log, x, y);
      if (hit?.kind !== 'message' || !hit.isEnd) return;
      const found = input.run.log.message(hit.place);
      if (found === undefined || found.segment.lost[found.at] === 1) return;
      event.stopImmediatePropagation();
      const end = arrowEnd(frame, found.segment, found.at);
      const pressed = x;
      box.setPointerCapture(event.pointerId);
      const drag = new AbortController();
      const options = { signal: drag.signal };
      box.addEventListener(
        'pointermove',
        (moved) => {
          const departsUs = found.segment.messages.departsUs[found.at]!;
          const toUs = Math.max(departsUs, timeAt(frame, end.x + pointOf(moved).x - pressed));
          held = { place: hit.place, toUs };
          pacer.request();
        },
        options,
      );
      const end_ = (up: PointerEvent, counts: boolean): void => {
        drag.abort();
        const last = held;
        held = null;
        pacer.request();
        if (!counts) return;
        if (last !== null && Math.abs(pointOf(up).x - pressed) > LEAST_DRAG_PX) letGo(hit.place, last.toUs);
        else parts.select(hit, -1);
      };
      box.addEventListener('pointerup', (up) => end_(up, true), options);
      box.addEventListener('pointercancel', (up) => end_(up, false), options);
    },
    { signal: abort.signal, capture: true },
  );

  const stopGestures = listenToGestures(box, {
    onAxis: (y) => y < (frameNow()?.plotTop ?? 0),
    scrub: (x) => {
      const frame = frameNow();
      if (frame !== null) seekTo(timeAt(frame, x));
    },
    pan: (deltaX) => {
      const frame = frameNow();
      const { startUs, endUs } = useConsensusClock.getState().window;
      if (frame === null) return;
      const byUs = Math.max(-startUs, Math.min(deltaX / frame.pxPerUs, Math.max(0, knownUs() - startUs)));
      showWindow(startUs + byUs, endUs + byUs);
    },
    zoom: (factor, x) => {
      const frame = frameNow();
      if (frame === null) return false;
      zoomWindow(factor, timeAt(frame, Math.max(x, frame.plotLeft)));
      return true;
    },
    fit: () => showWindow(0, knownUs() * 1.02),
    click: (x, y) => {
      const frame = frameNow();
      if (frame === null || input === null) return;
      parts.select(hitDiagram(frame, input.run.log, x, y), rowAt(frame, y));
    },
    point: (at) => {
      const frame = frameNow();
      const found =
        frame !== null && at !== null && input !== null ? hitDiagram(frame, input.run.log, at.x, at.y) : null;
      hover = found;
      const onEnd = found?.kind === 'message' && found.isEnd;
      const onAxis = frame !== null && at !== null && at.y < frame.plotTop;
      box.style.cursor = onAxis ? 'col-resize' : onEnd ? 'ew-resize' : found === null ? '' : 'pointer';
      pacer.request();
      showTip(found, at);
    },
    scrolls: () => false,
  });

  const stops = [
    stopGestures,
    pacer.stop,
    () => abort.abort(),
    useConsensusClock.subscribe(pacer.request),
    useConsensus.subscribe(pacer.request),
    useConsensusSelection.subscribe(pacer.request),
    onThemeChange(() => {
      look = null;
      painted = '';
      pacer.request();
    }),
  ];
  return {
    show(next) {
      input = next;
      look = null;
      painted = '';
      hover = null;
      showTip(null, null);
      pacer.request();
    },
    focusRow(row) {
      focused = row;
      pacer.request();
    },
    redraw: pacer.request,
    dispose: () => {
      for (const stop of stops) stop();
    },
  };
}

const LEAST_DRAG_PX = 4;

function layer(
  surface: Surface,
  frame: DiagramFrame,
  ratio: number,
  paint: (context: CanvasRenderingContext2D) => void,
): void {
  const { context } = surface;
  if (!fitSurface(surface, frame.width, frame.height, ratio))
    context.clearRect(0, 0, frame.width, frame.height);
  context.save();
  paint(context);
  context.restore();
}

/** The picture in full up to the moment, faint after it. */
function compose({ canvas, context }: Surface, backdrop: Surface, record: Surface, split: number): void {
  const { width, height } = canvas;
  const at = Math.round(Math.min(Math.max(split, 0), width));
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  context.drawImage(backdrop.canvas, 0, 0);
  if (at > 0) context.drawImage(record.canvas, 0, 0, at, height, 0, 0, at, height);
  if (at >= width) return;
  context.globalAlpha = FUTURE_ALPHA;
  context.drawImage(record.canvas, at, 0, width - at, height, at, 0, width - at, height);
  context.globalAlpha = 1;
}
