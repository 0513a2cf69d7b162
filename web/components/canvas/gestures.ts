/** What hands can do on a clocked panel; positions are CSS pixels inside it. */
export interface Gestures {
  /** Whether a press at this height takes hold of the clock rather than the rows. */
  onAxis(y: number): boolean;
  scrub(x: number): void;
  pan(deltaX: number): void;
  /** Answers false when there is nothing left to zoom that way, so that the page may scroll instead. */
  zoom(factor: number, x: number): boolean;
  fit(): void;
  click(x: number, y: number): void;
  /** The pointer is over this point, or has left (null). */
  point(at: { readonly x: number; readonly y: number } | null): void;
  /** Rows reach beyond the panel: a plain wheel scrolls them. */
  scrolls(): boolean;
}

const DRAG_SLACK_PX = 4;

interface Held {
  x: number;
  y: number;
}

/** Listens for pointers and the wheel; returns how to stop. */
export function listenToGestures(element: HTMLElement, gestures: Gestures): () => void {
  const abort = new AbortController();
  const held = new Map<number, Held>();
  let mode: 'none' | 'press' | 'pan' | 'scrub' | 'pinch' = 'none';
  let pressed: Held = { x: 0, y: 0 };
  const at = (event: MouseEvent): Held => {
    const box = element.getBoundingClientRect();
    return {
      x: event.clientX - box.left - element.clientLeft,
      y: event.clientY - box.top - element.clientTop,
    };
  };
  const spread = (): { middle: number; width: number } => {
    const [a, b] = [...held.values()];
    return a && b
      ? { middle: (a.x + b.x) / 2, width: Math.max(Math.abs(a.x - b.x), 10) }
      : { middle: 0, width: 1 };
  };
  const on = <K extends keyof HTMLElementEventMap>(
    type: K,
    handle: (event: HTMLElementEventMap[K]) => void,
    passive = true,
  ): void => element.addEventListener(type, handle, { signal: abort.signal, passive });

  on('pointerdown', (event) => {
    if (event.button !== 0 || (event.target as HTMLElement).closest('[data-over-canvas]')) return;
    const point = at(event);
    held.set(event.pointerId, point);
    if (held.size === 2) {
      mode = 'pinch';
      return;
    }
    pressed = point;
    mode = gestures.onAxis(point.y) ? 'scrub' : 'press';
    if (mode === 'scrub') {
      element.setPointerCapture(event.pointerId);
      gestures.scrub(point.x);
    }
  });
  on('pointermove', (event) => {
    const point = at(event);
    const before = held.get(event.pointerId);
    if (before === undefined) {
      if (event.pointerType !== 'touch') gestures.point(point);
      return;
    }
    if (mode === 'pinch') {
      const old = spread();
      held.set(event.pointerId, point);
      const now = spread();
      gestures.pan(old.middle - now.middle);
      gestures.zoom(now.width / old.width, now.middle);
      return;
    }
    if (mode === 'press' && Math.hypot(point.x - pressed.x, point.y - pressed.y) > DRAG_SLACK_PX) {
      mode = 'pan';
      element.setPointerCapture(event.pointerId);
      gestures.point(null);
    }
    if (mode === 'pan') gestures.pan(before.x - point.x);
    if (mode === 'scrub') gestures.scrub(point.x);
    held.set(event.pointerId, point);
  });
  const release = (event: PointerEvent, clicks: boolean): void => {
    if (!held.delete(event.pointerId)) return;
    if (mode === 'press' && clicks) gestures.click(pressed.x, pressed.y);
    mode = 'none';
  };
  on('pointerup', (event) => release(event, true));
  on('pointercancel', (event) => release(event, false));
  on('pointerleave', () => gestures.point(null));
  on('dblclick', (event) => {
    if (!gestures.onAxis(at(event).y)) gestures.fit();
  });
  on(
    'wheel',
    (event) => {
      const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 200 : 1;
      const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (sideways || event.shiftKey) {
        event.preventDefault();
        gestures.pan((sideways ? event.deltaX : event.deltaY) * unit);
        return;
      }
      const pinched = event.ctrlKey || event.metaKey;
      if (!pinched && gestures.scrolls()) return;
      const factor = Math.exp(-event.deltaY * unit * (pinched ? 0.01 : 0.0018));
      if (gestures.zoom(factor, at(event).x) || pinched) event.preventDefault();
    },
    false,
  );
  return () => abort.abort();
}
