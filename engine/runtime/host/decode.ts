import type { KeyInfo, VersionRef } from '../../api/index.ts';
import { toHex } from '../../base/bytes.ts';
import { markerTable } from '../../execution/kernel/kernelTables.ts';
import type { RawReceipt } from '../../execution/outcome.ts';
import type { RawVersion } from '../../execution/pool.ts';
import { type Cell, keyText, type ModuleSet, readKeyParts, type Table } from '../../moduleSdk/index.ts';
import { integerToJson, toJson } from '../../moduleSdk/json.ts';
import type { Arguments } from '../../types/transaction.ts';

/** The parts of a key as JSON: numbers up to 32 bits, else digits, hexadecimal for addresses and words. */
export function partsJson(table: Table, parts: readonly (number | bigint)[]): (number | string)[] {
  return parts.map((part, i) => integerToJson(table.parts[i]!, part));
}

/** The table of a key; account markers are locations of conflicts and in no module's list. */
export function tableOf(modules: ModuleSet, key: Uint32Array): Table {
  return markerTable(key[0]!) ?? modules.tableById(key[0]!);
}

/** A key in words, from its words in memory. */
export function keyInfo(modules: ModuleSet, key: Uint32Array): KeyInfo {
  const table = tableOf(modules, key);
  const parts = readKeyParts(table, key, 0);
  const [module, name] = table.name.split('/') as [string, string];
  return { text: keyText(table, parts), module, table: name, parts: partsJson(table, parts) };
}

/** A stored value as JSON: a record, or the one value of a scalar table; null where there is none. */
export function valueJson(table: Table, words: Uint32Array | null): unknown {
  if (words === null || words.length < table.valueWords || markerTable(table.id) !== undefined) return null;
  const value = table.readValue(words, 0);
  if (!table.scalar) return toJson(value as Arguments, table.valueFields);
  if (value instanceof Uint8Array) return toHex(value);
  return integerToJson(table.valueFields.value as Cell<unknown>, value as number | bigint);
}

/** Why a transaction did not succeed: the error's code, and its sentence with the data put in. */
export function errorOf(
  modules: ModuleSet,
  receipt: RawReceipt,
): { readonly error: string; readonly errorMessage: string } | undefined {
  if (receipt.errorId === 0) return undefined;
  const { name, message, shape } = modules.errorById(receipt.errorId);
  const data = toJson(shape.read(receipt.errorData, 0) as Arguments, shape.fields);
  const errorMessage = message.replace(/\{(\w+)\}/g, (whole, field: string) =>
    Object.hasOwn(data, field) ? String(data[field]) : whole,
  );
  return { error: name, errorMessage };
}

/** What a transaction announced. */
export function eventsOf(
  modules: ModuleSet,
  { events }: RawReceipt,
): { readonly name: string; readonly fields: { readonly [name: string]: unknown } }[] {
  const decoded: { name: string; fields: { readonly [name: string]: unknown } }[] = [];
  for (let at = 0; at < events.length; ) {
    const { name, shape } = modules.eventById(events[at]!);
    decoded.push({ name, fields: toJson(shape.read(events, at + 1) as Arguments, shape.fields) });
    at += 1 + shape.words;
  }
  return decoded;
}

/** A version that was read; an estimate is never read, only met. */
export function versionRef(version: RawVersion): VersionRef {
  return version.kind === 'transaction'
    ? { kind: 'transaction', tx: version.tx, incarnation: version.incarnation }
    : { kind: 'committed' };
}
