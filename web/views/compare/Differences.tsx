import { type ReactNode, useId, useMemo, useState } from 'react';
import type { Comparison, StateDifference } from '../../../engine/api/index.ts';
import { format } from '../../lib/messages.ts';
import { compareMessages as text } from '../../lib/messages/compare.ts';
import { distinctWords, fieldWords, keyFromText, keyWords, roleOf } from '../../lib/stateWords.ts';
import { getDescription } from '../../store/engine.ts';

/** The keys that differ, with both values; of records only the entries that differ. */
export function Differences({ of }: { readonly of: Comparison }): ReactNode {
  const [query, setQuery] = useState('');
  const id = useId();
  const rows = useMemo(() => {
    const described = of.differences.map((difference) => ({
      difference,
      words: keyWords(keyFromText(difference.key), getDescription()),
    }));
    const wanted = query.trim().toLowerCase();
    return described.filter(
      ({ difference, words }) =>
        words.toLowerCase().includes(wanted) || difference.key.toLowerCase().includes(wanted),
    );
  }, [of, query]);
  if (of.differences.length === 0) return null;
  return (
    <section className="border-line border-t px-5 py-4">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h3 className="text-ink-3 text-xs">
          {text.differences}
          {of.differences.length < of.differingKeys &&
            ` · ${format(text.differencesShown, { shown: of.differences.length, count: of.differingKeys })}`}
        </h3>
        <label htmlFor={id} className="sr-only">
          {text.filter}
        </label>
        <input
          id={id}
          type="search"
          placeholder={text.filter}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          className="h-8 w-44 rounded-2 border border-line bg-surface-0 px-2.5 text-ink text-sm placeholder:text-ink-3 hover:border-line-strong"
        />
      </div>
      {rows.length === 0 && <p className="text-ink-3 text-sm">{text.filterNone}</p>}
      {rows.length > 0 && (
        <table className="w-full table-fixed border-collapse text-sm">
          <thead>
            <tr className="text-ink-3 text-xs">
              <th scope="col" className="py-1 text-left font-normal">
                {text.key}
              </th>
              <th scope="col" className="w-[30%] py-1 pl-3 text-right font-normal">
                {text.left}
              </th>
              <th scope="col" className="w-[30%] py-1 pl-3 text-right font-normal">
                {text.right}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ difference, words }) => (
              <Row key={difference.key} of={difference} words={words} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({ of, words }: { readonly of: StateDifference; readonly words: string }): ReactNode {
  const pairs = differingEntries(of);
  return pairs.map(({ name, left, right }, i) => (
    <tr key={name} className={`align-baseline ${i === 0 ? 'border-line border-t' : ''}`}>
      {i === 0 ? (
        <th scope="row" rowSpan={pairs.length} className="py-1.5 pr-2 text-left font-normal">
          <span className="text-ink first-letter:uppercase">{words}</span>
          <span className="block break-all font-mono text-[0.7rem] text-ink-3">{of.key}</span>
        </th>
      ) : null}
      <Cell name={name} value={left} quiet={i > 0 && of.left === null} />
      <Cell name={name} value={right} quiet={i > 0 && of.right === null} strong />
    </tr>
  ));
}

function Cell({
  name,
  value,
  quiet,
  strong = false,
}: {
  readonly name: string;
  readonly value: string | undefined;
  /** The key is absent on this side, and a row above said so. */
  readonly quiet: boolean;
  readonly strong?: boolean;
}): ReactNode {
  return (
    <td className="break-words py-1.5 pl-3 text-right">
      {name !== '' && value !== undefined && <span className="block text-[0.7rem] text-ink-3">{name}</span>}
      {value === undefined ? (
        <span className="text-ink-3 italic">{quiet ? '' : text.absent}</span>
      ) : (
        <span className={strong ? 'rounded-1 bg-accent-soft px-1 text-ink' : 'text-ink-2'}>{value}</span>
      )}
    </td>
  );
}

interface EntryPair {
  readonly name: string;
  readonly left: string | undefined;
  readonly right: string | undefined;
}

/** Entries of both values that are not the same, by name; an absent key has none on its side. */
function differingEntries({ left, right }: StateDifference): readonly EntryPair[] {
  const before = fieldsOf(left);
  const after = fieldsOf(right);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    if (was !== undefined && is !== undefined && String(was) === String(is)) return [];
    const words = distinctWords(was, is, roleOf(name));
    return [
      {
        name: fieldWords(name),
        left: was === undefined ? undefined : words[0],
        right: is === undefined ? undefined : words[1],
      },
    ];
  });
}

/** The fields of a value; a single value has the empty name. */
function fieldsOf(value: unknown): ReadonlyMap<string, unknown> {
  if (value === null) return new Map();
  return new Map(typeof value === 'object' ? Object.entries(value as object) : [['', value]]);
}
