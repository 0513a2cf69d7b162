import { type ReactNode, useId, useState } from 'react';
import { craftMessages as text } from '../../lib/messages/craft.ts';
import type { DraftForm } from './draftForm.ts';
import { NumberField } from './NumberField.tsx';

/** What every transaction carries besides its arguments; folded away, since the usual values do. */
export function Envelope({
  form,
  errorAt,
  onChange,
}: {
  readonly form: DraftForm;
  readonly errorAt: (place: string) => string | undefined;
  readonly onChange: (form: DraftForm) => void;
}): ReactNode {
  const id = useId();
  const [open, setOpen] = useState(form.work !== '' || form.gasLimit !== '' || form.gasPrice !== '');
  const fields = [
    { name: 'work', label: text.work, hint: text.workHint, placeholder: '0' },
    { name: 'gasLimit', label: text.gasLimit, hint: text.gasLimitHint, placeholder: text.usual },
    { name: 'gasPrice', label: text.gasPrice, hint: text.gasPriceHint, placeholder: text.usual },
  ] as const;
  const wrong = fields.some(({ name }) => errorAt(name) !== undefined);
  return (
    <details open={open || wrong} onToggle={(event) => setOpen(event.currentTarget.open)} className="group">
      <summary className="flex min-h-7 list-none items-center gap-1.5 text-ink-2 text-sm hover:text-ink [&::-webkit-details-marker]:hidden">
        <span aria-hidden="true" className="text-[0.6rem] text-ink-3 group-open:rotate-90">
          ▶
        </span>
        {text.more}
      </summary>
      <div className="mt-2 grid gap-x-4 gap-y-3 sm:grid-cols-3">
        {fields.map(({ name, label, hint, placeholder }) => (
          <NumberField
            key={name}
            id={`${id}-${name}`}
            label={label}
            hint={hint}
            value={form[name]}
            placeholder={placeholder}
            error={errorAt(name)}
            withMax={false}
            onChange={(value) => onChange({ ...form, [name]: value })}
          />
        ))}
      </div>
    </details>
  );
}
