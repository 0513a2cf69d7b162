import type { Transaction } from '../../types/transaction.ts';
import type { DeclaredLanes } from '../kernel/memorySize.ts';

/** Stands for all lanes at once: one queue for the whole block. It is no lane's number. */
export const EVERY_LANE = 0;

type FindLanes = (transaction: Transaction) => readonly number[];

/**
 * The lanes of every transaction of a block, as `find` declares them. One that declares none could be anywhere,
 * and the whole block goes through one queue.
 */
export function declareLanes(transactions: readonly Transaction[], find: FindLanes): DeclaredLanes {
  const lanes = transactions.map(find);
  return lanes.every((declared) => declared.length > 0) ? lanes : inOneQueue(transactions);
}

/** After so many misses it is cheaper to run the block in one queue than to learn its lanes one by one. */
const MOST_MISSES = 8;

/** A transaction that touched a lane it had not declared; {@link EVERY_LANE}: it wrote what is no lane's. */
export interface LaneMiss {
  readonly tx: number;
  readonly lane: number;
}

/**
 * The lanes after a miss: those of the same kind of transaction are likely to miss as well, so all of them are given the
 * lane. After the eighth miss of a block, and where no lane would do, the block goes through one queue, where nothing can miss.
 */
export function widenLanes(
  transactions: readonly Transaction[],
  lanes: DeclaredLanes,
  { tx, lane }: LaneMiss,
  misses: number,
): DeclaredLanes {
  if (lane === EVERY_LANE || misses >= MOST_MISSES) return inOneQueue(transactions);
  const { module, name } = transactions[tx]!;
  return lanes.map((declared, i) => {
    const other = transactions[i]!;
    if (other.module !== module || other.name !== name || declared.includes(lane)) return declared;
    return [...declared, lane].sort((a, b) => a - b);
  });
}

function inOneQueue(transactions: readonly Transaction[]): DeclaredLanes {
  const every = [EVERY_LANE];
  return transactions.map(() => every);
}
