import { type ReactNode, useId } from 'react';
import { formatCount } from '../../lib/format.ts';
import { auditText as text } from '../../lib/messages/audit.ts';
import { tableWords } from './cells.ts';

export interface TableChoiceProps {
  /** Entries of each table, by its name, `module/table`. */
  readonly counts: ReadonlyMap<string, number>;
  readonly chosen: string | null;
  onChoose(table: string): void;
}

/** Which table is shown: radio buttons with the numbers of their entries. */
export function TableChoice({ counts, chosen, onChoose }: TableChoiceProps): ReactNode {
  const name = useId();
  return (
    <div role="radiogroup" aria-label={text.table} className="flex flex-wrap gap-x-4 border-b border-line">
      {[...counts].map(([table, count]) => (
        <label
          key={table}
          className="relative -mb-px border-b-2 border-transparent py-1 text-sm whitespace-nowrap text-ink-3 transition-colors hover:text-ink has-checked:border-accent has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={name}
            checked={table === chosen}
            onChange={() => onChoose(table)}
            className="absolute inset-0 cursor-pointer opacity-0"
          />
          {tableWords(table)}
          <span className="ml-1.5 text-xs text-ink-3">{formatCount(count)}</span>
        </label>
      ))}
    </div>
  );
}
