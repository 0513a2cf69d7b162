import type { ReactNode } from 'react';
import type { LaneReport, ModuleAudit, TablePage } from '../../../engine/api/index.ts';
import { IconButton } from '../../components/Button.tsx';
import { formatCount } from '../../lib/format.ts';
import { auditText as text } from '../../lib/messages/audit.ts';
import { format } from '../../lib/messages.ts';
import { fieldWords, keyFromText, keyWords } from '../../lib/stateWords.ts';
import { getDescription } from '../../store/engine.ts';
import { cellWords, fieldCells, fieldOf, tableWords } from './cells.ts';

export interface RowsProps {
  /** Null while it is read. */
  readonly page: TablePage | null;
  readonly from: number;
  readonly pageSize: number;
  /** Whether another page is being read. */
  readonly stale: boolean;
  /** Key of the entry that is looked at. */
  readonly chosen: string | null;
  /** The entry that was changed in secret. */
  readonly altered: ModuleAudit['altered'];
  /** Their names stand for the numbers of lanes. */
  readonly lanes: readonly LaneReport[];
  onChoose(key: string): void;
  onTurn(from: number): void;
}

/** A page of a table, with names for accounts and assets. */
export function Rows({ page, ...rest }: RowsProps): ReactNode {
  if (page === null) return <p className="min-h-72 text-sm text-ink-3">{text.reading}</p>;
  if (page.total === 0) return <p className="text-sm text-ink-3">{text.empty}</p>;
  return <Filled page={page} {...rest} />;
}

function Filled({
  page,
  from,
  pageSize,
  stale,
  chosen,
  altered,
  lanes,
  onChoose,
  onTurn,
}: RowsProps & { readonly page: TablePage }): ReactNode {
  const { total } = page;
  const names = new Map(lanes.map(({ lane, title }) => [lane, title]));
  const numbers = {
    from: formatCount(page.from + 1),
    to: formatCount(page.from + page.rows.length),
    total: formatCount(total),
  };
  return (
    <div>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
        tabIndex={0}
        aria-label={format(text.caption, { ...numbers, table: tableWords(page.table) })}
        className={`overflow-x-auto ${stale ? 'opacity-60' : ''}`}
      >
        <table className="w-full border-collapse text-sm">
          <caption className="sr-only">
            {format(text.caption, { ...numbers, table: tableWords(page.table) })}
          </caption>
          <thead>
            <tr className="text-left text-xs text-ink-3">
              {[...page.parts, ...page.fields].map((name, i) => (
                <th
                  key={i}
                  scope="col"
                  className={`py-1 pr-4 font-normal whitespace-nowrap ${i === page.parts.length ? 'pl-4' : i === 0 ? 'pl-2' : ''}`}
                >
                  {fieldWords(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {page.rows.map(({ key, parts, value }) => {
              const isChosen = key === chosen;
              return (
                <tr
                  key={key}
                  onClick={() => onChoose(key)}
                  className={`cursor-pointer border-t border-line ${isChosen ? 'bg-surface-3' : 'hover:bg-surface-2'}`}
                >
                  {parts.map((part, i) => {
                    const words = cellWords(page.parts[i] ?? '', part, names);
                    return i === 0 ? (
                      <th
                        key={page.parts[i]}
                        scope="row"
                        className="p-0 text-left font-normal whitespace-nowrap"
                      >
                        <button
                          type="button"
                          aria-pressed={isChosen}
                          aria-label={keyWords(keyFromText(key), getDescription())}
                          className={`w-full py-1 pr-4 text-left ${isChosen ? 'border-l-2 border-accent pl-1.5' : 'pl-2'}`}
                        >
                          {words}
                        </button>
                      </th>
                    ) : (
                      <td key={page.parts[i]} className="py-1 pr-4 whitespace-nowrap">
                        {words}
                      </td>
                    );
                  })}
                  <Fields
                    fields={page.fields}
                    value={value}
                    altered={key === altered?.key ? altered.after : value}
                  />
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      {total > pageSize && (
        <div className="mt-1 flex items-center gap-1 text-xs text-ink-3">
          <IconButton
            icon="stepBack"
            size={13}
            label={text.previous}
            disabled={from === 0}
            onClick={() => onTurn(Math.max(0, from - pageSize))}
          />
          <span role="status">{format(text.range, numbers)}</span>
          <IconButton
            icon="stepForward"
            size={13}
            label={text.next}
            disabled={from + pageSize >= total}
            onClick={() => onTurn(from + pageSize)}
          />
        </div>
      )}
    </div>
  );
}

/** A row's fields; where one was changed in secret, what it was changed to. */
function Fields({
  fields,
  value,
  altered,
}: {
  readonly fields: readonly string[];
  readonly value: unknown;
  readonly altered: unknown;
}): ReactNode {
  const before = fieldCells(fields, value);
  return fieldCells(fields, altered).map((cell, i) => {
    const changed = altered !== value && fieldOf(altered, fields[i]) !== fieldOf(value, fields[i]);
    return (
      <td key={fields[i]} className={`py-1 pr-4 whitespace-nowrap text-ink-2 ${i === 0 ? 'pl-4' : ''}`}>
        {changed ? (
          <>
            <del className="mr-2 text-ink-3">{before[i]}</del>
            <ins className="font-semibold text-bad no-underline">{cell}</ins>
          </>
        ) : (
          cell
        )}
      </td>
    );
  });
}
