/**
 * The kernel's prices and capacities, said again in the reference interpreter's own words: a price
 * changed in one place only makes the two disagree, and that is the point.
 */
export const PRICE = {
  transaction: 200,
  read: 60,
  write: 120,
  valueWord: 4,
  event: 60,
  eventWord: 4,
  call: 30,
  round: 1,
} as const;

/** Distinct keys of modules' tables that one transaction may touch. */
export const MOST_KEYS = 1024;
/** Words of events of one transaction, each event's own number included. */
export const MOST_EVENT_WORDS = 4096;
