import type { BlockAccessList, ListedKey } from './blockAccessList.ts';

/** Whose changes the indices of a list are. */
export interface IndexConvention {
  readonly name: 'transactionsFromZero' | 'systemFirst';
  /** Index of the first transaction: 0 or 1. */
  readonly first: number;
  readonly transactions: number;
  /** Whether something follows after the transactions: the system's own changes. */
  readonly systemAfter: boolean;
}

/** The contracts that the system calls after the transactions: withdrawal requests (EIP-7002) and consolidations (EIP-7251). */
const SYSTEM_AFTER = new Set([
  0x00000961ef480eb55e80d19ad83579a64c007002n,
  0x0000bbddc7ce488642fb579f8b00f3a590007251n,
]);

/**
 * Finds out which of the two conventions a list uses. Every transaction changes its sender's nonce and pays out of a
 * balance; what the system does before the transactions is write storage (EIP-2935, EIP-4788). So index 0 is a
 * transaction exactly when a nonce or a balance changes there. Counting from 1, the last index is the system's
 * (withdrawals raise balances, EIP-7002 and EIP-7251 write their own storage) when no nonce and no code changes
 * there, no other storage, and not the balance that most transactions write, which is the fee recipient's.
 */
export function findConvention({ keys }: BlockAccessList): IndexConvention {
  const last = keys.reduce((most, { changes }) => Math.max(most, changes[changes.length - 1]!.index), 0);
  const changesAt = (index: number): ListedKey[] =>
    keys.filter(({ changes }) => changes.some((change) => change.index === index));
  const first = changesAt(0);
  if (first.some(({ place }) => place === 'nonce' || place === 'balance')) {
    return { name: 'transactionsFromZero', first: 0, transactions: last + 1, systemAfter: false };
  }
  const paid = mostWritten(keys);
  const systemAfter = changesAt(last).every(
    (key) =>
      (key.place === 'balance' && (key !== paid || key.changes.length === 1)) ||
      (key.place === 'storage' && SYSTEM_AFTER.has(key.address)),
  );
  const transactions = systemAfter ? Math.max(0, last - 1) : last;
  return { name: 'systemFirst', first: 1, transactions, systemAfter };
}

/** The balance with the most changes; the earlier of two. */
export function mostWritten(keys: readonly ListedKey[]): ListedKey | undefined {
  let found: ListedKey | undefined;
  for (const key of keys) {
    if (key.place === 'balance' && key.changes.length > (found?.changes.length ?? 0)) found = key;
  }
  return found;
}
