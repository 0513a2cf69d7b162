/** A canvas with its size in CSS pixels; its backing store follows the device's pixels. */
export interface Surface {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
}

const MOST_PIXEL_RATIO = 3;

export function devicePixels(): number {
  return Math.min(globalThis.devicePixelRatio || 1, MOST_PIXEL_RATIO);
}

/** Fits the backing store; answers whether it changed (which clears it). */
export function fitSurface(surface: Surface, width: number, height: number, pixelRatio: number): boolean {
  const { canvas, context } = surface;
  const wide = Math.max(1, Math.round(width * pixelRatio));
  const tall = Math.max(1, Math.round(height * pixelRatio));
  const changed = canvas.width !== wide || canvas.height !== tall;
  if (changed) {
    canvas.width = wide;
    canvas.height = tall;
  }
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  return changed;
}

export function makeSurface(canvas: HTMLCanvasElement): Surface | null {
  const context = canvas.getContext('2d');
  return context === null ? null : { canvas, context };
}

/** Calls `draw` at most once an animation frame, however often it is asked for. */
export function framePacer(draw: () => void): { request(): void; stop(): void } {
  let pending = 0;
  return {
    request: () => {
      if (pending !== 0) return;
      pending = requestAnimationFrame(() => {
        pending = 0;
        draw();
      });
    },
    stop: () => cancelAnimationFrame(pending),
  };
}
