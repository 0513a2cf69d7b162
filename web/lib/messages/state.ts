/** How the keys of a table are called. */
interface TableWords {
  readonly parts: readonly string[];
  readonly text: string;
  /** The text to take instead where that part is not 0. */
  readonly unlessZero?: { readonly part: string; readonly text: string };
}

/** How places and values of the chain's state are called in sentences. */
export const stateMessages = {
  /** Tables by name: the names of the key's parts, in order, and the key in words. */
  tables: {
    'bank/balances': {
      parts: ['lane', 'asset', 'account'],
      text: '{account}’s {asset} balance',
      unlessZero: { part: 'lane', text: '{account}’s {asset} balance in lane {lane}' },
    },
    'bank/supply': { parts: ['asset'], text: 'the supply of {asset}' },
    'bank/settings': { parts: ['setting'], text: 'how balances are partitioned' },
    'amm/pools': { parts: ['pool'], text: '{pool}' },
    'amm/poolCount': { parts: ['entry'], text: 'the number of pools' },
    'amm/protocolFee': { parts: ['entry'], text: 'the protocol’s share of fees' },
    'amm/administrator': { parts: ['entry'], text: 'the exchange’s administrator' },
    'kernel/accounts': { parts: ['account'], text: '{account}’s nonce and fee balance' },
    'kernel/fees': { parts: ['recipient'], text: 'the fee account' },
    'kernel/accountMarkers': { parts: ['kind', 'account'], text: 'everything of {account}' },
    'kernel/addressMarkers': { parts: ['address'], text: 'everything of {address}' },
    'ethereum/balances': {
      parts: ['address', 'shard'],
      text: 'the balance of {address}',
      unlessZero: { part: 'shard', text: 'shard {shard} of the balance of {address}' },
    },
    'ethereum/storage': {
      parts: ['address', 'slot', 'shard'],
      text: 'slot {slot} of {address}',
      unlessZero: { part: 'shard', text: 'shard {shard} of slot {slot} of {address}' },
    },
    'ethereum/nonces': { parts: ['address'], text: 'the nonce of {address}' },
    'ethereum/code': { parts: ['address'], text: 'the code of {address}' },
    'ethereum/tokens': {
      parts: ['token', 'holder', 'shard'],
      text: '{holder}’s balance of token {token}',
      unlessZero: { part: 'shard', text: 'shard {shard} of {holder}’s balance of token {token}' },
    },
    'ethereum/targets': {
      parts: ['address', 'shard'],
      text: 'the calls of {address}',
      unlessZero: { part: 'shard', text: 'shard {shard} of the calls of {address}' },
    },
    'identity/identities': { parts: ['account'], text: '{account}’s identity' },
    'identity/attestations': {
      parts: ['issuer', 'subject', 'topic'],
      text: 'what {issuer} attests of {subject} on topic {topic}',
    },
    'gameAssets/kinds': { parts: ['kind'], text: 'items of kind {kind}' },
    'gameAssets/items': { parts: ['kind', 'serial'], text: 'item {serial} of kind {kind}' },
    'gameAssets/listings': { parts: ['kind', 'serial'], text: 'the offer of item {serial} of kind {kind}' },
    'gameAssets/purses': { parts: ['account', 'asset'], text: '{account}’s purse of {asset}' },
    'gameAssets/recipes': { parts: ['kind'], text: 'the recipe of kind {kind}' },
    'supplyChain/makers': { parts: ['maker'], text: 'how much {maker} made' },
    'supplyChain/items': { parts: ['maker', 'serial'], text: '{maker}’s item {serial}' },
    'supplyChain/steps': {
      parts: ['maker', 'serial', 'step'],
      text: 'step {step} in the journey of {maker}’s item {serial}',
    },
    'supplyChain/batches': { parts: ['maker', 'batch'], text: '{maker}’s batch {batch}' },
    'healthRecords/readerKeys': { parts: ['reader'], text: 'the public key of {reader}' },
    'healthRecords/patients': { parts: ['patient'], text: 'how many records {patient} has' },
    'healthRecords/records': { parts: ['patient', 'record'], text: 'record {record} of {patient}' },
    'healthRecords/wrappedKeys': {
      parts: ['patient', 'record', 'reader'],
      text: '{reader}’s key to record {record} of {patient}',
    },
    'healthRecords/consents': {
      parts: ['patient', 'reader', 'purpose'],
      text: '{patient}’s consent to {reader} for purpose {purpose}',
    },
    'healthRecords/accesses': {
      parts: ['patient', 'access'],
      text: 'access {access} to the records of {patient}',
    },
  } as Readonly<Record<string, TableWords>>,
  pool: 'pool {pool}',
  otherTable: '{table} {parts}',
  part: '{name} {value}',
  nothing: 'nothing',
  none: 'none',
  entry: '{name} {value}',
  entries: '{count} entries',
  and: 'and',
  transaction: 'tx {tx}',
};
