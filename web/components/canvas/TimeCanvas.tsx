import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { BlockRun } from '../../../engine/api/index.ts';
import { formatUs } from '../../lib/format.ts';
import { format } from '../../lib/messages.ts';
import { timePanelText as text } from '../../lib/messages/timePanels.ts';
import type { Scene } from './frame.ts';
import { Legend, type LegendEntry } from './Legend.tsx';
import { createTimeStage, type TimeStage } from './timeStage.ts';
import { useTimeWindow, wholeWindow } from './timeWindow.ts';
import { traceIndexOf } from './traceIndex.ts';

export interface TimeCanvasProps {
  readonly run: BlockRun;
  readonly ghost: BlockRun | null;
  readonly scene: Scene;
  /** The panel in one sentence, for those who do not see it. */
  readonly summary: string;
  readonly legend: readonly LegendEntry[];
}

/**
 * A panel on the run's clock: canvas, pan and zoom, hover, selection, keyboard, tooltip, legend. What
 * is drawn comes from the scene; panels that are open together share one stretch of time.
 */
export function TimeCanvas({ run, ghost, scene, summary, legend }: TimeCanvasProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const overflow = useRef<HTMLDivElement>(null);
  const tip = useRef<HTMLDivElement>(null);
  const stage = useRef<TimeStage | null>(null);
  const [said, say] = useState('');
  const help = useId();
  const input = useMemo(() => {
    const index = traceIndexOf(run);
    return { scene, run, index, whole: wholeWindow(index.durationUs, ghost?.metrics.durationUs) };
  }, [scene, run, ghost]);

  useEffect(() => {
    if (!scroller.current || !canvas.current || !overflow.current || !tip.current) return;
    const made = createTimeStage({
      scroller: scroller.current,
      canvas: canvas.current,
      overflow: overflow.current,
      tip: tip.current,
      say,
    });
    stage.current = made;
    return () => {
      made?.dispose();
      stage.current = null;
    };
  }, []);
  useEffect(() => stage.current?.show(input), [input]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target !== scroller.current || !stage.current?.key(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="@container flex h-full min-h-0 flex-col">
      <div className="relative min-h-0 flex-1">
        <div
          ref={scroller}
          // An application: arrow keys walk the spans here, and the live region says where one is.
          role="application"
          aria-roledescription={text.role}
          aria-label={summary}
          aria-describedby={help}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard's way into the canvas
          tabIndex={0}
          onKeyDown={onKeyDown}
          onFocus={() => stage.current?.redraw()}
          onBlur={() => stage.current?.redraw()}
          className="absolute inset-0 touch-pan-y select-none overflow-y-auto overflow-x-hidden -outline-offset-2"
        >
          <canvas ref={canvas} className="pointer-events-none sticky top-0 block h-full w-full" />
          <div ref={overflow} />
        </div>
        <div
          ref={tip}
          hidden
          aria-hidden="true"
          className="pointer-events-none absolute top-0 left-0 z-10 w-max max-w-[min(22rem,90%)] rounded-1 border border-line border-l-4 bg-surface-2 px-2.5 py-1.5 text-ink text-xs leading-snug shadow-[var(--shadow)]"
        />
      </div>
      <p id={help} className="sr-only">
        {text.keys}
      </p>
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
      <Toolbar run={run} legend={legend} zoomBy={(factor) => stage.current?.zoomBy(factor)} />
    </div>
  );
}

function Toolbar({
  run,
  legend,
  zoomBy,
}: {
  readonly run: BlockRun;
  readonly legend: readonly LegendEntry[];
  zoomBy(factor: number): void;
}) {
  const whole = useTimeWindow((state) => state.window === null);
  const fit = useTimeWindow((state) => state.fit);
  return (
    <div className="flex h-8 shrink-0 items-center gap-3 border-line border-t px-2 text-ink-3 text-xs">
      <Legend entries={legend} />
      <span className="ml-auto min-w-0 truncate">{clockText(run)}</span>
      <span className="flex shrink-0 items-center" title={text.hands}>
        <ToolButton label={text.zoomOut} disabled={whole} onClick={() => zoomBy(1 / 1.6)} path="M3 8h10" />
        <ToolButton label={text.zoomIn} onClick={() => zoomBy(1.6)} path="M3 8h10M8 3v10" />
        <ToolButton
          label={text.fit}
          disabled={whole}
          onClick={fit}
          path="M2.5 3v10M13.5 3v10M5 8h6M6.5 6 4.5 8l2 2M9.5 6l2 2-2 2"
        />
      </span>
    </div>
  );
}

function ToolButton(props: {
  readonly label: string;
  readonly path: string;
  readonly disabled?: boolean;
  onClick(): void;
}) {
  return (
    <button
      type="button"
      aria-label={props.label}
      title={props.label}
      disabled={props.disabled}
      onClick={props.onClick}
      className="grid size-7 place-items-center rounded-1 text-ink-2 hover:bg-surface-3 hover:text-ink disabled:text-ink-3 disabled:opacity-50 disabled:hover:bg-transparent"
    >
      <svg aria-hidden="true" viewBox="0 0 16 16" className="size-4">
        <path d={props.path} fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" />
      </svg>
    </button>
  );
}

/** Whose time it is, beside every axis. */
export function clockText(run: BlockRun): string {
  if (run.clock === 'virtual') return text.clockVirtual;
  if (run.clockResolutionUs <= 0) return text.clockMeasuredFine;
  return format(text.clockMeasured, { resolution: formatUs(run.clockResolutionUs).replace('.00', '') });
}
