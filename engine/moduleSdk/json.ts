import { fromHex, toHex } from '../base/bytes.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { shown } from '../base/shown.ts';
import type { Arguments, ArgumentValue } from '../types/transaction.ts';
import { type Cell, type Field, type Fields, integerText, type Struct, type StructValue } from './schema.ts';

/**
 * JSON of a schema's value: numbers up to 32 bits, decimal strings above, hex for bytes, `0x…` for
 * addresses and words.
 */
export type JsonValue = string | number | readonly { readonly [name: string]: JsonValue }[];
export type JsonRecord = { readonly [name: string]: JsonValue };

export function toJson(value: Arguments, fields: Fields): JsonRecord {
  const record: Record<string, JsonValue> = {};
  for (const name of Object.keys(value)) record[name] = valueToJson(value[name]!, fields[name]!);
  return record;
}

function valueToJson(value: ArgumentValue, field: Field): JsonValue {
  if (typeof value === 'number' || typeof value === 'bigint') {
    return integerToJson(field as Cell<number> | Cell<bigint>, value);
  }
  if (value instanceof Uint8Array) return toHex(value);
  const { fields } = (field as Extract<Field, { readonly kind: 'list' }>).item;
  return value.map((item) => toJson(item, fields));
}

/** One cell's value as JSON. */
export function integerToJson(
  cell: Pick<Cell<unknown>, 'bits' | 'role'>,
  value: number | bigint,
): number | string {
  const hexadecimal = cell.role === 'address' || cell.role === 'word';
  return typeof value === 'number' && !hexadecimal ? value : integerText(cell, value);
}

/**
 * Reads a record from untrusted JSON or from a form's texts. Fails with
 * `schema/missing_field`, `schema/unknown_field`, `schema/not_an_integer`,
 * `schema/out_of_range`, `schema/too_long` or `schema/not_a_record`; `data.field` names the place.
 */
export function fromJson<F extends Fields>(
  shape: Struct<F>,
  input: unknown,
  path = '',
): Result<StructValue<F>> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return fail('schema/not_a_record', `${path || 'The arguments'} must be a record of named values.`, {
      field: path,
    });
  }
  const given = input as Record<string, unknown>;
  for (const name of Object.keys(given)) {
    if (!shape.names.includes(name)) {
      const named = shown(name);
      return fail(
        'schema/unknown_field',
        `There is no field “${named}”; the fields are ${shape.names.join(', ') || 'none'}.`,
        { field: path + named },
      );
    }
  }
  const record: Record<string, ArgumentValue> = {};
  for (const name of shape.names) {
    if (!Object.hasOwn(given, name))
      return fail('schema/missing_field', `“${path + name}” is missing.`, { field: path + name });
    const value = fieldFromJson(shape.fields[name]!, given[name], path + name);
    if (!value.ok) return value;
    record[name] = value.value;
  }
  return ok(record as StructValue<F>);
}

function fieldFromJson(field: Field, input: unknown, path: string): Result<ArgumentValue> {
  if (field.kind === 'integer') return integerFromJson(field, input, path);
  if (field.kind === 'bytes') {
    const value = typeof input === 'string' ? fromHex(input) : undefined;
    if (!value) return fail('schema/not_bytes', `“${path}” must be hex digits, two a byte.`, { field: path });
    if (value.length > field.max)
      return fail('schema/too_long', `“${path}” may have at most ${field.max} bytes.`, { field: path });
    return ok(value);
  }
  if (!Array.isArray(input)) return fail('schema/not_a_list', `“${path}” must be a list.`, { field: path });
  if (input.length > field.max)
    return fail('schema/too_long', `“${path}” may have at most ${field.max} entries.`, { field: path });
  const items: Arguments[] = [];
  for (let i = 0; i < input.length; i++) {
    const item = fromJson(field.item, input[i], `${path}[${i}].`);
    if (!item.ok) return item;
    items.push(item.value as Arguments);
  }
  return ok(items);
}

/** One cell's value from untrusted JSON or text. Fails with `schema/not_an_integer` or `schema/out_of_range`. */
export function integerFromJson(
  { bits, role }: Cell<number> | Cell<bigint>,
  input: unknown,
  path: string,
): Result<number | bigint> {
  const text =
    typeof input === 'string'
      ? input.trim()
      : typeof input === 'number' || typeof input === 'bigint'
        ? String(input)
        : '';
  const hexadecimal = (role === 'address' || role === 'word') && /^0x[0-9a-fA-F]{1,80}$/.test(text);
  if (!hexadecimal && !/^-?\d{1,100}$/.test(text)) {
    return fail('schema/not_an_integer', `“${path}” must be a whole number, without a sign or decimals.`, {
      field: path,
    });
  }
  const value = BigInt(text);
  const max = (1n << BigInt(bits)) - 1n;
  if (value < 0n || value > max) {
    return fail('schema/out_of_range', `“${path}” must lie between 0 and ${max} (${bits} bits).`, {
      field: path,
      max: max.toString(),
    });
  }
  return ok(bits <= 32 ? Number(value) : value);
}
