import { useId } from 'react';
import { Segmented } from '../../components/Segmented.tsx';

export interface ChoiceKnobProps<T extends string> {
  readonly label: string;
  readonly look: string;
  readonly value: T;
  readonly options: Readonly<Record<T, string>>;
  /** Options that cannot be chosen here, and why. */
  readonly closed?: Partial<Record<T, string>>;
  onChange(value: T): void;
}

/** One of a few, with what to look at. */
export function ChoiceKnob<T extends string>({
  label,
  look,
  value,
  options,
  closed = {},
  onChange,
}: ChoiceKnobProps<T>) {
  const id = useId();
  const names = Object.keys(options) as T[];
  return (
    <div className="flex flex-col gap-1 py-1.5">
      <span className="text-sm">{label}</span>
      <Segmented
        label={label}
        value={value}
        describedBy={id}
        options={names.map((name) => ({
          value: name,
          label: options[name],
          disabled: closed[name] !== undefined,
          ...(closed[name] === undefined ? {} : { title: closed[name] }),
        }))}
        onChange={onChange}
      />
      <p id={id} className="text-xs leading-snug text-ink-3">
        {look}
      </p>
    </div>
  );
}
