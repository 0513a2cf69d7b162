import type { BlockRun } from '../../../engine/api/index.ts';
import { onThemeChange } from '../../lib/colours.ts';
import { SPAN } from '../../lib/trace.ts';
import { usePlayback } from '../../store/playback.ts';
import { useSelection } from '../../store/selection.ts';
import { FUTURE_ALPHA } from './drawing.ts';
import { type Frame, type Marks, makeFrame, type Scene, type StepDirection, timeOf, xOf } from './frame.ts';
import { listenToGestures } from './gestures.ts';
import { LOOK_TOKENS, type Palette, readPalette } from './palette.ts';
import { devicePixels, fitSurface, framePacer, makeSurface } from './surface.ts';
import {
  clampWindow,
  followWindow,
  panWindow,
  revealWindow,
  type TimeWindow,
  useTimeWindow,
  type WindowLimits,
  zoomWindow,
} from './timeWindow.ts';
import { type TraceIndex, spanLook } from './traceIndex.ts';

export interface StageInput {
  readonly scene: Scene;
  readonly run: BlockRun;
  readonly index: TraceIndex;
  /** What "the whole block" is on this clock. */
  readonly whole: TimeWindow;
}

export interface StageParts {
  readonly scroller: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  /** Takes the height of the rows that do not fit. */
  readonly overflow: HTMLElement;
  readonly tip: HTMLElement;
  /** Says a sentence to those who hear the page. */
  say(sentence: string): void;
}

export interface TimeStage {
  show(input: StageInput): void;
  /** Answers whether the key meant something here. */
  key(key: string): boolean;
  zoomBy(factor: number): void;
  redraw(): void;
  dispose(): void;
}

const AXIS_PX = 24;
const RIGHT_PX = 6;
const LEAST_SPAN_US = 2;
const STEPS: Readonly<Record<string, StepDirection>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
  a: 'nextAbort',
  A: 'previousAbort',
};

/**
 * Runs a clocked panel outside React: follows the stores, paints at most once a frame, and keeps the
 * recorded picture between frames, so that a moving clock costs two copies and a few marks.
 */
export function createTimeStage(parts: StageParts): TimeStage | null {
  const { scroller, canvas, overflow, tip } = parts;
  const screen = makeSurface(canvas);
  const backdrop = makeSurface(document.createElement('canvas'));
  const record = makeSurface(document.createElement('canvas'));
  if (screen === null || backdrop === null || record === null) return null;
  let input: StageInput | null = null;
  let palette: Palette | null = null;
  let painted = '';
  let hover = -1;
  let focus = -1;
  const pacer = framePacer(draw);

  function windowNow(whole: TimeWindow): TimeWindow {
    return useTimeWindow.getState().window ?? whole;
  }
  function limits(whole: TimeWindow): WindowLimits {
    return { endUs: whole.endUs, minSpanUs: LEAST_SPAN_US };
  }
  function frameNow(): Frame | null {
    const width = scroller.clientWidth;
    const height = scroller.clientHeight;
    if (input === null || width < 40 || height < 40) return null;
    palette ??= readPalette();
    const scale = (Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 14) / 14;
    const top = AXIS_PX * scale;
    const beyond = Math.max(0, Math.ceil(input.scene.rowsHeight(height - top, scale) + top - height));
    if (overflow.offsetHeight !== beyond) overflow.style.height = `${beyond}px`;
    return makeFrame(
      { width, height, pixelRatio: devicePixels() },
      {
        left: input.scene.headWidth(width, scale),
        top,
        right: RIGHT_PX,
        scrollTop: Math.min(scroller.scrollTop, beyond),
      },
      windowNow(input.whole),
      usePlayback.getState().timeUs,
      scale,
      palette,
    );
  }
  function marksNow(): Marks {
    const { tx, hoverTx, sequence } = useSelection.getState();
    const focused = document.activeElement === scroller;
    return { tx: tx ?? -1, hoverTx: hoverTx ?? -1, sequence: sequence ?? -1, hover, focus, focused };
  }

  function draw(): void {
    const frame = frameNow();
    if (frame === null || input === null) return;
    const { width, height, pixelRatio } = frame;
    fitSurface(screen!, width, height, pixelRatio);
    const state = [
      frame.startUs,
      frame.pxPerUs,
      width,
      height,
      pixelRatio,
      frame.scale,
      frame.scrollTop,
    ].join();
    if (state !== painted) {
      painted = state;
      for (const [layer, paint] of [
        [backdrop!, input.scene.paintBackdrop],
        [record!, input.scene.paintRecord],
      ] as const) {
        if (!fitSurface(layer, width, height, pixelRatio)) layer.context.clearRect(0, 0, width, height);
        layer.context.save();
        paint(layer.context, frame);
        layer.context.restore();
      }
    }
    const { context } = screen!;
    const { width: wide, height: tall } = canvas;
    const split = Math.round(Math.min(Math.max(xOf(frame, frame.nowUs) * pixelRatio, 0), wide));
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, wide, tall);
    context.drawImage(backdrop!.canvas, 0, 0);
    if (split > 0) context.drawImage(record!.canvas, 0, 0, split, tall, 0, 0, split, tall);
    if (split < wide) {
      context.globalAlpha = FUTURE_ALPHA;
      context.drawImage(record!.canvas, split, 0, wide - split, tall, split, 0, wide - split, tall);
      context.globalAlpha = 1;
    }
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    context.save();
    input.scene.paintMoment(context, frame, marksNow());
    context.restore();
  }

  function showTip(mark: number, at: { readonly x: number; readonly y: number } | null): void {
    if (input === null || mark < 0 || at === null) {
      tip.hidden = true;
      return;
    }
    if (tip.dataset.mark !== String(mark) || tip.hidden) {
      tip.dataset.mark = String(mark);
      tip.textContent = input.scene.describe(mark);
      const look = spanLook(input.run.trace, input.index.abortOf, mark);
      tip.style.borderLeftColor = `var(${LOOK_TOKENS[look]})`;
      tip.hidden = false;
    }
    const left = Math.max(4, Math.min(at.x + 12, scroller.clientWidth - tip.offsetWidth - 4));
    const below = at.y + 16;
    const above = at.y - tip.offsetHeight - 12;
    const top = below + tip.offsetHeight > scroller.clientHeight && above > 0 ? above : below;
    tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  function act(mark: number): void {
    if (input === null) return;
    const { trace } = input.run;
    const selection = useSelection.getState();
    const tx = mark < 0 ? -1 : trace.tx[mark]!;
    if (tx < 0) selection.clear();
    else if (trace.kind[mark] === SPAN.abort) {
      const playback = usePlayback.getState();
      playback.pause();
      selection.selectAbort(tx, trace.sequence[mark]!, trace.causeTx[mark]!, trace.causeKey[mark]!);
      playback.seekTo(trace.endUs[mark]!);
    } else selection.selectTx(tx);
  }

  function reveal(mark: number): void {
    const frame = frameNow();
    const place = frame && input ? input.scene.place(frame, mark) : null;
    if (frame === null || place === null || input === null) return;
    const { window, show } = useTimeWindow.getState();
    if (window) show(revealWindow(window, place.startUs, place.endUs, limits(input.whole)));
    if (place.top < scroller.scrollTop) scroller.scrollTop = place.top - 8;
    const bottom = place.bottom - frame.plotHeight;
    if (bottom > scroller.scrollTop) scroller.scrollTop = bottom + 8;
  }

  function zoomAt(factor: number, x: number): boolean {
    const frame = frameNow();
    if (frame === null || input === null) return false;
    const before = windowNow(input.whole);
    const next = zoomWindow(before, factor, timeOf(frame, Math.max(x, frame.plotLeft)), limits(input.whole));
    if (next.startUs === before.startUs && next.endUs === before.endUs) return false;
    const isWhole = next.endUs - next.startUs >= input.whole.endUs * 0.999;
    if (isWhole) useTimeWindow.getState().fit();
    else useTimeWindow.getState().show(next);
    return true;
  }

  function zoomBy(factor: number): void {
    const frame = frameNow();
    if (frame === null) return;
    const place = focus >= 0 ? input?.scene.place(frame, focus) : null;
    const x = xOf(frame, place ? (place.startUs + place.endUs) / 2 : frame.nowUs);
    const inView = x >= frame.plotLeft && x <= frame.width;
    zoomAt(factor, inView ? x : frame.plotLeft + frame.plotWidth / 2);
  }

  function focusOn(mark: number): void {
    focus = mark;
    if (mark < 0 || input === null) return;
    reveal(mark);
    const frame = frameNow();
    const place = frame && input.scene.place(frame, mark);
    if (frame && place) {
      const x = Math.max(xOf(frame, place.startUs), frame.plotLeft);
      showTip(mark, { x, y: place.bottom - frame.scrollTop + frame.plotTop - 8 });
    }
    parts.say(input.scene.describe(mark));
    const tx = input.run.trace.tx[mark]!;
    useSelection.getState().hover(tx < 0 ? {} : { tx });
  }

  const stopGestures = listenToGestures(scroller, {
    onAxis: (y) => y < (frameNow()?.plotTop ?? 0),
    scrub: (x) => {
      const frame = frameNow();
      if (frame) usePlayback.getState().seekTo(timeOf(frame, x));
    },
    pan: (deltaX) => {
      const frame = frameNow();
      const { window, show } = useTimeWindow.getState();
      if (frame && input && window) show(panWindow(window, deltaX / frame.pxPerUs, limits(input.whole)));
    },
    zoom: zoomAt,
    fit: () => useTimeWindow.getState().fit(),
    click: (x, y) => {
      const frame = frameNow();
      if (frame === null || input === null) return;
      focus = input.scene.hit(frame, x, y);
      act(focus);
    },
    point: (at) => {
      const frame = frameNow();
      const found = frame && at && input ? input.scene.hit(frame, at.x, at.y) : -1;
      if (found !== hover) {
        hover = found;
        const tx = found < 0 ? -1 : (input?.run.trace.tx[found] ?? -1);
        useSelection.getState().hover(tx < 0 ? {} : { tx });
        scroller.style.cursor =
          frame && at && at.y < frame.plotTop ? 'col-resize' : found < 0 ? '' : 'pointer';
        pacer.request();
      }
      showTip(found, at);
    },
    scrolls: () => overflow.offsetHeight > 0,
  });

  const resizes = new ResizeObserver(pacer.request);
  resizes.observe(scroller);
  scroller.addEventListener('scroll', pacer.request, { passive: true });
  const stops = [
    stopGestures,
    pacer.stop,
    () => resizes.disconnect(),
    () => scroller.removeEventListener('scroll', pacer.request),
    usePlayback.subscribe((state, before) => {
      if (state.timeUs === before.timeUs) return;
      const { window, show } = useTimeWindow.getState();
      if (window && input && state.durationUs === before.durationUs) {
        const wasIn = before.timeUs >= window.startUs && before.timeUs <= window.endUs;
        const next = followWindow(window, state.timeUs, limits(input.whole));
        if (next !== window && (wasIn || !state.playing)) show(next);
      }
      pacer.request();
    }),
    useSelection.subscribe((state, before) => {
      if (state.tx !== before.tx && state.tx !== null && input) {
        const mark = input.index.finalOf[state.tx] ?? -1;
        if (mark >= 0 && document.activeElement !== scroller) reveal(mark);
      }
      pacer.request();
    }),
    useTimeWindow.subscribe(pacer.request),
    onThemeChange(() => {
      palette = null;
      painted = '';
      pacer.request();
    }),
  ];

  return {
    show(next) {
      const { window, show, fit } = useTimeWindow.getState();
      // The same block run again stays in view as it was zoomed; another block shows itself whole.
      if (window && input && input.run.height !== next.run.height) fit();
      else if (window) show(clampWindow(window, limits(next.whole)));
      input = next;
      palette = null;
      painted = '';
      hover = -1;
      focus = -1;
      showTip(-1, null);
      pacer.request();
    },
    key(key) {
      if (input === null) return false;
      const direction = STEPS[key];
      if (direction !== undefined) {
        const next = input.scene.step(focus, direction, usePlayback.getState().timeUs);
        if (next >= 0) focusOn(next);
      } else if (key === '+' || key === '=') zoomBy(1.6);
      else if (key === '-' || key === '_') zoomBy(1 / 1.6);
      else if (key === '0') useTimeWindow.getState().fit();
      else if (key === 'Enter' && focus >= 0) act(focus);
      else if (key === 'Escape') {
        focus = -1;
        showTip(-1, null);
        useSelection.getState().clear();
      } else return false;
      pacer.request();
      return true;
    },
    zoomBy,
    redraw: pacer.request,
    dispose: () => {
      for (const stop of stops) stop();
    },
  };
}
