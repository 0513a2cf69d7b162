import { bulkHash } from '../../base/bulkHash.ts';
import type { EntryArena } from './entryArena.ts';
import { LEAF, type Nodes, SLOT_BYTES } from './nodes.ts';

/** What opens the 64 bytes of a leaf and those of an inner node. */
export const LEAF_TAG = 0;
export const INNER_TAG = 1;

/** Nodes hashed in one call. */
const BATCH = 256;

/**
 * Makes the hashes below `top` that are out of date, from the leaves upwards, many in one call. With T(x) = SHA-256(x) without its first
 * byte, a leaf's is T(0 ‖ path ‖ 0 ‖ T(value)) and an inner node's T(1 ‖ left ‖ depth ‖ right): 64 bytes each, which hash fastest. The
 * depth of a node, the bit in which its halves differ, is committed to since the bits above it that all its leaves share have no nodes.
 */
export function refreshHashes(nodes: Nodes, arena: EntryArena, top: number): void {
  const leaves: number[] = [];
  const levels: number[][] = [];
  collect(nodes, top, leaves, levels);
  hashInBatches(leaves, nodes, (leaf, input, inputBytes, at) => {
    nodes.copyPath(leaf, input, at / 4);
    inputBytes[at] = LEAF_TAG;
    inputBytes.set(bulkHash().sha256(arena.valueAt(nodes.entryOf(leaf))), at + SLOT_BYTES);
    inputBytes[at + SLOT_BYTES] = 0;
  });
  for (const level of levels) {
    hashInBatches(level, nodes, (node, input, inputBytes, at) => {
      nodes.copyHash(nodes.child(node, 0), input, at / 4);
      nodes.copyHash(nodes.child(node, 1), input, (at + SLOT_BYTES) / 4);
      inputBytes[at] = INNER_TAG;
      inputBytes[at + SLOT_BYTES] = nodes.depthOf(node);
    });
  }
}

/** Finds what is out of date below a reference; inner nodes by height, so that a level needs only those before it. Answers its height. */
function collect(nodes: Nodes, reference: number, leaves: number[], levels: number[][]): number {
  if (!nodes.isStale(reference)) return 0;
  if (reference >= LEAF) {
    leaves.push(reference);
    return 0;
  }
  const left = collect(nodes, nodes.child(reference, 0), leaves, levels);
  const right = collect(nodes, nodes.child(reference, 1), leaves, levels);
  const height = Math.max(left, right);
  const level = levels[height];
  if (level === undefined) levels[height] = [reference];
  else level.push(reference);
  return height + 1;
}

type Fill = (reference: number, input: Uint32Array, inputBytes: Uint8Array, at: number) => void;

const input = new Uint32Array(BATCH * 16);
const inputBytes = new Uint8Array(input.buffer);
const output = new Uint32Array(BATCH * 8);
const outputBytes = new Uint8Array(output.buffer);

function hashInBatches(references: readonly number[], nodes: Nodes, fill: Fill): void {
  const hash = bulkHash();
  for (let from = 0; from < references.length; from += BATCH) {
    const count = Math.min(BATCH, references.length - from);
    for (let i = 0; i < count; i++) fill(references[from + i]!, input, inputBytes, 64 * i);
    hash.hash64s(inputBytes.subarray(0, 64 * count), outputBytes.subarray(0, 32 * count));
    for (let i = 0; i < count; i++) nodes.setHash(references[from + i]!, output, 8 * i);
  }
}
