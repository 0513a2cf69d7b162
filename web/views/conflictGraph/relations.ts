import type { BlockRun, GraphColumns } from '../../../engine/api/index.ts';

/** What there is to light up: a transaction, a key, or the two ends of an abort. */
export interface Focus {
  readonly tx: number | null;
  readonly key: number | null;
  readonly hoverTx: number | null;
  readonly hoverKey: number | null;
  readonly writerTx: number | null;
}

/** How a transaction stands out; the numbers grow with its importance. */
export const EMPHASIS = { none: 0, faded: 1, lit: 2, hovered: 3, writer: 4, selected: 5 } as const;
export const EMPHASIS_NAMES = ['none', 'faded', 'lit', 'hovered', 'writer', 'selected'] as const;

/** The modules of a block in a stable order, and each transaction's place in it: its lane. */
export function lanesOf(run: BlockRun): { readonly modules: readonly string[]; readonly lane: Uint8Array } {
  const modules = [...new Set(run.transactions.map((transaction) => transaction.module))].sort();
  const lane = Uint8Array.from(run.transactions, (transaction) => modules.indexOf(transaction.module));
  return { modules, lane };
}

/** Steps of the critical path by transaction: 1 for its first, 0 for those that are not on it. */
export function criticalRanks(graph: GraphColumns, transactions: number): Int32Array {
  const ranks = new Int32Array(transactions);
  graph.criticalPath.forEach((tx, i) => {
    ranks[tx] = i + 1;
  });
  return ranks;
}

/** Edges that belong to what is pointed at or selected: of its key, or of its transaction. */
export function litEdges(graph: GraphColumns, focus: Focus): number[] {
  const key = focus.hoverKey ?? (focus.hoverTx === null ? focus.key : null);
  const tx = focus.hoverTx ?? (key === null ? focus.tx : null);
  const edges: number[] = [];
  if (key === null && tx === null) return edges;
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const touches = key !== null ? graph.key[edge] === key : graph.from[edge] === tx || graph.to[edge] === tx;
    if (touches) edges.push(edge);
  }
  return edges;
}

/** How each transaction stands out under the focus. A lit key fades all that do not touch it. */
export function emphasisOf(
  graph: GraphColumns,
  focus: Focus,
  lit: readonly number[],
  into: Uint8Array,
): void {
  const byKey =
    focus.hoverKey !== null || (focus.hoverTx === null && focus.key !== null && focus.writerTx === null);
  into.fill(byKey && lit.length > 0 ? EMPHASIS.faded : EMPHASIS.none);
  for (const edge of lit) {
    into[graph.from[edge]!] = EMPHASIS.lit;
    into[graph.to[edge]!] = EMPHASIS.lit;
  }
  const mark = (tx: number | null, emphasis: number): void => {
    if (tx !== null && tx >= 0 && tx < into.length) into[tx] = emphasis;
  };
  mark(focus.hoverTx, EMPHASIS.hovered);
  mark(focus.writerTx, EMPHASIS.writer);
  mark(focus.tx, EMPHASIS.selected);
}
