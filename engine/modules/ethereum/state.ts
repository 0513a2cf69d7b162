import { type Table, table, u16, u64, u160, u256 } from '../../moduleSdk/index.ts';

/** Spreads what many write: shard 0 is the key itself, others exist only where somebody split it. */
const shard = u16;

// The order of a key's parts is said again in the types: the compiler finds it by the names it has met before.
type Sharded<V> = Table<readonly [address: bigint, shard: number], V>;
type TwiceSharded<V> = Table<readonly [first: bigint, second: bigint, shard: number], V>;

/** What an address holds of the native currency, in wei. */
export const balances = table('ethereum/balances', {
  key: { address: u160(), shard: shard() },
  account: 'address',
  value: u256(),
}) as unknown as Sharded<bigint>;

/** A contract's storage: what lies in a slot. */
export const storage = table('ethereum/storage', {
  key: { address: u160(), slot: u256('word'), shard: shard() },
  account: 'address',
  value: u256('word'),
}) as unknown as TwiceSharded<bigint>;

/** How many transactions an address has sent, or contracts it has made. */
export const nonces = table('ethereum/nonces', {
  key: { address: u160() },
  account: 'address',
  value: u64(),
});

/** SHA-256 of an address's code, as a number: the code itself is not kept, and no hash of Ethereum's is meant. */
export const code = table('ethereum/code', {
  key: { address: u160() },
  account: 'address',
  value: u256('word'),
});

/** What an address holds of a token, in its base units; the token's contract is the account it lies in. */
export const tokens = table('ethereum/tokens', {
  key: { token: u160(), holder: u160(), shard: shard() },
  account: 'token',
  value: u256(),
}) as unknown as TwiceSharded<bigint>;

/** How often an address was called with something that is not a movement of money. */
export const targets = table('ethereum/targets', {
  key: { address: u160(), shard: shard() },
  account: 'address',
  value: u64('count'),
}) as unknown as Sharded<bigint>;

/** What was handed out at genesis of each token; the native currency stands under address 0. */
export const totals = table('ethereum/totals', { key: { token: u160() }, value: u256() });

/** The native currency's place in {@link totals}. */
export const NATIVE = 0n;
