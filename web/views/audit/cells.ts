import { auditText as text } from '../../lib/messages/audit.ts';
import { fieldWords, roleOf, scalarWords } from '../../lib/stateWords.ts';

const LONG_HEX = /^[0-9a-f]{17,}$/;
const HEAD = 6;
const TAIL = 4;

/** A part of a key, or a field of a value, in words; `lanes` names the modules of lanes. */
export function cellWords(name: string, value: unknown, lanes?: ReadonlyMap<number, string>): string {
  if (name === 'lane' && lanes !== undefined)
    return value === 0 ? text.ownLane : (lanes.get(Number(value)) ?? String(value));
  if (Array.isArray(value))
    return value.length === 0 ? '–' : value.map((item) => JSON.stringify(item)).join(' ');
  // Bytes; digits alone are a number, however long.
  if (typeof value === 'string' && LONG_HEX.test(value) && /[a-f]/.test(value)) {
    return `${value.slice(0, HEAD)}…${value.slice(-TAIL)}`;
  }
  return scalarWords(value, roleOf(name));
}

/** A row's fields in their order, in words. */
export function fieldCells(fields: readonly string[], value: unknown): readonly string[] {
  return fields.map((name) => cellWords(name, fieldOf(value, name)));
}

/** A field of a record; of a value that is none, the value. */
export function fieldOf(value: unknown, name = ''): unknown {
  const record = typeof value === 'object' && value !== null && !Array.isArray(value);
  return record ? (value as Readonly<Record<string, unknown>>)[name] : value;
}

/** A whole value in one line: a number, or its fields by name. */
export function valueLine(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return cellWords('value', value);
  return Object.entries(value)
    .map(([name, item]) => `${fieldWords(name)} ${cellWords(name, item)}`)
    .join(' · ');
}

/** The first field in which two values differ, in words; the whole values where they are no records. */
export function changedField(
  before: unknown,
  after: unknown,
): { readonly before: string; readonly after: string } {
  if (typeof before === 'object' && before !== null && typeof after === 'object' && after !== null) {
    const was = before as Readonly<Record<string, unknown>>;
    const is = after as Readonly<Record<string, unknown>>;
    const name = Object.keys(is).find((one) => String(is[one]) !== String(was[one]));
    if (name !== undefined) {
      return {
        before: `${fieldWords(name)} ${cellWords(name, was[name])}`,
        after: cellWords(name, is[name]),
      };
    }
  }
  return { before: cellWords('value', before), after: cellWords('value', after) };
}

/** A table's own name as people read it. */
export function tableWords(table: string): string {
  return fieldWords(table.slice(table.indexOf('/') + 1));
}
