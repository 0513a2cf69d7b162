import { create } from 'zustand';

/** Which of the shell's own dialogs is open. */
export interface OverlayState {
  readonly shown: 'help' | 'palette' | null;
  open(overlay: 'help' | 'palette'): void;
  close(): void;
}

export const useOverlay = create<OverlayState>((set) => ({
  shown: null,
  open: (shown) => set({ shown }),
  close: () => set({ shown: null }),
}));
