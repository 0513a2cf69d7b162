import type { Palette } from './palette.ts';
import type { TimeWindow } from './timeWindow.ts';

/** Where a clocked panel draws: sizes in CSS pixels, time from `startUs` at `plotLeft`. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly plotLeft: number;
  readonly plotTop: number;
  readonly plotWidth: number;
  readonly plotHeight: number;
  readonly startUs: number;
  readonly pxPerUs: number;
  /** How far the rows are scrolled up. */
  readonly scrollTop: number;
  /** Device pixels a CSS pixel. */
  readonly pixelRatio: number;
  /** Grows with the root font size, so that large type enlarges what is drawn too. */
  readonly scale: number;
  readonly nowUs: number;
  readonly palette: Palette;
}

/** What is marked on top of the recorded run: marks are indices into the trace, -1 for none. */
export interface Marks {
  readonly tx: number;
  readonly hoverTx: number;
  /** Sequence of the selected record, or -1. */
  readonly sequence: number;
  readonly hover: number;
  readonly focus: number;
  /** The panel has the keyboard's focus. */
  readonly focused: boolean;
}

/** What a clocked panel draws and answers; `TimeCanvas` does the rest. */
export interface Scene {
  headWidth(width: number, scale: number): number;
  /** Height of all rows together when `available` is free for them, in CSS pixels. */
  rowsHeight(available: number, scale: number): number;
  /**
   * What depends on window, size, scroll and theme alone is kept between frames: the backdrop (axis, row
   * guides, the ghost) in full, over it the record, which is drawn faintly where the clock has not been yet.
   */
  paintBackdrop(context: CanvasRenderingContext2D, frame: Frame): void;
  paintRecord(context: CanvasRenderingContext2D, frame: Frame): void;
  /** Everything that follows the moment and the selection; drawn each frame over the record. */
  paintMoment(context: CanvasRenderingContext2D, frame: Frame, marks: Marks): void;
  /** The mark at a point, or -1. */
  hit(frame: Frame, x: number, y: number): number;
  /** The mark to go to from `mark` by a key; -1 when there is none that way. */
  step(mark: number, direction: StepDirection, nowUs: number): number;
  /** Where a mark stands, for revealing it: time, and top and bottom among the rows. */
  place(frame: Frame, mark: number): MarkPlace | null;
  /** One sentence in plain words. */
  describe(mark: number): string;
}

export type StepDirection =
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'first'
  | 'last'
  | 'nextAbort'
  | 'previousAbort';

export interface MarkPlace {
  readonly startUs: number;
  readonly endUs: number;
  readonly top: number;
  readonly bottom: number;
}

export function makeFrame(
  size: { readonly width: number; readonly height: number; readonly pixelRatio: number },
  edges: { readonly left: number; readonly top: number; readonly right: number; readonly scrollTop: number },
  window: TimeWindow,
  nowUs: number,
  scale: number,
  palette: Palette,
): Frame {
  const plotWidth = Math.max(1, size.width - edges.left - edges.right);
  return {
    ...size,
    plotLeft: edges.left,
    plotTop: edges.top,
    plotWidth,
    plotHeight: Math.max(1, size.height - edges.top),
    startUs: window.startUs,
    pxPerUs: plotWidth / Math.max(window.endUs - window.startUs, 1e-9),
    scrollTop: edges.scrollTop,
    scale,
    nowUs,
    palette,
  };
}

export function xOf(frame: Frame, timeUs: number): number {
  return frame.plotLeft + (timeUs - frame.startUs) * frame.pxPerUs;
}

export function timeOf(frame: Frame, x: number): number {
  return frame.startUs + (x - frame.plotLeft) / frame.pxPerUs;
}
