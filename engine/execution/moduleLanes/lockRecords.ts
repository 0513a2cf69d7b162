import { TX } from '../kernel/blockMemory.ts';

/** What module lanes keep in a transaction's record, in words that Block-STM uses for something else. */
export const LANE_TX = {
  /** See {@link LANE_STATUS}. */
  status: TX.status,
  /** Locks that earlier transactions have not handed on yet. */
  pending: TX.parkedHead,
  /** Where its list of locks stands: its lanes first, then its sender, then the fee recipient when that is tracked. */
  locks: TX.parkedNext,
  lockCount: TX.changedAt,
  /** How many of the locks are lanes. */
  laneCount: TX.claims,
  /** Work on the longest way from here to the end of the block: the greater, the sooner it should run. */
  rank: TX.validatedAt,
  /** When it finished, µs, as a float of two words; only when everything is recorded. */
  finishedAt: 14,
} as const;

export const LANE_STATUS = { waiting: 0, running: 1, executed: 2 } as const;

/** An entry of a transaction's list of locks; see `LOCK_WORDS`. */
export const LOCK = {
  /** Where the lane's queue stands, or 0 for a sender's and the fee recipient's lock. */
  queue: 0,
  /** The next transaction that takes this lock, or -1. */
  next: 1,
  /** The one that had it before, or -1. */
  previous: 2,
} as const;

/** A lane's queue, on a line of its own. */
export const QUEUE = {
  /** The first transaction of the lane that has not finished, or -1. */
  head: 0,
  /** The lane's number. */
  lane: 1,
} as const;
