/** Texts of the knobs: what each is, its unit, and what to look at when it moves. */
export const knobs = {
  title: 'Knobs',
  groups: {
    traffic: 'Traffic',
    trafficAbout: 'makes the block again',
    execution: 'Execution',
    executionAbout: 'same block, same digest',
    genesis: 'Genesis',
    genesisAbout: 'starts a new chain',
    modules: 'Modules',
    modulesAbout: 'which, and how they are built',
  },
  hotPermille: {
    label: 'Hot share',
    unit: '%',
    look: 'How much of the traffic wants the same pool or account. Watch the graph become a chain.',
  },
  skewPermille: {
    label: 'Skew',
    unit: '%',
    look: 'How many of the others choose as people on Ethereum do. Watch a few hubs grow.',
  },
  swapPermille: {
    label: 'Swaps',
    unit: '%',
    look: 'The rest are payments.',
  },
  transactionsPerBlock: {
    label: 'Block size',
    unit: 'tx',
    look: 'More to share among the workers.',
  },
  work: {
    label: 'Work each',
    unit: 'µs',
    look: 'With little, threads cost more than they bring.',
    rounds: '{rounds} rounds',
  },
  executor: {
    label: 'Executor',
    look: 'Block-STM runs ahead, checks, repairs. Lanes keep order inside each module. Sequential goes one by one.',
    options: { blockStm: 'Block-STM', moduleLanes: 'Lanes', sequential: 'Sequential' },
  },
  coreKind: {
    label: 'Cores',
    look: 'Real ones are measured; virtual ones count gas, and repeat exactly.',
    options: { real: 'real', virtual: 'virtual' },
    noReal: 'This page may not share memory between threads.',
  },
  cores: { label: 'How many', unit: '', look: 'Watch where the speed-up stops.' },
  scheduleSeed: {
    label: 'Schedule seed',
    unit: '',
    look: 'Another order of virtual steps, the same digest.',
  },
  granularity: {
    label: 'Conflicts by',
    look: 'By account, two assets of one person conflict too.',
    options: { slot: 'slot', account: 'account' },
  },
  feeRecipient: {
    label: 'Fee recipient',
    look: 'Tracked, every transaction writes one balance: all a chain.',
    options: { exempt: 'exempt', tracked: 'tracked' },
  },
  seed: { label: 'Seed', unit: '', look: 'Another world of the same kind.' },
  accounts: { label: 'Accounts', unit: '', look: 'Fewer people meet more often.' },
  assets: { label: 'Assets', unit: '', look: 'Things to pay with and to swap.' },
  pools: { label: 'Pools', unit: '', look: 'More pools, fewer meetings, unless one is hot.' },
  bankPartition: {
    label: 'Bank keeps balances',
    look: 'How the bank splits its tables.',
    options: { asset: 'by asset', lane: 'by lane' },
  },
  mode: {
    label: 'Built as',
    look: 'One queue, order, state and root for all, or one a module. Balances end the same; with a gas target or a base fee they do not, since each lane’s room decides who gets in.',
    options: { monolithic: 'monolithic', modular: 'modular' },
  },
  fees: {
    label: 'Price of gas',
    look: 'A base fee rises while blocks are over their target: for all, or for the crowded lane alone.',
    options: { fixed: 'as bid', global: 'one for all', local: 'one a lane' },
  },
  gasTarget: {
    label: 'Gas target',
    unit: 'gas',
    look: 'Blocks hold twice as much; what does not fit waits. Modular, each lane has an even part.',
    none: 'None is set yet: everything that comes fits.',
  },
  builder: {
    label: 'Who gets in first',
    look: 'Aware of conflicts, it takes those that meet nobody first and keeps chains short.',
    options: { firstCome: 'first come', byFee: 'by fee', conflictAware: 'few conflicts' },
  },
  keyGasCap: {
    label: 'Cap a key',
    unit: 'gas',
    look: 'So much gas a block may go into one key; 0 is no limit. Who would exceed it waits.',
  },
  modules: {
    label: 'Modules that take part',
    look: 'What a module needs comes with it. Their traffic is below.',
  },
  share: { label: '{workload}', look: 'Of all that people send, how much is for {module}.' },
  entry: '{label}, as a number',
  was: 'was {value}',
  range: '{min} to {max}',
  yourTurn: 'Your turn: drag it',
} as const;

export const knobErrors = {
  'knob/empty': 'Type a number from {min} to {max}.',
  'knob/not_a_number': '“{text}” is no number. It goes from {min} to {max}.',
  'knob/not_whole': '{text} is too fine: at most {decimals} decimals here.',
  'knob/too_small': '{text} is too small. It starts at {min}.',
  'knob/too_big': '{text} is too big. It ends at {max}.',
} as const;
