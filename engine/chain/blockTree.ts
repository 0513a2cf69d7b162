import type { Action, TrafficSettings } from '../api/settings.ts';
import { assert } from '../base/assert.ts';
import { toHex } from '../base/bytes.ts';
import type { Candidate } from './blockBuilder.ts';
import type { LaneCondition } from './laneHealth.ts';
import type { MarketRecord } from './market.ts';
import type { PackedChanges } from './packedChanges.ts';
import type { PackedOrder } from './packedOrder.ts';

/** A block that is made and never changes. */
export interface ChainBlock {
  /** `branch:height:digest` with the first eight digits of the digest. */
  readonly id: string;
  /** Empty for genesis. */
  readonly parentId: string;
  readonly branch: string;
  readonly height: number;
  /** What was asked for in this block. */
  readonly actions: readonly Action[];
  /** In effect in this block, and after it until something else is said. */
  readonly traffic: TrafficSettings;
  /** What the gas limit cut; it opens the next block. */
  readonly cut: readonly Candidate[];
  /** Lanes that are not simply running after the block. */
  readonly health: readonly LaneCondition[];
  /** Who waits for a module that stands still, on chains without a mempool. */
  readonly held: readonly Candidate[];
  /** Prices, and who waits for a later block, on chains with a mempool. */
  readonly market?: MarketRecord;
  /** Transactions in the block, and those of them that did not succeed. */
  readonly transactions: number;
  readonly reverted: number;
  readonly digest: Uint8Array;
  readonly changes: PackedChanges;
  /** Its transactions as roots commit to their order. */
  readonly order: PackedOrder;
}

/** A block before it has a place in the tree. */
export type LooseBlock = Omit<ChainBlock, 'id' | 'parentId' | 'branch'>;

export interface Branch {
  readonly id: string;
  readonly label: string;
  /** Height of the last block it shares with its parent branch. */
  readonly forkHeight: number;
  readonly parentBranch: string | null;
  readonly headId: string;
}

export const MAIN_BRANCH = 'main';

/** Blocks and branches, addressed by (branch, height) or by id: which block follows which. */
export class BlockTree {
  readonly genesis: ChainBlock;
  currentId: string;
  private readonly blocksById = new Map<string, ChainBlock>();
  private readonly branchesById = new Map<string, Branch>();
  private nextBranch = 1;

  constructor(genesis: LooseBlock) {
    const block = place(genesis, MAIN_BRANCH, '');
    this.blocksById.set(block.id, block);
    this.branchesById.set(MAIN_BRANCH, {
      id: MAIN_BRANCH,
      label: MAIN_BRANCH,
      forkHeight: 0,
      parentBranch: null,
      headId: block.id,
    });
    this.genesis = block;
    this.currentId = block.id;
  }

  get current(): ChainBlock {
    return this.block(this.currentId);
  }

  find(blockId: string): ChainBlock | undefined {
    return this.blocksById.get(blockId);
  }

  block(blockId: string): ChainBlock {
    const block = this.blocksById.get(blockId);
    assert(block !== undefined, 'the block is known', { blockId });
    return block;
  }

  branch(id: string): Branch {
    const branch = this.branchesById.get(id);
    assert(branch !== undefined, 'the branch is known', { id });
    return branch;
  }

  hasBranch(id: string): boolean {
    return this.branchesById.has(id);
  }

  /** In the order in which they were made. */
  branches(): Branch[] {
    return [...this.branchesById.values()];
  }

  blocks(): ChainBlock[] {
    return [...this.blocksById.values()];
  }

  isHead(block: ChainBlock): boolean {
    return this.branch(block.branch).headId === block.id;
  }

  /** The block of a branch at a height, on the branches it grew from where it has none itself. */
  blockAt(branchId: string, height: number): ChainBlock | undefined {
    let block = this.find(this.branch(branchId).headId);
    while (block !== undefined && block.height > height) block = this.find(block.parentId);
    return block?.height === height ? block : undefined;
  }

  /** The blocks after `from` up to `to`, which descends from it, in order. */
  pathBetween(from: ChainBlock, to: ChainBlock): ChainBlock[] {
    const path: ChainBlock[] = [];
    for (let block = to; block.id !== from.id; block = this.block(block.parentId)) path.push(block);
    return path.reverse();
  }

  commonAncestor(a: ChainBlock, b: ChainBlock): ChainBlock {
    let left = a;
    let right = b;
    while (left.id !== right.id) {
      if (left.height >= right.height) left = this.block(left.parentId);
      else right = this.block(right.parentId);
    }
    return left;
  }

  /** Opens a branch after `parent`; it has no blocks yet. With `id`, in the place of one that is gone. */
  openBranch(parent: ChainBlock, label: string, id = `branch-${this.nextBranch++}`): Branch {
    const branch: Branch = {
      id,
      label,
      forkHeight: parent.height,
      parentBranch: parent.branch,
      headId: parent.id,
    };
    this.branchesById.set(id, branch);
    return branch;
  }

  /** Puts a block after the branch's head. */
  append(branchId: string, loose: LooseBlock): ChainBlock {
    const branch = this.branch(branchId);
    const head = this.block(branch.headId);
    assert(loose.height === head.height + 1, 'a block follows its parent', { height: loose.height });
    const block = place(loose, branchId, head.id);
    this.blocksById.set(block.id, block);
    this.branchesById.set(branchId, { ...branch, headId: block.id });
    return block;
  }

  /** Whether a branch's blocks are followed by blocks of its own only. */
  isLeaf(branchId: string): boolean {
    return !this.branches().some(({ id, parentBranch }) => id !== branchId && parentBranch === branchId);
  }

  /** Takes a branch and its blocks away; answers the blocks. It must be a leaf. */
  dropBranch(branchId: string): ChainBlock[] {
    assert(branchId !== MAIN_BRANCH && this.isLeaf(branchId), 'only a leaf is dropped', { branchId });
    const dropped = this.blocks().filter(({ branch }) => branch === branchId);
    for (const { id } of dropped) this.blocksById.delete(id);
    this.branchesById.delete(branchId);
    return dropped;
  }
}

function place(loose: LooseBlock, branch: string, parentId: string): ChainBlock {
  return { ...loose, id: `${branch}:${loose.height}:${toHex(loose.digest).slice(0, 8)}`, parentId, branch };
}
