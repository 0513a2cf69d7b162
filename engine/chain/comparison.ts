import { inCanonicalOrder } from './canonicalOrder.ts';
import type { ModuleSet, Table } from '../moduleSdk/index.ts';
import type { BlockTree, ChainBlock } from './blockTree.ts';
import { unpackChanges } from './packedChanges.ts';

/** A key that two blocks' states do not agree on; null where it is absent. */
export interface Difference {
  readonly table: Table;
  readonly key: Uint32Array;
  readonly left: Uint32Array | null;
  readonly right: Uint32Array | null;
}

export interface BlockComparison {
  /** The last block that both have in their past. */
  readonly fork: ChainBlock;
  /** In canonical key order. */
  readonly differences: readonly Difference[];
}

interface Touched {
  readonly key: Uint32Array;
  /** What the key held at the fork. */
  readonly before: Uint32Array | null;
  after: Uint32Array | null;
}

/** In what the states after two blocks differ. Takes the changes since they parted, not the states. */
export function compareBlocks(
  modules: ModuleSet,
  tree: BlockTree,
  left: ChainBlock,
  right: ChainBlock,
): BlockComparison {
  const fork = tree.commonAncestor(left, right);
  const onLeft = changesSince(tree, fork, left);
  const onRight = changesSince(tree, fork, right);
  const differences: { key: Uint32Array; left: Uint32Array | null; right: Uint32Array | null }[] = [];
  for (const identity of new Set([...onLeft.keys(), ...onRight.keys()])) {
    const a = onLeft.get(identity);
    const b = onRight.get(identity);
    const { key, before } = (a ?? b)!;
    const values = { left: a ? a.after : before, right: b ? b.after : before };
    if (!sameWords(values.left, values.right)) differences.push({ key, ...values });
  }
  return {
    fork,
    differences: inCanonicalOrder(differences, modules.tableById).flatMap(({ table, entries }) =>
      entries.map((entry) => ({ table, ...entry })),
    ),
  };
}

function changesSince(tree: BlockTree, from: ChainBlock, to: ChainBlock): Map<string, Touched> {
  const touched = new Map<string, Touched>();
  for (const block of tree.pathBetween(from, to)) {
    for (const { identity, key, before, after } of unpackChanges(block.changes)) {
      const known = touched.get(identity);
      if (known !== undefined) known.after = after;
      else touched.set(identity, { key, before, after });
    }
  }
  return touched;
}

function sameWords(a: Uint32Array | null, b: Uint32Array | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((word, i) => word === b[i]);
}
