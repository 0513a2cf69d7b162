import type { BlockRun } from '../api/index.ts';
import { rounded } from './report.ts';

/** Figures of several blocks, one execution each. */
export class RunTotals {
  private blocks = 0;
  private transactions = 0;
  private reverted = 0;
  private executions = 0;
  private validations = 0;
  private aborts = 0;
  private criticalPath = 0;
  private work = 0;
  private criticalWork = 0;
  private durationUs = 0;
  private clock: BlockRun['clock'] = 'virtual';
  private digest = '';
  private matches = true;
  private readonly said = new Set<string>();

  add(run: BlockRun): void {
    const { metrics } = run;
    const work = run.transactions.reduce((sum, { gasUsed }) => sum + gasUsed, 0);
    this.blocks++;
    this.transactions += metrics.transactions;
    this.reverted += metrics.reverted;
    this.executions += metrics.executions;
    this.validations += metrics.validations;
    this.aborts += metrics.aborts;
    this.criticalPath = Math.max(this.criticalPath, metrics.criticalPath);
    this.work += work;
    this.criticalWork += metrics.idealSpeedup > 0 ? work / metrics.idealSpeedup : 0;
    this.durationUs += metrics.durationUs;
    this.clock = run.clock;
    this.digest = run.digest;
    this.matches &&= run.matchesOracle;
    for (const { message } of run.notices) this.said.add(message);
  }

  /** What the engine had to say on the way, each sentence once. */
  get notices(): readonly string[] {
    return [...this.said];
  }

  get figures() {
    const perSecond = this.durationUs > 0 ? (this.transactions * 1e6) / this.durationUs : 0;
    // How long a wrong answer took says nothing.
    const time = (value: number): number | null => (this.matches ? value : null);
    return {
      blocks: this.blocks,
      transactions: this.transactions,
      reverted: this.reverted,
      executions: this.executions,
      validations: this.validations,
      aborts: this.aborts,
      criticalPath: this.criticalPath,
      idealSpeedup: this.criticalWork > 0 ? rounded(this.work / this.criticalWork) : 1,
      executeMs: time(rounded(this.durationUs / 1000)),
      transactionsPerSecond: time(Math.round(perSecond)),
      chainDigest: this.digest,
      matchesSequential: this.matches,
      clock: this.clock,
    };
  }
}

/** What the figures mean where there are several blocks, for --help. */
export const FIGURES_HELP = [
  'Counts are sums over all blocks. criticalPath is the longest chain of any block, in transactions;',
  'idealSpeedup is all work / the work of every block’s longest chain. clock says whose time executeMs and',
  'transactionsPerSecond are in: “measured” (real threads; from the encoded block to the last commit, and of quick',
  'blocks the least disturbed of a few runs), or “virtual” (a unit of gas takes a nanosecond: no measured time).',
  'matchesSequential: every block’s digest equals that of the sequential oracle. When it does not: exit code 1, and no times (null).',
];
