import { nameHash } from '../base/hash.ts';
import { type Fields, type Struct, struct } from './schema.ts';

/** Something a module announces; kept in the receipt and part of the digest. */
export interface EventType<F extends Fields = Fields> {
  /** `module/event`. */
  readonly name: string;
  readonly id: number;
  readonly shape: Struct<F>;
}

/** A reason to decline; `name` is the error's code. */
export interface ErrorType<F extends Fields = Fields> {
  /** `module/code`. */
  readonly name: string;
  readonly id: number;
  readonly shape: Struct<F>;
  /** One sentence for a person; `{field}` stands for the error's data. */
  readonly message: string;
}

export function event<F extends Fields>(name: string, fields: F): EventType<F> {
  return { name, id: nameHash(name), shape: struct(fields) };
}

export function moduleError<F extends Fields>(name: string, message: string, fields: F): ErrorType<F> {
  return { name, id: nameHash(name), shape: struct(fields), message };
}
