import type { BlockRun, ExecutionSettings, ImportReport } from '../../../engine/api/index.ts';
import { unshardedKey } from '../../lib/realBlockWords.ts';

export type FeeRecipient = ExecutionSettings['feeRecipient'];

/** A longest chain in its block: how long, and how fast the block could be at best, all transactions weighing the same. */
export interface Chain {
  readonly path: number;
  readonly transactions: number;
  /** transactions / path. */
  readonly best: number;
}

export function chainOf(path: number, transactions: number): Chain {
  return { path, transactions, best: path > 0 ? transactions / path : 0 };
}

/** What the file's own writes say, by how the fee recipient is treated. */
export function chainsOfFile(report: ImportReport): Readonly<Record<FeeRecipient, Chain>> {
  const { criticalPath, criticalPathWithoutFeeRecipient, transactions } = report;
  return {
    tracked: chainOf(criticalPath, transactions),
    exempt: chainOf(criticalPathWithoutFeeRecipient, transactions),
  };
}

/** What the executed block says: waves are depths over reads of what an earlier transaction wrote. */
export function chainOfRun(run: BlockRun): Chain {
  return chainOf(run.graph.waves, run.transactions.length);
}

export interface HotKey {
  /** As the engine takes it: the key itself, not one of its shards. */
  readonly key: string;
  /** What it is drawn by: the shard where it is one. */
  readonly text: string;
  readonly writers: number;
}

/**
 * The keys that most transactions write. Of an unchanged block the file's; of a changed one those of its recorded run,
 * as far as conflicts are tracked by key there. The fee recipient's balance and the fee account are left out.
 */
export function hottestKeys(report: ImportReport, run: BlockRun, changed: boolean): readonly HotKey[] {
  if (!changed || run.execution.granularity === 'account') {
    return report.hottestKeys.map(({ key, writers }) => ({ key, text: key, writers }));
  }
  return run.graph.hotKeys.flatMap(({ key, writers }) => {
    const text = run.keys[key]?.text ?? '';
    const base = unshardedKey(text);
    const counts = writers > 0 && base !== report.feeRecipient && !text.startsWith('kernel/fees');
    return counts ? [{ key: base, text, writers }] : [];
  });
}

/** Percentage of a whole that a part is, as the width of a bar that can always be seen. */
export function barWidth(part: number, whole: number): string {
  return `${whole <= 0 ? 0 : Math.min(100, Math.max(0.6, (part / whole) * 100))}%`;
}
