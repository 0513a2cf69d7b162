import type { BlockNode, BranchInfo, HistoryTree } from '../../../engine/api/index.ts';

export interface BranchBlocks {
  readonly branch: BranchInfo;
  /** Newest first. */
  readonly blocks: readonly BlockNode[];
}

/** The blocks of each branch that has any, newest first. */
export function blocksByBranch(history: HistoryTree): readonly BranchBlocks[] {
  return history.branches
    .map((branch) => ({
      branch,
      blocks: history.blocks
        .filter((block) => block.branch === branch.id)
        .sort((a, b) => b.height - a.height),
    }))
    .filter(({ blocks }) => blocks.length > 0);
}

/**
 * What to compare at first: what was asked for; else the block on stage with the ghost's, with the
 * block of the same height on the branch it forked from, or with its parent.
 */
export function firstSides(
  history: HistoryTree,
  stage: { readonly blockId: string; readonly ghostBlockId?: string | undefined },
  asked: { readonly leftBlockId?: string; readonly rightBlockId?: string } = {},
): { readonly left: string; readonly right: string } | null {
  const byId = new Map(history.blocks.map((block) => [block.blockId, block]));
  const known = (blockId: string | undefined): BlockNode | undefined =>
    blockId === undefined ? undefined : byId.get(blockId);
  const right = known(asked.rightBlockId) ?? known(stage.blockId) ?? history.blocks.at(-1);
  if (right === undefined) return null;
  const parentBranch = history.branches.find((branch) => branch.id === right.branch)?.parentBranch;
  const twin = history.blocks.find((block) => block.branch === parentBranch && block.height === right.height);
  const left =
    known(asked.leftBlockId) ??
    [known(stage.ghostBlockId), twin, known(right.parentId)].find(
      (block) => block !== undefined && block.blockId !== right.blockId,
    ) ??
    history.blocks.find((block) => block.blockId !== right.blockId);
  return left === undefined ? null : { left: left.blockId, right: right.blockId };
}
