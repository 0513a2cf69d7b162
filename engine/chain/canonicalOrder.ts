import { asciiBytes, type ByteWriter } from '../base/bytes.ts';
import type { Table } from '../moduleSdk/index.ts';

/** The bytes that open every key of a table: its name and a zero byte. */
const prefixes = new WeakMap<Table, Uint8Array>();

/**
 * Appends a key's canonical bytes: `module/table`, a zero byte, then the parts, each big-endian in
 * the four bytes of every word it takes (as the values of a schema are).
 */
export function writeCanonicalKey(out: ByteWriter, table: Table, key: Uint32Array): void {
  let prefix = prefixes.get(table);
  if (prefix === undefined) {
    prefix = asciiBytes(`${table.name}\0`);
    prefixes.set(table, prefix);
  }
  out.raw(prefix);
  let at = 1;
  for (const { words } of table.parts) {
    out.words(key, at, words);
    at += words;
  }
}

/** Orders tables as their keys' canonical bytes do. */
export function compareTables(a: Table, b: Table): number {
  if (a === b) return 0;
  return `${a.name}\0` < `${b.name}\0` ? -1 : 1;
}

/** Orders two keys of one table as their canonical bytes do: part by part, each from its highest word. */
export function compareKeys(table: Table, a: Uint32Array, b: Uint32Array): number {
  if (table.flatKey) {
    for (let i = 1; i < table.keyWords; i++) {
      const difference = a[i]! - b[i]!;
      if (difference !== 0) return difference;
    }
    return 0;
  }
  let at = 1;
  for (const { words } of table.parts) {
    for (let i = at + words - 1; i >= at; i--) {
      const difference = a[i]! - b[i]!;
      if (difference !== 0) return difference;
    }
    at += words;
  }
  return 0;
}

/** Entries grouped by table and put in the order of their keys' canonical bytes. */
export function inCanonicalOrder<E extends { readonly key: Uint32Array }>(
  entries: Iterable<E>,
  tableById: (id: number) => Table,
): { readonly table: Table; readonly entries: readonly E[] }[] {
  const groups = new Map<number, { table: Table; entries: E[] }>();
  for (const entry of entries) {
    const id = entry.key[0]!;
    const group = groups.get(id);
    if (group !== undefined) group.entries.push(entry);
    else groups.set(id, { table: tableById(id), entries: [entry] });
  }
  const ordered = [...groups.values()].sort((a, b) => compareTables(a.table, b.table));
  for (const { table, entries: group } of ordered) group.sort((a, b) => compareKeys(table, a.key, b.key));
  return ordered;
}
