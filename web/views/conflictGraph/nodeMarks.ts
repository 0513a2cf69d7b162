import { EMPHASIS_NAMES } from './relations.ts';
import { STATUS_SIGN } from './palette.ts';
import { STATUS_NAMES, type StatusName } from './statusTrack.ts';

/** What a node's label says, given its status in words. */
export type LabelOf = (tx: number, status: StatusName) => string;

/**
 * The elements of the nodes on screen, marked directly: a frame of playback touches only the nodes whose
 * status changed, and React renders nothing.
 */
export class NodeMarks {
  private readonly elements = new Map<number, HTMLElement>();
  private readonly status = new Map<number, number>();
  private readonly emphasis = new Map<number, number>();
  private tabbable = 0;
  /** Where React Flow has put each node, by transaction, two numbers each. */
  private readonly settled = new Map<number, { readonly x: number; readonly y: number }>();
  private drawn: Float32Array = new Float32Array(0);
  labelOf: LabelOf = (tx) => String(tx);

  /** Takes a node in; answers how to let go of it. */
  attach(tx: number, element: HTMLElement): () => void {
    this.elements.set(tx, element);
    this.showStatus(tx, this.status.get(tx) ?? 0);
    this.showEmphasis(tx, this.emphasis.get(tx) ?? 0);
    element.tabIndex = tx === this.tabbable ? 0 : -1;
    return () => {
      if (this.elements.get(tx) === element) this.elements.delete(tx);
    };
  }

  /** React Flow has put the node's centre there; until it is to be drawn there, an offset keeps it where it was. */
  settle(tx: number, x: number, y: number): void {
    this.settled.set(tx, { x, y });
    this.shift(tx);
  }

  /** Draws all nodes at these centres, wherever React Flow has them: moving costs no rendering. */
  drawAt(positions: Float32Array): void {
    this.drawn = positions;
    for (const tx of this.elements.keys()) this.shift(tx);
  }

  private shift(tx: number): void {
    const element = this.elements.get(tx);
    const base = this.settled.get(tx);
    const x = this.drawn[tx * 2];
    const y = this.drawn[tx * 2 + 1];
    if (element === undefined || base === undefined || x === undefined || y === undefined) return;
    const [dx, dy] = [x - base.x, y - base.y];
    element.style.translate =
      Math.abs(dx) + Math.abs(dy) < 0.01 ? '' : `${dx.toFixed(2)}px ${dy.toFixed(2)}px`;
  }

  /** Forgets what was marked, for a new run; elements stay. */
  reset(): void {
    this.status.clear();
    this.emphasis.clear();
    for (const tx of this.elements.keys()) {
      this.showStatus(tx, 0);
      this.showEmphasis(tx, 0);
    }
  }

  showStatus(tx: number, status: number): void {
    this.status.set(tx, status);
    const element = this.elements.get(tx);
    const name = STATUS_NAMES[status];
    if (element === undefined || name === undefined) return;
    element.dataset.status = name;
    element.setAttribute('aria-label', this.labelOf(tx, name));
    const sign = element.querySelector('.tx-sign');
    if (sign !== null) sign.textContent = STATUS_SIGN[status] ?? '';
  }

  showEmphasis(tx: number, emphasis: number): void {
    this.emphasis.set(tx, emphasis);
    const element = this.elements.get(tx);
    const name = EMPHASIS_NAMES[emphasis];
    if (element === undefined || name === undefined) return;
    element.dataset.emphasis = name;
    element.setAttribute('aria-pressed', String(name === 'selected'));
    // React Flow's wrapper decides what lies on top.
    const wrapper = element.parentElement;
    if (wrapper !== null) wrapper.style.zIndex = emphasis > 1 ? String(emphasis) : '0';
  }

  /** One node at a time is reached by Tab; arrow keys walk on from it. */
  setTabbable(tx: number): void {
    const before = this.elements.get(this.tabbable);
    if (before !== undefined) before.tabIndex = -1;
    this.tabbable = tx;
    const now = this.elements.get(tx);
    if (now !== undefined) now.tabIndex = 0;
  }

  /** Whether the keyboard is on some node. */
  hasFocus(): boolean {
    return document.activeElement instanceof HTMLElement && document.activeElement.dataset.tx !== undefined;
  }

  focus(tx: number): void {
    this.elements.get(tx)?.focus({ preventScroll: true });
  }
}
