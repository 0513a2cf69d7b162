import type { FinishedRun } from './projectRun.ts';

/** Runs that can be inspected: the last ones, as long as their transactions are not too many together. */
export class FinishedRuns {
  private readonly runs = new Map<number, FinishedRun>();
  private readonly mostRuns: number;
  private readonly mostTransactions: number;
  private nextId = 1;

  constructor(mostRuns: number, mostTransactions: number) {
    this.mostRuns = mostRuns;
    this.mostTransactions = mostTransactions;
  }

  newId(): number {
    return this.nextId++;
  }

  get(runId: number): FinishedRun | undefined {
    return this.runs.get(runId);
  }

  keep(run: FinishedRun): void {
    this.runs.set(run.runId, run);
    let transactions = 0;
    for (const { block } of this.runs.values()) transactions += block.transactions;
    for (const [id, { block }] of this.runs) {
      const fits = this.runs.size <= this.mostRuns && transactions <= this.mostTransactions;
      if (fits || id === run.runId) return;
      this.runs.delete(id);
      transactions -= block.transactions;
    }
  }

  clear(): void {
    this.runs.clear();
  }
}
