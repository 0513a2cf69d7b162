import { create } from 'zustand';

/** What is selected or pointed at, the same in every panel. Keys are indices into `run.keys`. */
export interface SelectionState {
  readonly tx: number | null;
  readonly key: number | null;
  /** Sequence of the selected trace record (an abort, say), or null. */
  readonly sequence: number | null;
  /** For a selected abort: who wrote what the reader missed; drawn tied to `tx`. */
  readonly writerTx: number | null;
  readonly hoverTx: number | null;
  readonly hoverKey: number | null;
  selectTx(tx: number | null): void;
  selectKey(key: number | null): void;
  /** Selects an abort: its transaction, record and the writer that caused it. */
  selectAbort(tx: number, sequence: number, writerTx: number, key: number): void;
  hover(target: { readonly tx?: number | null; readonly key?: number | null }): void;
  clear(): void;
}

export const useSelection = create<SelectionState>((set) => ({
  tx: null,
  key: null,
  sequence: null,
  writerTx: null,
  hoverTx: null,
  hoverKey: null,
  selectTx: (tx) => set({ tx, sequence: null, writerTx: null, key: null }),
  selectKey: (key) => set({ key }),
  selectAbort: (tx, sequence, writerTx, key) => set({ tx, sequence, writerTx, key }),
  hover: (target) => set({ hoverTx: target.tx ?? null, hoverKey: target.key ?? null }),
  clear: () => set({ tx: null, key: null, sequence: null, writerTx: null, hoverTx: null, hoverKey: null }),
}));
