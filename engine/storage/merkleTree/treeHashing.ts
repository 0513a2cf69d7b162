import { bulkHash, HASH_BYTES, TOGETHER } from '../../base/bulkHash.ts';
import { digestsOf } from './digests.ts';
import type { EntryArena } from './entryArena.ts';
import { BLOCK_WORDS, HEAD, LEAF, MOST_INLINE, type Nodes, NOTHING, type Side, SLOT_BYTES } from './nodes.ts';

const HASH_WORDS = HASH_BYTES / 4;

/** Pairs of words in a list that keeps its memory from one use to the next. */
class Words {
  private words = new Uint32Array(256);
  length = 0;

  push(first: number, second: number): void {
    if (this.length === this.words.length) {
      const words = new Uint32Array(2 * this.length);
      words.set(this.words);
      this.words = words;
    }
    this.words[this.length++] = first;
    this.words[this.length++] = second;
  }

  at(place: number): number {
    return this.words[place]!;
  }
}

/** Nodes whose hashes are made together, each followed by its place: twice its parent, and its side. Inner nodes by their height. */
const leaves = new Words();
const levels: Words[] = [];

/**
 * Makes the hashes that are out of date, from the leaves upwards, several in one call. With T(x) = SHA-256(x) without its first byte and
 * D(x) as in `digestsOf`, also without its first byte, a leaf's is T(2 ‖ path ‖ length ‖ value ‖ zeros) when the value has at most 31
 * bytes, else T(0 ‖ path ‖ 0 ‖ D(value)), and an inner node's T(1 ‖ left ‖ depth ‖ right): 64 bytes each, which hash fastest. The
 * depth of a node, the bit in which its halves differ, is committed to since the bits above it that all its leaves share have no nodes.
 */
export function refreshHashes(nodes: Nodes, arena: EntryArena): void {
  if (nodes.top === NOTHING) return;
  leaves.length = 0;
  for (const level of levels) level.length = 0;
  collect(nodes, HEAD, 0);
  nodes.markFresh(HEAD);
  hashLeaves(nodes, arena);
  for (const level of levels) hashInner(nodes, level);
}

/** Finds what is out of date at a place and below. Answers how many levels of inner nodes that are. */
function collect(nodes: Nodes, parent: number, side: Side): number {
  const reference = nodes.child(parent, side);
  if (reference >= LEAF) {
    leaves.push(reference, 2 * parent + side);
    return 0;
  }
  const left = nodes.isStale(reference, 0) ? collect(nodes, reference, 0) : 0;
  const right = nodes.isStale(reference, 1) ? collect(nodes, reference, 1) : 0;
  nodes.markFresh(reference);
  const height = Math.max(left, right);
  levels[height] ??= new Words();
  levels[height].push(reference, 2 * parent + side);
  return height + 1;
}

function hashLeaves(nodes: Nodes, arena: EntryArena): void {
  const digests = longDigests(nodes, arena);
  let next = 0;
  const { inputWords, inputBytes } = bulkHash();
  hashAll(nodes, leaves, (leaf, at) => {
    const entry = nodes.entryOf(leaf);
    const long = arena.valueLengthAt(entry) > MOST_INLINE;
    nodes.writeLeafPath(leaf, long, inputWords, inputBytes, at);
    writeLeafValue(
      arena,
      entry,
      long ? digests.subarray(next, next + HASH_BYTES) : undefined,
      inputBytes,
      4 * at + SLOT_BYTES,
    );
    if (long) next += HASH_BYTES;
  });
}

/** The half of a leaf's 64 bytes that is its value, or a longer value's digest. */
export function writeLeafValue(
  arena: EntryArena,
  entry: number,
  digest: Uint8Array | undefined,
  bytes: Uint8Array,
  at: number,
): void {
  if (digest === undefined) {
    bytes.fill(0, at, at + SLOT_BYTES);
    bytes[at] = arena.valueLengthAt(entry);
    arena.copyValue(entry, bytes, at + 1);
  } else {
    bytes.set(digest, at);
    bytes[at] = 0;
  }
}

/** The digests of the leaves' values that are too long to stand in their blocks, in the order of the leaves. */
function longDigests(nodes: Nodes, arena: EntryArena): Uint8Array {
  const values: Uint8Array[] = [];
  for (let i = 0; i < leaves.length; i += 2) {
    const entry = nodes.entryOf(leaves.at(i));
    if (arena.valueLengthAt(entry) > MOST_INLINE) values.push(arena.valueAt(entry));
  }
  return digestsOf(values);
}

function hashInner(nodes: Nodes, level: Words): void {
  const { inputWords } = bulkHash();
  hashAll(nodes, level, (node, at) => nodes.writeInnerBlock(node, inputWords, at));
}

/** `write` puts a node's 64 bytes where it is told to, counted in words. */
function hashAll(nodes: Nodes, level: Words, write: (node: number, at: number) => void): void {
  const { outputWords, hash } = bulkHash();
  for (let from = 0; from < level.length; from += 2 * TOGETHER) {
    const count = Math.min(TOGETHER, (level.length - from) / 2);
    for (let i = 0; i < count; i++) write(level.at(from + 2 * i), BLOCK_WORDS * i);
    hash();
    for (let i = 0; i < count; i++) {
      const place = level.at(from + 2 * i + 1);
      nodes.setHash(place >>> 1, (place & 1) as Side, outputWords, HASH_WORDS * i);
    }
  }
}
