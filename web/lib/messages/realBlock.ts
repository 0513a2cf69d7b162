/** Texts around real blocks: opening one, what it is made of, changing it. */
export const realBlockText = {
  fileKinds: ['Ethereum blocks (JSON of eth_getBlockByNumber)', 'block access lists (EIP-7928, in RLP)'],
  open: 'Open a real block…',
  openAnother: 'Open another…',
  leave: 'Leave the real block',
  leaveShort: 'Leave',
  leaveTitle: 'Back to an ordinary chain, as the page came',

  titleOfBlock: 'Ethereum block {block}',
  titleOfFile: 'Ethereum block from {name}',

  emptyTitle: 'See a real Ethereum block run in parallel',
  emptyLine:
    'Drop a block anywhere on this page. It is decoded, executed and drawn here, in your browser, and checked against what the file says.',
  emptyKinds: [
    ['JSON', 'a block with its transactions, as a node answers eth_getBlockByNumber(N, true)'],
    ['RLP', 'a block access list (EIP-7928): every key that each transaction wrote'],
  ],
  emptyWhy:
    'A typical one is a single chain of 172 transactions as long as each pays its fee to the same balance. Without that it is a chain of 23.',

  captionExempt:
    '{title}: {transactions} transactions. With fees paid once at the end, the longest chain is {waves}: at best {best} of one core, however many there are.',
  captionTracked:
    '{title}: {transactions} transactions. With every fee paid one by one, the longest chain is {waves}: at best {best} of one core, however many there are.',

  kinds: {
    blockAccessList: 'block access list',
    rpcBlock: 'JSON of eth_getBlockByNumber',
  },
  conventions: {
    transactionsFromZero: 'index 0 is the first transaction',
    systemFirst: 'index 0 is the system before the first transaction',
  },
  about: '{transactions} transactions · {keys} keys written · {kind}',
  aboutConvention: '{about}, {convention}',

  switchLabel: 'Who waits for the fee recipient',
  tracked: 'Every transaction pays the fee recipient',
  exempt: 'Fees are paid once, at the end',
  onStage: 'on stage',
  onStageChanged: 'changed',
  behind: 'behind it',
  chain: 'in one chain',
  best: 'at best {factor}',
  bestTitle: 'Transactions divided by the longest chain, each counted alike',
  rowLabel: '{name}: longest chain {path} of {transactions} transactions, at best {factor}',

  figures: 'Longest chains',
  whyAll:
    'Every transaction pays {recipient} a fee. Paid one by one, each payment waits for the one before: one chain through the whole block. Added up and paid once, that chain is gone.',
  whyMost:
    'Nearly every transaction pays {recipient} a fee. Paid one by one, each payment waits for the one before: one chain through the block. Added up and paid once, that chain is gone.',
  whyNone: 'Here the fees make no longer chain than the block has anyway.',
  left: 'What is left: {writers} transactions take turns at {key}.',
  leftMany: 'What is left runs through several keys; {writers} write the busiest, {key}.',
  independent: '{share} of the transactions meet nobody else.',

  marks: {
    title: 'Held against the file',
    oracle: 'equals the oracle',
    oracleBoth: 'both runs equal the oracle',
    oracleNot: 'differs from the oracle',
    reads: 'all {count} reads find what the list says',
    readsLeft: 'no read is left that the list speaks of',
    readsNot: 'some reads find other values than the list says',
    finals: 'all {count} final values as in the file',
    finalsLeft: '{count} final values as in the file, {left} left out',
    finalsNot: 'some final values differ from the file',
    checking: 'being checked',
  },

  hottest: 'Hottest keys',
  hottestAbout: 'by how many transactions write them',
  contracts: 'Busiest contracts',
  contractsAbout: 'by how many transactions touch them',
  split: 'Split in {ways}',
  splitLabel: 'Split {key} in {ways}: its writers are spread over {ways} shards',
  splitDone: 'in {ways}',
  noSplitNonce: 'Cannot be split: a nonce counts one sender’s transactions one by one.',
  noSplitCode: 'Cannot be split: a contract’s code is one thing.',
  noSplitAccount:
    'Conflicts are tracked by account here, and all shards of a key lie in one: splitting it changes nothing.',
  bySlot: 'Track them by slot',
  only: 'Only this',
  onlyLabel: 'Keep only the transactions that touch {address}',
  onlyDone: 'only this',
  /** Keys in a list: whose first, then what. */
  keyShort: {
    'ethereum/balances': '{first} balance',
    'ethereum/storage': '{first} slot {second}',
    'ethereum/nonces': '{first} nonce',
    'ethereum/code': '{first} code',
    'ethereum/tokens': '{first} of {second}',
    'ethereum/targets': '{first} calls',
    'kernel/accounts': 'sender {first} nonce',
  } as Readonly<Record<string, string>>,
  keyShard: '{key} #{shard}',
  selectKey: 'Show {key} on the stage',
  copy: 'Copy {address}',
  copied: 'copied',
  none: 'none',

  changedTitle: 'Changed',
  splitChange: '{key} split in {ways}',
  keepChange: 'only what touches {address}',
  before: 'before',
  after: 'now',
  ofTransactions: 'of {transactions}, at best {factor}',
  back: 'Back',
  changedRow:
    'Longest chain: {before} of {beforeTransactions} transactions before, {after} of {afterTransactions} now',
  backToFile: 'Back to the block as it was',
  moved: 'The chain now runs through other keys: split the next one, or look at who waits in the graph.',

  notes: 'How it was read',
  file: 'File {name}, SHA-256 {sha256}…',

  knobsFixed:
    'What people send comes from the file. Work, executor, conflicts and the fee recipient can still be turned.',
  genesisLeaves: 'leaves the real block for a new chain',
  noPools:
    'Trades of a real block are writes like all others here: pools belong to the playground’s own exchange. Leave the real block to see them.',
  noPoolsTitle: 'No pools in a real block',
  noNextBlock: 'A real block stands alone: there is no next one',
  noCraft: 'A real block takes no transactions of yours; change it in its panel',

  /** Addresses of Ethereum's main network that many blocks meet, by the names they are known by. */
  wellKnown: {
    '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2': 'WETH',
    '0xdac17f958d2ee523a2206206994597c13d831ec7': 'USDT',
    '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48': 'USDC',
    '0x6b175474e89094c44da98b954eedeac495271d0f': 'DAI',
    '0x2260fac5e5542a773aa44fbcfedf7c193bc2c599': 'WBTC',
    '0x000000000022d473030f116ddee9f6b43ac78ba3': 'Permit2',
    '0x3fc91a3afd70395cd496c647d5a6cc9d4b2b7fad': 'Uniswap router',
    '0x95222290dd7278aa3ddd389cc1e1d165cc4bafe5': 'beaverbuild',
    '0x4838b106fce9647bdf1e7877bf73ce8b0bad5f97': 'Titan builder',
  } as Readonly<Record<string, string>>,
} as const;
