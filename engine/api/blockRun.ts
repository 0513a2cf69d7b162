import type { ExecutionSettings, TrafficSettings } from './settings.ts';

/** What a span of the worker timeline is; the numbers are those of {@link TraceColumns.kind}. */
export const SPAN_KIND = {
  /** A transaction's function ran to its end and its writes were published. */
  execute: 0,
  /** It ran into an ESTIMATE and was parked on the transaction that will write it. */
  suspend: 1,
  /** Its reads were checked and still stand. */
  validate: 2,
  /** Its reads were checked and one no longer stands: the incarnation is aborted. */
  abort: 3,
  /** The worker had nothing to do; with module lanes, until `causeTx` made something ready. */
  wait: 4,
  /** The transaction was committed; an instant. */
  commit: 5,
  /**
   * A lane (or several) had come to the transaction, which still missed another lane or its sender's turn, and stood still:
   * until `causeTx` finished. It is the transaction's time and not the worker's, which was doing something else.
   */
  laneWait: 6,
} as const;
export type SpanKind = (typeof SPAN_KIND)[keyof typeof SPAN_KIND];

/** The recorded trace, a column a field, ordered by `sequence`. All columns have `count` entries. */
export interface TraceColumns {
  readonly count: number;
  readonly kind: Uint8Array;
  readonly worker: Uint8Array;
  /** txIndex; -1 for waiting. */
  readonly tx: Int32Array;
  readonly incarnation: Int32Array;
  /** Microseconds since the block began, on the run's clock. */
  readonly startUs: Float64Array;
  readonly endUs: Float64Array;
  /** Order of causes: the shared counter at the span's end. Never compare clocks for that. */
  readonly sequence: Int32Array;
  /** Aborts: who wrote what the reader had missed. Suspensions and waiting with module lanes: who was waited for. Else -1. */
  readonly causeTx: Int32Array;
  /** Index into `BlockRun.keys` of the key concerned, or -1. */
  readonly causeKey: Int32Array;
}

export const EDGE_KIND = { readAfterWrite: 0, writeAfterWrite: 1, writeAfterRead: 2 } as const;
export type EdgeKind = (typeof EDGE_KIND)[keyof typeof EDGE_KIND];

/** The conflict graph of the committed block: between nearest accesses of each key. */
export interface GraphColumns {
  readonly edgeCount: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly kind: Uint8Array;
  /** Index into `BlockRun.keys`. */
  readonly key: Int32Array;
  /** Depth of each transaction over read-after-write edges, from 0: the first wave it can run in. */
  readonly wave: Int32Array;
  readonly waves: number;
  /** Transactions of one longest chain by work, in order. */
  readonly criticalPath: Int32Array;
  /** Keys that most transactions touch and at least one writes, hottest first (at most 16). */
  readonly hotKeys: readonly {
    readonly key: number;
    readonly transactions: number;
    readonly writers: number;
  }[];
}

export interface KeyInfo {
  /** `module/table/part…` */
  readonly text: string;
  readonly module: string;
  readonly table: string;
  readonly parts: readonly (number | string)[];
}

export interface TransactionSummary {
  readonly index: number;
  readonly module: string;
  readonly name: string;
  readonly sender: number;
  readonly nonce: number;
  readonly args: { readonly [name: string]: unknown };
  readonly work: number;
  readonly gasLimit: number;
  readonly gasPrice: number;
  readonly gasUsed: number;
  readonly status: 'success' | 'reverted' | 'panicked' | 'outOfGas' | 'rejected';
  /** `module/code`, and one sentence, when it did not succeed. */
  readonly error?: string;
  readonly errorMessage?: string;
  /** Finished executions, aborted ones included; a suspended start is not one. */
  readonly executions: number;
  readonly suspensions: number;
  readonly aborts: number;
  /** Crafted by hand, edited, part of an action, or the chain's own carrying of a message; else ordinary traffic. */
  readonly origin: 'traffic' | 'crafted' | 'edited' | 'action' | 'system';
}

export interface RunMetrics {
  readonly transactions: number;
  readonly reverted: number;
  readonly executions: number;
  readonly suspensions: number;
  readonly validations: number;
  readonly aborts: number;
  /** From the encoded block in shared memory to the last commit, digest apart. */
  readonly durationUs: number;
  readonly transactionsPerSecond: number;
  /** The fast sequential arm on the same block (measured, or by gas on virtual cores). */
  readonly sequentialUs: number;
  /** sequentialUs / durationUs. */
  readonly speedup: number;
  /** The same workers, the work split evenly, no executor: what the hardware would allow. */
  readonly hardwareCeiling: number;
  /** Total work / critical work over read-after-write edges. */
  readonly idealSpeedup: number;
  /** The same over all three kinds of edges, for executors that keep one version of a key. */
  readonly idealSpeedupSingleVersion: number;
  /** Transactions on the longest chain (read-after-write). */
  readonly criticalPath: number;
  /** Share of worker time spent on executions that were committed, 0 to 1. */
  readonly usefulShare: number;
}

/** One execution of one block: everything the panels draw. */
export interface BlockRun {
  readonly runId: number;
  readonly blockId: string;
  readonly parentId: string;
  readonly branch: string;
  readonly height: number;
  readonly traffic: TrafficSettings;
  readonly execution: ExecutionSettings;
  /** `measured` on real threads, `virtual` when gas stands for time; a label wherever time is shown. */
  readonly clock: 'measured' | 'virtual';
  /** Steps in which the measured clock moves, µs. */
  readonly clockResolutionUs: number;
  readonly workers: number;
  readonly transactions: readonly TransactionSummary[];
  /** Transactions that the gas limit cut; they open the next block. */
  readonly cut: number;
  readonly keys: readonly KeyInfo[];
  readonly trace: TraceColumns;
  readonly graph: GraphColumns;
  readonly metrics: RunMetrics;
  /** Chain digest after the block, hex. */
  readonly digest: string;
  readonly oracleDigest: string;
  readonly matchesOracle: boolean;
  /** Plain sentences of things that went on: a fallback, a worker that was replaced. */
  readonly notices: readonly { readonly code: string; readonly message: string }[];
}

/** Where a value that a transaction read came from. */
export type VersionRef =
  | { readonly kind: 'committed' }
  | { readonly kind: 'transaction'; readonly tx: number; readonly incarnation: number };

export interface ReadRecord {
  readonly key: KeyInfo;
  readonly version: VersionRef;
  /** Decoded value as JSON, or null when there was none. */
  readonly value: unknown;
}

export interface WriteRecord {
  readonly key: KeyInfo;
  /** Decoded value as JSON, or null when the key was deleted. */
  readonly value: unknown;
}

export interface AbortCause {
  readonly key: KeyInfo;
  /** What the reader had used. */
  readonly read: VersionRef;
  /** What a validation found instead. */
  readonly found: VersionRef | { readonly kind: 'estimate'; readonly tx: number };
  readonly writerTx: number;
  readonly atUs: number;
  readonly sequence: number;
}

export interface IncarnationRecord {
  readonly incarnation: number;
  readonly worker: number;
  readonly startUs: number;
  readonly endUs: number;
  readonly outcome: 'committed' | 'aborted' | 'suspended';
  readonly reads: readonly ReadRecord[];
  readonly writes: readonly WriteRecord[];
  readonly abort?: AbortCause;
  readonly suspendedOn?: { readonly key: KeyInfo; readonly tx: number };
}

export interface TransactionInspection {
  readonly runId: number;
  readonly transaction: TransactionSummary;
  readonly incarnations: readonly IncarnationRecord[];
  readonly events: readonly {
    readonly name: string;
    readonly fields: { readonly [name: string]: unknown };
  }[];
  /** When a lane stood still at it, because it still missed a lock that `tx` had; only with module lanes. */
  readonly laneWaits: readonly { readonly tx: number; readonly startUs: number; readonly endUs: number }[];
  /** Transactions it depends on (read-after-write) and those that depend on it. */
  readonly dependsOn: readonly { readonly tx: number; readonly key: KeyInfo }[];
  readonly dependents: readonly { readonly tx: number; readonly key: KeyInfo }[];
}
