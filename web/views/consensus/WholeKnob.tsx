import { useEffect, useId, useState } from 'react';
import { type KnobRange, readEntry } from '../../lib/knobValue.ts';

export interface WholeKnobProps {
  readonly label: string;
  readonly unit: string;
  /** What it is, and what to look at when it changes. */
  readonly about: string;
  readonly value: number;
  readonly range: KnobRange;
  onChange(value: number): void;
}

/** A number to type or to step; nonsense is answered, and changes nothing. */
export function WholeKnob({ label, unit, about, value, range, onChange }: WholeKnobProps) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState<{ readonly code: string; readonly message: string } | null>(null);
  // A new value from elsewhere answers a refused entry.
  useEffect(() => {
    setTyped(null);
    setWrong(null);
  }, [value]);
  const take = (): void => {
    if (typed === null) return;
    const entry = readEntry(typed, range);
    setWrong(entry.ok ? null : entry.error);
    if (!entry.ok) return;
    setTyped(null);
    if (entry.value !== value) onChange(entry.value);
  };
  return (
    <div className="flex flex-col gap-0.5">
      <div className="flex items-baseline gap-2">
        <label htmlFor={id}>{label}</label>
        <input
          id={id}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          maxLength={40}
          value={typed ?? String(value)}
          aria-invalid={wrong !== null}
          aria-describedby={`${id}-about`}
          onChange={(event) => setTyped(event.target.value)}
          onFocus={(event) => event.target.select()}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key === 'Enter') take();
            if (event.key === 'Escape') setTyped(null);
          }}
          className="ml-auto min-h-6 w-24 rounded-1 border border-line bg-surface-0 px-1.5 text-right hover:border-line-strong aria-invalid:border-bad"
        />
        <span className="w-8 text-xs text-ink-3">{unit}</span>
      </div>
      <p id={`${id}-about`} className="text-xs leading-snug text-ink-3">
        {wrong === null ? (
          about
        ) : (
          <span role="alert" data-code={wrong.code} className="text-bad">
            {wrong.message}
          </span>
        )}
      </p>
    </div>
  );
}
