import type { ReactNode } from 'react';

/** The head of a part of the dialog. */
export function PartTitle({ children }: { readonly children: ReactNode }): ReactNode {
  return <h3 className="mb-1 text-xs font-semibold tracking-wide text-ink-3">{children}</h3>;
}
