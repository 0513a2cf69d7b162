import type { BlockTree, ChainBlock } from '../../chain/blockTree.ts';

/** The branch that the last edit made, while an edit that follows may take its place. */
export interface ReplaceableEdit {
  readonly branch: string;
  readonly height: number;
  readonly headId: string;
}

/**
 * The branch that an edit at `block` replaces when it is to be one change with the last: made by the last
 * edit at this height after the same parent, and nothing was built on it since.
 */
export function replacedBranch(
  tree: BlockTree,
  last: ReplaceableEdit | undefined,
  block: ChainBlock,
): string | undefined {
  if (last === undefined || last.height !== block.height || !tree.hasBranch(last.branch)) return undefined;
  const { headId } = tree.branch(last.branch);
  const made = tree.blockAt(last.branch, last.height);
  const untouched = headId === last.headId && tree.isLeaf(last.branch);
  return untouched && made?.parentId === block.parentId ? last.branch : undefined;
}
