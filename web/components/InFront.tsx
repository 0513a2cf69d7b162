import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useFrontDialog } from './frontDialog.ts';

/** Puts what it holds above the page, and above a dialog while there is one: for what must be seen over both. */
export function InFront({ children }: { readonly children: ReactNode }): ReactNode {
  const dialog = useFrontDialog();
  return dialog === null ? children : createPortal(children, dialog);
}
