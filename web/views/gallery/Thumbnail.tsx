import { useEffect, useMemo, useRef, useState } from 'react';
import type { BlockRun } from '../../../engine/api/index.ts';
import { readPalette } from '../../components/canvas/palette.ts';
import { devicePixels, fitSurface, framePacer, makeSurface } from '../../components/canvas/surface.ts';
import { useThemeVersion } from '../../lib/colours.ts';
import { paintThumbnail, planThumbnail } from './paintThumbnail.ts';

/** How long a run takes to play in a thumbnail, whatever it took. */
const PLAY_MS = 2600;

export interface ThumbnailProps {
  readonly run: BlockRun;
  /** In words. */
  readonly label: string;
  /** Plays the run once from its start; otherwise it rests on its end. */
  readonly playing: boolean;
}

/** A recorded run as a small drawing that can be played. */
export function Thumbnail({ run, label, playing }: ThumbnailProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState<{ readonly width: number; readonly height: number } | null>(null);
  const theme = useThemeVersion();
  const plan = useMemo(
    () => (size === null ? null : planThumbnail(run, size.width, size.height)),
    [run, size],
  );
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => {
      const box = entry?.contentRect;
      if (box !== undefined && box.width > 0) setSize({ width: box.width, height: box.height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const surface = canvas.current === null ? null : makeSurface(canvas.current);
    if (surface === null || plan === null) return;
    const palette = readPalette();
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const beganMs = performance.now();
    const draw = (): void => {
      const share = playing && !still ? Math.min(1, (performance.now() - beganMs) / PLAY_MS) : 1;
      fitSurface(surface, plan.width, plan.height, devicePixels());
      paintThumbnail(surface.context, plan, share * plan.index.durationUs, palette);
      surface.canvas.dataset.drawn = 'true';
      if (share < 1) pacer.request();
    };
    const pacer = framePacer(draw);
    draw();
    return pacer.stop;
  }, [plan, playing, theme]);
  return <canvas ref={canvas} role="img" aria-label={label} className="block size-full" />;
}
