import { keyText, type StateReader, type Table } from '../../moduleSdk/index.ts';
import { type Value, valueCopy, valueJson } from './values.ts';

export type Key = readonly (number | bigint)[];

export interface Entry {
  readonly table: Table;
  readonly key: Key;
  readonly value: Value;
}

function compareKeys(a: Key, b: Key): number {
  for (let i = 0; i < a.length; i++) {
    if (a[i]! < b[i]!) return -1;
    if (a[i]! > b[i]!) return 1;
  }
  return 0;
}

/** State as a plain map from a key's text to its value. */
export class ReferenceState implements StateReader {
  private readonly map: Map<string, Entry>;

  constructor(from?: ReferenceState) {
    this.map = new Map(from?.map);
  }

  get size(): number {
    return this.map.size;
  }

  find(text: string): Entry | undefined {
    return this.map.get(text);
  }

  put(entry: Entry): void {
    this.map.set(keyText(entry.table, entry.key), entry);
  }

  remove(text: string): void {
    this.map.delete(text);
  }

  /** For a test that sets the stage. */
  set<K extends Key, V>(table: Table<K, V>, value: V, ...key: K): void {
    this.put({ table: table as unknown as Table, key, value: valueCopy(table as unknown as Table, value) });
  }

  get<K extends Key, V>(table: Table<K, V>, ...key: K): V | undefined {
    return this.map.get(keyText(table as unknown as Table, key))?.value as V | undefined;
  }

  entries<K extends Key, V>(table: Table<K, V>): Iterable<readonly [K, V]> {
    return [...this.map.values()]
      .filter((entry) => entry.table.name === table.name)
      .sort((a, b) => compareKeys(a.key, b.key))
      .map((entry) => [entry.key as K, entry.value as V] as const);
  }

  /** Everything as key text and JSON value, sorted by text. */
  toJson(): Map<string, unknown> {
    const texts = [...this.map.keys()].sort();
    return new Map(texts.map((text) => [text, valueJson(this.map.get(text)!.value)]));
  }
}
