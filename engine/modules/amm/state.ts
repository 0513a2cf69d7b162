import {
  account,
  asset,
  pool,
  type StructValue,
  struct,
  table,
  u8,
  u32,
  u128,
  u256,
} from '../../moduleSdk/index.ts';
import { type AccountId, type AssetId, moduleAccount } from '../../types/ids.ts';

/** The exchange's lane: part of the ids of its vaults and liquidity tokens. */
export const LANE = 2;
/** Ordinals of the exchange's accounts end here; the last one is nobody's. */
const LAST_ORDINAL = 0x7fffff;
export const MAX_POOLS = LAST_ORDINAL;

const poolRecord = struct({
  asset0: asset(),
  asset1: asset(),
  /** The pool whose liquidity made this one by splitting; its own number if none. */
  origin: pool(),
  /** The time of the last change, seconds modulo 2^32. */
  lastUpdate: u32('seconds'),
  reserve0: u128(),
  reserve1: u128(),
  /** Total supply of the pool's liquidity token. */
  liquidity: u128(),
  /** Product of the reserves at the last deposit or withdrawal under the protocol fee, else 0. */
  kLast: u256('number'),
  /** Sum of price × seconds, UQ112x112, modulo 2^256: price of asset 0 in asset 1, and the reverse. */
  price0Cumulative: u256('number'),
  price1Cumulative: u256('number'),
});
export type Pool = StructValue<typeof poolRecord.fields>;

/** Everything about a pool in one record, so that a swap reads and writes it once. */
export const pools = table('amm/pools', { key: { pool: pool() }, account: 'pool', value: poolRecord });

/** How many pools there are: the next one's number. One entry, under 0. */
export const poolCount = table('amm/poolCount', { key: { entry: u8() }, value: u32('count') });

/** The protocol's share of fees: whether it is taken and who gets it. One entry, under 0. */
export const protocolFee = table('amm/protocolFee', {
  key: { entry: u8() },
  value: struct({ on: u8(), feeTo: account() }),
});

/** Who may switch the protocol fee. One entry, under 0; set at genesis. */
export const administrator = table('amm/administrator', { key: { entry: u8() }, value: account() });

/** Key of the tables with one entry. */
export const ONLY = 0;

/** The account that holds a pool's reserves. */
export function vaultOf(pool: number): AccountId {
  return moduleAccount(LANE, pool);
}

/** The token of which a share of the pool is made; assets and accounts are numbered apart. */
export function liquidityAssetOf(pool: number): AssetId {
  return vaultOf(pool) as number;
}

/** Holds the liquidity that is locked for ever. */
export const LOCKED_ACCOUNT = moduleAccount(LANE, LAST_ORDINAL);
