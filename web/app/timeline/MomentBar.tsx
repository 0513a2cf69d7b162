import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react';
import { readToken, useThemeVersion } from '../../lib/colours.ts';
import { formatUs } from '../../lib/format.ts';
import { shell } from '../../lib/messages/shell.ts';
import { format } from '../../lib/messages.ts';
import { usePlayback } from '../../store/playback.ts';
import { useRuns } from '../../store/runs.ts';
import { session } from '../../store/session.ts';
import { takeOver } from '../story/director.ts';
import { type BlockProfile, profile } from './geometry.ts';

const SLICE_PX = 4;

/** The block on stage from its first to its last moment: aborts as ticks, commits as a rising line; drag to seek. */
export function MomentBar() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const slider = useRef<HTMLDivElement>(null);
  const run = useRuns((state) => state.run);
  const theme = useThemeVersion();
  useEffect(() => {
    const surface = canvas.current;
    const control = slider.current;
    if (surface === null || control === null) return;
    let frame = 0;
    let slices: BlockProfile | null = null;
    let width = 0;
    let height = 0;
    const measure = (): void => {
      const ratio = devicePixelRatio || 1;
      width = surface.clientWidth;
      height = surface.clientHeight;
      surface.width = Math.max(1, Math.round(width * ratio));
      surface.height = Math.max(1, Math.round(height * ratio));
      const count = Math.floor(width / SLICE_PX);
      slices =
        run === null ? null : profile(run.trace, run.metrics.durationUs, run.transactions.length, count);
      ask();
    };
    const draw = (): void => {
      frame = 0;
      const context = surface.getContext('2d');
      if (context === null) return;
      const ratio = devicePixelRatio || 1;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, width, height);
      const { timeUs, durationUs } = usePlayback.getState();
      const now = durationUs > 0 ? (timeUs / durationUs) * width : 0;
      if (slices !== null) drawProfile(context, slices, now, height);
      context.fillStyle = readToken('--ink');
      context.fillRect(Math.min(width - 2, Math.max(0, now - 1)), 0, 2, height);
    };
    // At once, not with the next frame: what a paused clock says must be where it stands.
    const say = (): void => {
      const { timeUs, durationUs } = usePlayback.getState();
      control.setAttribute('aria-valuenow', String(Math.round(timeUs)));
      control.setAttribute(
        'aria-valuetext',
        format(shell.momentValue, { time: formatUs(timeUs), duration: formatUs(durationUs) }),
      );
    };
    const ask = (): void => {
      if (frame === 0) frame = requestAnimationFrame(draw);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(surface);
    const stop = usePlayback.subscribe(() => {
      say();
      ask();
    });
    say();
    measure();
    return () => {
      observer.disconnect();
      stop();
      cancelAnimationFrame(frame);
    };
  }, [run, theme]);

  const seek = (event: PointerEvent<HTMLDivElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const { durationUs, seekTo } = usePlayback.getState();
    if (width > 0) seekTo(((event.clientX - left) / width) * durationUs);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const { timeUs, durationUs, seekTo } = usePlayback.getState();
    const to = {
      Home: 0,
      End: durationUs,
      PageUp: timeUs - durationUs / 10,
      PageDown: timeUs + durationUs / 10,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    takeOver();
    seekTo(to);
  };
  const height = run?.height ?? 0;
  return (
    <div
      ref={slider}
      role="slider"
      tabIndex={0}
      aria-label={format(shell.moment, { height })}
      aria-valuemin={0}
      aria-valuemax={Math.round(run?.metrics.durationUs ?? 0)}
      aria-valuenow={0}
      className="relative h-9 w-full cursor-ew-resize touch-none overflow-hidden rounded-1 bg-surface-0"
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        takeOver();
        usePlayback.getState().pause();
        event.currentTarget.setPointerCapture(event.pointerId);
        seek(event);
      }}
      onPointerMove={(event) => event.buttons === 1 && seek(event)}
      onDoubleClick={() => session.togglePlay()}
    >
      <canvas ref={canvas} className="absolute inset-0 size-full" />
    </div>
  );
}

function drawProfile(
  context: CanvasRenderingContext2D,
  slices: BlockProfile,
  now: number,
  height: number,
): void {
  const count = slices.aborts.length;
  const path = (to: number): void => {
    context.beginPath();
    context.moveTo(0, height);
    for (let slice = 0; slice < count && slice * SLICE_PX <= to; slice++) {
      context.lineTo(Math.min(to, (slice + 1) * SLICE_PX), height - slices.committed[slice]! * (height - 4));
    }
    context.lineTo(Math.min(to, count * SLICE_PX), height);
    context.closePath();
  };
  context.fillStyle = readToken('--st-commit');
  context.globalAlpha = 0.13;
  path(count * SLICE_PX);
  context.fill();
  context.globalAlpha = 0.3;
  path(now);
  context.fill();
  context.fillStyle = readToken('--st-abort');
  for (let slice = 0; slice < count; slice++) {
    const aborts = slices.aborts[slice]!;
    if (aborts === 0) continue;
    const size = 4 + ((height - 14) * aborts) / slices.mostAborts;
    context.globalAlpha = slice * SLICE_PX <= now ? 1 : 0.4;
    context.fillRect(slice * SLICE_PX + 0.5, 0, SLICE_PX - 1.5, size);
  }
  context.globalAlpha = 1;
}
