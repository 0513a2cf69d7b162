import type { BlockRun } from '../../../engine/api/index.ts';
import { formatUs } from '../../lib/format.ts';
import { format } from '../../lib/messages.ts';
import { spanText as text } from '../../lib/messages/spans.ts';
import { keyWords } from '../../lib/stateWords.ts';
import { runOrdinals, SPAN } from '../../lib/trace.ts';
import { getDescription } from '../../store/engine.ts';
import type { TraceIndex } from './traceIndex.ts';

/** A span in one sentence: which transaction, which run of it, how long, where, what came of it. */
export function describeSpan(run: BlockRun, index: TraceIndex, mark: number): string {
  const { trace } = run;
  const tx = trace.tx[mark]!;
  const of = run.transactions[tx];
  const values = {
    tx,
    module: of?.module ?? '',
    name: of?.name ?? '',
    run: runOrdinals(trace)[mark]! + 1,
    duration: spanDuration(run, mark),
    worker: trace.worker[mark]! + 1,
    time: formatUs(trace.endUs[mark]!),
    writer: trace.causeTx[mark]!,
    key: causeKeyWords(run, mark) ?? '',
  };
  switch (trace.kind[mark]) {
    case SPAN.execute:
      return executionSentence(run, index, mark, format(text.execute, values));
    case SPAN.suspend:
      return format(values.key === '' ? text.suspendNoKey : text.suspend, values);
    case SPAN.validate:
      return format(text.validate, values);
    case SPAN.abort:
      return format(text.abort, { ...values, cause: causeWords(run, mark) });
    case SPAN.commit:
      return format(text.commit, values);
    case SPAN.laneWait:
      return format(text.laneWait, values);
    default:
      return format(values.writer < 0 ? text.wait : text.waitFor, values);
  }
}

function executionSentence(run: BlockRun, index: TraceIndex, mark: number, what: string): string {
  const abort = index.abortOf[mark]!;
  if (abort >= 0) return format(text.thrownAway, { what, cause: causeWords(run, abort) });
  const commit = index.commitOf[run.trace.tx[mark]!]!;
  if (commit < 0) return format(text.counted, { what });
  return format(text.committedAt, { what, time: formatUs(run.trace.endUs[commit]!) });
}

/** Why an abort happened: "it had read pool 0 before tx 46 wrote it". */
export function causeWords(run: BlockRun, abort: number): string {
  const writer = run.trace.causeTx[abort]!;
  if (writer < 0) return text.causeUnknown;
  const key = causeKeyWords(run, abort);
  return key === null ? format(text.causeNoKey, { writer }) : format(text.cause, { key, writer });
}

function causeKeyWords(run: BlockRun, mark: number): string | null {
  const key = run.keys[run.trace.causeKey[mark]!];
  return key === undefined ? null : keyWords(key, getDescription());
}

/** A measured span shorter than the clock's step is only known to be shorter. */
function spanDuration(run: BlockRun, mark: number): string {
  const durationUs = run.trace.endUs[mark]! - run.trace.startUs[mark]!;
  const below = run.clock === 'measured' && durationUs < run.clockResolutionUs * 0.5;
  return below ? format(text.lessThan, { duration: formatUs(run.clockResolutionUs) }) : formatUs(durationUs);
}
