import type { RunLog } from '../../store/consensus/runLog.ts';

/** What a run has come to by a moment. */
export interface Figures {
  readonly decided: number;
  /** From a block's making to its decision, the median over all replicas that decided one; NaN: none yet. */
  readonly finalityUs: number;
  readonly messagesPerDecision: number;
  readonly bytesPerDecision: number;
  readonly transactionsPerSecond: number;
  /** Blocks that were made and that nobody decided, of those old enough. */
  readonly abandoned: number;
}

export function figuresAt(log: RunLog, events: number, timeUs: number): Figures {
  const decisions = log.decisions.filter(({ atUs }) => atUs <= timeUs);
  const { messages, bytes } = log.sentBy(events);
  const decided = decisions.length;
  const took = log.latencies.filter(({ atUs }) => atUs <= timeUs).map(({ tookUs }) => tookUs);
  const transactions = decisions.reduce((sum, one) => sum + one.transactions, 0);
  return {
    decided,
    finalityUs: median(took),
    messagesPerDecision: messages / decided,
    bytesPerDecision: bytes / decided,
    transactionsPerSecond: timeUs > 0 ? (transactions * 1e6) / timeUs : Number.NaN,
    abandoned: abandonedBy(log, decisions, timeUs),
  };
}

function abandonedBy(
  log: RunLog,
  decisions: readonly { readonly height: number; readonly value: number }[],
  timeUs: number,
): number {
  const last = decisions.at(-1)?.height ?? 0;
  const chosen = new Set(decisions.map(({ value }) => value));
  return log.blocks.filter(
    ({ id, height }) => id > 0 && height <= last && !chosen.has(id) && (log.madeUs[id] ?? 0) <= timeUs,
  ).length;
}

function median(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
