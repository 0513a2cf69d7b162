import type { Block } from '../contract.ts';
import type { ChainState } from './chain.ts';
import { type Checkpoint, sameCheckpoint } from './messages.ts';

interface TreeNode {
  readonly block: Block;
  readonly chain: ChainState;
  /** Place of the parent; −1 for the first. */
  readonly parent: number;
  children: number;
}

/** Blocks that a replica accepted, from the last finalised one on, each after its parent. By places, which change when it is pruned. */
export interface Tree {
  nodes: TreeNode[];
  /** Numbers of the blocks, which are looked for more often than anything else. */
  ids: number[];
  leaves: number;
  highestSlot: number;
}

export function plantTree(block: Block, chain: ChainState): Tree {
  return {
    nodes: [{ block, chain, parent: -1, children: 0 }],
    ids: [block.id],
    leaves: 1,
    highestSlot: block.round,
  };
}

/** Place of a block; −1: it is not in the tree. It is mostly among the last. */
export function placeOf({ ids }: Tree, id: number): number {
  return ids.lastIndexOf(id);
}

/** Answers its place. */
export function addToTree(tree: Tree, parent: number, block: Block, chain: ChainState): number {
  const { nodes, ids } = tree;
  nodes.push({ block, chain, parent, children: 0 });
  ids.push(block.id);
  if (nodes[parent]!.children++ > 0) tree.leaves++;
  if (block.round > tree.highestSlot) tree.highestSlot = block.round;
  return nodes.length - 1;
}

/**
 * The head by hybrid LMD GHOST (“Combining GHOST and Casper”, algorithm 4.2): from the last justified checkpoint on, in each fork the branch with the most
 * stake in latest votes, of equals the one with the lower number; only along branches whose last block knows of that justification. `votes`: gwei
 * for each place itself. Answers a place. Takes O(blocks).
 */
export function headOf({ nodes, ids }: Tree, justified: Checkpoint, votes: Float64Array): number {
  const root = Math.max(0, ids.lastIndexOf(justified.block));
  const sums = votes.slice();
  const best = new Int32Array(nodes.length).fill(-1);
  for (let place = nodes.length - 1; place > root; place--) {
    const { chain, parent, children } = nodes[place]!;
    sums[parent]! += sums[place]!;
    const isViable =
      children === 0 ? sameCheckpoint(chain.progress.epoch.justified, justified) : best[place]! >= 0;
    if (!isViable) continue;
    const rival = best[parent]!;
    if (rival < 0 || isBetter(sums[place]!, ids[place]!, sums[rival]!, ids[rival]!)) best[parent] = place;
  }
  let head = root;
  while (best[head]! >= 0) head = best[head]!;
  return head;
}

function isBetter(sum: number, id: number, rivalSum: number, rivalId: number): boolean {
  return sum > rivalSum || (sum === rivalSum && id < rivalId);
}

/** Whether one place is another or above it. */
export function standsOn({ nodes }: Tree, place: number, ancestor: number): boolean {
  let at = place;
  while (at > ancestor) at = nodes[at]!.parent;
  return at === ancestor;
}

/** What is left when a block is final: it and what stands on it. Answers the blocks that are gone. */
export function pruneTree(tree: Tree, root: number): readonly Block[] {
  const { nodes } = tree;
  const moved = new Int32Array(nodes.length).fill(-1);
  const kept = plantTree(nodes[root]!.block, nodes[root]!.chain);
  const gone: Block[] = [];
  moved[root] = 0;
  for (let place = 0; place < nodes.length; place++) {
    const { block, chain, parent } = nodes[place]!;
    if (place === root) continue;
    const stays = place > root && moved[parent]! >= 0;
    if (stays) moved[place] = addToTree(kept, moved[parent]!, block, chain);
    else gone.push(block);
  }
  Object.assign(tree, kept);
  return gone;
}
