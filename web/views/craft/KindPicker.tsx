import type { ReactNode } from 'react';
import type { EngineDescription } from '../../../engine/api/index.ts';
import { moduleColour, moduleGlyph } from '../../lib/colours.ts';
import { craftMessages as text } from '../../lib/messages/craft.ts';
import { labelOf } from './ArgumentField.tsx';
import type { TransactionDescription } from './draftForm.ts';

/** Picks module and kind of transaction: two rows of radio buttons, with the summary of what is picked. */
export function KindPicker({
  description,
  module,
  name,
  onPick,
}: {
  readonly description: EngineDescription;
  readonly module: string;
  readonly name: string;
  readonly onPick: (module: string, transaction: TransactionDescription) => void;
}): ReactNode {
  const modules = description.modules.filter((candidate) => candidate.transactions.length > 0);
  const picked = modules.find((candidate) => candidate.id === module);
  const kind = picked?.transactions.find((candidate) => candidate.name === name);
  return (
    <div className="flex flex-col gap-3">
      <Choices label={text.module}>
        {modules.map((candidate) => (
          <Choice
            key={candidate.id}
            group="craft-module"
            checked={candidate.id === module}
            onPick={() => onPick(candidate.id, candidate.transactions[0]!)}
          >
            <span aria-hidden="true" style={{ color: moduleColour(candidate.id, candidate.lane) }}>
              {moduleGlyph(candidate.id, candidate.lane)}
            </span>
            {candidate.title}
          </Choice>
        ))}
      </Choices>
      <div>
        <Choices label={text.kind}>
          {picked?.transactions.map((candidate) => (
            <Choice
              key={candidate.name}
              group="craft-kind"
              checked={candidate.name === name}
              onPick={() => onPick(picked.id, candidate)}
            >
              {labelOf(candidate.name)}
            </Choice>
          ))}
        </Choices>
        <p className="mt-2 text-ink-2 text-sm">{kind?.summary}</p>
      </div>
    </div>
  );
}

function Choices({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    <fieldset>
      <legend className="mb-1.5 text-ink-3 text-xs">{label}</legend>
      <div className="flex flex-wrap gap-1.5">{children}</div>
    </fieldset>
  );
}

function Choice({
  group,
  checked,
  onPick,
  children,
}: {
  readonly group: string;
  readonly checked: boolean;
  readonly onPick: () => void;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <label className="relative inline-flex min-h-8 cursor-pointer items-center gap-1.5 rounded-2 border border-line px-2.5 text-ink-2 text-sm hover:border-line-strong hover:text-ink has-checked:border-accent has-checked:bg-accent-soft has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent">
      <input
        type="radio"
        name={group}
        className="absolute inset-0 cursor-pointer opacity-0"
        checked={checked}
        onChange={onPick}
      />
      {children}
    </label>
  );
}
