import { sha256 } from '../../base/hash.ts';

/**
 * Checks inclusion and consistency proofs of RFC 6962 logs (as RFC 9162, 2.1.3.2 and 2.1.4.2, spells the checks out). Needs nothing
 * but SHA-256: whoever wants to audit a log without trusting the chain takes this file alone.
 */

/** Bytes of a hash. */
export const HASH_BYTES = 32;
/** The root of the tree without leaves: SHA-256 of nothing. */
export const EMPTY_ROOT = sha256(new Uint8Array(0));

const MAX_SIZE = (1n << 64n) - 1n;
const MAX_DIGITS = 20;

/** What a leaf is known by: SHA-256(0x00 ‖ data). 32 bytes. */
export function leafHash(data: Uint8Array): Uint8Array {
  const leaf = new Uint8Array(1 + data.length);
  leaf.set(data, 1);
  return sha256(leaf);
}

/** What an inner node is known by: SHA-256(0x01 ‖ left ‖ right). 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const node = new Uint8Array(1 + left.length + right.length);
  node[0] = 1;
  node.set(left, 1);
  node.set(right, 1 + left.length);
  return sha256(node);
}

/** That the leaf with `leafHash` stands at `leafIndex` of the tree with `treeSize` leaves and this `root`. */
export interface InclusionProof {
  readonly leafIndex: bigint;
  readonly treeSize: bigint;
  readonly root: Uint8Array;
  readonly leafHash: Uint8Array;
  /** Hashes of the siblings on the way from the leaf to the root. */
  readonly proof: readonly Uint8Array[];
}

/** That the tree with `size1` leaves and `root1` is what the first `size1` leaves of the tree with `size2` leaves and `root2` are. */
export interface ConsistencyProof {
  readonly size1: bigint;
  readonly size2: bigint;
  readonly root1: Uint8Array;
  readonly root2: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

export type LogVerdict = 'valid' | 'invalid' | 'malformed';

/** A verdict; when it is not “valid”, with a sentence that says why. */
export interface CheckedLogProof {
  readonly verdict: LogVerdict;
  readonly reason?: string;
}

/**
 * Checks a proof as it comes out of a JSON document: `{leafIndex, treeSize, root, leafHash, proof}` or `{size1, size2, root1, root2,
 * proof}`; hashes are 64 hex digits of either case, integers are numbers below 2^53 or decimal strings below 2^64, other fields are
 * passed over. Never throws, whatever it is given. At most 65 steps of one or two hashes, however long the proof is.
 */
export function checkLogProof(given: unknown): CheckedLogProof {
  try {
    return check(given);
  } catch (thrown) {
    if (thrown instanceof Malformed) return { verdict: 'malformed', reason: thrown.message };
    throw thrown;
  }
}

function check(given: unknown): CheckedLogProof {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new Malformed('A proof is an object.');
  }
  const fields = given as Readonly<Record<string, unknown>>;
  const inclusion = has(fields, 'leafIndex') || has(fields, 'treeSize');
  const consistency = has(fields, 'size1') || has(fields, 'size2');
  if (inclusion === consistency) {
    throw new Malformed(
      'A proof has leafIndex, treeSize, root, leafHash and proof, or size1, size2, root1, root2 and proof.',
    );
  }
  const complaint = inclusion ? inclusionComplaint(fields) : consistencyComplaint(fields);
  return complaint === undefined ? { verdict: 'valid' } : { verdict: 'invalid', reason: complaint };
}

function inclusionComplaint(fields: Readonly<Record<string, unknown>>): string | undefined {
  return whyNotIncluded({
    leafIndex: integer(fields, 'leafIndex'),
    treeSize: integer(fields, 'treeSize'),
    root: hash(fields, 'root'),
    leafHash: hash(fields, 'leafHash'),
    proof: hashes(fields),
  });
}

/**
 * Between trees of one size there is nothing to hash: the roots are compared as they are given, of whatever length. So it is in the
 * reference implementation of Certificate Transparency, whose test data has such roots.
 */
function consistencyComplaint(fields: Readonly<Record<string, unknown>>): string | undefined {
  const size1 = integer(fields, 'size1');
  const size2 = integer(fields, 'size2');
  const root = size1 === size2 ? bytes : hash;
  return whyNotConsistent({
    size1,
    size2,
    root1: root(fields, 'root1'),
    root2: root(fields, 'root2'),
    proof: hashes(fields),
  });
}

/** Why the proof does not show that the leaf is in the tree; undefined when it does (RFC 9162, 2.1.3.2). */
export function whyNotIncluded(given: InclusionProof): string | undefined {
  const found = rootOfInclusion(given);
  if (typeof found === 'string') return found;
  return equal(found, given.root) ? undefined : 'The proof leads to another root.';
}

/** The root that an inclusion proof leads to, or why it leads nowhere; `onLevel` hears of each sibling, its side, and the hash of both together. */
export function rootOfInclusion(
  given: Omit<InclusionProof, 'root'>,
  onLevel?: (sibling: Uint8Array, side: 'left' | 'right', hash: Uint8Array) => void,
): Uint8Array | string {
  const { leafIndex, treeSize, proof } = given;
  if (leafIndex >= treeSize) return `There is no leaf ${leafIndex} in a tree of ${treeSize}.`;
  const path = new Path(leafIndex, treeSize - 1n);
  let found = given.leafHash;
  for (const sibling of proof) {
    if (path.atRoot) return TOO_LONG;
    const side = path.step();
    found = side === 'left' ? nodeHash(sibling, found) : nodeHash(found, sibling);
    onLevel?.(sibling, side, found);
  }
  return path.atRoot ? found : TOO_SHORT;
}

/**
 * Why the proof does not show that the larger tree only added leaves; undefined when it does (RFC 9162, 2.1.4.2). From a tree without
 * leaves to a larger one there is no proof: it would say nothing of the larger root.
 */
export function whyNotConsistent(given: ConsistencyProof): string | undefined {
  const { size1, size2, root1, root2, proof } = given;
  if (size1 > size2) return `The first tree has more leaves than the second: ${size1}, ${size2}.`;
  if (size1 === size2) {
    if (proof.length > 0) return TOO_LONG;
    return equal(root1, root2) ? undefined : 'The trees have the same size, but other roots.';
  }
  if (size1 === 0n) return 'From a tree without leaves nothing can be shown.';
  const path = new Path(size1 - 1n, size2 - 1n);
  path.climbWhileRight();
  // A complete first tree is the first node itself, so that the proof leaves it out.
  const [first, ...others] = (size1 & (size1 - 1n)) === 0n ? [root1, ...proof] : proof;
  if (first === undefined || proof.length === 0) return TOO_SHORT;
  let found1 = first;
  let found2 = first;
  for (const sibling of others) {
    if (path.atRoot) return TOO_LONG;
    if (path.step() === 'left') {
      found1 = nodeHash(sibling, found1);
      found2 = nodeHash(sibling, found2);
    } else {
      found2 = nodeHash(found2, sibling);
    }
  }
  if (!path.atRoot) return TOO_SHORT;
  if (!equal(found1, root1)) return 'The proof leads to another first root.';
  return equal(found2, root2) ? undefined : 'The proof leads to another second root.';
}

const TOO_LONG = 'The proof is longer than the way to the root.';
const TOO_SHORT = 'The proof ends before the root.';

/** The way from a node to the root: the node's place on its level, and that of the level's last node. */
class Path {
  private place: bigint;
  private last: bigint;

  constructor(place: bigint, last: bigint) {
    this.place = place;
    this.last = last;
  }

  get atRoot(): boolean {
    return this.last === 0n;
  }

  /** Up past nodes that are right children. */
  climbWhileRight(): void {
    while ((this.place & 1n) === 1n) this.climb();
  }

  /** Up to the next node that has a sibling, and past it: on which side the sibling stands. */
  step(): 'left' | 'right' {
    const side = (this.place & 1n) === 1n || this.place === this.last ? 'left' : 'right';
    // At the right edge of an incomplete tree nodes have no sibling for some levels.
    if (side === 'left') while ((this.place & 1n) === 0n && this.place !== 0n) this.climb();
    this.climb();
    return side;
  }

  private climb(): void {
    this.place >>= 1n;
    this.last >>= 1n;
  }
}

class Malformed extends Error {}

function has(fields: Readonly<Record<string, unknown>>, name: string): boolean {
  return Object.hasOwn(fields, name);
}

function field(fields: Readonly<Record<string, unknown>>, name: string): unknown {
  if (!has(fields, name)) throw new Malformed(`${name} is missing.`);
  return fields[name];
}

function integer(fields: Readonly<Record<string, unknown>>, name: string): bigint {
  const value = field(fields, name);
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? `${value}` : value;
  const fits = typeof text === 'string' && text.length <= MAX_DIGITS && /^(0|[1-9]\d*)$/.test(text);
  if (!fits || BigInt(text) > MAX_SIZE) {
    throw new Malformed(`${name} must be an integer from 0 to 2^64 − 1, beyond 2^53 − 1 as a string.`);
  }
  return BigInt(text);
}

function hash(fields: Readonly<Record<string, unknown>>, name: string): Uint8Array {
  return hashFrom(field(fields, name), name);
}

function bytes(fields: Readonly<Record<string, unknown>>, name: string): Uint8Array {
  return bytesFrom(field(fields, name), name);
}

function hashes(fields: Readonly<Record<string, unknown>>): Uint8Array[] {
  const proof = field(fields, 'proof');
  if (!Array.isArray(proof)) throw new Malformed('proof must be a list of hashes.');
  return Array.from(proof, (item, i) => hashFrom(item, `proof[${i}]`));
}

function hashFrom(value: unknown, name: string): Uint8Array {
  const found = bytesFrom(value, name);
  if (found.length !== HASH_BYTES) throw new Malformed(`${name} must have 64 hex digits.`);
  return found;
}

function bytesFrom(value: unknown, name: string): Uint8Array {
  if (typeof value !== 'string' || value.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(value)) {
    throw new Malformed(`${name} must be hex digits, two a byte.`);
  }
  return Uint8Array.from({ length: value.length / 2 }, (_, i) =>
    Number.parseInt(value.slice(2 * i, 2 * i + 2), 16),
  );
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
