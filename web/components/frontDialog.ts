import { useSyncExternalStore } from 'react';

/** Dialogs that are open, the one in front last. */
const open: HTMLElement[] = [];
const listeners = new Set<() => void>();

/** Makes a dialog the one in front. Answers how to take it away again. */
export function bringToFront(dialog: HTMLElement): () => void {
  open.push(dialog);
  for (const listener of listeners) listener();
  return () => {
    open.splice(open.indexOf(dialog), 1);
    for (const listener of listeners) listener();
  };
}

/**
 * The dialog in front, or null. A modal dialog lies above everything outside it, whatever its z-index, and keeps
 * hands and screen readers from it: what has to be seen all the same belongs inside.
 */
export function useFrontDialog(): HTMLElement | null {
  return useSyncExternalStore(subscribe, () => open.at(-1) ?? null);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
