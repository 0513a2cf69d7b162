import { fail, ok, type Result } from '../base/result.ts';
import { shown } from '../base/shown.ts';

/** A record of which only the names are known. */
export type Given = Readonly<Record<string, unknown>>;

/** A record with no fields but these; inherited ones do not count. */
export function recordOf(input: unknown, field: string, names: readonly string[]): Result<Given> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return fail('scenario/not_a_record', `“${field}” must be a record of named values.`, { field });
  }
  for (const name of Object.keys(input)) {
    if (!names.includes(name)) {
      const message = `There is no field “${shown(name)}” in “${field}”: leave it out.`;
      return fail('scenario/unknown_field', message, { field: `${field}.${shown(name)}` });
    }
  }
  const own: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const name of names) if (Object.hasOwn(input, name)) own[name] = (input as Given)[name];
  return ok(own);
}

export function listOf<T>(
  input: unknown,
  field: string,
  most: number,
  item: (value: unknown, field: string) => Result<T>,
): Result<T[]> {
  if (!Array.isArray(input)) return fail('scenario/not_a_list', `“${field}” must be a list.`, { field });
  if (input.length > most) {
    const message = `“${field}” may have at most ${most} entries; it has ${input.length}.`;
    return fail('scenario/too_long', message, { field, max: most, given: input.length });
  }
  const items: T[] = [];
  for (let i = 0; i < input.length; i++) {
    const value = item(input[i], `${field}[${i}]`);
    if (!value.ok) return value;
    items.push(value.value);
  }
  return ok(items);
}

export function wholeNumber(value: unknown, field: string, min: number, max: number): Result<number> {
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    return fail('scenario/not_an_integer', `“${field}” must be a whole number.`, { field });
  }
  if (value < min || value > max) {
    return fail('scenario/out_of_range', `“${field}” must lie between ${min} and ${max}.`, {
      field,
      min,
      max,
    });
  }
  // Minus zero is written as zero, and would not come back.
  return ok(value === 0 ? 0 : value);
}

export function textWithin(value: unknown, field: string, most: number): Result<string> {
  if (typeof value !== 'string' || value.trim() === '') {
    return fail('scenario/not_a_text', `“${field}” must be a text.`, { field });
  }
  if (value.length > most) {
    return fail('scenario/too_long', `“${field}” may have at most ${most} letters.`, { field, max: most });
  }
  if (/\p{Surrogate}/u.test(value)) {
    return fail('scenario/not_a_text', `“${field}” holds half of a letter: write it again.`, { field });
  }
  return ok(value);
}

/** A field that may be absent. */
export function optional<T>(value: unknown, reader: (value: unknown) => Result<T>): Result<T | undefined> {
  return value === undefined ? ok(undefined) : reader(value);
}
