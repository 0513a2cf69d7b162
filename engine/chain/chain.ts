import type { Action, GenesisSettings, TrafficSettings } from '../api/settings.ts';
import { assert } from '../base/assert.ts';
import { toHex } from '../base/bytes.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { BlockOutcome } from '../execution/outcome.ts';
import type { CommittedState, StateChange } from '../storage/contract.ts';
import { RECEIPT_STATUS } from '../types/receipt.ts';
import { type BlockComparison, compareBlocks } from './comparison.ts';
import { BlockTree, type ChainBlock, type LooseBlock } from './blockTree.ts';
import { buildBlock, type BuiltBlock, type Candidate, type ChainWorld } from './blockBuilder.ts';
import type { ChainParts } from './contract.ts';
import { chainDigest } from './digest.ts';
import { createGenesis, createGivenGenesis } from './genesis.ts';
import type { GivenBlock } from './givenBlock.ts';
import type { LaneCondition } from './laneHealth.ts';
import { closeMarket, isWaiting, type MarketRecord } from './market.ts';
import { packChanges } from './packedChanges.ts';
import { NO_ORDER, type PackedOrder, packOrder } from './packedOrder.ts';
import { StateArchive } from './stateArchive.ts';
import { createStateReader } from './stateReader.ts';

/** A block that is built and executed by the oracle, and not yet in the tree. */
export interface PendingBlock<O extends BlockOutcome> {
  readonly parentDigest: string;
  readonly actions: readonly Action[];
  readonly built: BuiltBlock;
  readonly outcome: O;
  readonly digest: Uint8Array;
  readonly order: PackedOrder;
}

/** What the next block starts from, wherever it stands. */
interface Parent {
  readonly height: number;
  readonly traffic: TrafficSettings;
  readonly cut: readonly Candidate[];
  readonly digest: Uint8Array;
  readonly health: readonly LaneCondition[];
  readonly held: readonly Candidate[];
  readonly market?: MarketRecord;
}

/** One chain with all its branches. Blocks are prepared first and put into the tree when all went well. */
export class Chain<O extends BlockOutcome> {
  readonly tree: BlockTree;
  readonly world: ChainWorld;
  private readonly parts: ChainParts<O>;
  private readonly archive: StateArchive;
  private readonly replay: ChainParts['execute'];

  /** With `given`, genesis and block 1 are what that says, and of the settings only the traffic's work counts. */
  constructor(parts: ChainParts<O>, settings: GenesisSettings, traffic: TrafficSettings, given?: GivenBlock) {
    const { world, state, outcome, digest } =
      given === undefined ? createGenesis(parts, settings) : createGivenGenesis(parts, settings.seed, given);
    this.parts = parts;
    this.replay = parts.replay ?? parts.execute;
    this.world = world;
    this.tree = new BlockTree({
      height: 0,
      actions: [],
      traffic,
      cut: [],
      health: [],
      held: [],
      transactions: outcome.count,
      reverted: 0,
      digest,
      changes: packChanges(outcome.changes),
      order: NO_ORDER,
    });
    this.archive = new StateArchive(this.tree, parts.copyState, state);
  }

  /** The state after a block; valid until a state is asked for again or a block is added. */
  stateAfter(block: ChainBlock): CommittedState {
    return this.archive.at(block);
  }

  /** Builds and executes the block after `parent`. The tree stays as it is. */
  prepare(parent: ChainBlock, actions: readonly Action[]): Result<PendingBlock<O>> {
    return this.build(this.parts.execute, parent, this.archive.at(parent), actions);
  }

  /**
   * Builds and executes the block after `parent` and puts it into the tree at once, for chains that are made
   * again: nothing is recorded but what the tree keeps. When it fails the tree stays as it is.
   */
  extend(parent: ChainBlock, actions: readonly Action[]): Result<ChainBlock> {
    const pending = this.build(this.replay, parent, this.archive.at(parent), actions);
    return pending.ok ? ok(this.append(parent, pending.value, '')) : pending;
  }

  /** A block of the tree once more as it was when it was made; its digest proves it. */
  remake(block: ChainBlock): PendingBlock<O> {
    const again = this.prepare(this.tree.block(block.parentId), block.actions);
    assert(again.ok, 'a recorded block can be built again', { block: block.id });
    assert(toHex(again.value.digest) === toHex(block.digest), 'a block is remade the same', {
      block: block.id,
    });
    return again.value;
  }

  /**
   * Blocks after a pending one, each from its recorded actions. An action that no longer fits
   * what came before it is left out and named to `dropped`. One block a step, so that the caller may
   * breathe; of each only what the tree keeps, since they may be many.
   */
  *prepareAfter(
    first: PendingBlock<BlockOutcome>,
    parent: ChainBlock,
    recorded: readonly ChainBlock[],
    dropped: (height: number, action: Action, code: string) => void,
  ): Generator<LooseBlock> {
    const state = this.archive.copyAt(parent);
    let before = loosen(first);
    state.apply(first.outcome.changes);
    for (const { actions, height } of recorded) {
      let next = this.build(this.replay, before, state, actions);
      if (!next.ok) {
        const kept: Action[] = [];
        next = this.build(this.replay, before, state, kept);
        for (const action of actions) {
          const tried = this.build(this.replay, before, state, [...kept, action]);
          if (tried.ok) {
            kept.push(action);
            next = tried;
          } else {
            dropped(height, action, tried.error.code);
          }
        }
      }
      assert(next.ok, 'a block without actions can be built', { height });
      state.apply(next.value.outcome.changes);
      before = loosen(next.value);
      yield before;
    }
  }

  /** Puts a block after `parent`: on its branch when it is the head, else on a new branch. */
  append(parent: ChainBlock, pending: PendingBlock<BlockOutcome>, label: string): ChainBlock {
    const branch = this.tree.isHead(parent) ? parent.branch : this.tree.openBranch(parent, label).id;
    return this.add(branch, loosen(pending), pending.outcome.changes);
  }

  /**
   * Puts an edited block and those made again `after` it behind `parent`, on a branch of their own, and
   * answers the edited one; the current block is the last. With `instead`, they take the place and
   * the name of that branch.
   */
  appendBranch(
    parent: ChainBlock,
    edited: PendingBlock<BlockOutcome>,
    after: readonly LooseBlock[],
    label: string,
    instead?: string,
  ): ChainBlock {
    if (instead !== undefined) {
      const leaving = this.tree.blocks().filter(({ branch }) => branch === instead);
      this.archive.leave(leaving, parent);
      this.tree.dropBranch(instead);
    }
    const branch = this.tree.openBranch(parent, label, instead);
    const block = this.add(branch.id, loosen(edited));
    for (const loose of after) this.add(branch.id, loose);
    return block;
  }

  compare(left: ChainBlock, right: ChainBlock): BlockComparison {
    return compareBlocks(this.parts.modules, this.tree, left, right);
  }

  private add(branch: string, loose: LooseBlock, changes?: readonly StateChange[]): ChainBlock {
    const block = this.tree.append(branch, loose);
    this.archive.follow(block, changes);
    this.tree.currentId = block.id;
    return block;
  }

  private build<R extends BlockOutcome>(
    execute: ChainParts<R>['execute'],
    parent: Parent,
    state: CommittedState,
    actions: readonly Action[],
  ): Result<PendingBlock<R>> {
    const { parts, world } = this;
    const { traffic, cut, health, held, market } = parent;
    const start = {
      height: parent.height + 1,
      state,
      traffic,
      carried: cut,
      health,
      held,
      ...(market === undefined ? {} : { market }),
    };
    const built = buildBlock(parts, world, start, actions);
    if (!built.ok) return built;
    const { header, transactions } = built.value;
    const outcome = execute(state, header, transactions);
    if (world.given !== undefined && outcome.count < transactions.length) {
      const message =
        'With so much declared work the block needs more gas than a block may use: lower the work per transaction.';
      return fail('import/too_much_work', message, { transactions: transactions.length, fit: outcome.count });
    }
    const digest = chainDigest(parts.modules, parent.digest, outcome);
    const reader = createStateReader(state);
    const order = packOrder(parts.modules, world.rules.mode, reader, transactions, outcome.receipts);
    return ok({ parentDigest: toHex(parent.digest), actions, built: built.value, outcome, digest, order });
  }
}

function loosen({ actions, built, outcome, digest, order }: PendingBlock<BlockOutcome>): LooseBlock {
  const { candidates, health, held, market, transactions } = built;
  const cut = candidates.slice(outcome.count);
  return {
    health,
    held,
    height: built.header.height,
    actions,
    traffic: built.traffic,
    cut: market === undefined ? cut : cut.filter((candidate) => !isWaiting(candidate)),
    ...(market === undefined ? {} : { market: closeMarket(market, transactions, candidates, outcome) }),
    transactions: outcome.count,
    reverted: outcome.receipts.filter(({ status }) => status !== RECEIPT_STATUS.success).length,
    digest,
    changes: packChanges(outcome.changes),
    order,
  };
}
