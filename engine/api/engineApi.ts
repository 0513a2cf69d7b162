import type { StorageKind } from '../types/storageKind.ts';
import type { BlockRun, TransactionInspection } from './blockRun.ts';
import type { ConsensusApi } from './consensus.ts';
import type { BlockLanes, KeyProof, ModuleAudit, ProofCheck, TablePage } from './lanes.ts';
import type {
  ImportCheck,
  ImportReport,
  OpenedScenario,
  Progress,
  Scenario,
  ScenarioView,
  SharedScenario,
} from './scenario.ts';
import type { Action, ExecutionSettings, Settings, SettingLimits } from './settings.ts';

/** Expected failures are values: a stable code, one sentence, and where. */
export interface ApiError {
  readonly code: string;
  readonly message: string;
  readonly data?: Readonly<Record<string, string | number>>;
}
export type ApiResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ApiError };

export interface MachineInfo {
  /** SharedArrayBuffer can be shared with workers; otherwise only virtual cores run. */
  readonly sharedMemory: boolean;
  readonly cores: number;
  /** Rounds of declared work in a microsecond on this machine. */
  readonly roundsPerUs: number;
}

export interface FieldDescription {
  readonly name: string;
  readonly kind: 'integer' | 'bytes' | 'list';
  readonly bits?: number;
  readonly role?: string;
  /** Bytes: greatest length. Lists: greatest number of entries. */
  readonly max?: number;
  readonly item?: readonly FieldDescription[];
}

export interface ModuleDescription {
  readonly id: string;
  readonly lane: number;
  readonly title: string;
  readonly summary: string;
  /** Nobody sends its transactions: it speaks only in imported blocks, and is shown only there. */
  readonly importedOnly: boolean;
  /** How its state is kept where each module has its own storage. */
  readonly storage: StorageKind;
  /** Ids of the modules whose capabilities it uses. */
  readonly needs: readonly string[];
  /** Names of its generators of traffic, for `TrafficSettings.shares`. */
  readonly workloads: readonly string[];
  readonly tables: readonly { readonly name: string; readonly parts: readonly string[] }[];
  readonly transactions: readonly {
    readonly name: string;
    readonly summary: string;
    readonly fields: readonly FieldDescription[];
  }[];
  readonly invariants: readonly { readonly name: string; readonly statement: string }[];
}

export interface EngineDescription {
  readonly semanticsVersion: number;
  readonly machine: MachineInfo;
  readonly limits: SettingLimits;
  readonly defaults: Settings;
  readonly modules: readonly ModuleDescription[];
}

export interface BlockNode {
  readonly blockId: string;
  readonly parentId: string;
  readonly branch: string;
  readonly height: number;
  readonly transactions: number;
  readonly reverted: number;
  readonly digest: string;
  readonly actions: readonly Action[];
}

export interface BranchInfo {
  readonly id: string;
  /** What made it, in a few words ("hot share 80 %"); `main` for the first. */
  readonly label: string;
  /** Height of the last block it shares with its parent branch. */
  readonly forkHeight: number;
  readonly parentBranch: string | null;
  readonly headId: string;
  readonly headHeight: number;
}

export interface HistoryTree {
  readonly branches: readonly BranchInfo[];
  readonly blocks: readonly BlockNode[];
  readonly current: { readonly branch: string; readonly blockId: string; readonly height: number };
}

export interface StateDifference {
  readonly key: string;
  /** Decoded values as JSON; null where the key is absent. */
  readonly left: unknown;
  readonly right: unknown;
}

export interface Comparison {
  readonly left: { readonly branch: string; readonly height: number; readonly digest: string };
  readonly right: { readonly branch: string; readonly height: number; readonly digest: string };
  readonly forkHeight: number;
  readonly differingKeys: number;
  /** The first 200 in key order. */
  readonly differences: readonly StateDifference[];
}

/** How a table changed inside a block, transaction by transaction in commit order. */
export interface TableHistory {
  readonly table: string;
  readonly initial: readonly { readonly key: readonly (number | string)[]; readonly value: unknown }[];
  readonly changes: readonly {
    readonly tx: number;
    readonly key: readonly (number | string)[];
    readonly value: unknown;
  }[];
}

/**
 * The only door of the engine. Every call answers with a value or a typed error; none changes
 * anything when it fails. Calls are served one at a time in the order they arrive.
 */
export interface EngineApi extends ConsensusApi {
  describe(): Promise<EngineDescription>;
  /** Starts a new chain at genesis; drops the one before. */
  start(settings: Settings): Promise<ApiResult<HistoryTree>>;
  /** Makes and executes the next block on the current branch, with these actions taking effect in it. */
  produceBlock(actions: readonly Action[]): Promise<ApiResult<BlockRun>>;
  /**
   * Executes a block again with other executor settings: same digest, a new run. With `loseWorker`, one of the real threads
   * is stopped in the midst of it; `run/no_threads` when none are asked for.
   */
  rerun(
    blockId: string,
    execution: ExecutionSettings,
    options?: { readonly loseWorker?: boolean },
  ): Promise<ApiResult<BlockRun>>;
  /** Executor settings for the blocks to come. */
  setExecution(execution: ExecutionSettings): Promise<ApiResult<ExecutionSettings>>;
  /**
   * Makes the block again from the same parent with these further actions, on a new branch; blocks
   * after it are made again too, from their recorded actions. With `coalesce`, a branch that the
   * last such call made at the same height and that has no other blocks is replaced.
   * Answers the run of the block at the edited height; the current branch is the new one.
   */
  edit(
    blockId: string,
    actions: readonly Action[],
    options: { readonly label: string; readonly coalesce?: boolean },
  ): Promise<ApiResult<BlockRun>>;
  /** Moves to a block: the next `produceBlock` continues there (on a new branch unless it is a head). */
  seek(blockId: string): Promise<ApiResult<HistoryTree>>;
  history(): Promise<HistoryTree>;
  compare(leftBlockId: string, rightBlockId: string): Promise<ApiResult<Comparison>>;
  inspectTransaction(runId: number, txIndex: number): Promise<ApiResult<TransactionInspection>>;
  tableHistory(runId: number, table: string): Promise<ApiResult<TableHistory>>;
  /** A module's view of the state after the block. */
  readView(blockId: string, module: string, view: string): Promise<ApiResult<unknown>>;
  /** A block, from the first on, as its module lanes saw it. */
  readLanes(blockId: string): Promise<ApiResult<BlockLanes>>;
  /** Entries of a table after the block, `count` (1 to 200) of them from place `from` in key order. */
  readTable(blockId: string, table: string, from: number, count: number): Promise<ApiResult<TablePage>>;
  /**
   * Proves a key's value after the block, or that it is absent, against the state root of its lane and the block's root, and checks the
   * proof. The key is a text, `module/table/part…`. Fails with `key/not_a_key`, `key/unknown_table`, `schema/…` for a part, and
   * `proof/not_provable` where the lane's storage proves no such thing.
   */
  proveKey(blockId: string, key: string): Promise<ApiResult<KeyProof>>;
  /**
   * Checks a proof, given as JSON text, against a root that one trusts (a state root or a block root, 64 hex digits), or against the root that
   * it names. Asks no chain.
   */
  checkProof(proof: string, trusted?: string): Promise<ApiResult<ProofCheck>>;
  /**
   * Audits one module from its own state and history. `onProgress` hears how many entries (or writes, where a log is kept) are in the root
   * that is built anew. With `altered`, a key's text, everything is checked as if somebody had changed that key's entry in secret. Fails with
   * `module/unknown` when the module takes no part in the chain, `audit/not_its_key` for a key that it does not hold,
   * `audit/other_lane` for one that another lane keeps, and as `proveKey` does for what is no key.
   */
  auditModule(
    blockId: string,
    module: string,
    onProgress?: (progress: Progress) => void,
    altered?: string,
  ): Promise<ApiResult<ModuleAudit>>;
  /** Checks a crafted transaction against its schema without sending it. */
  checkTransaction(draft: unknown): Promise<ApiResult<{ readonly summary: string }>>;
  /** Re-checks every module's invariants on the state after the block. */
  checkInvariants(
    blockId: string,
  ): Promise<
    ApiResult<readonly { readonly name: string; readonly holds: boolean; readonly detail?: string }[]>
  >;
  /** Reads a link (`#s=…`, whatever stands before it) or the text of a scenario file. Executes nothing. */
  readScenario(text: string): Promise<ApiResult<Scenario>>;
  /**
   * The chain up to a block as a scenario that expects what is there now, and its link. Fails with `scenario/…` where no
   * scenario could hold it.
   */
  exportScenario(blockId: string, view: ScenarioView): Promise<ApiResult<SharedScenario>>;
  /**
   * Executes a scenario from genesis to its last block, holds the digests against what it expects, and makes it the
   * open chain, with the block of its moment as the current one. `onProgress` is called now and then with blocks. The
   * chain before stays when it fails or is cancelled. A scenario with `imported` needs the bytes of that `file`; without
   * them it answers `scenario/file_needed`, with other bytes `scenario/other_file`.
   */
  openScenario(
    scenario: Scenario,
    onProgress?: (progress: Progress) => void,
    file?: Uint8Array,
  ): Promise<ApiResult<OpenedScenario>>;
  /** A scenario as it stands, checked, and its link. Executes nothing. */
  linkScenario(scenario: Scenario): Promise<ApiResult<SharedScenario>>;
  /** The scenarios that come with the playground, in the order in which they are shown. */
  gallery(): Promise<readonly Scenario[]>;
  /**
   * Reads a real block (at most 32 MB: a block access list in RLP, or JSON of `eth_getBlockByNumber`) and starts a chain
   * whose block 1 it is; drops the chain before only when that succeeds. Of the settings, `traffic.work` and `execution`
   * count. `produceBlock([])` then makes and executes the block; there is no second one.
   */
  importBlock(file: Uint8Array, name: string, settings: Settings): Promise<ApiResult<ImportReport>>;
  /** What the oracle's execution of an imported block (height 1) says of the file. */
  checkImport(blockId: string): Promise<ApiResult<ImportCheck>>;
  /** Stops a run in progress; the call that started it answers `engine/cancelled`. */
  cancel(): Promise<void>;
}
