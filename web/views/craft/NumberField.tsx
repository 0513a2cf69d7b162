import type { ReactNode } from 'react';
import { format } from '../../lib/messages.ts';
import { craftMessages as text } from '../../lib/messages/craft.ts';
import { grouped, maxOf } from './draftForm.ts';
import { FieldFrame, inputLook } from './FieldFrame.tsx';

/** Above this, the largest value is written as a power of two. */
const PLAIN_BITS = 32;

/** A whole number of any size: grouped when it is left, with its maximum at hand. */
export function NumberField({
  id,
  label,
  hint,
  bits,
  value,
  placeholder,
  error,
  withMax,
  onChange,
}: {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  /** How many bits it has room for, said below it; absent where the engine's own limit is lower. */
  readonly bits?: number;
  readonly value: string;
  readonly placeholder?: string;
  readonly error: string | undefined;
  readonly withMax: boolean;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const max = bits === undefined ? '' : bits <= PLAIN_BITS ? grouped(maxOf(bits)) : `2^${bits} − 1`;
  const told = [hint ?? '', max === '' ? '' : format(text.upTo, { max })]
    .filter((part) => part !== '')
    .join(' · ');
  return (
    <FieldFrame id={id} label={label} hint={told} error={error}>
      <div className="flex gap-1.5">
        <input
          id={id}
          type="text"
          inputMode="numeric"
          autoComplete="off"
          spellCheck={false}
          aria-invalid={error !== undefined}
          aria-describedby={`${id}-hint`}
          className={inputLook(error !== undefined)}
          placeholder={placeholder}
          value={value}
          onBlur={() => value !== grouped(value) && onChange(grouped(value))}
          onChange={(event) => onChange(event.target.value)}
        />
        {withMax && bits !== undefined && (
          <button
            type="button"
            aria-label={format(text.mostLabel, { field: label })}
            onClick={() => onChange(grouped(maxOf(bits)))}
            className="h-9 shrink-0 rounded-2 border border-line px-2.5 text-ink-2 text-xs hover:border-line-strong hover:text-ink"
          >
            {text.most}
          </button>
        )}
      </div>
    </FieldFrame>
  );
}
