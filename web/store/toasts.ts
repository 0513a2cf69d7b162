import { create } from 'zustand';
import type { ApiError } from '../../engine/api/index.ts';

/** Something that was refused or that went on, in one sentence with its code. */
export interface Toast {
  readonly id: number;
  readonly code: string;
  readonly message: string;
  readonly tone: 'bad' | 'note';
}

export interface ToastsState {
  readonly toasts: readonly Toast[];
  show(tone: Toast['tone'], error: Pick<ApiError, 'code' | 'message'>): void;
  dismiss(id: number): void;
}

const MOST = 4;
let nextId = 1;

export const useToasts = create<ToastsState>((set, get) => ({
  toasts: [],
  show: (tone, { code, message }) => {
    // The same sentence twice says nothing new.
    const others = get().toasts.filter((toast) => toast.code !== code || toast.message !== message);
    set({ toasts: [...others, { id: nextId++, code, message, tone }].slice(-MOST) });
  },
  dismiss: (id) => set({ toasts: get().toasts.filter((toast) => toast.id !== id) }),
}));
