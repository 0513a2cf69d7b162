import type { BlockNode, HistoryTree, TraceColumns } from '../../../engine/api/index.ts';
import { SPAN } from '../../lib/trace.ts';

export const CELL_WIDTH = 30;
export const ROW_HEIGHT = 22;

/** A block's place in the picture of the tree. */
export interface Cell {
  readonly node: BlockNode;
  readonly column: number;
  readonly row: number;
  /** Row of the parent, for the line to it, or null for the first. */
  readonly parentRow: number | null;
}

export interface TreeLayout {
  readonly cells: readonly Cell[];
  readonly rows: readonly { readonly branch: string; readonly label: string }[];
  readonly columns: number;
}

/** One row a branch in the order they were made, one column a height from 1. Genesis is not drawn. */
export function layOutTree(history: HistoryTree): TreeLayout {
  const used = new Set(history.blocks.filter((block) => block.height > 0).map((block) => block.branch));
  const rows = history.branches.filter((branch) => used.has(branch.id));
  const rowOf = new Map(rows.map((branch, row) => [branch.id, row]));
  const branchOf = new Map(history.blocks.map((block) => [block.blockId, block]));
  const cells: Cell[] = [];
  let columns = 0;
  for (const node of history.blocks) {
    const row = rowOf.get(node.branch);
    if (node.height < 1 || row === undefined) continue;
    const parent = branchOf.get(node.parentId);
    const parentRow = parent === undefined || parent.height < 1 ? null : (rowOf.get(parent.branch) ?? null);
    cells.push({ node, column: node.height - 1, row, parentRow });
    columns = Math.max(columns, node.height);
  }
  return { cells, rows: rows.map(({ id, label }) => ({ branch: id, label })), columns };
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The cell one goes to from a block by an arrow key; null at the edge. Up and down keep the height if they can. */
export function neighbour(layout: TreeLayout, blockId: string, direction: Direction): Cell | null {
  const from = layout.cells.find((cell) => cell.node.blockId === blockId);
  if (from === undefined) return layout.cells.at(-1) ?? null;
  if (direction === 'left')
    return layout.cells.find((cell) => cell.node.blockId === from.node.parentId) ?? null;
  if (direction === 'right') {
    const children = layout.cells.filter((cell) => cell.node.parentId === blockId);
    return children.find((cell) => cell.row === from.row) ?? children.at(-1) ?? null;
  }
  const step = direction === 'up' ? -1 : 1;
  for (let row = from.row + step; row >= 0 && row < layout.rows.length; row += step) {
    const inRow = layout.cells.filter((cell) => cell.row === row);
    const nearest = inRow.reduce<Cell | null>(
      (best, cell) =>
        best === null || Math.abs(cell.column - from.column) < Math.abs(best.column - from.column)
          ? cell
          : best,
      null,
    );
    if (nearest !== null) return nearest;
  }
  return null;
}

/** The cell under a point of the picture, or null. */
export function cellAt(layout: TreeLayout, x: number, y: number): Cell | null {
  const column = Math.floor(x / CELL_WIDTH);
  const row = Math.floor(y / ROW_HEIGHT);
  return layout.cells.find((cell) => cell.column === column && cell.row === row) ?? null;
}

/** What went on inside a block, in equal slices of its time: aborts, and the share committed at each slice's end. */
export interface BlockProfile {
  readonly aborts: Uint32Array;
  readonly committed: Float64Array;
  readonly mostAborts: number;
}

export function profile(
  trace: TraceColumns,
  durationUs: number,
  transactions: number,
  slices: number,
): BlockProfile {
  const aborts = new Uint32Array(slices);
  const committed = new Float64Array(slices);
  if (!(durationUs > 0) || slices === 0) return { aborts, committed, mostAborts: 0 };
  for (let i = 0; i < trace.count; i++) {
    const slice = Math.min(slices - 1, Math.max(0, Math.floor((trace.endUs[i]! / durationUs) * slices)));
    if (trace.kind[i] === SPAN.abort) aborts[slice]!++;
    else if (trace.kind[i] === SPAN.commit) committed[slice]!++;
  }
  let done = 0;
  let mostAborts = 0;
  for (let slice = 0; slice < slices; slice++) {
    done += committed[slice]!;
    committed[slice] = transactions === 0 ? 0 : done / transactions;
    mostAborts = Math.max(mostAborts, aborts[slice]!);
  }
  return { aborts, committed, mostAborts };
}
