/** Texts of the lane timeline. */
export const moduleLanesText = {
  emptyTitle: 'No block yet',
  empty: 'When a block has run, each module has a track here, with what it executed and what still waits.',
  committed: '{done} of {all}',
  rate: '{rate}',
  waiting: '{count} to start',
  waitingShort: '{count} left',
  visits: 'used {visits}×',
  touchedOnly: 'no transactions of its own',
  summary: 'Lane timeline, {duration} of {clock}: {modules}.',
  moduleOne: '{module} 1 transaction',
  moduleMany: '{module} {count} transactions',
  moduleTouched: '{module} used by {visits}',
  clockMeasured: 'measured time',
  clockVirtual: 'virtual time',
  /** After the sentence of a span: which other modules' keys it met others on. */
  reaches: '{what}. It also uses {keys}',
  reachesKey: '{module} ({key})',
  reachesMore: '{module} ({key} and {more} more)',
  and: ' and ',
};
