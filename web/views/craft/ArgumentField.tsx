import { type ReactNode, useId } from 'react';
import type { FieldDescription } from '../../../engine/api/index.ts';
import { IconButton } from '../../components/Button.tsx';
import { format } from '../../lib/messages.ts';
import { craftMessages as text } from '../../lib/messages/craft.ts';
import { fieldWords } from '../../lib/stateWords.ts';
import type { ChoiceRole } from './choices.ts';
import { newRow, type RowTexts } from './draftForm.ts';
import { FieldFrame, inputLook } from './FieldFrame.tsx';
import { NumberField } from './NumberField.tsx';
import { Picker } from './Picker.tsx';

/** How many accounts, assets and pools there are to choose from. */
export type Counts = Readonly<Record<ChoiceRole, number>>;

/** Errors by place in the form (`args.to`, `args.payments[2].amount`). */
export type ErrorAt = (place: string) => string | undefined;

function isChoice(role: string | undefined): role is ChoiceRole {
  return role === 'account' || role === 'asset' || role === 'pool';
}

/** One argument by its kind and role; a list has a row of fields an entry. */
export function ArgumentField({
  field,
  place,
  value,
  counts,
  errorAt,
  onChange,
}: {
  readonly field: FieldDescription;
  readonly place: string;
  readonly value: string | readonly RowTexts[];
  readonly counts: Counts;
  readonly errorAt: ErrorAt;
  readonly onChange: (value: string | readonly RowTexts[]) => void;
}): ReactNode {
  if (typeof value !== 'string') {
    return (
      <ListField
        field={field}
        place={place}
        rows={value}
        counts={counts}
        errorAt={errorAt}
        onChange={onChange}
      />
    );
  }
  return (
    <SingleField
      field={field}
      label={labelOf(field.name)}
      value={value}
      counts={counts}
      error={errorAt(place)}
      onChange={onChange}
    />
  );
}

/** A field's label: `amountIn` is "Amount in". */
export function labelOf(name: string): string {
  const words = fieldWords(name);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function SingleField({
  field,
  label,
  value,
  counts,
  error,
  onChange,
}: {
  readonly field: FieldDescription;
  readonly label: string;
  readonly value: string;
  readonly counts: Counts;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const id = useId();
  const wrong = error !== undefined;
  if (field.kind === 'bytes') {
    return (
      <FieldFrame id={id} label={label} hint={format(text.bytes, { max: field.max ?? 0 })} error={error}>
        <input
          id={id}
          type="text"
          autoComplete="off"
          spellCheck={false}
          aria-invalid={wrong}
          aria-describedby={`${id}-hint`}
          className={`${inputLook(wrong)} font-mono`}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      </FieldFrame>
    );
  }
  const hint = text.roles[field.role ?? 'number'] ?? text.roles.number ?? '';
  if (isChoice(field.role)) {
    return (
      <FieldFrame id={id} label={label} hint={hint} error={error}>
        <Picker
          id={id}
          label={label}
          of={field.role}
          count={counts[field.role]}
          value={value}
          wrong={wrong}
          describedBy={`${id}-hint`}
          onChange={onChange}
        />
      </FieldFrame>
    );
  }
  const bits = field.bits ?? 32;
  return (
    <NumberField
      id={id}
      label={label}
      hint={hint}
      bits={bits}
      value={value}
      error={error}
      withMax={field.role === 'amount' || bits > 16}
      onChange={onChange}
    />
  );
}

function ListField({
  field,
  place,
  rows,
  counts,
  errorAt,
  onChange,
}: {
  readonly field: FieldDescription;
  readonly place: string;
  readonly rows: readonly RowTexts[];
  readonly counts: Counts;
  readonly errorAt: ErrorAt;
  readonly onChange: (rows: readonly RowTexts[]) => void;
}): ReactNode {
  const item = field.item ?? [];
  const most = field.max ?? 0;
  const error = errorAt(place);
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-ink-2 text-sm">{labelOf(field.name)}</legend>
      <div className="flex flex-col gap-2">
        {rows.map((row, i) => (
          <fieldset
            key={row.id}
            aria-label={format(text.rowLabel, { number: i + 1 })}
            className="flex items-start gap-2 rounded-2 border border-line p-2.5 pr-1"
          >
            <div className="grid min-w-0 flex-1 gap-x-3 gap-y-1 sm:grid-cols-2">
              {item.map((cell) => (
                <SingleField
                  key={cell.name}
                  field={cell}
                  label={labelOf(cell.name)}
                  value={row.cells[cell.name] ?? ''}
                  counts={counts}
                  error={errorAt(`${place}[${i}].${cell.name}`)}
                  onChange={(value) =>
                    onChange(
                      rows.map((other) =>
                        other.id === row.id ? { ...row, cells: { ...row.cells, [cell.name]: value } } : other,
                      ),
                    )
                  }
                />
              ))}
            </div>
            <IconButton
              icon="close"
              size={12}
              label={format(text.removeRow, { number: i + 1 })}
              onClick={() => onChange(rows.filter((other) => other.id !== row.id))}
            />
          </fieldset>
        ))}
      </div>
      <div className="mt-2 flex items-baseline justify-between gap-3">
        <button
          type="button"
          disabled={rows.length >= most}
          onClick={() => onChange([...rows, newRow(item, rows.length)])}
          className="min-h-7 rounded-2 border border-line px-2.5 text-ink-2 text-xs hover:border-line-strong hover:text-ink disabled:opacity-40"
        >
          {text.addRow}
        </button>
        <p className={`text-xs ${error === undefined ? 'text-ink-3' : 'text-bad'}`}>
          {error ?? format(text.rows, { count: rows.length, max: most })}
        </p>
      </div>
    </fieldset>
  );
}
