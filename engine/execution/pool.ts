import type { CommittedState } from '../storage/contract.ts';
import type { Transaction } from '../types/transaction.ts';
import type { BlockEnvironment } from './kernel/encodedBlock.ts';
import type { BlockOutcome } from './outcome.ts';

/** A block to execute, and how. */
export interface ExecutionRequest {
  /** Names the state before the block; a pool that still holds that state need not load it again. */
  readonly parentId: string;
  readonly state: CommittedState;
  readonly environment: BlockEnvironment;
  readonly transactions: readonly Transaction[];
  /** How transactions are kept apart; absent means Block-STM. */
  readonly strategy?: 'blockStm' | 'moduleLanes';
  readonly workers: number;
  readonly scheduleSeed: number;
  readonly trackFees: boolean;
  readonly accountGranularity: boolean;
  /** 0 counters only, 1 every span and access. */
  readonly traceLevel: number;
  /** Also measure the fast sequential arm and the hardware ceiling on this block. */
  readonly measureArms: boolean;
  /** One thread is lost in the midst of the block, to see what becomes of it; virtual cores cannot be lost. */
  readonly loseWorker?: boolean;
}

/** One recorded span, as the memory holds it; see `SPAN_KIND` of the engine's door for `kind`. */
export interface RawSpan {
  readonly worker: number;
  readonly sequence: number;
  readonly kind: number;
  readonly tx: number;
  readonly incarnation: number;
  readonly startUs: number;
  readonly endUs: number;
  readonly causeTx: number;
  /** Key number of the run, or -1; index into {@link ExecutionRecord.keys}. */
  readonly causeKey: number;
  /** Executions and aborts: index into {@link ExecutionRecord.accesses}, or -1. */
  readonly access: number;
  /** Executions: receipt status. Aborts: what the validation found. */
  readonly found: RawVersion | number;
}

/** Where a value came from: committed state, a transaction's incarnation, or an ESTIMATE of a transaction. */
export type RawVersion =
  | { readonly kind: 'committed' }
  | { readonly kind: 'transaction'; readonly tx: number; readonly incarnation: number }
  | { readonly kind: 'estimate'; readonly tx: number };

/** What one finished incarnation read and wrote, with values as words (null: absent or deleted). */
export interface RawAccess {
  readonly reads: readonly {
    readonly key: number;
    readonly version: RawVersion;
    readonly value: Uint32Array | null;
  }[];
  readonly writes: readonly { readonly key: number; readonly value: Uint32Array | null }[];
}

export interface ExecutionCounts {
  readonly executions: number;
  readonly suspensions: number;
  readonly validations: number;
  readonly aborts: number;
  /** How often a worker went to sleep. */
  readonly sleeps: number;
}

/** One execution of a block by a pool. Everything is copied out of memory: it outlives the next block. */
export interface ExecutionRecord {
  readonly outcome: BlockOutcome;
  readonly clock: 'measured' | 'virtual';
  readonly workers: number;
  /** From the first claim to the last commit. */
  readonly durationUs: number;
  readonly counts: ExecutionCounts;
  /** Per transaction: finished executions, suspended starts, aborts. */
  readonly perTransaction: readonly {
    readonly executions: number;
    readonly suspensions: number;
    readonly aborts: number;
  }[];
  /** Empty at trace level 0. Ordered by sequence. */
  readonly spans: readonly RawSpan[];
  readonly accesses: readonly RawAccess[];
  /** Words of the keys that spans and accesses name. */
  readonly keys: readonly Uint32Array[];
  /** With `measureArms`: µs of the fast sequential arm, and of the same workers with the work split evenly. */
  readonly sequentialUs?: number;
  readonly ceilingUs?: number;
  readonly notices: readonly { readonly code: string; readonly message: string }[];
}

/** Executes blocks in parallel on some kind of cores. One block at a time. */
export interface WorkerPool {
  run(request: ExecutionRequest): Promise<ExecutionRecord>;
  /** Stops the workers for good. */
  dispose(): void;
}
