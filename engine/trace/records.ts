/**
 * A recorded span, as far as drawing goes: what a worker did from when to when, on which transaction,
 * and because of whom. Executors record more; projections need this.
 */
export interface SpanRecord {
  readonly worker: number;
  /** Order of causes: the shared counter at the span's end. */
  readonly sequence: number;
  readonly kind: number;
  readonly tx: number;
  readonly incarnation: number;
  readonly startUs: number;
  readonly endUs: number;
  /** Whom an abort, a suspension or waiting for a lock is due to, or -1. */
  readonly causeTx: number;
  /** Key number of the run, or -1. */
  readonly causeKey: number;
}

/** Kinds of spans; the numbers are part of the engine's door. */
export const SPAN = {
  execute: 0,
  suspend: 1,
  validate: 2,
  abort: 3,
  wait: 4,
  commit: 5,
  laneWait: 6,
} as const;
