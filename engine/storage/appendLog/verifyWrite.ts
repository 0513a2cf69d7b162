import { ByteWriter, toHex } from '../../base/bytes.ts';
import { sha256 } from '../../base/hash.ts';
import type { ProofLevel, ProofTrail } from '../../types/proofTrail.ts';
import type { BlockCommitment, ProofVerdict, StorageProof } from '../contract.ts';
import { HASH_BYTES, leafHash, rootOfInclusion } from './verifyLog.ts';

/**
 * Checks proofs that something was written into a module's log. A write is a leaf of an RFC 6962 tree; the log's state root is
 * SHA-256("L" ‖ leaves in eight bytes ‖ root of the tree), since the root of a tree alone does not say how many leaves there are.
 *
 * A leaf: height in four bytes ‖ length of the key in four ‖ key ‖ 0 where the key was removed, or 1 ‖ value. All big-endian.
 */

export const FORMAT = 'switchyard/log/1';
/** What a state root hashes first, so that it is no other kind's. */
const DOMAIN = 0x4c;
const REMOVED = 0;
const WRITTEN = 1;
const MOST_LETTERS = 1 << 20;
const MOST_STEPS = 64;
const LANE_BYTES = 4 + 2 * HASH_BYTES;
const MOST_LANES = 256;

/**
 * That a key was given a value in the block of `height`: as write number `leaf` of `leaves`. Whether it was written again later,
 * only the rest of the log says; what is written once, such as a step of a journey, it proves for good. Hex is lower-case.
 */
export interface WriteProof extends StorageProof {
  readonly format: typeof FORMAT;
  readonly value: string;
  readonly height: number;
  readonly leaf: number;
  readonly leaves: number;
  /** Hashes of siblings, from the leaf upwards (RFC 6962, 2.1.1). */
  readonly path: readonly string[];
  /** Where it goes on to the root of a block. */
  readonly block?: BlockCommitment;
}

/** One write of a lane. */
export interface LoggedWrite {
  readonly height: number;
  readonly key: Uint8Array;
  /** Null where the key was removed. */
  readonly value: Uint8Array | null;
}

/** The data of a write's leaf. */
export function leafOf({ height, key, value }: LoggedWrite): Uint8Array {
  const out = new ByteWriter(9 + key.length + (value?.length ?? 0));
  out.u32(height);
  out.u32(key.length);
  out.raw(key);
  out.u8(value === null ? REMOVED : WRITTEN);
  if (value !== null) out.raw(value);
  return out.copy();
}

/** The state root of a log of `leaves` leaves, of which the tree has this root. */
export function logStateRoot(leaves: number, treeRoot: Uint8Array): Uint8Array {
  const out = new ByteWriter(9 + HASH_BYTES);
  out.u8(DOMAIN);
  out.u32(Math.floor(leaves / 2 ** 32));
  out.u32(leaves % 2 ** 32);
  out.raw(treeRoot);
  return sha256(out.view());
}

/**
 * What a proof's text is worth. With `trusted`, 64 lower-case hex digits, it must lead to that root, be it the state's or, where it
 * goes so far, the block's; without, to the one it names. Never throws.
 */
export function verifyWrite(text: string, trusted?: string): ProofVerdict {
  const proof = readProof(text);
  if (proof === undefined || (trusted !== undefined && !isHex(trusted, HASH_BYTES, HASH_BYTES))) {
    return 'malformed';
  }
  const { root, block } = proof;
  if (climb(proof)?.root !== root) return 'invalid';
  if (block !== undefined && !leadsToBlock(block, root)) return 'invalid';
  return trusted === undefined || trusted === root || trusted === block?.root ? 'valid' : 'invalid';
}

/** The climb of a proof's text, wherever it leads; undefined where the text is malformed or climbs nowhere. Never throws. */
export function trailOfWrite(text: string): ProofTrail | undefined {
  const proof = readProof(text);
  return proof && climb(proof);
}

function climb({ height, key, value, leaf, leaves, path }: WriteProof): ProofTrail | undefined {
  const start = leafHash(leafOf({ height, key: fromHex(key), value: fromHex(value) }));
  const levels: ProofLevel[] = [];
  const treeRoot = rootOfInclusion(
    {
      leafIndex: BigInt(leaf),
      treeSize: BigInt(leaves),
      leafHash: start,
      proof: path.map(fromHex),
    },
    (sibling, side, hash) => levels.push({ sibling: toHex(sibling), side, hash: toHex(hash) }),
  );
  if (typeof treeRoot === 'string') return undefined;
  return { start: toHex(start), levels, root: toHex(logStateRoot(leaves, treeRoot)) };
}

/** Whether the block's root is made of its lanes, and one of them has this state. */
function leadsToBlock({ before, lanes, root }: BlockCommitment, stateRoot: string): boolean {
  const out = new ByteWriter();
  out.raw(fromHex(before));
  out.u32(lanes.length);
  for (const lane of lanes) out.raw(fromHex(lane));
  return (
    toHex(sha256(out.view())) === root && lanes.some((lane) => lane.slice(-2 * HASH_BYTES) === stateRoot)
  );
}

const FIELDS = ['format', 'key', 'value', 'height', 'leaf', 'leaves', 'path', 'root'];

function readProof(text: unknown): WriteProof | undefined {
  if (typeof text !== 'string' || text.length > MOST_LETTERS) return undefined;
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isProof(given) ? given : undefined;
}

function isProof(given: unknown): given is WriteProof {
  if (!isRecord(given)) return false;
  const { format, key, value, height, leaf, leaves, path, root, block } = given;
  return (
    hasExactly(given, block === undefined ? FIELDS : [...FIELDS, 'block']) &&
    format === FORMAT &&
    isHex(key, 0, MOST_LETTERS) &&
    isHex(value, 0, MOST_LETTERS) &&
    typeof height === 'number' &&
    height >>> 0 === height &&
    isCount(leaf) &&
    isCount(leaves) &&
    isHexList(path, HASH_BYTES, MOST_STEPS) &&
    isHex(root, HASH_BYTES, HASH_BYTES) &&
    (block === undefined || isBlock(block))
  );
}

function isBlock(given: unknown): boolean {
  return (
    isRecord(given) &&
    hasExactly(given, ['before', 'lanes', 'root']) &&
    isHex(given.before, HASH_BYTES, HASH_BYTES) &&
    isHexList(given.lanes, LANE_BYTES, MOST_LANES) &&
    isHex(given.root, HASH_BYTES, HASH_BYTES)
  );
}

function isRecord(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}

function hasExactly(given: object, names: readonly string[]): boolean {
  const found = Object.keys(given);
  return found.length === names.length && names.every((name) => found.includes(name));
}

function isCount(given: unknown): given is number {
  return Number.isSafeInteger(given) && (given as number) >= 0;
}

function isHex(given: unknown, leastBytes: number, mostBytes: number): given is string {
  return (
    typeof given === 'string' &&
    given.length % 2 === 0 &&
    given.length >= 2 * leastBytes &&
    given.length <= 2 * mostBytes &&
    /^[0-9a-f]*$/.test(given)
  );
}

function isHexList(given: unknown, bytes: number, most: number): given is string[] {
  return Array.isArray(given) && given.length <= most && given.every((one) => isHex(one, bytes, bytes));
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length / 2 }, (_, i) =>
    Number.parseInt(text.slice(2 * i, 2 * i + 2), 16),
  );
}
