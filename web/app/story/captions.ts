import type { BlockRun, GraphColumns } from '../../../engine/api/index.ts';
import { formatFactor, formatUs } from '../../lib/format.ts';
import { format } from '../../lib/messages.ts';
import { story } from '../../lib/messages/story.ts';
import { keyWords } from '../../lib/stateWords.ts';
import { SPAN } from '../../lib/trace.ts';

/** An abort of the trace, to be pointed at. */
export interface AbortFact {
  readonly tx: number;
  readonly writerTx: number;
  readonly key: number;
  readonly sequence: number;
  readonly atUs: number;
}

/** How far into the block an example is looked for first: viewers should have seen some of it. */
const EARLIEST_SHARE = 0.2;
/** Keys touched this nearly as often as the hottest are as hot. */
const NEARLY = 0.9;

/** The key that most want; among equals a pool, for people know what that is. Null when nothing is shared. */
export function hottest(run: BlockRun): GraphColumns['hotKeys'][number] | null {
  const { hotKeys } = run.graph;
  const most = hotKeys[0]?.transactions ?? 0;
  const pool = hotKeys.find(
    (hot) => run.keys[hot.key]?.module === 'amm' && hot.transactions >= most * NEARLY,
  );
  return pool ?? hotKeys[0] ?? null;
}

/** The abort that teaches best: over the hottest key, not at the very start. Null when there was none with a cause. */
export function chooseAbort(run: BlockRun): AbortFact | null {
  const { trace, metrics } = run;
  const hotKey = hottest(run)?.key ?? -1;
  let best: AbortFact | null = null;
  let bestScore = -1;
  for (let i = 0; i < trace.count; i++) {
    if (trace.kind[i] !== SPAN.abort || trace.causeTx[i]! < 0 || trace.causeKey[i]! < 0) continue;
    const late = trace.endUs[i]! >= metrics.durationUs * EARLIEST_SHARE;
    const score = (trace.causeKey[i] === hotKey ? 2 : 0) + (late ? 1 : 0);
    if (score <= bestScore) continue;
    bestScore = score;
    best = {
      tx: trace.tx[i]!,
      writerTx: trace.causeTx[i]!,
      key: trace.causeKey[i]!,
      sequence: trace.sequence[i]!,
      atUs: trace.endUs[i]!,
    };
  }
  return best;
}

const speed = (run: BlockRun): string => formatFactor(run.metrics.speedup);

function aborts(run: BlockRun): string {
  const count = run.metrics.aborts;
  return count === 0 ? story.abortsNone : count === 1 ? story.abortsOne : format(story.aborts, { count });
}

export function openingCaption(run: BlockRun): string {
  const transactions = run.transactions.length;
  const swaps = run.transactions.filter((transaction) => transaction.module === 'amm').length;
  const payments = run.transactions.filter((transaction) => transaction.module === 'bank').length;
  const mixed = swaps > 0 && payments > 0 && swaps + payments === transactions;
  const sharing =
    run.workers === 1 ? story.sharingOne : run.clock === 'virtual' ? story.sharingVirtual : story.sharing;
  return format(story.open, {
    mix: mixed ? format(story.mix, { payments, swaps }) : format(story.mixOne, { transactions }),
    sharing: format(sharing, { workers: run.workers }),
  });
}

export function calmCaption(run: BlockRun): string {
  const text = run.metrics.speedup >= 1 ? story.calmFaster : story.calmSlower;
  return format(text, { duration: formatUs(run.metrics.durationUs), speedup: speed(run) });
}

export function rushCaption(run: BlockRun): string {
  const hot = hottest(run);
  if (hot === null) return format(story.rushNowhere, { share: run.traffic.hotPermille / 10 });
  const { transactions: count, key } = hot;
  return format(story.rush, { count, transactions: run.transactions.length, key: keyWords(run.keys[key]!) });
}

/** What the rush did to somebody: an abort if there was one, else what there was instead. */
export function abortCaption(run: BlockRun): string {
  const abort = chooseAbort(run);
  if (abort !== null) {
    const key = run.keys[abort.key]!;
    const count = run.metrics.aborts === 1 ? story.abortOnce : story.abortCount;
    const first = format(story.abort, { reader: abort.tx, writer: abort.writerTx, key: keyWords(key) });
    return `${first} ${format(count, { aborts: run.metrics.aborts })}`;
  }
  if (run.metrics.suspensions > 0) return format(story.parked, { suspensions: run.metrics.suspensions });
  const hot = hottest(run);
  if (hot === null) return story.noConflict;
  const workers = run.workers === 1 ? story.oneWorker : format(story.manyWorkers, { workers: run.workers });
  return format(story.noAborts, { key: keyWords(run.keys[hot.key]!), workers });
}

export function chainCaption(run: BlockRun, before: BlockRun | null): string {
  const { criticalPath: path, idealSpeedup, transactions } = run.metrics;
  const now = format(story.chain, { path, transactions, ideal: formatFactor(idealSpeedup) });
  const was = before?.metrics.criticalPath;
  return was === undefined || was === path ? now : `${now} ${format(story.chainBefore, { before: was })}`;
}

export function wallCaption(run: BlockRun, before: BlockRun | null): string {
  const path = run.metrics.criticalPath;
  const was = before?.metrics.criticalPath ?? path;
  const measured =
    before === null
      ? ''
      : format(story.measuredNow, {
          speedup: speed(run),
          aborts: aborts(run),
          speedupBefore: speed(before),
          abortsBefore: aborts(before),
        });
  const text = path < was ? story.wall : story.wallSame;
  return format(text, { before: was, path, ideal: formatFactor(run.metrics.idealSpeedup), measured });
}
