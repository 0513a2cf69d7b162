import type { TraceColumns } from '../../../engine/api/index.ts';
import { runOrdinals, SPAN } from '../../lib/trace.ts';

/** What a transaction is doing at a moment; the numbers index {@link STATUS_NAMES}. */
export const STATUS = {
  notStarted: 0,
  executing: 1,
  reexecuting: 2,
  validating: 3,
  /** Ran to its end; waits to be validated or committed. */
  executed: 4,
  aborted: 5,
  suspended: 6,
  committed: 7,
} as const;
export type Status = (typeof STATUS)[keyof typeof STATUS];
export const STATUS_NAMES = [
  'notStarted',
  'executing',
  'reexecuting',
  'validating',
  'executed',
  'aborted',
  'suspended',
  'committed',
] as const satisfies readonly (keyof typeof STATUS)[];
export type StatusName = (typeof STATUS_NAMES)[number];

/**
 * The status of every transaction at the moment shown. All changes of the run are computed once, in
 * order of time, each with the status before and after; moving the moment either way then costs only
 * the changes in between, and tells which transactions those were.
 */
export interface StatusTrack {
  /** Status of each transaction at the moment last moved to. */
  readonly now: Uint8Array;
  /** Moves the moment; calls back once for every transaction whose status differs now. */
  moveTo(timeUs: number, changed: (tx: number) => void): void;
}

interface Changes {
  readonly timeUs: Float64Array;
  readonly tx: Int32Array;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

export function makeStatusTrack(trace: TraceColumns, transactions: number): StatusTrack {
  const { after, before, timeUs: times, tx } = changesOf(trace, transactions);
  const now = new Uint8Array(transactions);
  const shown = new Uint8Array(transactions);
  /** How many changes lie at or before the moment. */
  let applied = 0;
  return {
    now,
    moveTo(timeUs, changed) {
      const first = applied;
      while (applied < times.length && times[applied]! <= timeUs) {
        now[tx[applied]!] = after[applied]!;
        applied++;
      }
      while (applied > 0 && times[applied - 1]! > timeUs) {
        applied--;
        now[tx[applied]!] = before[applied]!;
      }
      for (let i = Math.min(first, applied); i < Math.max(first, applied); i++) {
        const one = tx[i]!;
        if (shown[one] === now[one]) continue;
        shown[one] = now[one]!;
        changed(one);
      }
    },
  };
}

function changesOf(trace: TraceColumns, transactions: number): Changes {
  const moments = momentsOf(trace);
  const runs = runOrdinals(trace);
  const status = new Uint8Array(transactions);
  const timeUs: number[] = [];
  const txs: number[] = [];
  const before: number[] = [];
  const after: number[] = [];
  for (const { atEnd, span } of moments) {
    const tx = trace.tx[span]!;
    const was = status[tx]! as Status;
    const is = next(was, trace.kind[span]!, runs[span]!, atEnd);
    if (is === was) continue;
    status[tx] = is;
    timeUs.push(atEnd ? trace.endUs[span]! : trace.startUs[span]!);
    txs.push(tx);
    before.push(was);
    after.push(is);
  }
  return {
    timeUs: Float64Array.from(timeUs),
    tx: Int32Array.from(txs),
    before: Uint8Array.from(before),
    after: Uint8Array.from(after),
  };
}

interface Moment {
  readonly span: number;
  readonly atEnd: boolean;
}

/** Starts and ends of all spans in order; where clocks tie, the order of causes decides, starts last. */
function momentsOf(trace: TraceColumns): Moment[] {
  const moments: Moment[] = [];
  for (let span = 0; span < trace.count; span++) {
    if (trace.tx[span]! < 0) continue;
    if (trace.kind[span] !== SPAN.commit) moments.push({ span, atEnd: false });
    moments.push({ span, atEnd: true });
  }
  const timeOf = ({ atEnd, span }: Moment): number => (atEnd ? trace.endUs[span]! : trace.startUs[span]!);
  return moments.sort((a, b) => {
    const apart = timeOf(a) - timeOf(b);
    if (apart !== 0) return apart;
    // A span shorter than the clock's step begins and ends at once: it must begin before it ends.
    if (a.span === b.span) return a.atEnd ? 1 : -1;
    return trace.sequence[a.span]! - trace.sequence[b.span]!;
  });
}

function next(was: Status, kind: number, run: number, atEnd: boolean): Status {
  if (was === STATUS.committed) return was;
  const runs = was === STATUS.executing || was === STATUS.reexecuting;
  switch (kind) {
    case SPAN.commit:
      return STATUS.committed;
    case SPAN.execute:
      if (atEnd) return STATUS.executed;
      return run > 0 ? STATUS.reexecuting : STATUS.executing;
    case SPAN.suspend:
      return STATUS.suspended;
    case SPAN.laneWait:
      if (was === STATUS.notStarted) return atEnd ? was : STATUS.suspended;
      return atEnd && was === STATUS.suspended ? STATUS.notStarted : was;
    case SPAN.validate:
      // A validation may still be under way when the next incarnation has already begun.
      if (!atEnd) return was === STATUS.executed ? STATUS.validating : was;
      return was === STATUS.validating ? STATUS.executed : was;
    case SPAN.abort:
      if (!atEnd) return was === STATUS.executed ? STATUS.validating : was;
      return runs || was === STATUS.suspended ? was : STATUS.aborted;
    default:
      return was;
  }
}
