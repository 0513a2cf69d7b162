import type { Block } from '../contract.ts';
import type { ChainState } from './chain.ts';

/**
 * Blocks that a replica accepted, from the last finalised one on: the ends of all branches, and where they begin. Chains are shared by all replicas, so where
 * there is no fork this is all there is to keep, and looking at it touches little memory.
 */
export interface Tree {
  root: ChainState;
  /** The block that came last. Nothing stands on it. */
  newest: ChainState;
  /** Others with nothing on them, in the order in which they came. Never changed, but replaced. */
  others: readonly ChainState[];
  highestSlot: number;
  highestId: number;
}

const NONE: readonly ChainState[] = Object.freeze([]);

export function plantTree(root: ChainState): Tree {
  return { root, newest: root, others: NONE, highestSlot: root.slot, highestId: root.block.id };
}

/** The ends of all branches, in the order in which they came. */
export function leavesOf({ others, newest }: Tree): readonly ChainState[] {
  return [...others, newest];
}

/** The chain up to a block in the tree, by its number and height. Takes O(1) for the last ones, else O(branches and blocks). */
export function findInTree(tree: Tree, id: number, height: number): ChainState | undefined {
  if (id > tree.highestId || height < tree.root.block.height) return undefined;
  const { others } = tree;
  let leaf = tree.newest;
  for (let i = others.length; ; ) {
    let at = leaf;
    while (at.block.height > height) at = at.parent!;
    if (at.block.id === id && at.block.height === height) return at;
    if (i === 0) return undefined;
    leaf = others[--i]!;
  }
}

/** Its parent stands in the tree, and it does not. */
export function addToTree(tree: Tree, chain: ChainState): void {
  const { newest, others } = tree;
  const { id, parent } = chain.block;
  if (newest.block.id !== parent) {
    tree.others = [...others.filter(({ block }) => block.id !== parent), newest];
  }
  tree.newest = chain;
  if (chain.slot > tree.highestSlot) tree.highestSlot = chain.slot;
  if (id > tree.highestId) tree.highestId = id;
}

/** All chains of the tree, each after its parent. Takes O(blocks). */
export function chainsIn(tree: Tree): ChainState[] {
  const { root } = tree;
  const seen = new Set([root.block.id]);
  const chains = [root];
  for (const leaf of leavesOf(tree)) {
    const branch: ChainState[] = [];
    let at = leaf;
    while (!seen.has(at.block.id)) {
      seen.add(at.block.id);
      branch.push(at);
      at = at.parent!;
    }
    for (let i = branch.length - 1; i >= 0; i--) chains.push(branch[i]!);
  }
  return chains;
}

/** Whether one block of the tree is another or above it. */
export function standsOn(chain: ChainState, ancestor: ChainState): boolean {
  let at = chain;
  while (at.block.height > ancestor.block.height) at = at.parent!;
  return at.block.id === ancestor.block.id;
}

/**
 * The head by hybrid LMD GHOST (“Combining GHOST and Casper”, algorithm 4.2): from the last justified checkpoint on, in each fork the branch with the most
 * stake in latest votes, of equals the one with the lower number; only along branches whose last block knows of that justification. `votes`: gwei
 * for each block itself, by its number. Takes O(blocks).
 */
export function headOf(
  tree: Tree,
  justified: number,
  votes: ReadonlyMap<number, number>,
  knows: (leaf: ChainState) => boolean,
): ChainState {
  const chains = chainsIn(tree);
  const sums = new Map(votes);
  const best = new Map<number, ChainState>();
  for (let i = chains.length - 1; i > 0; i--) {
    const chain = chains[i]!;
    const { id, parent } = chain.block;
    const sum = sums.get(id) ?? 0;
    sums.set(parent, (sums.get(parent) ?? 0) + sum);
    const isViable = best.has(id) || (isLeaf(tree, chain) && knows(chain));
    if (!isViable) continue;
    const rival = best.get(parent)?.block;
    if (rival === undefined || isBetter(sum, id, sums.get(rival.id) ?? 0, rival.id)) best.set(parent, chain);
  }
  let head = chains.find(({ block }) => block.id === justified) ?? tree.root;
  for (let next = best.get(head.block.id); next !== undefined; next = best.get(head.block.id)) head = next;
  return head;
}

function isLeaf({ newest, others }: Tree, { block }: ChainState): boolean {
  return block.id === newest.block.id || others.some((leaf) => leaf.block.id === block.id);
}

function isBetter(sum: number, id: number, rivalSum: number, rivalId: number): boolean {
  return sum > rivalSum || (sum === rivalSum && id < rivalId);
}

/** What is left when a block is final: it and what stands on it. Answers the blocks of other branches. */
export function pruneTree(tree: Tree, root: ChainState): readonly Block[] {
  const gone: Block[] = [];
  if (tree.others.length > 0) {
    const isLeft = (chain: ChainState): boolean =>
      chain.block.height >= root.block.height && standsOn(chain, root);
    for (const chain of chainsIn(tree)) {
      if (!isLeft(chain) && !standsOn(root, chain)) gone.push(chain.block);
    }
    const leaves = leavesOf(tree).filter(isLeft);
    tree.newest = leaves.pop() ?? root;
    tree.others = leaves.length === 0 ? NONE : leaves;
  }
  tree.root = root;
  return gone;
}
