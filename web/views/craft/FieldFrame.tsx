import type { ReactNode } from 'react';

/** How every text field of the form looks. */
export function inputLook(wrong: boolean): string {
  return `h-9 w-full min-w-0 rounded-2 border bg-surface-0 px-3 text-ink text-sm placeholder:text-ink-3 ${
    wrong ? 'border-bad' : 'border-line hover:border-line-strong'
  }`;
}

/** A field's label, its hint, and the reason when it is refused. */
export function FieldFrame({
  id,
  label,
  hint,
  error,
  children,
}: {
  /** The input's; the hint is `id-hint`. */
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 flex items-baseline justify-between gap-3 text-ink-2 text-sm">
        {label}
      </label>
      {children}
      <p id={`${id}-hint`} className={`mt-1 text-xs ${error === undefined ? 'text-ink-3' : 'text-bad'}`}>
        {error !== undefined && <span aria-hidden="true">! </span>}
        {error ?? hint}
      </p>
    </div>
  );
}
