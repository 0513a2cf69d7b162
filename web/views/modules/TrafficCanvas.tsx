import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { BlockLanes, BlockRun } from '../../../engine/api/index.ts';
import { readPalette } from '../../components/canvas/palette.ts';
import { devicePixels, fitSurface, framePacer, makeSurface } from '../../components/canvas/surface.ts';
import { useThemeVersion } from '../../lib/colours.ts';
import { accountName } from '../../lib/format.ts';
import { modulesText as text } from '../../lib/messages/modules.ts';
import { format } from '../../lib/messages.ts';
import { usePlayback } from '../../store/playback.ts';
import { useSelection } from '../../store/selection.ts';
import { hitPlaced, layoutLanes, placeAll, type Placed } from './geometry.ts';
import { paintLanes } from './paint.ts';
import { makePlan, phaseAt } from './plan.ts';

export interface TrafficCanvasProps {
  readonly run: BlockRun;
  readonly lanes: BlockLanes;
  readonly width: number;
  readonly rowHeight: number;
}

/** The transactions of a block on their way through the lanes, on the stage's clock. */
export function TrafficCanvas({ run, lanes, width, rowHeight }: TrafficCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const placed = useRef<readonly Placed[]>([]);
  const [tip, setTip] = useState<{ readonly tx: number; readonly x: number; readonly y: number } | null>(
    null,
  );
  const theme = useThemeVersion();
  const plan = useMemo(() => makePlan(run, lanes), [run, lanes]);
  const layout = useMemo(
    () => layoutLanes(plan, width, rowHeight, lanes.mode === 'monolithic'),
    [plan, width, rowHeight, lanes.mode],
  );
  useEffect(() => {
    const surface = canvas.current === null ? null : makeSurface(canvas.current);
    if (surface === null) return;
    const palette = readPalette();
    const draw = (): void => {
      fitSurface(surface, layout.width, layout.height, devicePixels());
      const { timeUs } = usePlayback.getState();
      const { tx, hoverTx } = useSelection.getState();
      placed.current = placeAll(plan, layout, timeUs);
      surface.context.clearRect(0, 0, layout.width, layout.height);
      paintLanes(surface.context, {
        ...{ plan, layout, lanes, palette, timeUs },
        placed: placed.current,
        selected: tx,
        hovered: hoverTx,
      });
    };
    const pacer = framePacer(draw);
    draw();
    const stops = [usePlayback.subscribe(pacer.request), useSelection.subscribe(pacer.request)];
    return () => {
      for (const stop of stops) stop();
      pacer.stop();
    };
  }, [plan, layout, lanes, theme]);

  const at = (event: PointerEvent): { tx: number; x: number; y: number } => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - left;
    const y = event.clientY - top;
    return { tx: hitPlaced(placed.current, x, y), x, y };
  };
  const leave = (): void => {
    setTip(null);
    useSelection.getState().hover({ tx: null });
  };
  return (
    <div
      className="absolute inset-0"
      onPointerMove={(event) => {
        const found = at(event);
        setTip(found.tx < 0 ? null : found);
        useSelection.getState().hover({ tx: found.tx < 0 ? null : found.tx });
      }}
      onPointerLeave={leave}
      onPointerUp={(event) => {
        const { tx } = at(event);
        if (tx < 0) useSelection.getState().clear();
        else useSelection.getState().selectTx(tx);
      }}
    >
      <canvas ref={canvas} role="img" aria-label={summaryWords(lanes)} className="block size-full" />
      {tip !== null && (
        <div
          aria-hidden="true"
          className="pointer-events-none absolute z-10 w-max max-w-64 rounded-1 border border-line bg-surface-2 px-2 py-1 text-xs leading-snug shadow-(--shadow)"
          style={{
            left: Math.min(tip.x + 12, Math.max(0, width - 240)),
            top: Math.min(tip.y + 14, Math.max(0, layout.height - 44)),
          }}
        >
          {tipText(tip.tx)}
        </div>
      )}
    </div>
  );

  function tipText(tx: number): string {
    const { index, module, name, sender } = run.transactions[tx]!;
    const phase = text.phases[phaseAt(plan, tx, usePlayback.getState().timeUs)];
    const what = format(text.tip, { index, module, name, sender: accountName(sender), phase });
    const others = (plan.othersOf[tx] ?? []).map((row) => lanes.lanes[row]!.module);
    return others.length === 0
      ? what
      : format(text.tipCrossing, { tip: what, lanes: [module, ...others].join(', ') });
  }
}

/** The picture in one sentence. */
function summaryWords({ height, mode, lanes }: BlockLanes): string {
  const each = lanes.map(({ module, transactions, failed }) =>
    format(text.summaryLane, { module, committed: transactions - failed, all: transactions }),
  );
  return format(text.summary, { height, mode: text.modes[mode], lanes: each.join(', ') });
}
