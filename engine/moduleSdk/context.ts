import type { AccountId } from '../types/ids.ts';
import type { Capability } from './capabilities.ts';
import type { ErrorType, EventType } from './declarations.ts';
import type { Fields, StructValue } from './schema.ts';
import type { Table } from './table.ts';

/**
 * All that a transaction may touch. Synchronous; a module never catches what it throws.
 * Reads see the transaction's own writes. Every call costs gas (see `execution/gas.ts`).
 */
export interface Context {
  /** Who signed the transaction. */
  readonly sender: AccountId;
  /** The block's height; 0 is genesis. */
  readonly height: number;
  /** The block's time in seconds; set by the chain, never by a clock. */
  readonly timestamp: number;
  /** Lane number of the module that called through a capability, or 0 when a person did. */
  readonly callerLane: number;

  /** Lane number of the module whose function runs. */
  readonly lane: number;
  /** Whether the module of a lane takes messages of a kind, by its number. */
  takesMessage(lane: number, kind: number): boolean;

  /** The value under the key, or `undefined` when there is none. */
  get<K extends readonly (number | bigint)[], V>(table: Table<K, V>, ...key: K): V | undefined;
  /** Writes without reading: two transactions that only write the same key do not wait for each other. */
  set<K extends readonly (number | bigint)[], V>(table: Table<K, V>, value: V, ...key: K): void;
  /** Removes the key; removing an absent key is allowed. */
  delete<K extends readonly (number | bigint)[], V>(table: Table<K, V>, ...key: K): void;
  /** Does the work the transaction declared. Call it between reads and writes; only the first call works. */
  work(): void;
  emit<F extends Fields>(event: EventType<F>, fields: StructValue<F>): void;
  /** Ends the transaction: its writes and events are dropped. */
  revert<F extends Fields>(error: ErrorType<F>, data: StructValue<F>): never;
  /** Another module's functions, through a capability that this module declared. */
  use<I>(capability: Capability<I>): I;
}

/** Read access to committed state, for views and invariants. */
export interface StateReader {
  get<K extends readonly (number | bigint)[], V>(table: Table<K, V>, ...key: K): V | undefined;
  /** Every entry of the table in canonical key order. */
  entries<K extends readonly (number | bigint)[], V>(table: Table<K, V>): Iterable<readonly [K, V]>;
}
