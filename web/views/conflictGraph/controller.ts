import type { BlockRun } from '../../../engine/api/index.ts';
import { usePlayback } from '../../store/playback.ts';
import { useSelection } from '../../store/selection.ts';
import {
  blendPositions,
  fitViewport,
  type GraphLayout,
  layoutGraph,
  type Margins,
  type Viewport,
} from './geometry.ts';
import { NodeMarks } from './nodeMarks.ts';
import { paintScene, type Scene, tieMiddle } from './paint.ts';
import { type Palette, readPalette } from './palette.ts';
import { criticalRanks, emphasisOf, lanesOf, litEdges } from './relations.ts';
import { makeStatusTrack, STATUS_NAMES, type StatusName, type StatusTrack } from './statusTrack.ts';

/** Up to here transactions are React Flow nodes; beyond, they are painted on the canvas. */
export const MOST_NODES = 300;
const MORPH_MS = 420;
/** Between the tie and its label, px. */
const TIE_GAP = 14;
const FAR_ZOOM = 0.5;
const MARGINS: Margins = { top: 26, right: 18, bottom: 16, left: 62 };
/** Of a lane's name left of it, px: a letter, and what is around the name. */
const LETTER_WIDTH = 6.8;
const NAME_GAPS = 14;

/** What the picture asks of the page around it. */
export interface Host {
  /** The React Flow nodes of a run; where they are drawn while they move is the marks' business. */
  place(positions: Float32Array, run: BlockRun): void;
  moveCamera(viewport: Viewport, durationMs: number): void;
  /** Indices become unreadable at this distance. */
  setFar(far: boolean): void;
  tieLabel(run: BlockRun, reader: number, key: number | null): string;
  waveLabel(wave: number): string;
  reducedMotion(): boolean;
}

export interface Loaded {
  readonly run: BlockRun;
  readonly modules: readonly string[];
  readonly lane: Uint8Array;
  readonly ranks: Int32Array;
  readonly track: StatusTrack;
  readonly emphasis: Uint8Array;
  layout: GraphLayout;
  positions: Float32Array;
}

interface Morph {
  readonly from: Float32Array;
  readonly startMs: number;
}

/**
 * Keeps the picture true to the stores, outside React: at most one frame at a time, each doing only
 * what is needed (statuses that changed; the canvas when anything on it changed).
 */
export class GraphController {
  readonly marks = new NodeMarks();
  loaded: Loaded | null = null;
  viewport: Viewport = { x: 0, y: 0, zoom: 1 };
  /** Set once a hand has moved the camera; a resize then leaves it alone. */
  cameraTouched = false;
  private width = 0;
  private height = 0;
  private frame = 0;
  private canvasStale = true;
  private focusStale = true;
  private lit: readonly number[] = [];
  private morph: Morph | null = null;
  private palette: Palette | null = null;
  private kindsShown: readonly boolean[] = [true, false, false];
  private context: CanvasRenderingContext2D | null = null;
  private tieLabel: HTMLElement | null = null;
  private far = false;

  private readonly host: Host;

  constructor(host: Host) {
    this.host = host;
  }

  /** Follows the stores until the answer is called. `tieLabel` stands above the nodes and says what ties two of them. */
  connect(canvas: HTMLCanvasElement, tieLabel: HTMLElement): () => void {
    this.context = canvas.getContext('2d');
    this.tieLabel = tieLabel;
    const stops = [
      usePlayback.subscribe((now, before) => {
        if (now.timeUs !== before.timeUs) this.requestFrame();
      }),
      useSelection.subscribe(() => {
        this.focusStale = true;
        this.requestFrame();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      cancelAnimationFrame(this.frame);
      this.frame = 0;
      this.context = null;
    };
  }

  setRun(run: BlockRun): void {
    const before = this.loaded;
    const { lane, modules } = lanesOf(run);
    const layout = this.layOut(run, lane, modules);
    const count = run.transactions.length;
    const morphs =
      before !== null && before.run.transactions.length === count && count > 0 && !this.host.reducedMotion();
    this.loaded = {
      run,
      modules,
      lane,
      ranks: criticalRanks(run.graph, count),
      track: makeStatusTrack(run.trace, count),
      emphasis: new Uint8Array(count),
      layout,
      positions: morphs ? before.positions.slice() : layout.positions,
    };
    this.morph = morphs ? { from: before.positions.slice(), startMs: performance.now() } : null;
    this.marks.reset();
    this.marks.drawAt(this.loaded.positions);
    this.palette = null;
    this.focusStale = true;
    this.host.place(layout.positions, run);
    this.fit(before === null ? 0 : MORPH_MS);
    this.redraw();
  }

  setSize(width: number, height: number): void {
    if (width === this.width && height === this.height) return;
    this.width = width;
    this.height = height;
    // Larger type, as for a projector, resizes panels too.
    this.palette = null;
    const canvas = this.context?.canvas;
    if (canvas !== undefined) {
      canvas.width = Math.round(width * devicePixelRatio);
      canvas.height = Math.round(height * devicePixelRatio);
    }
    const loaded = this.loaded;
    if (loaded !== null && !this.cameraTouched && width > 0 && height > 0) {
      loaded.layout = this.layOut(loaded.run, loaded.lane, loaded.modules);
      loaded.positions = loaded.layout.positions;
      this.morph = null;
      this.marks.drawAt(loaded.positions);
      this.host.place(loaded.positions, loaded.run);
      this.fit(0);
    }
    this.canvasStale = true;
    // A resized canvas is blank until it is painted: waiting for the next frame would flicker.
    this.drawNow();
  }

  setViewport(viewport: Viewport): void {
    this.viewport = viewport;
    const far = viewport.zoom < FAR_ZOOM;
    if (far !== this.far) {
      this.far = far;
      this.host.setFar(far);
    }
    this.redraw();
  }

  setKindsShown(kinds: readonly boolean[]): void {
    this.kindsShown = kinds;
    this.redraw();
  }

  refreshColours(): void {
    this.palette = null;
    this.redraw();
  }

  fit(durationMs: number): void {
    if (this.loaded === null || this.width === 0) return;
    this.cameraTouched = false;
    this.host.moveCamera(this.fitted(this.loaded.layout), this.host.reducedMotion() ? 0 : durationMs);
  }

  /** Brings a transaction into the picture if it lies outside. */
  reveal(tx: number): void {
    if (this.loaded === null || tx * 2 >= this.loaded.layout.positions.length) return;
    const x = this.loaded.layout.positions[tx * 2]!;
    const y = this.loaded.layout.positions[tx * 2 + 1]!;
    const screenX = this.viewport.x + x * this.viewport.zoom;
    const screenY = this.viewport.y + y * this.viewport.zoom;
    if (screenX > 20 && screenX < this.width - 20 && screenY > 20 && screenY < this.height - 20) return;
    const { zoom } = this.viewport;
    const centred = { x: this.width / 2 - x * zoom, y: this.height / 2 - y * zoom, zoom };
    this.host.moveCamera(centred, this.host.reducedMotion() ? 0 : 250);
  }

  statusName(tx: number): StatusName {
    return STATUS_NAMES[this.loaded?.track.now[tx] ?? 0] ?? 'notStarted';
  }

  private fitted(layout: GraphLayout): Viewport {
    // A folded axis turns outside its rows.
    const left = roomForNames(this.loaded?.modules ?? []);
    const margins = { ...MARGINS, left, right: MARGINS.right + (layout.rows > 1 ? 22 : 0) };
    return fitViewport(layout, { width: this.width, height: this.height }, margins);
  }

  private layOut(run: BlockRun, lane: Uint8Array, modules: readonly string[]): GraphLayout {
    const lanes = modules.length;
    const width = Math.max(60, this.width - roomForNames(modules) - MARGINS.right);
    const height = Math.max(60, this.height - MARGINS.top - MARGINS.bottom);
    return layoutGraph({ wave: run.graph.wave, waves: run.graph.waves, lane, lanes, aspect: width / height });
  }

  private redraw(): void {
    this.canvasStale = true;
    this.requestFrame();
  }

  private requestFrame(): void {
    if (this.frame === 0 && this.context !== null) this.frame = requestAnimationFrame(() => this.drawNow());
  }

  private drawNow(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const { context, loaded } = this;
    if (context === null || loaded === null) return;
    this.stepMorph(loaded);
    const painted = loaded.run.transactions.length > MOST_NODES;
    loaded.track.moveTo(usePlayback.getState().timeUs, (tx) => {
      if (painted) this.canvasStale = true;
      else this.marks.showStatus(tx, loaded.track.now[tx]!);
    });
    if (this.focusStale) this.updateFocus(loaded, painted);
    if (!this.canvasStale || this.width === 0) return;
    this.canvasStale = false;
    const scene = this.sceneOf(loaded, painted);
    paintScene(context, scene);
    this.placeTieLabel(scene);
  }

  private placeTieLabel(scene: Scene): void {
    const label = this.tieLabel;
    if (label === null) return;
    label.hidden = scene.tie === null;
    if (scene.tie === null) return;
    if (label.textContent !== scene.tie.label) label.textContent = scene.tie.label;
    const { x, y } = tieMiddle(scene, scene.tie);
    const within = (at: number, size: number, room: number): number =>
      Math.max(4, Math.min(at, room - size - 4));
    const left = within(x - label.offsetWidth / 2, label.offsetWidth, scene.width);
    const top = within(y - label.offsetHeight - TIE_GAP, label.offsetHeight, scene.height);
    label.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  private stepMorph(loaded: Loaded): void {
    if (this.morph === null) return;
    const share = Math.min(1, (performance.now() - this.morph.startMs) / MORPH_MS);
    blendPositions(this.morph.from, loaded.layout.positions, share, loaded.positions);
    if (share === 1) this.morph = null;
    this.marks.drawAt(loaded.positions);
    this.canvasStale = true;
    if (share < 1) this.requestFrame();
  }

  private updateFocus(loaded: Loaded, painted: boolean): void {
    this.focusStale = false;
    this.canvasStale = true;
    const focus = useSelection.getState();
    this.lit = litEdges(loaded.run.graph, focus);
    const before = loaded.emphasis.slice();
    emphasisOf(loaded.run.graph, focus, this.lit, loaded.emphasis);
    if (painted) return;
    loaded.emphasis.forEach((emphasis, tx) => {
      if (emphasis !== before[tx]) this.marks.showEmphasis(tx, emphasis);
    });
    this.marks.setTabbable(focus.tx ?? 0);
  }

  private sceneOf(loaded: Loaded, painted: boolean): Scene {
    this.palette ??= readPalette(loaded.modules);
    const { key, tx, writerTx } = useSelection.getState();
    const count = loaded.run.transactions.length;
    const tied = tx !== null && writerTx !== null && writerTx >= 0 && tx < count && writerTx < count;
    return {
      ...loaded,
      status: loaded.track.now,
      litEdges: this.lit,
      tie: tied ? { writer: writerTx, reader: tx, label: this.host.tieLabel(loaded.run, tx, key) } : null,
      kindsShown: this.kindsShown,
      nodes: painted,
      viewport: this.viewport,
      width: this.width,
      height: this.height,
      pixelRatio: devicePixelRatio,
      palette: this.palette,
      waveLabel: this.host.waveLabel,
    };
  }
}

/** The left margin in which the lanes' names stand. */
function roomForNames(modules: readonly string[]): number {
  const letters = Math.max(0, ...modules.map(({ length }) => length));
  return Math.max(MARGINS.left, Math.ceil(letters * LETTER_WIDTH) + NAME_GAPS);
}
