/** What a transaction context needs of the state below it. One class for each way to execute. */
export interface StateStore {
  readonly u32: Uint32Array;
  /** Version word of the last {@link load}: 0 for committed state, else the place of the record read. */
  readonly version: number;
  /** The number of a key whose `count` words stand in `words`. */
  intern(words: Uint32Array, count: number): number;
  /** Place of the key's value words, or 0 when the key is absent. May throw a signal. */
  load(key: number): number;
  /** A fresh value record by the transaction at hand; answers the place of its value words. */
  allocate(words: number, deleted: boolean): number;
}

/** What every step machine answers for a step; other numbers are its own phases. */
export const STEP = { idle: 100, stopped: 101 } as const;

export interface WorkerOptions {
  /** The run's clock in µs; only read when the trace is full. */
  readonly nowUs: () => number;
  /** False on virtual cores, where declared work only costs gas. */
  readonly performsWork: boolean;
}

/** A worker of a parallel executor: `step()` does one scheduling step. Threads loop it, virtual cores call it in turn. */
export interface StepMachine {
  /** Virtual duration of the last step, ns. */
  costNs: number;
  /** Gets ready for the block that stands prepared in memory. */
  begin(): void;
  step(): number;
  /** Whether the block has ended, or was given up. */
  stopped(): boolean;
  /** Ends the block for every worker, unless it has ended already; see `STOP`. */
  stop(reason: number): void;
  /** Whether a step would find something to do (or that the block has ended). */
  hasWork(): boolean;
  /** Records that the worker had nothing to do between two moments, µs. */
  recordWait(startUs: number, endUs: number): void;
}
