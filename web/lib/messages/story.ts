/** The opening story: sentences with places for what the recorded run says. */
export const story = {
  title: 'Story',
  dots: 'Step {step} of {steps}',
  skip: 'Skip',
  resume: 'Resume the story',
  replay: 'Replay the story',
  stopped: 'You took over.',

  open: 'A blockchain is about to execute one block: {mix}, {sharing}.',
  mix: '{payments} payments and {swaps} swaps',
  mixOne: '{transactions} transactions',
  sharing: 'shared out among {workers} threads of this computer',
  sharingVirtual: 'shared out among {workers} virtual cores',
  sharingOne: 'on the one thread there is',

  calmFaster:
    'Done in {duration}: {speedup} as fast as one core. Every balance is exactly what doing them one by one gives.',
  calmSlower:
    'Done in {duration}. That is {speedup} of one core’s speed: slower, and the page says so. The balances are exactly what doing them one by one gives.',

  rush: 'Now a rush: {count} of {transactions} transactions want the same thing, {key}.',
  rushNowhere: 'Now a rush: the hot share is {share} %.',

  abort:
    'Transaction {reader} ran too early: it used {key} without what transaction {writer} wrote to it. They conflict, so this run is aborted: thrown away, and done again.',
  abortCount: 'That happened {aborts} times in this block.',
  abortOnce: 'It happened once in this block.',
  parked:
    'Nothing had to be thrown away here. But {suspensions} times a transaction met a value that an earlier one was about to rewrite, a conflict, and waited for it.',
  noAborts:
    'Many touch the same {key} now: they conflict, and have to see each other’s results in order. On {workers} this time, none ran too early.',
  noConflict: 'Even so, no transaction of this block ran too early this time.',
  oneWorker: 'one worker',
  manyWorkers: '{workers} workers',

  chain:
    'Each of them needs the result of the one before. The longest such chain, the critical path, is now {path} of {transactions}: no number of cores can make this block more than {ideal} as fast.',
  chainBefore: 'It was {before}.',

  split: 'One pool, one queue. So the pool is split in four, and the same traffic comes again.',
  splitRefused: 'The pool could not be split here: {why}',
  wall: 'The longest chain fell from {before} to {path}, and {ideal} is possible now. {measured}',
  wallSame: 'The longest chain is still {path}. The pool was not what they queued for. {measured}',
  measuredNow: 'This run: {speedup} of one core, with {aborts}; before, {speedupBefore} with {abortsBefore}.',
  aborts: '{count} aborts',
  abortsOne: '1 abort',
  abortsNone: 'no aborts',

  hand: 'Your turn. Drag the hot share, and watch where the wall comes back. The run before stays behind, faint.',
} as const;
