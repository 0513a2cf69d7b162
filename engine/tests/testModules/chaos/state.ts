import { account, bytes, struct, table, u32, u64, u256 } from '../../../moduleSdk/index.ts';

export const counters = table('chaos/counters', { key: { slot: u32() }, value: u32() });
/** Keys with an account, for conflicts tracked by account. */
export const records = table('chaos/records', {
  key: { slot: u32(), account: account() },
  account: 'account',
  value: struct({ big: u256('number'), small: u32() }),
});
/** Keys of more than one word a part. */
export const wides = table('chaos/wides', { key: { slot: u64() }, value: u256('number') });
export const MAX_BLOB_BYTES = 12;
export const blobs = table('chaos/blobs', { key: { slot: u32() }, value: bytes(MAX_BLOB_BYTES) });
