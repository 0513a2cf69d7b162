import type { ReactNode } from 'react';

export interface PartProps {
  readonly title: string;
  /** Stands beside the title. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}

/** One part of the audit under its heading. */
export function Part({ title, aside, children, className = '' }: PartProps): ReactNode {
  return (
    <section aria-label={title} className={`min-w-0 ${className}`}>
      <header className="mb-2 flex flex-wrap items-baseline gap-x-3">
        <h3 className="text-sm font-semibold">{title}</h3>
        {aside !== undefined && <p className="text-xs text-ink-3">{aside}</p>}
      </header>
      {children}
    </section>
  );
}
