import type { ReactNode } from 'react';
import { format } from '../../lib/messages.ts';
import { inspectorMessages as text } from '../../lib/messages/inspector.ts';
import { usePlayback } from '../../store/playback.ts';
import { useSelection } from '../../store/selection.ts';

/** A part of the inspector under a quiet heading. */
export function Section({
  title,
  aside,
  children,
}: {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <section className="border-line border-t px-4 py-3.5">
      <div className="mb-2 flex items-baseline justify-between gap-3">
        <h3 className="font-medium text-ink-3 text-xs">{title}</h3>
        {aside}
      </div>
      {children}
    </section>
  );
}

const tones = {
  committed: { glyph: '✓', colour: 'var(--st-commit)' },
  aborted: { glyph: '✕', colour: 'var(--st-abort)' },
  suspended: { glyph: '‖', colour: 'var(--st-suspend)' },
  failed: { glyph: '!', colour: 'var(--warn)' },
} as const;
export type Tone = keyof typeof tones;

/** A status as shape, colour and word. */
export function StatusMark({ tone, label }: { readonly tone: Tone; readonly label: string }): ReactNode {
  const { glyph, colour } = tones[tone];
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap text-ink-2 text-xs">
      <span aria-hidden="true" className="font-semibold" style={{ color: colour }}>
        {glyph}
      </span>
      {label}
    </span>
  );
}

export function toneColour(tone: Tone): string {
  return tones[tone].colour;
}

/** The one shape of a button that does something. */
export function ActionButton({
  onClick,
  disabled = false,
  quiet = false,
  children,
}: {
  readonly onClick: () => void;
  readonly disabled?: boolean;
  readonly quiet?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const look = quiet
    ? 'border-line text-ink-2 hover:border-line-strong hover:text-ink'
    : 'border-accent/60 text-accent hover:bg-accent-soft';
  return (
    <button
      type="button"
      disabled={disabled}
      onClick={onClick}
      className={`min-h-8 rounded-2 border px-3 py-1 text-left text-sm disabled:opacity-50 ${look}`}
    >
      {children}
    </button>
  );
}

/** A small link in the head of a section. */
export function QuietLink({
  onClick,
  label,
  children,
}: {
  readonly onClick: () => void;
  readonly label?: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className="min-h-6 rounded-1 text-left text-ink-3 text-xs underline decoration-line-strong underline-offset-[3px] hover:text-ink"
    >
      {children}
    </button>
  );
}

/** A transaction's number as a chip that selects it. */
export function TxChip({ tx, children }: { readonly tx: number; readonly children?: ReactNode }): ReactNode {
  const { selectTx, hover } = useSelection.getState();
  return (
    <button
      type="button"
      aria-label={format(text.txCapital, { tx })}
      onClick={() => selectTx(tx)}
      onPointerEnter={() => hover({ tx })}
      onPointerLeave={() => hover({})}
      className="inline-flex min-h-6 min-w-6 items-center justify-center gap-1 rounded-1 bg-surface-3 px-1.5 text-ink text-xs hover:text-accent"
    >
      {children ?? tx}
    </button>
  );
}

/** Which of these stretches of time holds the moment on the clock; -1 for none. Renders only when it changes. */
export function usePresent(
  stretches: readonly { readonly startUs: number; readonly endUs: number }[],
): number {
  return usePlayback(({ timeUs }) =>
    stretches.findIndex(({ startUs, endUs }) => timeUs >= startUs && timeUs < endUs),
  );
}
