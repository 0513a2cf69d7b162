import { create } from 'zustand';

/**
 * The one clock of the stage: where inside the current run's trace the moment lies. Time is the
 * run's own (µs since the block began); `slowdown` says how many times slower than real it plays.
 * Canvas views subscribe outside React (`usePlayback.subscribe`) and draw once a frame.
 */
export interface PlaybackState {
  readonly timeUs: number;
  readonly durationUs: number;
  readonly playing: boolean;
  readonly slowdown: number;
  /** Sets the moment, clamped to the run. */
  seekTo(timeUs: number): void;
  play(): void;
  pause(): void;
  setSlowdown(slowdown: number): void;
  /** Starts at the beginning of a new run. */
  load(durationUs: number, slowdown?: number): void;
}

export const usePlayback = create<PlaybackState>((set, get) => ({
  timeUs: 0,
  durationUs: 0,
  playing: false,
  slowdown: 1000,
  seekTo: (timeUs) => set({ timeUs: Math.min(Math.max(timeUs, 0), get().durationUs) }),
  play: () => set({ playing: true }),
  pause: () => set({ playing: false }),
  setSlowdown: (slowdown) => set({ slowdown }),
  load: (durationUs, slowdown) => set({ durationUs, timeUs: 0, ...(slowdown ? { slowdown } : {}) }),
}));
