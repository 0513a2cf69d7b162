import { type CSSProperties, type KeyboardEvent, useEffect, useId, useState } from 'react';
import {
  fromLogPosition,
  type KnobErrorCode,
  type KnobRange,
  LOG_STEPS,
  readEntry,
  toLogPosition,
} from '../../lib/knobValue.ts';
import { knobs } from '../../lib/messages/knobs.ts';
import { format } from '../../lib/messages.ts';

export interface NumberKnobProps {
  readonly label: string;
  readonly unit: string;
  /** What to look at when it moves. */
  readonly look: string;
  /** Value and range as shown, in the unit. */
  readonly value: number;
  readonly range: KnobRange;
  readonly scale?: 'linear' | 'log';
  /** The value of the run behind, if it differs. */
  readonly was?: number | null;
  readonly hero?: boolean;
  readonly highlighted?: boolean;
  readonly note?: string;
  readonly slider?: boolean;
  readonly disabled?: boolean;
  /** Takes effect only when let go, for what is dear to change. */
  readonly lazy?: boolean;
  onChange(value: number): void;
}

/** A number as a slider and as an entry; nonsense typed is answered, and changes nothing. */
export function NumberKnob(props: NumberKnobProps) {
  const {
    label,
    unit,
    look,
    range,
    scale = 'linear',
    was = null,
    hero = false,
    slider = true,
    lazy = false,
  } = props;
  const id = useId();
  const [moving, setMoving] = useState<number | null>(null);
  const value = moving ?? props.value;
  const toPosition = (at: number): number => (scale === 'log' ? toLogPosition(at, range) : at);
  const top = scale === 'log' ? LOG_STEPS : range.max;
  const bottom = scale === 'log' ? 0 : range.min;
  const share = (at: number): string =>
    `${(100 * (toPosition(at) - bottom)) / Math.max(1e-9, top - bottom)}%`;
  const move = (position: number): void => {
    const next = scale === 'log' ? fromLogPosition(position, range) : position;
    if (lazy) setMoving(next);
    else props.onChange(next);
  };
  const letGo = (): void => {
    if (moving === null) return;
    setMoving(null);
    if (moving !== props.value) props.onChange(moving);
  };
  return (
    <div className={`flex flex-col gap-0.5 py-1.5 ${props.disabled ? 'opacity-60' : ''}`}>
      <div className="flex items-baseline gap-2">
        <label
          htmlFor={id}
          className={hero ? 'text-base font-semibold whitespace-nowrap' : 'text-sm whitespace-nowrap'}
        >
          {label}
        </label>
        {was !== null && was !== value && (
          <span className="text-xs whitespace-nowrap text-ink-3">
            {format(knobs.was, { value: `${was} ${unit}`.trim() })}
          </span>
        )}
        <Entry {...props} value={value} describedBy={`${id}-look`} />
      </div>
      {slider && (
        <div className="relative">
          {was !== null && was !== value && (
            <span
              aria-hidden="true"
              className={`pointer-events-none absolute top-1/2 -translate-1/2 rounded-full border-2 border-dashed border-ghost ${hero ? 'z-10 size-5' : 'size-3.5'}`}
              style={{ left: `calc(7px + (100% - 14px) * ${Number.parseFloat(share(was)) / 100})` }}
            />
          )}
          <input
            id={id}
            type="range"
            className={`slider relative block ${hero ? 'slider-hero' : ''} ${props.highlighted ? 'slider-called' : ''}`}
            min={bottom}
            max={top}
            step={scale === 'log' ? 1 : hero ? 1 : 10 ** -range.decimals}
            value={toPosition(value)}
            disabled={props.disabled}
            aria-valuetext={`${value} ${unit}`.trim()}
            aria-describedby={`${id}-look`}
            style={{ '--filled': share(value) } as CSSProperties}
            onChange={(event) => move(Number(event.target.value))}
            onPointerUp={letGo}
            onKeyUp={letGo}
            onBlur={letGo}
          />
        </div>
      )}
      <p id={`${id}-look`} className="text-xs leading-snug text-ink-3">
        {look}
        {props.note && <span className="text-ink-2"> {props.note}</span>}
      </p>
    </div>
  );
}

interface EntryError {
  readonly code: KnobErrorCode;
  readonly message: string;
}

function Entry({
  label,
  unit,
  value,
  range,
  disabled,
  describedBy,
  onChange,
  hero,
}: NumberKnobProps & { readonly describedBy: string }) {
  const [text, setText] = useState<string | null>(null);
  const [error, setError] = useState<EntryError | null>(null);
  const errorId = useId();
  // A new value from elsewhere answers a refused entry.
  useEffect(() => {
    setText(null);
    setError(null);
  }, [value]);
  const take = (): void => {
    if (text === null) return;
    const entry = readEntry(text, range);
    setError(entry.ok ? null : entry.error);
    if (!entry.ok) return;
    setText(null);
    if (entry.value !== value) onChange(entry.value);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') take();
    if (event.key === 'Escape') {
      event.stopPropagation();
      setText(null);
      setError(null);
    }
  };
  return (
    <span className="relative ml-auto flex items-baseline gap-1">
      <input
        type="text"
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        maxLength={400}
        className={`min-h-6 w-[5.2em] rounded-1 border border-transparent bg-transparent px-1 text-right hover:border-line-strong focus:border-line-strong focus:bg-surface-0 aria-invalid:border-bad ${hero ? 'text-lg font-semibold' : 'text-sm'}`}
        value={text ?? String(value)}
        disabled={disabled}
        aria-label={format(knobs.entry, { label })}
        aria-invalid={error !== null}
        aria-describedby={error === null ? describedBy : errorId}
        onChange={(event) => setText(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={take}
        onKeyDown={onKeyDown}
      />
      <span className="w-[1.6em] text-xs text-ink-3">{unit}</span>
      {error !== null && (
        <span
          id={errorId}
          role="alert"
          data-code={error.code}
          className="absolute top-full right-0 z-20 mt-1 w-52 rounded-2 border border-bad bg-surface-2 px-2 py-1 text-xs shadow-(--shadow)"
        >
          {error.message}
        </span>
      )}
    </span>
  );
}
