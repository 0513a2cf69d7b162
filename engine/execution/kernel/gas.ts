/**
 * What everything costs, in gas. One gas is about one nanosecond of work, so that on virtual
 * cores gas also stands for time. The same in every executor; part of the semantics.
 */
export const GAS = {
  /** Every transaction: decoding, nonce and fee. */
  base: 200,
  /** Reading a key, present or absent. */
  read: 60,
  /** Writing or deleting a key. */
  write: 120,
  /** Each 32-bit word of a value read or written. */
  word: 4,
  event: 60,
  eventWord: 4,
  /** A call through a capability. */
  call: 30,
  /** A round of declared work. */
  round: 1,
} as const;

/** Capacities of one transaction; going beyond is the module's error, the same everywhere. */
export const CAPACITY = {
  /** Distinct keys a transaction may touch. */
  keys: 1024,
  /** Words of events. */
  eventWords: 4096,
} as const;

export const DEFAULT_GAS_LIMIT = 2_000_000;
export const MAX_GAS_LIMIT = 50_000_000;
