import { toHex } from '../../base/bytes.ts';
import type { Field, Fields, Table } from '../../moduleSdk/index.ts';
import type { ArgumentValue } from '../../types/transaction.ts';

/** A value as the reference keeps it: one cell's, or a record of cells' values. */
export type Value = ArgumentValue | { readonly [name: string]: ArgumentValue };
export type ReferenceRecord = { readonly [name: string]: ArgumentValue };

/** Thrown where the kernel would find that a value does not fit; the transaction panics. */
export class DoesNotFit extends Error {}

function fieldCopy(field: Field, value: unknown): ArgumentValue {
  if (field.kind === 'bytes') {
    if (!(value instanceof Uint8Array) || value.length > field.max) throw new DoesNotFit('bytes');
    return value.slice();
  }
  if (field.kind === 'list') throw new DoesNotFit('a list is no value');
  const integer =
    field.bits <= 32 ? typeof value === 'number' && Number.isInteger(value) : typeof value === 'bigint';
  if (!integer) throw new DoesNotFit('not an integer');
  const wide = BigInt(value as number | bigint);
  if (wide < 0n || wide >= 2n ** BigInt(field.bits)) throw new DoesNotFit(`${wide} in ${field.bits} bits`);
  return value as number | bigint;
}

/** A copy of a record with exactly the declared fields; throws {@link DoesNotFit}. */
export function recordCopy(fields: Fields, value: unknown): ReferenceRecord {
  const given = value as Record<string, unknown>;
  return Object.fromEntries(Object.keys(fields).map((name) => [name, fieldCopy(fields[name]!, given[name])]));
}

/** A copy of a table's value; throws {@link DoesNotFit}. */
export function valueCopy(table: Table, value: unknown): Value {
  return table.scalar ? fieldCopy(table.valueFields.value!, value) : recordCopy(table.valueFields, value);
}

/** Words that the fixed cells of a record take: four bytes each, a length word before bytes. */
export function wordsOf(fields: Fields): number {
  return Object.values(fields).reduce((sum, field) => {
    if (field.kind === 'integer') return sum + Math.max(1, field.bits / 32);
    return sum + 1 + (field.kind === 'bytes' ? Math.ceil(field.max / 4) : 0);
  }, 0);
}

/** As JSON: numbers up to 32 bits, decimal strings above, hex for bytes. */
export function valueJson(value: Value): unknown {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return toHex(value);
  return Object.fromEntries(
    Object.entries(value as ReferenceRecord).map(([name, item]) => [name, valueJson(item)]),
  );
}
