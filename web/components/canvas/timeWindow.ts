import { create } from 'zustand';

/** A stretch of the run's clock, µs since the block began. */
export interface TimeWindow {
  readonly startUs: number;
  readonly endUs: number;
}

/** How far a window may reach and how close it may come. */
export interface WindowLimits {
  readonly endUs: number;
  readonly minSpanUs: number;
}

/** A ghost that took longer than this many times the run is cut off, or the run could not be seen. */
const GHOST_REACH = 3;
const MARGIN = 0.015;

/** The window that shows the whole run, and of its ghost what is near enough. */
export function wholeWindow(durationUs: number, ghostUs = 0): TimeWindow {
  const reachUs = Math.max(durationUs, Math.min(ghostUs, durationUs * GHOST_REACH), 1);
  return { startUs: 0, endUs: reachUs * (1 + MARGIN) };
}

/** Moves a window into the limits, keeping its span where that is possible. */
export function clampWindow(window: TimeWindow, limits: WindowLimits): TimeWindow {
  const spanUs = Math.min(
    Math.max(window.endUs - window.startUs, Math.min(limits.minSpanUs, limits.endUs)),
    limits.endUs,
  );
  const startUs = Math.min(Math.max(window.startUs, 0), limits.endUs - spanUs);
  return { startUs, endUs: startUs + spanUs };
}

/** Zooms by `factor` (above 1: closer) with the moment `anchorUs` staying where it is. */
export function zoomWindow(
  window: TimeWindow,
  factor: number,
  anchorUs: number,
  limits: WindowLimits,
): TimeWindow {
  const spanUs = window.endUs - window.startUs;
  const nextUs = Math.min(Math.max(spanUs / factor, Math.min(limits.minSpanUs, limits.endUs)), limits.endUs);
  const share = spanUs > 0 ? (anchorUs - window.startUs) / spanUs : 0.5;
  const startUs = anchorUs - share * nextUs;
  return clampWindow({ startUs, endUs: startUs + nextUs }, limits);
}

export function panWindow(window: TimeWindow, deltaUs: number, limits: WindowLimits): TimeWindow {
  return clampWindow({ startUs: window.startUs + deltaUs, endUs: window.endUs + deltaUs }, limits);
}

/** The window turned like a page when the moment runs out of it; the same window otherwise. */
export function followWindow(window: TimeWindow, timeUs: number, limits: WindowLimits): TimeWindow {
  if (timeUs >= window.startUs && timeUs <= window.endUs) return window;
  const spanUs = window.endUs - window.startUs;
  return panWindow(window, timeUs - spanUs * 0.1 - window.startUs, limits);
}

/** Brings a span into the window with some room around it; the same window when it is in already. */
export function revealWindow(
  window: TimeWindow,
  startUs: number,
  endUs: number,
  limits: WindowLimits,
): TimeWindow {
  if (startUs >= window.startUs && endUs <= window.endUs) return window;
  const spanUs = Math.max(window.endUs - window.startUs, (endUs - startUs) * 1.5);
  const middleUs = (startUs + endUs) / 2;
  return clampWindow({ startUs: middleUs - spanUs / 2, endUs: middleUs + spanUs / 2 }, limits);
}

/** The stretch of time that panels with a clock share; null shows everything. */
export interface TimeWindowState {
  readonly window: TimeWindow | null;
  show(window: TimeWindow): void;
  fit(): void;
}

export const useTimeWindow = create<TimeWindowState>((set) => ({
  window: null,
  show: (window) => set({ window }),
  fit: () => set({ window: null }),
}));
