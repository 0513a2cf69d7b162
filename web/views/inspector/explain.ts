import type {
  AbortCause,
  BlockRun,
  IncarnationRecord,
  KeyInfo,
  TransactionInspection,
  VersionRef,
} from '../../../engine/api/index.ts';
import { formatUs } from '../../lib/format.ts';
import { inspectorMessages as text } from '../../lib/messages/inspector.ts';
import { type Phrase, type PhrasePart, phrase } from '../../lib/phrase.ts';
import { keyWords } from '../../lib/stateWords.ts';
import { SPAN } from '../../lib/trace.ts';
import { lastSpan, runNumber } from './facts.ts';

/** A run that was thrown away, told: what it had read, what happened then, what that meant. */
export interface AbortStory {
  readonly sentences: readonly Phrase[];
  readonly reader: number;
  /** Which of the reader's runs it was, from 1. */
  readonly runNumber: number;
  readonly cause: AbortCause;
}

export function txLink(tx: number, capital = false): PhrasePart {
  const words = capital ? text.txCapital : text.tx;
  return { kind: 'tx', tx, text: words.replace('{tx}', String(tx)) };
}

export function keyLink(key: KeyInfo): PhrasePart {
  return { kind: 'key', key: key.text, text: keyWords(key) };
}

export function instantLink(timeUs: number): PhrasePart {
  return { kind: 'instant', timeUs, text: formatUs(timeUs) };
}

/** How often it ran, in one sentence. Aborted runs are executions; a suspended start is not. */
export function explainHistory({ transaction }: TransactionInspection): Phrase {
  const { executions, aborts, suspensions } = transaction;
  if (executions === 0) return [text.ranNever];
  const values = {
    runs: executions,
    aborts: aborts === 1 ? text.thrownAwayOne : phrase(text.thrownAway, { count: aborts }),
    times: times(suspensions),
  };
  if (executions === 1 || aborts === 0)
    return phrase(suspensions > 0 ? text.ranOnceParked : text.ranOnce, values);
  return phrase(suspensions > 0 ? text.ranAgainParked : text.ranAgain, values);
}

export function times(count: number): Phrase {
  return count === 1 ? [text.once] : phrase(text.timesOver, { count });
}

/** How it ended, and for those that did not succeed the sentence of the error. */
export function explainEnd({ transaction }: TransactionInspection): readonly Phrase[] {
  const { status, gasUsed, gasPrice, gasLimit, errorMessage, error } = transaction;
  const fee = gasUsed * gasPrice;
  const template = (fee === 0 ? text.endedFree[status] : undefined) ?? text.ended[status];
  const ended = phrase(template, { fee: String(fee), limit: String(gasLimit) });
  const message = errorMessage ?? error;
  return status === 'success' || message === undefined ? [ended] : [phrase(text.because, { message }), ended];
}

/** Where a value that was read came from. */
export function explainVersion(run: BlockRun, version: VersionRef, value: unknown): Phrase {
  if (version.kind === 'transaction') {
    return phrase(text.asWritten, {
      writer: txLink(version.tx),
      run: runNumber(run, version.tx, version.incarnation),
    });
  }
  return [value === null ? text.absent : text.asCommitted];
}

/** Why an incarnation was thrown away; undefined when it was not. */
export function explainAbort(
  run: BlockRun,
  inspection: TransactionInspection,
  incarnation: IncarnationRecord,
): AbortStory | undefined {
  const cause = incarnation.abort;
  if (cause === undefined) return undefined;
  const reader = inspection.transaction.index;
  const key = keyLink(cause.key);
  const record = incarnation.reads.find((read) => read.key.text === cause.key.text);
  const absent = cause.read.kind === 'committed' && record !== undefined && record.value === null;
  return {
    reader,
    runNumber: runNumber(run, reader, incarnation.incarnation),
    cause,
    sentences: [
      cause.read.kind === 'transaction'
        ? phrase(text.readFrom, {
            key,
            writer: txLink(cause.read.tx),
            run: runNumber(run, cause.read.tx, cause.read.incarnation),
          })
        : phrase(absent ? text.readAbsent : text.readCommitted, { key }),
      explainFound(run, cause, reader, absent),
      phrase(text.outOfDate, { time: instantLink(cause.atUs) }),
    ],
  };
}

function explainFound(run: BlockRun, cause: AbortCause, reader: number, absent: boolean): Phrase {
  const key = keyLink(cause.key);
  const { found, read } = cause;
  if (found.kind === 'estimate') return phrase(text.thenEstimate, { key, writer: txLink(found.tx) });
  if (found.kind === 'committed') return phrase(text.thenGone, { key, writer: txLink(cause.writerTx) });
  const writer = txLink(found.tx);
  const written = lastSpan(run, SPAN.execute, found.tx, {
    incarnation: found.incarnation,
    beforeSequence: cause.sequence,
  });
  const time = written && instantLink(written.endUs);
  if (read.kind === 'transaction' && read.tx === found.tx) {
    return time ? phrase(text.thenRewrote, { writer, time }) : phrase(text.thenRewroteNoTime, { writer });
  }
  if (!time) return phrase(text.thenWroteNoTime, { writer, key });
  if (read.kind === 'transaction' && read.tx < found.tx) {
    return phrase(text.thenBetween, { writer, time, read: txLink(read.tx), reader: txLink(reader) });
  }
  return phrase(absent ? text.thenCreated : text.thenWrote, { writer, time, key });
}

/** Why an incarnation waited; undefined when it did not. */
export function explainSuspension(incarnation: IncarnationRecord): Phrase | undefined {
  const on = incarnation.suspendedOn;
  return on && phrase(text.parked, { key: keyLink(on.key), writer: txLink(on.tx) });
}

/** Why the writer wrote only after the reader had read: sentences, and the writer's own aborts before that. */
export interface WriterStory {
  readonly sentences: readonly Phrase[];
  readonly aborts: readonly AbortStory[];
}

/** One step back in the chain of causes. Ends, because a writer always comes before its reader in the block. */
export function explainWriter(
  run: BlockRun,
  writer: TransactionInspection,
  abort: AbortStory,
  readerRun: { readonly endUs: number } | undefined,
): WriterStory {
  const { cause } = abort;
  const link = txLink(cause.writerTx, true);
  const before = writer.incarnations.filter((record) => isBefore(record, cause));
  if (cause.found.kind === 'estimate') {
    const last = before.findLast((record) => record.abort !== undefined);
    const story = last && explainAbort(run, writer, last);
    const unknown = phrase(text.writerUnknown, { writer: txLink(cause.writerTx) });
    return { sentences: story ? [] : [unknown], aborts: story ? [story] : [] };
  }
  const wrote =
    cause.found.kind === 'transaction'
      ? findIncarnation(writer, cause.found.incarnation)
      : before.findLast((record) => record.outcome !== 'suspended');
  const sentences: Phrase[] = [];
  if (wrote === undefined) sentences.push(phrase(text.writerUnknown, { writer: txLink(cause.writerTx) }));
  else {
    const later = readerRun !== undefined && wrote.startUs >= readerRun.endUs;
    sentences.push(
      phrase(later ? text.writerLater : text.writerTogether, {
        writer: link,
        from: instantLink(wrote.startUs),
        to: instantLink(wrote.endUs),
        worker: wrote.worker + 1,
      }),
    );
  }
  const aborts = before.flatMap((record) => explainAbort(run, writer, record) ?? []);
  if (aborts.length > 0) {
    sentences.push(phrase(text.writerAgain, { writer: link, times: times(aborts.length + 1) }));
  } else sentences.push([text.orderExplained]);
  return { sentences, aborts };
}

function findIncarnation(of: TransactionInspection, incarnation: number): IncarnationRecord | undefined {
  return of.incarnations.findLast(
    (record) => record.incarnation === incarnation && record.outcome !== 'suspended',
  );
}

/** Order of causes goes by sequence; a record without one (it was not aborted) goes by its end. */
function isBefore(record: IncarnationRecord, cause: AbortCause): boolean {
  return record.abort !== undefined ? record.abort.sequence < cause.sequence : record.endUs <= cause.atUs;
}
