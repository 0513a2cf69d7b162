import { useId } from 'react';

export interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly {
    readonly value: T;
    readonly label: string;
    readonly disabled?: boolean;
    readonly title?: string;
  }[];
  onChange(value: T): void;
  readonly describedBy?: string;
}

/** One of a few, all in sight: radio buttons in a row, with the keyboard of radio buttons. */
export function Segmented<T extends string>({
  label,
  value,
  options,
  onChange,
  describedBy,
}: SegmentedProps<T>) {
  const name = useId();
  return (
    <div
      role="radiogroup"
      aria-label={label}
      aria-describedby={describedBy}
      className="flex rounded-2 border border-line bg-surface-0 p-0.5"
    >
      {options.map((option) => (
        <label
          key={option.value}
          title={option.title}
          className="relative flex-1 cursor-pointer rounded-[6px] px-2 py-1 text-center text-sm whitespace-nowrap text-ink-2 transition-colors hover:text-ink has-checked:bg-surface-3 has-checked:text-ink has-disabled:cursor-not-allowed has-disabled:opacity-40 has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={name}
            className="absolute inset-0 cursor-pointer opacity-0"
            checked={option.value === value}
            disabled={option.disabled}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}
