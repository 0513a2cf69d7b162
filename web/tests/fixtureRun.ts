import type { BlockRun, GraphColumns, TraceColumns } from '../../engine/api/index.ts';
import { EDGE, SPAN } from '../lib/trace.ts';
import { makeFixtureTrace } from './fixtureTrace.ts';
import { type FixtureTransaction, makeFixtureTraffic } from './fixtureTraffic.ts';

export interface FixtureOptions {
  readonly transactions?: number;
  readonly workers?: number;
  readonly seed?: number;
  readonly hotPermille?: number;
  readonly swapPermille?: number;
  readonly accounts?: number;
  readonly pools?: number;
  readonly clock?: 'measured' | 'virtual';
  readonly height?: number;
  readonly runId?: number;
}

/**
 * A made-up but consistent run of a block, the same for the same options: for tests and galleries
 * only. What it draws looks like the engine's; the page never shows it.
 */
export function makeFixtureRun(options: FixtureOptions = {}): BlockRun {
  const { transactions: count = 200, workers = 2, seed = 7, hotPermille = 100, swapPermille = 500 } = options;
  const { accounts = 100, pools = 8, clock = 'measured', height = 1, runId = 1 } = options;
  const traffic = makeFixtureTraffic({
    transactions: count,
    seed,
    hotPermille,
    swapPermille,
    accounts,
    pools,
  });
  const trace = makeFixtureTrace(traffic.transactions, workers, seed);
  const graph = makeGraph(traffic.transactions, traffic.keys.length);
  const perTx = countPerTransaction(trace, count);
  const durationUs = trace.count === 0 ? 0 : Math.max(...trace.endUs);
  const sequentialUs = count * 22;
  const sum = (values: Int32Array): number => values.reduce((total, value) => total + value, 0);
  const digest = (0xabcdef + seed * 7919 + height * 104729 + hotPermille).toString(16).padStart(64, '3f9c');
  return {
    runId,
    blockId: `block-${height}-${seed}-${hotPermille}`,
    parentId: `block-${height - 1}-${seed}-${hotPermille}`,
    branch: 'main',
    height,
    traffic: { transactionsPerBlock: count, swapPermille, hotPermille, work: 20_000 },
    execution: {
      executor: 'blockStm',
      cores: { kind: clock === 'measured' ? 'real' : 'virtual', count: workers },
      scheduleSeed: seed,
      granularity: 'slot',
      feeRecipient: 'exempt',
    },
    clock,
    clockResolutionUs: clock === 'measured' ? 5 : 0,
    workers,
    transactions: traffic.transactions.map((transaction, index) => ({
      index,
      module: transaction.module,
      name: transaction.name,
      sender: transaction.sender,
      nonce: 0,
      args: transaction.args,
      work: 20_000,
      gasLimit: 200_000,
      gasPrice: 1,
      gasUsed: 21_500,
      status: 'success',
      executions: perTx.executions[index]!,
      suspensions: perTx.suspensions[index]!,
      aborts: perTx.aborts[index]!,
      origin: 'traffic',
    })),
    cut: 0,
    keys: traffic.keys,
    trace,
    graph,
    metrics: {
      transactions: count,
      reverted: 0,
      executions: sum(perTx.executions),
      suspensions: sum(perTx.suspensions),
      validations: trace.kind.reduce(
        (total, kind) => total + (kind === SPAN.validate || kind === SPAN.abort ? 1 : 0),
        0,
      ),
      aborts: sum(perTx.aborts),
      durationUs,
      transactionsPerSecond: durationUs > 0 ? (count / durationUs) * 1e6 : 0,
      sequentialUs,
      speedup: durationUs > 0 ? sequentialUs / durationUs : 0,
      hardwareCeiling: workers * 0.97,
      idealSpeedup: count / Math.max(1, graph.criticalPath.length),
      idealSpeedupSingleVersion: (count / Math.max(1, graph.criticalPath.length)) * 0.9,
      criticalPath: graph.criticalPath.length,
      usefulShare: durationUs > 0 ? Math.min(1, (count * 21) / (durationUs * workers)) : 0,
    },
    digest,
    oracleDigest: digest,
    matchesOracle: true,
    notices: [],
  };
}

function countPerTransaction(
  trace: TraceColumns,
  count: number,
): Record<'executions' | 'suspensions' | 'aborts', Int32Array> {
  const counts = {
    executions: new Int32Array(count),
    suspensions: new Int32Array(count),
    aborts: new Int32Array(count),
  };
  for (let i = 0; i < trace.count; i++) {
    const tx = trace.tx[i]!;
    if (trace.kind[i] === SPAN.execute) counts.executions[tx]!++;
    else if (trace.kind[i] === SPAN.suspend) counts.suspensions[tx]!++;
    else if (trace.kind[i] === SPAN.abort) counts.aborts[tx]!++;
  }
  return counts;
}

/** Every access reads and writes, so neighbours on a key are tied by all three kinds of edges. */
function makeGraph(transactions: readonly FixtureTransaction[], keyCount: number): GraphColumns {
  const last = new Int32Array(keyCount).fill(-1);
  const touches = new Int32Array(keyCount);
  const edges: { from: number; to: number; kind: number; key: number }[] = [];
  const wave = new Int32Array(transactions.length);
  const before = new Int32Array(transactions.length).fill(-1);
  transactions.forEach((transaction, to) => {
    for (const key of transaction.keys) {
      touches[key]!++;
      const from = last[key]!;
      last[key] = to;
      if (from < 0) continue;
      for (const kind of [EDGE.readAfterWrite, EDGE.writeAfterWrite]) edges.push({ from, to, kind, key });
      if (wave[from]! + 1 > wave[to]!) {
        wave[to] = wave[from]! + 1;
        before[to] = from;
      }
    }
  });
  let at = wave.reduce((best, value, tx) => (value > (wave[best] ?? -1) ? tx : best), 0);
  const path: number[] = [];
  for (; transactions.length > 0 && at >= 0; at = before[at]!) path.unshift(at);
  const hotKeys = [...touches.keys()]
    .filter((key) => touches[key]! > 1)
    .sort((a, b) => touches[b]! - touches[a]!)
    .slice(0, 16)
    .map((key) => ({ key, transactions: touches[key]!, writers: touches[key]! }));
  return {
    edgeCount: edges.length,
    from: Int32Array.from(edges, (edge) => edge.from),
    to: Int32Array.from(edges, (edge) => edge.to),
    kind: Uint8Array.from(edges, (edge) => edge.kind),
    key: Int32Array.from(edges, (edge) => edge.key),
    wave,
    waves: transactions.length === 0 ? 0 : Math.max(...wave) + 1,
    criticalPath: Int32Array.from(path),
    hotKeys,
  };
}
