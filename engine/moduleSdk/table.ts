import { assert } from '../base/assert.ts';
import type { ByteWriter } from '../base/bytes.ts';
import { nameHash } from '../base/hash.ts';
import {
  type BytesCell,
  type Cell,
  type Fields,
  integerText,
  type Struct,
  type StructValue,
} from './schema.ts';

export type KeyParts = { readonly [name: string]: Cell<number> | Cell<bigint> };
type PartValue<C> = C extends Cell<infer T> ? T : never;
/** Up to three parts, in the order they are declared. */
export type KeyTuple<P extends KeyParts> = readonly PartValue<P[keyof P]>[];

/**
 * A table of a module's state: keys of up to three integer parts, values of one cell or of a
 * record. A key's words in memory are the hash of the table's name, then the parts,
 * little-endian; its canonical bytes are the name, a zero byte, then the parts, big-endian.
 */
export interface Table<K extends readonly (number | bigint)[] = readonly (number | bigint)[], V = unknown> {
  /** `module/table`. */
  readonly name: string;
  /** Hash of the name: first word of every key, and the table's number in memory. */
  readonly id: number;
  readonly partNames: readonly string[];
  readonly parts: readonly (Cell<number> | Cell<bigint>)[];
  readonly keyWords: number;
  /** True when every part is one word, so that a key is written without its codecs. */
  readonly flatKey: boolean;
  /** Greatest value of each one-word part. */
  readonly partMax: readonly number[];
  /** Which part names the account, for conflicts tracked by account; -1 when none does. */
  readonly accountPart: number;
  /**
   * Which part names the lane that owns the key: a lane's number, or an asset or account that a module owns (0, or a
   * person's: the module's own lane); -1 when all keys belong to the module's lane.
   */
  readonly lanePart: number;
  /** Written at genesis only, so that every lane may read it without a lock. */
  readonly fixed: boolean;
  readonly valueWords: number;
  /** The record's fields, or the one cell under the name `value`. */
  readonly valueFields: Fields;
  readonly scalar: boolean;
  readValue(memory: Uint32Array, at: number): V;
  writeValue(memory: Uint32Array, at: number, value: V): void;
  writeValueCanonical(out: ByteWriter, memory: Uint32Array, at: number): void;
  /** Types only: what a key is made of. */
  readonly __key?: K;
}

type TupleOf<P extends KeyParts> =
  UnionToTuple<keyof P> extends infer N extends readonly (keyof P)[]
    ? { readonly [I in keyof N]: PartValue<P[N[I]]> }
    : never;
type UnionToIntersection<U> = (U extends unknown ? (x: U) => void : never) extends (x: infer I) => void
  ? I
  : never;
type LastOf<U> = UnionToIntersection<U extends unknown ? () => U : never> extends () => infer L ? L : never;
type UnionToTuple<U> = [U] extends [never] ? [] : [...UnionToTuple<Exclude<U, LastOf<U>>>, LastOf<U>];

export interface TableOptions<P extends KeyParts> {
  readonly key: P;
  /** The part that names the account (a person's, a pool's). */
  readonly account?: keyof P & string;
  /** The part that names the lane which owns the key, see {@link Table.lanePart}. It takes one word. */
  readonly lane?: keyof P & string;
  /** Only ever written at genesis. */
  readonly fixed?: boolean;
}

/** A table whose value is one cell: `get` gives a number or a bigint. */
export function table<P extends KeyParts, T>(
  name: string,
  options: TableOptions<P> & { readonly value: Cell<T> },
): Table<TupleOf<P> extends readonly (number | bigint)[] ? TupleOf<P> : never, T>;
/** A table whose value is bytes of a bounded length. */
export function table<P extends KeyParts>(
  name: string,
  options: TableOptions<P> & { readonly value: BytesCell },
): Table<TupleOf<P> extends readonly (number | bigint)[] ? TupleOf<P> : never, Uint8Array>;
/** A table whose value is a record: `get` gives a plain object. */
export function table<P extends KeyParts, F extends Fields>(
  name: string,
  options: TableOptions<P> & { readonly value: Struct<F> },
): Table<TupleOf<P> extends readonly (number | bigint)[] ? TupleOf<P> : never, StructValue<F>>;
export function table(
  name: string,
  options: TableOptions<KeyParts> & { readonly value: Cell<unknown> | BytesCell | Struct<Fields> },
): Table {
  assert(/^[a-z][A-Za-z0-9]*\/[a-z][A-Za-z0-9]*$/.test(name), 'a table is named module/table', { name });
  const partNames = Object.keys(options.key);
  assert(partNames.length >= 1 && partNames.length <= 3, 'a key has one to three parts', { name });
  const parts = partNames.map((part) => options.key[part]!);
  const value = options.value;
  const shared = {
    name,
    id: nameHash(name),
    partNames,
    parts,
    keyWords: 1 + parts.reduce((sum, part) => sum + part.words, 0),
    flatKey: parts.every((part) => part.words === 1),
    partMax: parts.map((part) => 2 ** Math.min(32, part.bits) - 1),
    accountPart: options.account ? partNames.indexOf(options.account) : -1,
    lanePart: options.lane ? partNames.indexOf(options.lane) : -1,
    fixed: options.fixed === true,
  };
  if ('fields' in value) {
    return {
      ...shared,
      valueWords: value.words,
      valueFields: value.fields,
      scalar: false,
      readValue: value.read,
      writeValue: (memory, at, record) => {
        value.write(memory, at, record as StructValue<Fields>);
      },
      writeValueCanonical: value.writeCanonical,
    };
  }
  return {
    ...shared,
    valueWords: value.words,
    valueFields: { value: value as Cell<number> },
    scalar: true,
    readValue: value.read,
    writeValue: value.write as (memory: Uint32Array, at: number, item: unknown) => void,
    writeValueCanonical: (out, memory, at) => {
      if (value.kind === 'integer') out.words(memory, at, value.words);
      else {
        const content = value.read(memory, at);
        out.u32(content.length);
        out.raw(content);
      }
    },
  };
}

/** Writes the key's words at `at` and returns how many. */
export function writeKeyWords(
  of: Table,
  memory: Uint32Array,
  at: number,
  key: readonly (number | bigint)[],
): number {
  memory[at] = of.id;
  let place = at + 1;
  for (let i = 0; i < of.parts.length; i++) {
    const part = of.parts[i]! as Cell<unknown>;
    part.write(memory, place, key[i]);
    place += part.words;
  }
  return place - at;
}

/** The parts of a key whose words stand at `at` (the table's id first). */
export function readKeyParts(of: Table, memory: Uint32Array, at: number): (number | bigint)[] {
  let place = at + 1;
  return of.parts.map((part) => {
    const value = part.read(memory, place);
    place += part.words;
    return value;
  });
}

/** The key as text, `module/table/part/part`: what the command line and the inspector show. */
export function keyText(of: Table, key: readonly (number | bigint)[]): string {
  return `${of.name}/${key.map((part, i) => integerText(of.parts[i]!, part)).join('/')}`;
}
