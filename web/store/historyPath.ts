import type { BlockNode, HistoryTree } from '../../engine/api/index.ts';

/** A block's parent among the blocks of the history; null for the first. */
export function parentOf(history: HistoryTree, blockId: string): BlockNode | null {
  const node = history.blocks.find((block) => block.blockId === blockId);
  return history.blocks.find((block) => block.blockId === node?.parentId && block.height > 0) ?? null;
}

/** The block after this one: on its own branch, else on the newest branch that continues it. */
export function childOf(history: HistoryTree, blockId: string): BlockNode | null {
  const children = history.blocks.filter((block) => block.parentId === blockId && block.blockId !== blockId);
  const node = history.blocks.find((block) => block.blockId === blockId);
  return children.find((child) => child.branch === node?.branch) ?? null;
}

/** The blocks from the first to this one, in order; genesis is not among them. */
export function pathTo(history: HistoryTree, blockId: string): readonly BlockNode[] {
  const byId = new Map(history.blocks.map((block) => [block.blockId, block]));
  const path: BlockNode[] = [];
  for (let node = byId.get(blockId); node !== undefined && node.height > 0; node = byId.get(node.parentId)) {
    path.unshift(node);
    if (path.length > history.blocks.length) break;
  }
  return path;
}
