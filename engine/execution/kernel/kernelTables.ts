import {
  account,
  messageTables,
  moduleError,
  struct,
  table,
  u8,
  u16,
  u32,
  u128,
  u160,
} from '../../moduleSdk/index.ts';
import type { Table } from '../../moduleSdk/index.ts';

/** Nonce and fee balance of everyone who sends, in one record: both are read and written by each transaction. */
export const accounts = table('kernel/accounts', {
  key: { account: account() },
  account: 'account',
  value: struct({ nonce: u32(), feeBalance: u128() }),
});

/** Fees the recipient has earned; credited once a block, or by every transaction when tracked. */
export const fees = table('kernel/fees', {
  key: { recipient: account() },
  account: 'recipient',
  value: u128(),
});

/**
 * Locations of conflicts tracked by account: written and read beside every key that names the
 * account. They hold nothing and never reach committed state. `kind` keeps people and pools apart.
 */
export const accountMarkers = table('kernel/accountMarkers', {
  key: { kind: u16(), account: u32() },
  value: u32(),
});

/** The same for accounts that are named by an address of another chain. */
export const addressMarkers = table('kernel/addressMarkers', {
  key: { address: u160() },
  value: u32(),
});

/** The table of a marker's number, or undefined for every other table's. */
export function markerTable(id: number): Table | undefined {
  if (id === accountMarkers.id) return accountMarkers as unknown as Table;
  return id === addressMarkers.id ? (addressMarkers as unknown as Table) : undefined;
}

export const kernelErrors = {
  nonceMismatch: moduleError(
    'kernel/nonce_mismatch',
    'The transaction carries nonce {given}, but the sender is at {expected}.',
    {
      expected: u32(),
      given: u32(),
    },
  ),
  insufficientFeeBalance: moduleError(
    'kernel/insufficient_fee_balance',
    'The sender can pay {balance} for gas, but the gas limit may cost {needed}.',
    { balance: u128(), needed: u128() },
  ),
  outOfGas: moduleError('kernel/out_of_gas', 'The transaction ran out of its {limit} gas.', { limit: u32() }),
  panic: moduleError(
    'kernel/panic',
    'The module failed where it should not have (a division by zero, a value out of range).',
    {},
  ),
  capacity: moduleError(
    'kernel/capacity',
    'The transaction touched more keys or emitted more than the kernel allows.',
    {},
  ),
  moduleHalted: moduleError('kernel/module_halted', 'The module of lane {lane} stands still.', {
    lane: u8(),
  }),
  storageFull: moduleError(
    'kernel/storage_full',
    'The storage of lane {lane} is full: nothing can be written there.',
    { lane: u8() },
  ),
  genesisOnly: moduleError(
    'kernel/genesis_only',
    'This kind of transaction is only possible at genesis.',
    {},
  ),
};

export const kernelTables = [accounts, fees, ...messageTables] as unknown as readonly Table[];
