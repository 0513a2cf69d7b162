import type {
  Action,
  ApiResult,
  BlockRun,
  Comparison,
  ExecutionSettings,
  HistoryTree,
  MachineInfo,
  Settings,
  TableHistory,
  TablePage,
  TransactionInspection,
} from '../../api/index.ts';
import { fail, ok } from '../../base/result.ts';
import { shown } from '../../base/shown.ts';
import { Chain } from '../../chain/chain.ts';
import type { ChainBlock, LooseBlock } from '../../chain/blockTree.ts';
import type { ChainParts } from '../../chain/contract.ts';
import { completeDraft, readDraft } from '../../chain/draft.ts';
import { withActions } from '../../chain/recordedActions.ts';
import { createStateReader } from '../../chain/stateReader.ts';
import { Oracle, type OracleOutcome } from '../../execution/sequential/oracle.ts';
import type { ModuleSet } from '../../moduleSdk/index.ts';
import { FlatState } from '../../storage/flatMap/flatState.ts';
import { executeBlock, type UnplacedRun } from './chainRuns.ts';
import { type ReplaceableEdit, replacedBranch } from './coalescing.ts';
import { comparisonJson } from './comparisonJson.ts';
import { Cancelled, type CreatePool, Executors, type Notice } from './executors.ts';
import { FinishedRuns } from './finishedRuns.ts';
import { EMPTY_HISTORY, historyTree } from './historyTree.ts';
import type { ImportedChain } from './importedChain.ts';
import { inspectTransaction } from './inspectTransaction.ts';
import { BLOCK_GAS_LIMIT, MAX_ACTIONS, MAX_LABEL } from './limits.ts';
import { PreparedBlocks, type OraclePending } from './preparedBlock.ts';
import { type FinishedRun, projectRun, summaryOf } from './projectRun.ts';
import { readActions } from './readActions.ts';
import { readExecution, readSettings, record } from './readSettings.ts';
import { findTable, tableHistory } from './tableHistory.ts';
import { tablePage } from './tablePage.ts';

const MOST_RUNS = 64;
const MOST_RUN_TRANSACTIONS = 30_000;
const MOST_PREPARED_TRANSACTIONS = 20_000;
/** Blocks made again between two breaths. */
const BLOCKS_A_BREATH = 4;

/** A chain that is open, or about to be. */
export interface Opened {
  readonly chain: Chain<OracleOutcome>;
  /** What it was started with; with the recorded actions, all of it. */
  readonly settings: Settings;
  execution: ExecutionSettings;
  lastEdit: ReplaceableEdit | undefined;
  readonly prepared: PreparedBlocks;
  /** The real block that is its block 1, when it was made from a file. */
  readonly imported: ImportedChain | undefined;
}

const UNKNOWN_BLOCK = (blockId: unknown) =>
  fail('history/unknown_block', 'There is no such block.', { blockId: shown(blockId) });
const NOT_STARTED = fail('engine/not_started', 'No chain was started yet.');

/**
 * The chain that is open and everything that can be asked of it. One call at a time; a call that fails leaves the
 * chain as it was, since blocks are put into it last, when nothing can fail any more.
 */
export class ChainRoom {
  private readonly modules: ModuleSet;
  private readonly executors: Executors;
  private readonly breathe: () => Promise<void>;
  private readonly parts: ChainParts<OracleOutcome>;
  private readonly runs = new FinishedRuns(MOST_RUNS, MOST_RUN_TRANSACTIONS);
  private opened: Opened | undefined;
  private working = false;
  private cancelled = false;

  constructor(
    modules: ModuleSet,
    machine: MachineInfo,
    createPool: CreatePool,
    breathe: () => Promise<void>,
    measuringUs?: number,
  ) {
    this.modules = modules;
    this.breathe = breathe;
    this.executors = new Executors(createPool, machine, measuringUs);
    const oracle = new Oracle(modules);
    this.parts = {
      modules,
      execute: (state, header, transactions) => oracle.execute(state, header, transactions),
      explore: (state, header, transactions) => oracle.execute(state, header, transactions),
      replay: (state, header, transactions) => oracle.replay(state, header, transactions),
      copyState: (from) => new FlatState(from as FlatState | undefined),
      blockGasLimit: BLOCK_GAS_LIMIT,
    };
  }

  start(given: unknown): ApiResult<HistoryTree> {
    const settings = readSettings(given);
    if (!settings.ok) return settings;
    const opened = this.begin(settings.value);
    this.open(opened);
    return ok(historyTree(opened.chain.tree));
  }

  /** A chain at its genesis, with traffic or with a real block; nobody sees it until it is opened. */
  begin(settings: Settings, imported?: ImportedChain): Opened {
    const { genesis, traffic, execution } = settings;
    const chain = new Chain(this.parts, genesis, traffic, imported?.given);
    const prepared = new PreparedBlocks(MOST_PREPARED_TRANSACTIONS);
    return { chain, settings, execution, lastEdit: undefined, prepared, imported };
  }

  /** Puts a chain in the place of the one that is open. */
  open(opened: Opened): void {
    this.opened = opened;
    this.runs.clear();
    this.executors.forgive();
    if (opened.imported !== undefined) this.executors.fresh = true;
  }

  async produceBlock(given: unknown): Promise<ApiResult<BlockRun>> {
    const { opened } = this;
    if (opened === undefined) return NOT_STARTED;
    const actions = readActions(this.modules, given);
    if (!actions.ok) return actions;
    const { chain } = opened;
    const parent = chain.tree.current;
    const pending = chain.prepare(parent, withActions([], actions.value));
    if (!pending.ok) return pending;
    const run = await this.execute(opened, parent, pending.value, opened.execution);
    const block = chain.append(parent, pending.value, `from block ${parent.height}`);
    opened.lastEdit = undefined;
    return ok(this.finish(opened, block, run));
  }

  async rerun(blockId: unknown, given: unknown, how: unknown = {}): Promise<ApiResult<BlockRun>> {
    const found = this.blockOf(blockId);
    if (!found.ok) return found;
    const { opened, block } = found.value;
    if (block.height === 0) return genesisIsFixed('run');
    const execution = readExecution(given);
    if (!execution.ok) return execution;
    const options = record(how, 'options', ['loseWorker'], ['loseWorker']);
    if (!options.ok) return options;
    const loseWorker = options.value.loseWorker === true;
    if (loseWorker && (execution.value.cores.kind !== 'real' || execution.value.executor === 'sequential')) {
      return fail(
        'run/no_threads',
        'Only real threads can be lost: choose real cores and a parallel executor.',
      );
    }
    const pending = opened.prepared.get(block.id) ?? opened.chain.remake(block);
    const parent = opened.chain.tree.block(block.parentId);
    const run = await this.execute(opened, parent, pending, execution.value, loseWorker);
    return ok(this.finish(opened, block, run));
  }

  setExecution(given: unknown): ApiResult<ExecutionSettings> {
    if (this.opened === undefined) return NOT_STARTED;
    const execution = readExecution(given);
    if (!execution.ok) return execution;
    this.opened.execution = execution.value;
    this.executors.forgive();
    return execution;
  }

  async edit(blockId: unknown, given: unknown, how: unknown): Promise<ApiResult<BlockRun>> {
    const found = this.blockOf(blockId);
    if (!found.ok) return found;
    const { opened, block } = found.value;
    if (block.height === 0) return genesisIsFixed('edited');
    const added = readActions(this.modules, given);
    if (!added.ok) return added;
    const options = record(how, 'options', ['label', 'coalesce'], ['label', 'coalesce']);
    if (!options.ok) return options;
    const { label, coalesce } = options.value;
    if (typeof label !== 'string' || label.length > MAX_LABEL) {
      return fail('history/not_a_label', `A label is a text of at most ${MAX_LABEL} letters.`);
    }
    if (coalesce !== undefined && typeof coalesce !== 'boolean') {
      return fail('settings/unknown_choice', '“coalesce” must be true or false.', { knob: 'coalesce' });
    }
    const actions = withActions(block.actions, added.value);
    if (actions.length > MAX_ACTIONS) {
      const message = `A block records at most ${MAX_ACTIONS} actions; with these it would have ${actions.length}. Put them into another block.`;
      return fail('action/too_many', message, { given: actions.length, max: MAX_ACTIONS });
    }
    const { chain } = opened;
    const parent = chain.tree.block(block.parentId);
    const first = chain.prepare(parent, actions);
    if (!first.ok) return first;
    const run = await this.execute(opened, parent, first.value, opened.execution);
    const notices: Notice[] = [];
    const after = await this.remakeAfter(opened, parent, block, first.value, notices);
    const instead = coalesce === true ? replacedBranch(chain.tree, opened.lastEdit, block) : undefined;
    const edited = chain.appendBranch(parent, first.value, after, label, instead);
    const { branch, height } = edited;
    opened.lastEdit =
      coalesce === true ? { branch, height, headId: chain.tree.branch(branch).headId } : undefined;
    return ok(this.finish(opened, edited, { ...run, notices: [...run.notices, ...notices] }));
  }

  seek(blockId: unknown): ApiResult<HistoryTree> {
    const found = this.blockOf(blockId);
    if (!found.ok) return found;
    const { opened, block } = found.value;
    opened.chain.tree.currentId = block.id;
    return ok(historyTree(opened.chain.tree));
  }

  history(): HistoryTree {
    return this.opened === undefined ? EMPTY_HISTORY : historyTree(this.opened.chain.tree);
  }

  compare(leftId: unknown, rightId: unknown): ApiResult<Comparison> {
    const left = this.blockOf(leftId);
    if (!left.ok) return left;
    const right = this.blockOf(rightId);
    if (!right.ok) return right;
    const { chain } = left.value.opened;
    const comparison = chain.compare(left.value.block, right.value.block);
    return ok(comparisonJson(left.value.block, right.value.block, comparison));
  }

  inspectTransaction(runId: unknown, txIndex: unknown): ApiResult<TransactionInspection> {
    const run = this.runOf(runId);
    if (!run.ok) return run;
    const transactions = run.value.block.transactions;
    if (typeof txIndex !== 'number' || !Number.isInteger(txIndex) || txIndex < 0 || txIndex >= transactions) {
      const message = `The block has transactions 0 to ${transactions - 1}.`;
      return fail('run/no_such_transaction', message, { transactions });
    }
    return ok(inspectTransaction(this.modules, run.value, summaryOf(this.modules, run.value, txIndex)));
  }

  tableHistory(runId: unknown, name: unknown): ApiResult<TableHistory> {
    const run = this.runOf(runId);
    if (!run.ok) return run;
    const table = findTable(this.modules, name);
    if (table === undefined) {
      return fail('run/unknown_table', `There is no table “${shown(name)}”.`, { table: shown(name) });
    }
    const parent = this.blockOf(run.value.block.parentId);
    if (!parent.ok) return parent;
    const state = parent.value.opened.chain.stateAfter(parent.value.block);
    return ok(tableHistory(table, run.value.pending, state));
  }

  readView(blockId: unknown, moduleId: unknown, name: unknown): ApiResult<unknown> {
    const found = this.blockOf(blockId);
    if (!found.ok) return found;
    const views = typeof moduleId === 'string' ? this.modules.module(moduleId)?.views : undefined;
    const view = views?.find((candidate) => candidate.name === name);
    if (view === undefined) {
      return fail('view/unknown', `There is no view “${shown(name)}” of “${shown(moduleId)}”.`, {
        module: shown(moduleId),
        view: shown(name),
      });
    }
    const { opened, block } = found.value;
    return ok(view.read(createStateReader(opened.chain.stateAfter(block))));
  }

  readTable(blockId: unknown, name: unknown, from: unknown, count: unknown): ApiResult<TablePage> {
    const found = this.blockOf(blockId);
    if (!found.ok) return found;
    const { opened, block } = found.value;
    return tablePage(this.modules, opened.chain.stateAfter(block), name, from, count);
  }

  checkTransaction(given: unknown): ApiResult<{ readonly summary: string }> {
    const draft = readDraft(this.modules, given, this.opened?.chain.world.modules);
    if (!draft.ok) return draft;
    const { module, name, sender } = completeDraft(draft.value);
    const type = this.modules.transaction(module, name)?.type;
    return ok({ summary: `${module}.${name} by account ${sender}. ${type?.summary ?? ''}`.trim() });
  }

  checkInvariants(
    blockId: unknown,
  ): ApiResult<readonly { readonly name: string; readonly holds: boolean; readonly detail?: string }[]> {
    const found = this.blockOf(blockId);
    if (!found.ok) return found;
    const { opened, block } = found.value;
    const reader = createStateReader(opened.chain.stateAfter(block));
    return ok(
      opened.chain.world.modules.flatMap(({ id, invariants }) =>
        invariants.map((invariant) => {
          const detail = invariant.check(reader);
          const name = `${id}/${invariant.name}`;
          return detail === undefined ? { name, holds: true } : { name, holds: false, detail };
        }),
      ),
    );
  }

  /** Gives up what is being executed or made again; does nothing when nothing is. */
  cancel(): void {
    if (!this.working) return;
    this.cancelled = true;
    this.executors.cancel();
  }

  dispose(): void {
    this.cancel();
    this.executors.dispose();
    this.opened = undefined;
  }

  private async execute(
    opened: Opened,
    parent: ChainBlock,
    pending: OraclePending,
    execution: ExecutionSettings,
    loseWorker = false,
  ): Promise<UnplacedRun> {
    return this.cancellable(() =>
      executeBlock(this.modules, this.executors, opened.chain, parent, pending, execution, loseWorker),
    );
  }

  /** The blocks after an edited one, made again. */
  private async remakeAfter(
    { chain }: Opened,
    parent: ChainBlock,
    block: ChainBlock,
    first: OraclePending,
    notices: Notice[],
  ): Promise<LooseBlock[]> {
    const { tree } = chain;
    const currentHead = tree.block(tree.branch(tree.current.branch).headId);
    const onCurrent = tree.commonAncestor(currentHead, block).id === block.id;
    const end = onCurrent ? currentHead : tree.block(tree.branch(block.branch).headId);
    const dropped = (height: number, action: Action, code: string): void => {
      notices.push({
        code: 'history/action_dropped',
        message: `At block ${height}, “${action.kind}” no longer fits what came before (${code}) and was left out.`,
      });
    };
    return this.cancellable(async () => {
      const blocks: LooseBlock[] = [];
      for (const next of chain.prepareAfter(first, parent, tree.pathBetween(block, end), dropped)) {
        blocks.push(next);
        if (blocks.length % BLOCKS_A_BREATH === 0) await this.breathe();
        this.throwIfCancelled();
      }
      return blocks;
    });
  }

  /** Work that {@link cancel} can end: it then throws {@link Cancelled}. */
  async cancellable<T>(work: () => Promise<T>): Promise<T> {
    this.working = true;
    this.cancelled = false;
    try {
      return await work();
    } finally {
      this.working = false;
    }
  }

  throwIfCancelled(): void {
    if (this.cancelled) throw new Cancelled();
  }

  private finish(opened: Opened, block: ChainBlock, unplaced: UnplacedRun): BlockRun {
    const run: FinishedRun = { ...unplaced, block, runId: this.runs.newId() };
    opened.prepared.keep(block.id, run.pending);
    this.runs.keep(run);
    return projectRun(this.modules, run);
  }

  /** A block of the open chain by its id. */
  blockOf(blockId: unknown): ApiResult<{ readonly opened: Opened; readonly block: ChainBlock }> {
    const { opened } = this;
    if (opened === undefined) return NOT_STARTED;
    const block = typeof blockId === 'string' ? opened.chain.tree.find(blockId) : undefined;
    return block === undefined ? UNKNOWN_BLOCK(blockId) : ok({ opened, block });
  }

  private runOf(runId: unknown): ApiResult<FinishedRun> {
    if (this.opened === undefined) return NOT_STARTED;
    const run = typeof runId === 'number' ? this.runs.get(runId) : undefined;
    return run === undefined
      ? fail('run/unknown', 'That run is not kept any more.', { runId: shown(runId) })
      : ok(run);
  }
}

function genesisIsFixed(what: string) {
  return fail('history/genesis_is_fixed', `Block 0 cannot be ${what}: start a new chain instead.`);
}
