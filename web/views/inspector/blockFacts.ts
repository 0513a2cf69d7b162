import type { BlockRun } from '../../../engine/api/index.ts';
import { formatCount, formatFactor, formatShare, formatUs } from '../../lib/format.ts';
import { format } from '../../lib/messages.ts';
import { inspectorMessages as text } from '../../lib/messages/inspector.ts';
import { longestWait, mostAborted } from './facts.ts';

/** A number of the block, what it means, and what it was in the run before where that differs. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly why: string;
  readonly was?: string;
}

/** The block in numbers. Of a run that differs from the oracle no timing is shown. */
export function blockFacts(run: BlockRun, ghost: BlockRun | null): readonly Fact[] {
  const { metrics } = run;
  const { facts } = text;
  const before = ghost?.metrics;
  const fact = (name: string, value: string, why: string, was?: string): Fact =>
    was === undefined || was === value ? { name, value, why } : { name, value, why, was };
  const ofTotal = (of: BlockRun): string =>
    format(text.ofTotal, {
      count: formatCount(of.metrics.criticalPath),
      total: formatCount(of.metrics.transactions),
    });
  const rows = [
    fact(
      facts.transactions.name,
      formatCount(metrics.transactions),
      metrics.reverted === 0
        ? facts.transactionsFine
        : metrics.reverted === 1
          ? facts.transactions.one
          : format(facts.transactions.why, { reverted: formatCount(metrics.reverted) }),
      before && formatCount(before.transactions),
    ),
    fact(
      facts.aborts.name,
      formatCount(metrics.aborts),
      facts.aborts.why,
      before && formatCount(before.aborts),
    ),
  ];
  if (metrics.suspensions > 0 || (before?.suspensions ?? 0) > 0) {
    const was = before && formatCount(before.suspensions);
    rows.push(fact(facts.parked.name, formatCount(metrics.suspensions), facts.parked.why, was));
  }
  rows.push(
    fact(
      facts.critical.name,
      ofTotal(run),
      metrics.criticalPath <= 1
        ? facts.criticalNone
        : format(facts.critical.why, { ideal: formatFactor(metrics.idealSpeedup) }),
      ghost === null ? undefined : ofTotal(ghost),
    ),
  );
  if (!run.matchesOracle) return rows;
  const ceiling = formatFactor(metrics.hardwareCeiling);
  rows.push(
    fact(
      facts.speed.name,
      formatFactor(metrics.speedup),
      format(metrics.speedup < 1 ? facts.slower : facts.speed.why, { ceiling }),
      ghost?.matchesOracle ? formatFactor(ghost.metrics.speedup) : undefined,
    ),
    fact(
      facts.useful.name,
      formatShare(metrics.usefulShare),
      facts.useful.why,
      ghost?.matchesOracle ? formatShare(ghost.metrics.usefulShare) : undefined,
    ),
  );
  return rows;
}

/** A transaction worth looking at, and why. */
export interface Lesson {
  readonly tx: number;
  readonly why: string;
}

/** Where to look first: what was crafted, aborted most, waited longest, ends of the chain, the first to fail. */
export function instructive(run: BlockRun): readonly Lesson[] {
  const lessons: Lesson[] = [];
  for (const { index, origin } of run.transactions) {
    if (origin === 'crafted') lessons.push({ tx: index, why: text.crafted });
    else if (origin === 'edited') lessons.push({ tx: index, why: text.editedByHand });
    if (lessons.length === 2) break;
  }
  const worst = mostAborted(run);
  if (worst !== undefined) {
    const why = worst.aborts === 1 ? text.mostAbortedOne : format(text.mostAborted, { count: worst.aborts });
    lessons.push({ tx: worst.tx, why });
  }
  const wait = longestWait(run);
  if (wait !== undefined) {
    lessons.push({ tx: wait.tx, why: format(text.longestWait, { time: formatUs(wait.waitUs) }) });
  }
  const path = run.graph.criticalPath;
  if (path.length > 1) {
    lessons.push({ tx: path[0]!, why: text.criticalHead }, { tx: path.at(-1)!, why: text.criticalTail });
  }
  const failed = run.transactions.find((transaction) => transaction.status !== 'success');
  if (failed !== undefined) {
    lessons.push({
      tx: failed.index,
      why: format(text.firstFailure, { status: text.status[failed.status] }),
    });
  }
  return lessons;
}
