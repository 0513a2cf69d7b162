/** Texts of the inspector: what is selected, and why. */
export const inspectorMessages = {
  title: 'Inspector',
  region: 'Inspector: what is selected, and why',
  empty: 'Nothing has run yet.',
  emptyHint: 'The first block appears here as soon as the engine has executed it.',
  loading: 'Looking up what it read and wrote …',
  failed: 'This could not be looked up: {message}',
  noEngine: 'The engine is not running.',
  retry: 'Try again',
  backToBlock: 'The whole block',
  backToTransaction: 'Back to transaction {tx}',
  missing: 'Transaction {tx} is not part of this block.',
  missingKey: 'This key is not part of this block.',
  more: 'Show {count} more',
  andMore: 'and {count} more',
  none: 'none',

  tx: 'transaction {tx}',
  txCapital: 'Transaction {tx}',
  from: 'from {sender}',
  nonce: 'nonce {nonce}',
  origin: {
    crafted: 'crafted by hand',
    edited: 'edited',
    action: 'part of an action',
    system: 'carries a message',
  } as Readonly<Record<string, string>>,
  status: {
    success: 'committed',
    reverted: 'reverted',
    panicked: 'panicked',
    outOfGas: 'out of gas',
    rejected: 'rejected',
  },

  /**
   * What a transaction does, by module and name, from its arguments (and of swaps the assets, once they
   * are known); the first text whose values are all there counts. Others show their module's summary.
   */
  does: {
    'bank/transfer': ['{sender} pays {amount} {asset} to {to}.'],
    'bank/batchTransfer': ['{sender} sends a batch of {asset} payments ({payments}): all of them or none.'],
    'bank/moveBetweenLanes': [
      '{sender} moves {amount} {asset} of their own from lane {fromLane} to lane {toLane}.',
    ],
    'amm/swapExactIn': [
      '{sender} sells {amountIn} {sold} to {pool}, for at least {minimumOut} {bought}.',
      '{sender} sells {amountIn} to {pool}, for at least {minimumOut}.',
    ],
    'amm/swapExactOut': [
      '{sender} buys {amountOut} {bought} from {pool}, for at most {maximumIn} {sold}.',
      '{sender} buys {amountOut} from {pool}, for at most {maximumIn}.',
    ],
    'amm/addLiquidity': [
      '{sender} adds up to {amount0Desired} and {amount1Desired} to {pool}, for a share of it.',
    ],
    'amm/removeLiquidity': ['{sender} gives up a share of {liquidity} in {pool} and gets both assets back.'],
    'amm/createPool': ['{sender} opens a pool of {asset0} and {asset1}.'],
    'ethereum/replay': [
      'Replays {changes} recorded changes: reads each key, then writes what the list says.',
    ],
    'ethereum/pay': ['{from} pays {amount} to {to}.'],
    'ethereum/payToken': ['{from} sends {amount} of token {token} to {to}.'],
    'ethereum/call': ['A call of {target}: one read and one write of it.'],
    'amm/splitPool': ['{sender} spreads a share of {pool} evenly over {ways} pools.'],
  } as Readonly<Record<string, readonly string[]>>,

  ranOnce: 'Ran once, and that run counted.',
  ranOnceParked: 'Ran once, and that run counted. Before that it waited {times} for another transaction.',
  ranAgain: 'Ran {runs} times: {aborts}, the last run counted.',
  ranAgainParked:
    'Ran {runs} times: {aborts}, the last run counted. It also waited {times} for another transaction.',
  ranNever: 'It never ran in this record.',
  thrownAway: '{count} runs were thrown away',
  thrownAwayOne: 'one run was thrown away',
  once: 'once',
  timesOver: '{count} times',

  ended: {
    success: 'Committed: its writes are part of the chain.',
    reverted: 'The module declined it. Its writes were dropped; its nonce and its fee of {fee} stay.',
    panicked:
      'The module failed where it should not have. Treated as declined: writes dropped, nonce and fee stay.',
    outOfGas:
      'It used up its {limit} gas before it was done. Its writes were dropped, and all of that gas is paid.',
    rejected: 'The kernel refused it before the module saw it. It changed nothing and paid nothing.',
  },
  endedFree: {
    reverted: 'The module declined it. Its writes were dropped; its nonce stays used.',
  } as Readonly<Record<string, string>>,
  because: 'Why: {message}',
  gas: '{used} of {limit} gas',

  runs: 'Run by run',
  run: 'Run {number}',
  start: 'Start',
  where: 'worker {worker}',
  span: '{from} – {to}',
  outcome: { committed: 'committed', aborted: 'aborted', suspended: 'waited' },
  now: 'now',
  goTo: 'Show this instant',
  goToAbort: 'Show the instant of the abort',
  goToLabel: 'Move the clock to {time}',

  readCommitted: 'It read {key} as it stood before this block.',
  readAbsent: 'It looked for {key} and found nothing there.',
  readFrom: 'It read {key} as {writer} had written it in its run {run}.',
  thenWrote: 'Then, at {time}, {writer} wrote {key}.',
  thenWroteNoTime: 'Then {writer} wrote {key}.',
  thenRewrote: 'Then {writer} ran again and, at {time}, wrote a newer value.',
  thenRewroteNoTime: 'Then {writer} ran again and wrote a newer value.',
  thenCreated: 'Then, at {time}, {writer} created it.',
  thenBetween:
    'Then, at {time}, {writer} wrote it too; in the block’s order {writer} comes after {read} and before {reader}.',
  thenEstimate:
    'Then {writer} was aborted itself, and the value with it; a marker says that {writer} will write {key} again.',
  thenGone: 'Then {writer} ran again and this time did not write {key}.',
  outOfDate:
    'So what had been read was out of date. A check found that at {time}, and the run was thrown away.',
  parked:
    'It needed {key} and met a marker there: {writer} will write it. So it waited instead of doing work that could not last.',

  whyLater: 'Why did {writer} write it only then?',
  whyAborted: 'Why was {writer} aborted?',
  whyLaterHide: 'Hide',
  writerTogether: '{writer} was running at the same time: from {from} to {to} on worker {worker}.',
  writerLater: '{writer} had not started: it ran from {from} to {to} on worker {worker}.',
  writerAgain: '{writer} had to run {times} itself.',
  writerAgainWhy: 'Its run {run} was thrown away:',
  writerUnknown: 'That run of {writer} is not in the record.',
  orderExplained:
    'Workers take transactions early, on a guess; the block’s order decides what each should have seen.',

  reads: 'Read {count}',
  readsNone: 'Read nothing',
  writes: 'Wrote {count}',
  writesNone: 'Wrote nothing',
  wroteDropped: 'thrown away',
  asWritten: 'as written by {writer}, run {run}',
  asCommitted: 'as before this block',
  absent: 'nothing there',
  deleted: 'deleted',
  change: '{before} → {after}',
  unchanged: 'unchanged',

  fixTitle: 'What would fix it?',
  fixBusy: 'Running …',
  fixes: {
    splitPool: {
      action: 'Split {pool} in four',
      why: '{count} of {total} transactions touch {pool}. Spread over four pools, about a quarter as many meet in each. A new branch beside this one.',
    },
    splitKey: {
      action: 'Split it in four',
      why: '{count} of {total} transactions touch {key}. With its writers spread over four shards, about a quarter as many meet in each. A new branch beside this one.',
    },
    feeRecipient: {
      action: 'Credit the fees once a block',
      why: 'Every transaction writes the fee account, so each waits for the one before. Exempt, it is written once at the end. The same block, run again.',
    },
    granularity: {
      action: 'Tell keys of one account apart',
      why: 'Conflicts are counted by account here: two transactions collide as soon as they name the same one. By single key fewer collide. The same block, run again.',
    },
    coolDown: {
      action: 'Send nothing to one hot place',
      why: '{count} of {total} transactions meet at {key}. With the hot share at 0 % they spread out. A new branch beside this one.',
    },
    nonce: {
      action: '',
      why: 'Transactions of one sender always follow one another: each counts the nonce up. More senders, not more cores, would help.',
    },
    loosen: {
      action: 'Edit it with a looser limit',
      why: 'At its turn the price was worse than its limit. On a branch of its own it can accept that.',
    },
    deadline: {
      action: 'Edit it with a later deadline',
      why: 'Its deadline had passed when its turn came.',
    },
    moreGas: {
      action: 'Edit it with twice the gas',
      why: 'It needed more than its {limit} gas. A branch beside this one shows whether twice as much is enough.',
    },
  },
  fixNote: { loosen: 'Limits set to the loosest', deadline: 'Deadline moved', moreGas: 'Gas limit doubled' },

  dependsOn: 'Depends on',
  dependents: 'Depend on it',
  dependsNone: 'Nothing in this block: it could run first.',
  dependentsNone: 'Nothing in this block waits for it.',
  tie: '{transaction} through {keys}',
  wave: 'wave {wave} of {waves}',
  onCriticalPath: 'on the critical path',
  events: 'Events',
  edit: 'Edit this transaction …',
  editHint: 'Makes a branch; this future stays.',

  keyHot: '{touched} of {total} transactions touch it; {writers} write it.',
  keyAborts: '{count} aborts here: somebody read it before somebody else wrote it.',
  keyAbortsOne: 'One abort here: somebody read it before somebody else wrote it.',
  keyAbortsNone: 'No aborts here.',
  keyOrder: 'Who used it, in the block’s order',
  keyOnly: 'Nobody wrote it after somebody else had used it: no conflict.',
  accessRead: 'read',
  accessWrite: 'wrote',
  letterRead: 'r',
  letterWrite: 'w',

  blockTitle: 'Block {height}',
  blockBranch: 'branch “{branch}”',
  verified: 'Equals the oracle',
  differs: 'Differs from the oracle',
  verifiedWhy: 'Writes, receipts and events are the same as if one worker had run the block in order.',
  differsWhy: 'The parallel run and the one-worker run disagree. Its timings are not shown.',
  digest: 'digest {digest}',
  copy: 'Copy',
  copied: 'Copied',
  copyDigest: 'Copy the whole digest',
  clockMeasured: 'fastest of up to 12 runs, measured in steps of {step}',
  clockVirtual: 'virtual time',

  facts: {
    transactions: {
      name: 'Transactions',
      why: '{reverted} were declined or failed; these pay and change nothing else.',
      one: 'One was declined or failed; it pays and changes nothing else.',
    },
    transactionsFine: 'All did what they say.',
    aborts: {
      name: 'Aborts',
      why: 'Runs thrown away because a value they had read was written afterwards by an earlier transaction.',
    },
    parked: { name: 'Waits', why: 'Starts that met a marker and waited for another transaction instead.' },
    executions: { name: 'Executions', why: 'Runs in all; {extra} more than there are transactions.' },
    critical: {
      name: 'Critical path',
      why: 'The longest chain in which each reads what the one before wrote. No number of cores can beat {ideal}.',
    },
    criticalNone: 'No transaction reads what another wrote: all could run at once.',
    speed: {
      name: 'Speed-up',
      why: 'Against one worker without an executor. The hardware would allow {ceiling}.',
    },
    slower:
      'Slower than one worker without an executor: this block has too little work to share. The hardware would allow {ceiling}.',
    useful: { name: 'Useful', why: 'Share of the workers’ time that went into runs that counted.' },
    hottest: { name: 'Hottest key', why: '{touched} of {total} transactions touch it; {writers} write it.' },
    hottestBlind: 'They write it without reading it first, so nobody waits.',
    hottestNone: 'No two transactions meet at a key that one of them writes.',
  },
  times: '{factor}×',
  was: 'was {value}',
  ofTotal: '{count} of {total}',
  instructive: 'Worth a look',
  instructiveNone: 'Nothing went wrong in this block: no aborts, no waits, no chain.',
  mostAborted: 'Thrown away {count} times',
  mostAbortedOne: 'Thrown away once',
  longestWait: 'Waited longest: {time}',
  criticalHead: 'Opens the longest chain',
  criticalTail: 'Closes the longest chain',
  firstFailure: 'First to fail: {status}',
  crafted: 'Crafted by hand',
  editedByHand: 'Edited by hand',
  compareRuns: 'Compare blocks and runs …',
  craftNew: 'Craft a transaction …',
  notices: 'Notices',
} as const;
