import type {
  BlockRun,
  ExecutionSettings,
  GraphColumns,
  KeyInfo,
  RunMetrics,
  TransactionSummary,
} from '../../api/index.ts';
import { toHex } from '../../base/bytes.ts';
import type { ChainBlock } from '../../chain/blockTree.ts';
import type { ConflictGraph } from '../../execution/conflictGraph/conflictGraph.ts';
import type { ExecutionRecord } from '../../execution/pool.ts';
import type { ModuleSet } from '../../moduleSdk/index.ts';
import { toJson } from '../../moduleSdk/json.ts';
import { RECEIPT_STATUS_NAMES } from '../../types/receipt.ts';
import { KeyCatalogue } from '../../trace/projections/keyCatalogue.ts';
import { traceColumns } from '../../trace/projections/traceColumns.ts';
import { usefulShare } from '../../trace/projections/usefulShare.ts';
import { clockResolution } from './clockResolution.ts';
import { errorOf, keyInfo } from './decode.ts';
import type { Notice } from './executors.ts';
import { type OraclePending, spentNs } from './preparedBlock.ts';

const NS_PER_US = 1000;
const US_PER_SECOND = 1_000_000;

/** All that is known of one run, before it is put into the words of the door. */
export interface FinishedRun {
  readonly runId: number;
  readonly block: ChainBlock;
  readonly pending: OraclePending;
  readonly execution: ExecutionSettings;
  readonly record: ExecutionRecord;
  readonly graph: ConflictGraph;
  /** Chain digest by what the executor did. */
  readonly digest: Uint8Array;
  readonly notices: readonly Notice[];
}

/** One execution of one block as everything the panels draw. Its arrays belong to whoever gets it. */
export function projectRun(modules: ModuleSet, run: FinishedRun): BlockRun {
  const { block, pending, record, graph } = run;
  const keys = new KeyCatalogue<KeyInfo>((words) => keyInfo(modules, words));
  const oracleDigest = toHex(pending.digest);
  const digest = toHex(run.digest);
  const { count } = pending.outcome;
  return {
    runId: run.runId,
    blockId: block.id,
    parentId: block.parentId,
    branch: block.branch,
    height: block.height,
    traffic: block.traffic,
    execution: run.execution,
    clock: record.clock,
    clockResolutionUs: clockResolution(record),
    workers: record.workers,
    transactions: Array.from({ length: count }, (_, index) => summaryOf(modules, run, index)),
    cut: pending.built.transactions.length - count,
    graph: graphColumns(graph, keys),
    trace: traceColumns(record.spans, keys.numbering(record.keys)),
    // After the projections that fill it.
    keys: keys.infos,
    metrics: metricsOf(modules, run),
    digest,
    oracleDigest,
    matchesOracle: digest === oracleDigest,
    notices: run.notices,
  };
}

/** The buffers of a run's columns, to be handed to another thread without copying. */
export function buffersOf({ trace, graph }: BlockRun): ArrayBuffer[] {
  return [...Object.values(trace), ...Object.values(graph)].flatMap((column) =>
    ArrayBuffer.isView(column) && column.buffer instanceof ArrayBuffer ? [column.buffer] : [],
  );
}

/** One transaction of a run in the words of the door. */
export function summaryOf(
  modules: ModuleSet,
  { pending, record }: FinishedRun,
  index: number,
): TransactionSummary {
  const { built, outcome } = pending;
  const transaction = built.transactions[index]!;
  const receipt = outcome.receipts[index]!;
  const counts = record.perTransaction[index];
  return {
    index,
    module: transaction.module,
    name: transaction.name,
    sender: transaction.sender,
    nonce: transaction.nonce,
    args: toJson(
      transaction.args,
      modules.transaction(transaction.module, transaction.name)!.type.args.fields,
    ),
    work: transaction.work,
    gasLimit: transaction.gasLimit,
    gasPrice: transaction.gasPrice,
    gasUsed: receipt.gasUsed,
    status: RECEIPT_STATUS_NAMES[receipt.status]!,
    ...errorOf(modules, receipt),
    executions: counts?.executions ?? 0,
    suspensions: counts?.suspensions ?? 0,
    aborts: counts?.aborts ?? 0,
    origin: built.candidates[index]!.origin,
  };
}

function graphColumns(graph: ConflictGraph, keys: KeyCatalogue<KeyInfo>): GraphColumns {
  const { edges } = graph;
  const index = keys.numbering(graph.keys);
  const hotKeys = graph.hotKeys.map((hot) => ({ ...hot, key: index(hot.key) }));
  return {
    edgeCount: edges.count,
    from: edges.from.slice(),
    to: edges.to.slice(),
    kind: edges.kind.slice(),
    key: edges.key.map((key) => index(key)),
    wave: graph.wave.slice(),
    waves: graph.waves,
    criticalPath: graph.criticalPath.slice(),
    hotKeys,
  };
}

function metricsOf(modules: ModuleSet, { block, pending, record, graph }: FinishedRun): RunMetrics {
  const spent = spentNs(modules, pending);
  const total = spent.reduce((sum, used) => sum + used, 0);
  const { durationUs, workers, counts } = record;
  const measured = record.clock === 'measured';
  const sequentialUs = measured ? (record.sequentialUs ?? 0) : total / NS_PER_US;
  const largest = spent.reduce((most, used) => Math.max(most, used), 1);
  const evenly =
    measured && record.ceilingUs !== undefined
      ? ratio(sequentialUs, record.ceilingUs)
      : Math.max(1, Math.min(workers, total / largest));
  return {
    transactions: block.transactions,
    reverted: block.reverted,
    executions: counts.executions,
    suspensions: counts.suspensions,
    validations: counts.validations,
    aborts: counts.aborts,
    durationUs,
    transactionsPerSecond: ratio(block.transactions * US_PER_SECOND, durationUs),
    sequentialUs,
    speedup: ratio(sequentialUs, durationUs),
    hardwareCeiling: evenly,
    idealSpeedup: graph.idealSpeedup,
    idealSpeedupSingleVersion: graph.idealSpeedupSingleVersion,
    criticalPath: graph.criticalPath.length,
    usefulShare: usefulShare(record.spans, block.transactions, workers, durationUs),
  };
}

function ratio(of: number, to: number): number {
  return to > 0 ? of / to : 0;
}
