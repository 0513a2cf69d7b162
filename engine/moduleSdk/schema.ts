import { assert } from '../base/assert.ts';
import type { ByteWriter } from '../base/bytes.ts';
import type { ArgumentValue } from '../types/transaction.ts';

/** What a number stands for: decides the form field, the label and how a value is shown. */
export type Role =
  | 'amount'
  | 'account'
  | 'asset'
  | 'pool'
  | 'seconds'
  | 'count'
  | 'number'
  /** An address of another chain: shown as `0x` and all its hexadecimal digits. */
  | 'address'
  /** A word of another chain's machine (a slot, what lies there, a hash): shown as `0x…` without leading zeros. */
  | 'word';

/**
 * One cell of a schema: an unsigned integer of `bits` bits, kept as little-endian 32-bit words.
 * `number` up to 32 bits, `bigint` above. The same cell gives the binary codec, the canonical
 * (big-endian) codec, the JSON codec (decimal strings above 32 bits) and the form field.
 */
export interface Cell<T> {
  readonly kind: 'integer';
  readonly bits: number;
  readonly words: number;
  readonly role: Role;
  read(memory: Uint32Array, at: number): T;
  /** Throws {@link ValueOutOfRange} when `value` does not fit. */
  write(memory: Uint32Array, at: number, value: T): void;
}

/** Thrown by a cell that is given a value it cannot hold; a transaction that does so panics. */
export class ValueOutOfRange extends Error {
  constructor(bits: number) {
    super(`value does not fit ${bits} bits`);
    this.name = 'ValueOutOfRange';
  }
}

function smallCell(bits: number, role: Role): Cell<number> {
  const max = 2 ** bits - 1;
  return {
    kind: 'integer',
    bits,
    words: 1,
    role,
    read: (memory, at) => memory[at]!,
    write: (memory, at, value) => {
      if (value >>> 0 !== value || value > max) throw new ValueOutOfRange(bits);
      memory[at] = value;
    },
  };
}

const TWO_32 = 0x100000000;
const WORD = 0xffffffffn;
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

function wideCell(bits: number, role: Role): Cell<bigint> {
  const words = bits / 32;
  const max = (1n << BigInt(bits)) - 1n;
  return {
    kind: 'integer',
    bits,
    words,
    role,
    read: (memory, at) => {
      let top = words - 1;
      while (top > 1 && memory[at + top] === 0) top--;
      const high = memory[at + 1]!;
      // Most amounts fit a double exactly, and a conversion is several times cheaper than shifts.
      if (top === 1 && high < 0x200000) return BigInt(high * TWO_32 + memory[at]!);
      let value = 0n;
      for (let i = top; i >= 0; i--) value = (value << 32n) | BigInt(memory[at + i]!);
      return value;
    },
    write: (memory, at, value) => {
      if (typeof value !== 'bigint' || value < 0n || value > max) throw new ValueOutOfRange(bits);
      if (value <= MAX_SAFE) {
        const small = Number(value);
        memory[at] = small;
        memory[at + 1] = small / TWO_32;
        for (let i = 2; i < words; i++) memory[at + i] = 0;
        return;
      }
      let rest = value;
      for (let i = 0; i < words; i++) {
        memory[at + i] = Number(rest & WORD);
        rest >>= 32n;
      }
    },
  };
}

export const u8 = (role: Role = 'number'): Cell<number> => smallCell(8, role);
export const u16 = (role: Role = 'number'): Cell<number> => smallCell(16, role);
export const u32 = (role: Role = 'number'): Cell<number> => smallCell(32, role);
export const u64 = (role: Role = 'number'): Cell<bigint> => wideCell(64, role);
export const u128 = (role: Role = 'amount'): Cell<bigint> => wideCell(128, role);
export const u160 = (role: Role = 'address'): Cell<bigint> => wideCell(160, role);
export const u256 = (role: Role = 'amount'): Cell<bigint> => wideCell(256, role);
export const account = (): Cell<number> => smallCell(32, 'account');
export const asset = (): Cell<number> => smallCell(32, 'asset');
export const pool = (): Cell<number> => smallCell(32, 'pool');

/** A cell's value as text, in a key or in JSON: hexadecimal for addresses and words, else decimal digits. */
export function integerText(cell: Pick<Cell<unknown>, 'bits' | 'role'>, value: number | bigint): string {
  if (cell.role === 'address') return `0x${value.toString(16).padStart(cell.bits / 4, '0')}`;
  if (cell.role === 'word') return `0x${value.toString(16)}`;
  return value.toString();
}

/** Bytes of a bounded length, kept as a length word and `max` bytes padded to words. */
export interface BytesCell {
  readonly kind: 'bytes';
  readonly max: number;
  readonly words: number;
  read(memory: Uint32Array, at: number): Uint8Array;
  write(memory: Uint32Array, at: number, value: Uint8Array): void;
}

export function bytes(max: number): BytesCell {
  return {
    kind: 'bytes',
    max,
    words: 1 + Math.ceil(max / 4),
    read: (memory, at) => {
      const value = new Uint8Array(memory[at]!);
      for (let i = 0; i < value.length; i++) value[i] = memory[at + 1 + (i >> 2)]! >>> ((i & 3) * 8);
      return value;
    },
    write: (memory, at, value) => {
      if (value.length > max) throw new ValueOutOfRange(max * 8);
      memory[at] = value.length;
      for (let w = 0; w * 4 < max; w++) {
        let word = 0;
        for (let i = 0; i < 4; i++) word |= (value[w * 4 + i] ?? 0) << (i * 8);
        memory[at + 1 + w] = word;
      }
    },
  };
}

/** A bounded list of records; only as the last field of a transaction's arguments. */
export interface ListCell<F extends Fields> {
  readonly kind: 'list';
  readonly max: number;
  readonly item: Struct<F>;
}

export function list<F extends Fields>(item: Struct<F>, max: number): ListCell<F> {
  return { kind: 'list', max, item };
}

export type Field = Cell<number> | Cell<bigint> | BytesCell | ListCell<Fields>;
export type Fields = { readonly [name: string]: Field };

export type FieldValue<C> =
  C extends Cell<infer T>
    ? T
    : C extends BytesCell
      ? Uint8Array
      : C extends ListCell<infer F>
        ? readonly StructValue<F>[]
        : never;
export type StructValue<F extends Fields> = { readonly [N in keyof F]: FieldValue<F[N]> };

/** Named fields, laid out one after another in the order they are written. */
export interface Struct<F extends Fields = Fields> {
  readonly fields: F;
  readonly names: readonly string[];
  /** Words of the fixed part; a trailing list adds its own. */
  readonly words: number;
  read(memory: Uint32Array, at: number): StructValue<F>;
  /** Writes and returns the number of words used. */
  write(memory: Uint32Array, at: number, value: StructValue<F>): number;
  /** The words `value` takes. */
  wordsFor(value: StructValue<F>): number;
  /** Appends the canonical big-endian bytes of the words at `at` (fixed part only). */
  writeCanonical(out: ByteWriter, memory: Uint32Array, at: number): void;
}

export function struct<F extends Fields>(fields: F): Struct<F> {
  const names = Object.keys(fields);
  const cells = names.map((name) => fields[name]!);
  const offsets: number[] = [];
  let words = 0;
  cells.forEach((cell, i) => {
    assert(cell.kind !== 'list' || i === cells.length - 1, 'a list must be the last field', {
      field: names[i]!,
    });
    offsets.push(words);
    words += cell.kind === 'list' ? 1 : cell.words;
  });

  const read = (memory: Uint32Array, at: number): StructValue<F> => {
    const value: Record<string, ArgumentValue> = {};
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i]!;
      const place = at + offsets[i]!;
      value[names[i]!] = cell.kind === 'list' ? readList(cell, memory, place) : cell.read(memory, place);
    }
    return value as StructValue<F>;
  };
  const write = (memory: Uint32Array, at: number, value: StructValue<F>): number => {
    let end = at + words;
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i]!;
      const item = value[names[i]!] as ArgumentValue;
      if (cell.kind === 'list')
        end = writeList(cell, memory, at + offsets[i]!, item as readonly StructValue<Fields>[]);
      else (cell as Cell<unknown>).write(memory, at + offsets[i]!, item);
    }
    return end - at;
  };
  return {
    fields,
    names,
    words,
    read,
    write,
    wordsFor: (value) => {
      const last = cells[cells.length - 1];
      if (last?.kind !== 'list') return words;
      return words + (value[names[names.length - 1]!] as readonly unknown[]).length * last.item.words;
    },
    writeCanonical: (out, memory, at) => {
      for (let i = 0; i < cells.length; i++) {
        const cell = cells[i]!;
        if (cell.kind === 'integer') out.words(memory, at + offsets[i]!, cell.words);
        else if (cell.kind === 'bytes') {
          const value = cell.read(memory, at + offsets[i]!);
          out.u32(value.length);
          out.raw(value);
        }
      }
    },
  };
}

function readList(cell: ListCell<Fields>, memory: Uint32Array, at: number): readonly StructValue<Fields>[] {
  const items: StructValue<Fields>[] = [];
  for (let i = 0; i < memory[at]!; i++) items.push(cell.item.read(memory, at + 1 + i * cell.item.words));
  return items;
}

function writeList(
  cell: ListCell<Fields>,
  memory: Uint32Array,
  at: number,
  items: readonly StructValue<Fields>[],
): number {
  if (items.length > cell.max) throw new ValueOutOfRange(32);
  memory[at] = items.length;
  items.forEach((item, i) => {
    cell.item.write(memory, at + 1 + i * cell.item.words, item);
  });
  return at + 1 + items.length * cell.item.words;
}

/**
 * A reader of arguments that decodes a field when it is asked for, without an object a
 * transaction: it is moved to each transaction's words. Getters live on a prototype made once
 * for each shape, so that every thread's and every block's readers look the same to the engine's inline caches.
 */
export interface ArgumentReader {
  memory: Uint32Array;
  base: number;
}

const readers = new WeakMap<Struct<Fields>, object>();

/** A reader with the getters of `shape`; cast to the shape's value when handed to a module. */
export function createArgumentReader(shape: Struct<Fields>, memory: Uint32Array): ArgumentReader {
  let prototype = readers.get(shape);
  if (prototype === undefined) {
    prototype = {};
    let offset = 0;
    for (const name of shape.names) {
      const cell = shape.fields[name]!;
      const place = offset;
      const get =
        cell.kind === 'list'
          ? function (this: ArgumentReader) {
              return readList(cell, this.memory, this.base + place);
            }
          : function (this: ArgumentReader) {
              return (cell as Cell<unknown>).read(this.memory, this.base + place);
            };
      Object.defineProperty(prototype, name, { get, enumerable: true });
      offset += cell.kind === 'list' ? 1 : cell.words;
    }
    readers.set(shape, prototype);
  }
  const reader = Object.create(prototype) as ArgumentReader;
  reader.memory = memory;
  reader.base = 0;
  return reader;
}
