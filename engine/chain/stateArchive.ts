import { assert } from '../base/assert.ts';
import type { CommittedState, StateChange } from '../storage/contract.ts';
import type { BlockTree, ChainBlock } from './blockTree.ts';
import type { ChainParts, WritableState } from './contract.ts';
import { unpackChanges } from './packedChanges.ts';

/** A snapshot is kept every so many blocks. */
export const SNAPSHOT_EVERY = 32;
/** Entries that all snapshots hold together; beyond that the oldest go, genesis last. */
const MAX_SNAPSHOT_ENTRIES = 2_000_000;

/**
 * The state after any block: from the state at hand, walked back and forth along the tree, or from the
 * nearest snapshot when that is closer. One state is at hand at a time; it stands still until the next call.
 */
export class StateArchive {
  private atHand: WritableState;
  private atBlock: ChainBlock;
  private readonly tree: BlockTree;
  private readonly copyState: ChainParts['copyState'];
  private readonly snapshots = new Map<string, WritableState>();

  constructor(tree: BlockTree, copyState: ChainParts['copyState'], genesis: WritableState) {
    this.tree = tree;
    this.copyState = copyState;
    this.atBlock = tree.current;
    this.atHand = genesis;
    this.snapshots.set(this.atBlock.id, copyState(genesis));
  }

  /** The state after a block; valid until the archive is asked again. */
  at(block: ChainBlock): CommittedState {
    const fork = this.tree.commonAncestor(this.atBlock, block);
    const walk = this.atBlock.height - fork.height + block.height - fork.height;
    const snapshot = this.nearestSnapshot(block);
    if (block.height - snapshot.height + SNAPSHOT_EVERY < walk) {
      const state = this.snapshots.get(snapshot.id);
      assert(state !== undefined, 'the snapshot is kept', { block: snapshot.id });
      this.atHand = this.copyState(state);
      this.atBlock = snapshot;
      this.forward(block);
    } else {
      while (this.atBlock.id !== fork.id) {
        this.atHand.apply(unpackChanges(this.atBlock.changes), true);
        this.atBlock = this.tree.block(this.atBlock.parentId);
      }
      this.forward(block);
    }
    return this.atHand;
  }

  /** A copy of the state after a block, the caller's own. */
  copyAt(block: ChainBlock): WritableState {
    this.at(block);
    return this.copyState(this.atHand);
  }

  /** Moves on to a block that was just made after the one before it; `changes` are its own when they are at hand. */
  follow(block: ChainBlock, changes?: readonly StateChange[]): void {
    if (changes !== undefined && this.atBlock.id === block.parentId) {
      this.atHand.apply(changes);
      this.atBlock = block;
    } else {
      this.at(block);
    }
    if (block.height % SNAPSHOT_EVERY === 0) this.keepSnapshot(block);
  }

  /** Leaves a block that is about to be taken out of the tree. */
  leave(blocks: readonly ChainBlock[], refuge: ChainBlock): void {
    if (blocks.some(({ id }) => id === this.atBlock.id)) this.at(refuge);
    for (const { id } of blocks) this.snapshots.delete(id);
  }

  private forward(block: ChainBlock): void {
    for (const next of this.tree.pathBetween(this.atBlock, block)) {
      this.atHand.apply(unpackChanges(next.changes));
      this.atBlock = next;
    }
  }

  private nearestSnapshot(block: ChainBlock): ChainBlock {
    let candidate = block;
    while (!this.snapshots.has(candidate.id)) candidate = this.tree.block(candidate.parentId);
    return candidate;
  }

  private keepSnapshot(block: ChainBlock): void {
    this.snapshots.set(block.id, this.copyState(this.atHand));
    let entries = 0;
    for (const { size } of this.snapshots.values()) entries += size;
    for (const [id, { size }] of this.snapshots) {
      if (entries <= MAX_SNAPSHOT_ENTRIES) return;
      if (id === block.id || this.tree.block(id).height === 0) continue;
      this.snapshots.delete(id);
      entries -= size;
    }
  }
}
