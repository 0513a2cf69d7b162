import type { BlockNode, HistoryTree } from '../../api/index.ts';
import { toHex } from '../../base/bytes.ts';
import { type BlockTree, type ChainBlock, MAIN_BRANCH } from '../../chain/blockTree.ts';

export const EMPTY_HISTORY: HistoryTree = {
  branches: [],
  blocks: [],
  current: { branch: MAIN_BRANCH, blockId: '', height: 0 },
};

/** The tree in the words of the door. */
export function historyTree(tree: BlockTree): HistoryTree {
  const { current } = tree;
  return {
    branches: tree.branches().map((branch) => ({ ...branch, headHeight: tree.block(branch.headId).height })),
    blocks: tree.blocks().map(blockNode),
    current: { branch: current.branch, blockId: current.id, height: current.height },
  };
}

/** What was said of a block before: the tree is asked for after each block, and blocks never change. */
const nodes = new WeakMap<ChainBlock, BlockNode>();

function blockNode(block: ChainBlock): BlockNode {
  let node = nodes.get(block);
  if (node === undefined) {
    node = describe(block);
    nodes.set(block, node);
  }
  return node;
}

function describe(block: ChainBlock): BlockNode {
  const { id, parentId, branch, height, transactions, reverted, digest, actions } = block;
  return { blockId: id, parentId, branch, height, transactions, reverted, digest: toHex(digest), actions };
}
