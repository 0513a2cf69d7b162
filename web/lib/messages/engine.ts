/** Texts of the engine's client and of the session on top of it. */
export const engineMessages = {
  crashed: 'The engine stopped: {why}.',
  didNotLoad: 'its code did not load',
  unreadable: 'a message could not be read',
  hung: 'The engine has not answered for {seconds} seconds.',
  stopped: 'The engine was stopped.',
  noEngine: 'The engine is not running.',
  noBlock: 'There is no block to change yet.',
  fileWanted: 'This scenario was made from a file, which has to be given first.',
  superseded: 'A newer change took the place of this one.',
  replayed: 'The engine was restarted and the chain was made again from its recorded actions.',
  replayedPart:
    'The engine was restarted. {done} of {all} blocks could be made again; the rest was refused: {why}',
} as const;

/** What made a branch or a ghost, in a few words. */
export const changeLabels = {
  hotPermille: 'hot share {value} %',
  skewPermille: 'skew {value} %',
  swapPermille: 'swaps {value} %',
  transactionsPerBlock: '{value} transactions a block',
  work: 'work {value} rounds',
  shares: 'other shares of the modules',
  allWorkers: 'no thread lost',
  splitPool: 'pool {pool} split in {ways}',
  unsplit: 'pool {pool} in one',
  executor: 'executor {value}',
  cores: '{value} {kind} cores',
  scheduleSeed: 'schedule {value}',
  granularity: 'conflicts by {value}',
  feeRecipient: 'fee recipient {value}',
  genesis: 'the chain before',
  editTransaction: 'transaction {index} edited',
  unedited: 'as it was',
} as const;
