import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from 'react';
import { format } from '../../lib/messages.ts';
import { craftMessages as text } from '../../lib/messages/craft.ts';
import { type Choice, type ChoiceRole, findChoices, idOf, nameOf } from './choices.ts';
import { inputLook } from './FieldFrame.tsx';

const SHOWN = 40;

/** The name with its number, unless the name says it. */
function shownName(of: ChoiceRole, id: number): string {
  const name = nameOf(of, id);
  return name.includes(String(id)) ? name : `${name} · ${id}`;
}

/**
 * A searchable picker: type a name or a number, or choose from the list. What is typed counts even
 * when it names nobody; the engine then says what is wrong with it.
 */
export function Picker({
  id,
  label,
  of,
  count,
  value,
  wrong,
  describedBy,
  onChange,
}: {
  readonly id: string;
  readonly label: string;
  readonly of: ChoiceRole;
  /** There are numbers 0 to `count` − 1 to choose from. */
  readonly count: number;
  readonly value: string;
  readonly wrong: boolean;
  readonly describedBy?: string | undefined;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  /** What is being typed; null while the field shows the value's name. */
  const [query, setQuery] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const choices = useMemo(
    () => (open ? findChoices(of, count, query ?? '', SHOWN) : []),
    [open, of, count, query],
  );
  const number = /^\d{1,10}$/.test(value) ? Number(value) : undefined;
  const shown = query ?? (number === undefined ? value : shownName(of, number));

  const choose = (choice: Choice): void => {
    onChange(String(choice.id));
    setQuery(null);
    setOpen(false);
  };
  const type = (typed: string): void => {
    setQuery(typed);
    setOpen(true);
    setActive(0);
    onChange(String(idOf(of, count, typed) ?? typed.trim()));
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) setOpen(true);
      else {
        const step = event.key === 'ArrowDown' ? 1 : -1;
        setActive((at) => Math.min(Math.max(at + step, 0), Math.max(choices.length - 1, 0)));
      }
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      const choice = choices[active];
      if (choice === undefined) setOpen(false);
      else choose(choice);
    } else if (event.key === 'Escape' && open) {
      // Escape closes the list first; only then the dialog.
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    }
  };
  const leave = (): void => {
    setOpen(false);
    setQuery(null);
  };
  return (
    <div className="relative">
      <input
        ref={input}
        id={id}
        type="text"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={open && choices[active] ? `${listId}-${choices[active].id}` : undefined}
        aria-invalid={wrong}
        aria-describedby={describedBy}
        className={inputLook(wrong)}
        value={shown}
        onFocus={(event) => event.target.select()}
        onClick={() => setOpen(true)}
        onChange={(event) => type(event.target.value)}
        onKeyDown={press}
        onBlur={leave}
      />
      <div
        id={listId}
        role="listbox"
        aria-label={format(text.choices, { field: label })}
        hidden={!open || choices.length === 0}
        className="absolute inset-x-0 top-full z-10 mt-1 max-h-52 overflow-y-auto rounded-2 border border-line-strong bg-surface-2 py-1 shadow-(--shadow)"
      >
        {choices.map((choice, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's, as a combobox has them.
          <div
            key={choice.id}
            id={`${listId}-${choice.id}`}
            ref={i === active ? (item) => item?.scrollIntoView({ block: 'nearest' }) : undefined}
            role="option"
            tabIndex={-1}
            aria-selected={choice.id === number}
            aria-label={format(text.choice, { name: choice.name, id: choice.id })}
            // The input keeps the focus, so that leaving it still means leaving the field.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => choose(choice)}
            className={`flex cursor-pointer justify-between gap-4 px-3 py-1 text-sm hover:bg-surface-3 ${i === active ? 'bg-surface-3' : ''}`}
          >
            <span className="text-ink">{choice.name}</span>
            {!choice.name.includes(String(choice.id)) && <span className="text-ink-3">{choice.id}</span>}
          </div>
        ))}
      </div>
    </div>
  );
}
