import { create } from 'zustand';
import type { BlockRun, HistoryTree } from '../../engine/api/index.ts';

/** The runs on stage: the current block's, and the previous one behind it for comparison. */
export interface RunsState {
  readonly run: BlockRun | null;
  /** The run that was on stage before the last change; drawn faintly behind `run`. */
  readonly ghost: BlockRun | null;
  /** What made the ghost different from the run, in a few words. */
  readonly ghostLabel: string;
  readonly history: HistoryTree | null;
  show(run: BlockRun, ghost?: { readonly run: BlockRun | null; readonly label: string }): void;
  setHistory(history: HistoryTree): void;
  clear(): void;
}

export const useRuns = create<RunsState>((set) => ({
  run: null,
  ghost: null,
  ghostLabel: '',
  history: null,
  show: (run, ghost) => set(ghost ? { run, ghost: ghost.run, ghostLabel: ghost.label } : { run }),
  setHistory: (history) => set({ history }),
  clear: () => set({ run: null, ghost: null, ghostLabel: '', history: null }),
}));
