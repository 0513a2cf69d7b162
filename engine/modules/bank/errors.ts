import { account, asset, moduleError, u8, u128 } from '../../moduleSdk/index.ts';

export const zeroAmount = moduleError('bank/zero_amount', 'The amount must be above zero.', {});
export const insufficientBalance = moduleError(
  'bank/insufficient_balance',
  'There is {balance}, but {amount} is needed.',
  {
    balance: u128(),
    amount: u128(),
  },
);
export const unknownAsset = moduleError('bank/unknown_asset', 'There is no asset {asset}.', {
  asset: asset(),
});
export const balanceOverflow = moduleError(
  'bank/balance_overflow',
  '{balance} and {amount} together are more than 2^128 − 1.',
  { balance: u128(), amount: u128() },
);
export const notAPerson = moduleError(
  'bank/not_a_person',
  'Account {account} belongs to a module; money goes there only through that module.',
  { account: account() },
);
export const notAuthorised = moduleError(
  'bank/not_authorised',
  'Neither the sender nor the calling module owns {owned}.',
  {
    owned: account(),
  },
);
export const emptyBatch = moduleError('bank/empty_batch', 'A batch needs at least one payment.', {});
export const notPartitioned = moduleError(
  'bank/not_partitioned',
  'Balances are partitioned by asset: there are no lanes to move between.',
  {},
);
export const sameLane = moduleError('bank/same_lane', 'The money is in lane {lane} already.', { lane: u8() });
export const unknownPartition = moduleError(
  'bank/unknown_partition',
  'Partition {partition} is neither 0 (asset) nor 1 (lane).',
  {
    partition: u8(),
  },
);
