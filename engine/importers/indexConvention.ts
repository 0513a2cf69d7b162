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
 * transaction exactly when a nonce or a balance changes there. Counting from 1, the last index may be the system's;
 * {@link systemComesLast} finds out.
 */
export function findConvention({ keys }: BlockAccessList): IndexConvention {
  const last = keys.reduce((most, { changes }) => Math.max(most, changes[changes.length - 1]!.index), 0);
  if (changedAt(keys, 0).some(({ place }) => place === 'nonce' || place === 'balance')) {
    return { name: 'transactionsFromZero', first: 0, transactions: last + 1, systemAfter: false };
  }
  const systemAfter = systemComesLast(keys, last);
  const transactions = systemAfter ? Math.max(0, last - 1) : last;
  return { name: 'systemFirst', first: 1, transactions, systemAfter };
}

/**
 * Whether the last index of a list that counts from 1 is the system's. Where a nonce changes at every index before, the
 * list names all senders, and the last index is a transaction when a nonce changes there, too. Some drafts leave
 * senders out: then it is the system's when no code changes there, no storage but that of its own contracts, and
 * not the balance that most transactions write, which is the fee recipient's.
 */
function systemComesLast(keys: readonly ListedKey[], last: number): boolean {
  const nonceAt = new Set<number>();
  for (const { place, changes } of keys) {
    if (place === 'nonce') for (const { index } of changes) nonceAt.add(index);
  }
  if (nonceAt.has(last)) return false;
  if (last > 1 && nonceAt.size === last - 1) return true;
  const paid = mostWritten(keys, 1, last);
  return changedAt(keys, last).every(
    (key) =>
      (key.place === 'balance' && (key !== paid || key.changes.length === 1)) ||
      (key.place === 'storage' && SYSTEM_AFTER.has(key.address)),
  );
}

function changedAt(keys: readonly ListedKey[], index: number): ListedKey[] {
  return keys.filter(({ changes }) => changes.some((change) => change.index === index));
}

/** The balance with the most changes from one index to another; the earlier of two, undefined when none changes. */
export function mostWritten(keys: readonly ListedKey[], from: number, to: number): ListedKey | undefined {
  let found: ListedKey | undefined;
  let most = 0;
  for (const key of keys) {
    if (key.place !== 'balance') continue;
    const count = key.changes.filter(({ index }) => index >= from && index <= to).length;
    if (count <= most) continue;
    most = count;
    found = key;
  }
  return found;
}
