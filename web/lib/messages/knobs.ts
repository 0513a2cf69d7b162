/** Texts of the knobs: what each is, its unit, and what to look at when it moves. */
export const knobs = {
  title: 'Knobs',
  groups: {
    traffic: 'Traffic',
    trafficAbout: 'What people send. The block is made again at once.',
    execution: 'Execution',
    executionAbout: 'How blocks are executed. Same block, same digest.',
    genesis: 'Genesis',
    genesisAbout: 'A change starts a new chain.',
  },
  hotPermille: {
    label: 'Hot share',
    unit: '%',
    look: 'Share of the traffic that wants the same pool or account. Watch the graph become a chain.',
  },
  swapPermille: {
    label: 'Swaps',
    unit: '%',
    look: 'The rest are payments. A swap touches a pool and three balances.',
  },
  transactionsPerBlock: {
    label: 'Block size',
    unit: 'tx',
    look: 'More transactions, more to share among the workers.',
  },
  work: {
    label: 'Work each',
    unit: 'µs',
    look: 'Computation in every transaction. With little of it, threads are not worth their cost.',
    rounds: '{rounds} rounds',
  },
  executor: {
    label: 'Executor',
    look: 'Block-STM guesses that nothing conflicts, checks, and repairs. Sequential goes one by one.',
    options: { blockStm: 'Block-STM', sequential: 'Sequential' },
  },
  coreKind: {
    label: 'Cores',
    look: 'Real threads are measured. Virtual cores count gas as time, and always play the same.',
    options: { real: 'real', virtual: 'virtual' },
    noReal: 'This page may not share memory between threads.',
  },
  cores: { label: 'How many', unit: 'cores', look: 'Watch the speed-up stop where the critical path says.' },
  scheduleSeed: {
    label: 'Schedule seed',
    unit: '',
    look: 'Another interleaving of the virtual cores. The digest stays.',
  },
  granularity: {
    label: 'Conflicts by',
    look: 'By account, any two touches of one account conflict, even of different assets.',
    options: { slot: 'slot', account: 'account' },
  },
  feeRecipient: {
    label: 'Fee recipient',
    look: 'Tracked, every transaction writes one balance: the whole block is a chain.',
    options: { exempt: 'exempt', tracked: 'tracked' },
  },
  seed: { label: 'Seed', unit: '', look: 'Another world of the same kind.' },
  accounts: { label: 'Accounts', unit: '', look: 'Fewer people meet more often.' },
  assets: { label: 'Assets', unit: '', look: 'Things to pay with and to swap.' },
  pools: { label: 'Pools', unit: '', look: 'More pools, fewer meetings, unless one is hot.' },
  bankPartition: {
    label: 'Bank keeps balances',
    look: 'By asset: a partition for each asset. By lane: a partition for each module.',
    options: { asset: 'by asset', lane: 'by lane' },
  },
  entry: '{label}, as a number',
  was: 'was {value}',
  range: '{min} to {max}',
  nextSeed: 'Next',
  nextSeedLabel: '{label}: take the next',
  yourTurn: 'Your turn: drag it',
} as const;

export const knobErrors = {
  'knob/empty': 'Type a number from {min} to {max}.',
  'knob/not_a_number': '“{text}” is no number. It goes from {min} to {max}.',
  'knob/not_whole': '{text} is too fine: at most {decimals} decimals here.',
  'knob/too_small': '{text} is too small. It starts at {min}.',
  'knob/too_big': '{text} is too big. It ends at {max}.',
} as const;
