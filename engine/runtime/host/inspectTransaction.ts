import type {
  AbortCause,
  IncarnationRecord,
  KeyInfo,
  TransactionInspection,
  TransactionSummary,
} from '../../api/index.ts';
import { CONFLICT } from '../../execution/conflictGraph/edges.ts';
import type { RawAccess, RawSpan } from '../../execution/pool.ts';
import type { ModuleSet } from '../../moduleSdk/index.ts';
import { SPAN } from '../../trace/records.ts';
import { eventsOf, keyInfo, tableOf, valueJson, versionRef } from './decode.ts';
import type { FinishedRun } from './projectRun.ts';

/** Everything recorded about one transaction of a run, in the order of causes. */
export function inspectTransaction(
  modules: ModuleSet,
  run: FinishedRun,
  transaction: TransactionSummary,
): TransactionInspection {
  const { record, pending, graph } = run;
  const tx = transaction.index;
  const spans = record.spans.filter((span) => span.tx === tx);
  const aborts = new Map(
    spans.filter(({ kind }) => kind === SPAN.abort).map((span) => [span.incarnation, span]),
  );
  const incarnations = spans.flatMap((span): IncarnationRecord[] => {
    if (span.kind === SPAN.suspend) return [suspended(modules, run, span)];
    return span.kind === SPAN.execute ? [executed(modules, run, span, aborts.get(span.incarnation))] : [];
  });
  const dependsOn: { tx: number; key: KeyInfo }[] = [];
  const dependents: { tx: number; key: KeyInfo }[] = [];
  const { edges, keys } = graph;
  for (let e = 0; e < edges.count; e++) {
    if (edges.kind[e] !== CONFLICT.readAfterWrite) continue;
    const key = (): KeyInfo => keyInfo(modules, keys[edges.key[e]!]!);
    if (edges.to[e] === tx) dependsOn.push({ tx: edges.from[e]!, key: key() });
    else if (edges.from[e] === tx) dependents.push({ tx: edges.to[e]!, key: key() });
  }
  return {
    runId: run.runId,
    transaction,
    incarnations,
    laneWaits: spans.flatMap(({ kind, causeTx, startUs, endUs }) =>
      kind === SPAN.laneWait ? [{ tx: causeTx, startUs, endUs }] : [],
    ),
    events: eventsOf(modules, pending.outcome.receipts[tx]!),
    dependsOn,
    dependents,
  };
}

function suspended(modules: ModuleSet, { record }: FinishedRun, span: RawSpan): IncarnationRecord {
  const { incarnation, worker, startUs, endUs, causeKey, causeTx } = span;
  const at = { incarnation, worker, startUs, endUs, outcome: 'suspended', reads: [], writes: [] } as const;
  const key = record.keys[causeKey];
  return key === undefined ? at : { ...at, suspendedOn: { key: keyInfo(modules, key), tx: causeTx } };
}

function executed(
  modules: ModuleSet,
  run: FinishedRun,
  span: RawSpan,
  abort: RawSpan | undefined,
): IncarnationRecord {
  const { record } = run;
  const access: RawAccess = record.accesses[span.access] ?? { reads: [], writes: [] };
  const keyOf = (key: number): KeyInfo => keyInfo(modules, record.keys[key]!);
  const value = (key: number, words: Uint32Array | null): unknown =>
    valueJson(tableOf(modules, record.keys[key]!), words);
  const cause = abort === undefined ? undefined : abortCause(modules, run, access, abort);
  return {
    incarnation: span.incarnation,
    worker: span.worker,
    startUs: span.startUs,
    endUs: span.endUs,
    outcome: abort === undefined ? 'committed' : 'aborted',
    reads: access.reads.map(({ key, version, value: words }) => ({
      key: keyOf(key),
      version: versionRef(version),
      value: value(key, words),
    })),
    writes: access.writes.map(({ key, value: words }) => ({ key: keyOf(key), value: value(key, words) })),
    ...(cause === undefined ? {} : { abort: cause }),
  };
}

function abortCause(
  modules: ModuleSet,
  { record }: FinishedRun,
  access: RawAccess,
  abort: RawSpan,
): AbortCause | undefined {
  const key = record.keys[abort.causeKey];
  if (key === undefined) return undefined;
  const read = access.reads.find((candidate) => candidate.key === abort.causeKey);
  const { found } = abort;
  return {
    key: keyInfo(modules, key),
    read: read === undefined ? { kind: 'committed' } : versionRef(read.version),
    found:
      typeof found === 'number' || found.kind === 'committed'
        ? { kind: 'committed' }
        : found.kind === 'estimate'
          ? { kind: 'estimate', tx: found.tx }
          : versionRef(found),
    writerTx: abort.causeTx,
    atUs: abort.endUs,
    sequence: abort.sequence,
  };
}
