import type { BlockRun, TransactionSummary } from '../../../engine/api/index.ts';

/** Where a transaction landed and who was in its way. */
export interface Landing {
  readonly transaction: TransactionSummary;
  readonly wave: number;
  /** Transactions before and after it that share a key with it which one of them writes. */
  readonly before: number;
  readonly after: number;
}

/** Where the transaction at `index` of a run landed; undefined when the block ended before it. */
export function landingOf(run: BlockRun, index: number): Landing | undefined {
  const transaction = run.transactions[index];
  if (transaction === undefined) return undefined;
  const before = new Set<number>();
  const after = new Set<number>();
  const { graph } = run;
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (graph.to[edge] === index) before.add(graph.from[edge]!);
    if (graph.from[edge] === index) after.add(graph.to[edge]!);
  }
  return { transaction, wave: graph.wave[index] ?? 0, before: before.size, after: after.size };
}

/** The place of the transaction just crafted in the block made for it, or -1; what an earlier block cut comes before. */
export function craftedIndex(run: BlockRun): number {
  return run.transactions.findLastIndex((transaction) => transaction.origin === 'crafted');
}
