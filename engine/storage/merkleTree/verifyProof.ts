/**
 * Checks a proof that a key has a value, or is absent, in a sparse Merkle tree. It imports nothing: this file, and a root that one trusts,
 * is all that an outsider needs.
 *
 * The tree: T(x) is SHA-256(x) without its first byte. D(x) is T(x ‖ zeros ‖ length), filled up to 64 bytes, for at most 63 bytes, and
 * T(x ‖ 0xff) for more. A key's path is D(key), of 248 bits; a leaf's hash is T(2 ‖ path ‖ length ‖ value ‖ zeros) for a value of at most 31 bytes, also
 * of 64 bytes in all, and T(0 ‖ path ‖ 0 ‖ D(value)) for a longer one; an inner node's is T(1 ‖ left ‖ depth ‖ right), where depth is the first
 * bit (0 is the highest) in which the paths below it part. The root is SHA-256("M" ‖ number of keys in four bytes ‖ hash of the top, 31 zeros
 * for an empty tree).
 *
 * Absence: bits where nothing parts have no nodes, so the way that a key's path points out ends at some leaf; when that leaf has another path,
 * the key is nowhere. Depths are part of the hashes, so nobody can point the way elsewhere.
 *
 * A proof is JSON with exactly these fields: `format` ("switchyard/merkle/1"); `key`, hex; `value`, hex or null (absent); `keys`, how many the
 * tree holds; `other`, null or the 64 bytes of the leaf in the key's place, hex; `steps`, from the leaf upwards a depth in one byte and the
 * other half's hash, hex; `root`, hex. Where it goes on to the root of a block: `block`, of `before`, the block root before it; `lanes`, each a
 * lane in four bytes, its order root and its state root; and `root`, SHA-256(before ‖ number of lanes in four bytes ‖ lanes). Last
 * `check`: SHA-256 of the JSON of all others, in this order and without spaces. It proves nothing, but one proof of absence holds for
 * many keys, and a key in which a letter was damaged must not pass for the one that was asked for. All hex is lower-case.
 */
export type Verdict = 'valid' | 'invalid' | 'malformed';

const FORMAT = 'switchyard/merkle/1';
const DOMAIN = 0x4d;
const LONG_LEAF_TAG = 0;
const INNER_TAG = 1;
const LEAF_TAG = 2;
const HASH_BYTES = 31;
const PATH_BITS = 8 * HASH_BYTES;
/** What a leaf's and an inner node's hash is made of. */
const NODE_BYTES = 64;
const MOST_INLINE = 31;
const MOST_LETTERS = 1 << 20;
const LANE_BYTES = 4 + 32 + 32;
const MOST_LANES = 256;

/** A proof's fields as JSON has them. */
export interface ProofFields {
  readonly format: string;
  readonly key: string;
  readonly value: string | null;
  readonly keys: number;
  readonly other: string | null;
  readonly steps: readonly string[];
  readonly root: string;
  readonly block?: { readonly before: string; readonly lanes: readonly string[]; readonly root: string };
}

interface Proof {
  readonly key: Uint8Array;
  readonly value: Uint8Array | null;
  readonly keys: number;
  readonly other: Uint8Array | null;
  readonly steps: readonly Uint8Array[];
  readonly root: string;
  readonly block?: {
    readonly before: Uint8Array;
    readonly lanes: readonly Uint8Array[];
    readonly root: string;
  };
  /** Whether its check fits. */
  readonly undamaged: boolean;
}

/**
 * What a proof's text is worth. With `trusted`, 64 lower-case hex digits, it must lead to that root, be it the state's or, where it goes so far, the
 * block's; without, to the one it names. Never throws. Takes about twenty hashes for a million keys.
 */
export function verifyProof(text: string, trusted?: string): Verdict {
  const proof = readProof(text);
  if (proof === undefined || (trusted !== undefined && !isHex(trusted, 32, 32))) return 'malformed';
  if (!proof.undamaged || stateRootOf(proof) !== proof.root) return 'invalid';
  if (proof.block !== undefined && !leadsToBlock(proof.block, proof.root)) return 'invalid';
  if (trusted === undefined || trusted === proof.root || trusted === proof.block?.root) return 'valid';
  return 'invalid';
}

/** The root that the proof leads to, or undefined when it proves nothing. */
function stateRootOf(proof: Proof): string | undefined {
  return climb(proof)?.root;
}

/** One level of a climb: the other half as the proof gives it, where it stands, and the hash of both together. */
interface ProofLevel {
  readonly sibling: string;
  readonly side: 'left' | 'right';
  readonly hash: string;
}

/** How a proof climbs: from the hash of what it starts with, level by level, to a root. Hex. */
interface ProofTrail {
  readonly start: string;
  readonly levels: readonly ProofLevel[];
  readonly root: string;
}

/** The climb of a proof's text, wherever it leads; undefined where the text is malformed or climbs nowhere. Never throws. */
export function trailOfProof(text: string): ProofTrail | undefined {
  const proof = readProof(text);
  return proof && climb(proof);
}

function climb({ key, value, keys, other, steps }: Proof): ProofTrail | undefined {
  const path = digest(key);
  let hash: Uint8Array;
  if (value !== null) {
    if (other !== null || keys === 0) return undefined;
    hash = leafHash(path, value);
  } else if (other !== null) {
    const otherPath = other.subarray(1, 1 + HASH_BYTES);
    const isLeaf = other[0] === LEAF_TAG || other[0] === LONG_LEAF_TAG;
    if (keys === 0 || !isLeaf || toHex(otherPath) === toHex(path)) return undefined;
    if (steps.some((step) => bitOf(otherPath, step[0]!) !== bitOf(path, step[0]!))) return undefined;
    hash = truncated(other);
  } else {
    if (keys !== 0 || steps.length > 0) return undefined;
    hash = new Uint8Array(HASH_BYTES);
  }
  const start = toHex(hash);
  const levels: ProofLevel[] = [];
  let below = PATH_BITS;
  for (const step of steps) {
    const depth = step[0]!;
    if (depth >= below) return undefined;
    below = depth;
    const sibling = step.subarray(1);
    const side = bitOf(path, depth) === 0 ? 'right' : 'left';
    const [left, right] = side === 'right' ? [hash, sibling] : [sibling, hash];
    hash = truncated(joined([Uint8Array.of(INNER_TAG), left, Uint8Array.of(depth), right]));
    levels.push({ sibling: toHex(sibling), side, hash: toHex(hash) });
  }
  const root = toHex(sha256(joined([Uint8Array.of(DOMAIN), fourBytes(keys), hash])));
  return { start, levels, root };
}

/** Whether the block's root is made of its lanes, and one of them has this state. */
function leadsToBlock({ before, lanes, root }: NonNullable<Proof['block']>, stateRoot: string): boolean {
  const made = sha256(joined([before, fourBytes(lanes.length), ...lanes]));
  return toHex(made) === root && lanes.some((lane) => toHex(lane.subarray(LANE_BYTES - 32)) === stateRoot);
}

function leafHash(path: Uint8Array, value: Uint8Array): Uint8Array {
  const node = new Uint8Array(NODE_BYTES);
  node.set(path, 1);
  if (value.length > MOST_INLINE) {
    node[0] = LONG_LEAF_TAG;
    node.set(digest(value), 2 + HASH_BYTES);
  } else {
    node[0] = LEAF_TAG;
    node[1 + HASH_BYTES] = value.length;
    node.set(value, 2 + HASH_BYTES);
  }
  return truncated(node);
}

/** D of the tree's description. */
function digest(bytes: Uint8Array): Uint8Array {
  if (bytes.length >= NODE_BYTES) return truncated(joined([bytes, Uint8Array.of(0xff)]));
  const filled = new Uint8Array(NODE_BYTES);
  filled.set(bytes);
  filled[NODE_BYTES - 1] = bytes.length;
  return truncated(filled);
}

function truncated(bytes: Uint8Array): Uint8Array {
  return sha256(bytes).subarray(1);
}

function bitOf(path: Uint8Array, depth: number): number {
  return (path[depth >>> 3]! >>> (7 - (depth & 7))) & 1;
}

/** The `check` of a proof. */
export function checkOf({ format, key, value, keys, other, steps, root, block }: ProofFields): string {
  const inOrder = { format, key, value, keys, other, steps, root };
  const { before, lanes, root: blockRoot } = block ?? {};
  const whole = block === undefined ? inOrder : { ...inOrder, block: { before, lanes, root: blockRoot } };
  return toHex(sha256(new TextEncoder().encode(JSON.stringify(whole))));
}

/** A proof from its text, or undefined when it is anything else than such a text. */
function readProof(text: unknown): Proof | undefined {
  if (typeof text !== 'string' || text.length > MOST_LETTERS) return undefined;
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(given)) return undefined;
  const { check, ...fields } = given;
  if (!isHex(check, 32, 32) || !areFields(fields)) return undefined;
  const { key, value, keys, other, steps, root, block } = fields;
  const proof = {
    key: fromHex(key),
    value: value === null ? null : fromHex(value),
    keys,
    other: other === null ? null : fromHex(other),
    steps: steps.map(fromHex),
    root,
    undamaged: checkOf(fields) === check,
  };
  if (block === undefined) return proof;
  const { before, lanes } = block;
  return { ...proof, block: { before: fromHex(before), lanes: lanes.map(fromHex), root: block.root } };
}

const FIELDS = ['format', 'key', 'value', 'keys', 'other', 'steps', 'root'];

function areFields(
  given: Readonly<Record<string, unknown>>,
): given is Readonly<Record<string, unknown>> & ProofFields {
  const { format, key, value, keys, other, steps, root, block } = given;
  return (
    hasExactly(given, block === undefined ? FIELDS : [...FIELDS, 'block']) &&
    format === FORMAT &&
    isHex(key, 0, MOST_LETTERS) &&
    (value === null || isHex(value, 0, MOST_LETTERS)) &&
    typeof keys === 'number' &&
    keys >>> 0 === keys &&
    (other === null || isHex(other, NODE_BYTES, NODE_BYTES)) &&
    isHexList(steps, 1 + HASH_BYTES, PATH_BITS) &&
    isHex(root, 32, 32) &&
    (block === undefined || isBlock(block))
  );
}

function isBlock(given: unknown): boolean {
  return (
    isRecord(given) &&
    hasExactly(given, ['before', 'lanes', 'root']) &&
    isHex(given.before, 32, 32) &&
    isHexList(given.lanes, LANE_BYTES, MOST_LANES) &&
    isHex(given.root, 32, 32)
  );
}

function isRecord(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}

function hasExactly(given: object, names: readonly string[]): boolean {
  const found = Object.keys(given);
  return found.length === names.length && names.every((name) => found.includes(name));
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

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function fourBytes(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** SHA-256 as FIPS 180-4 writes it down. */
export function sha256(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array(64 * Math.ceil((bytes.length + 9) / 64));
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length << 3);
  const state = START.slice();
  const w = new Uint32Array(64);
  for (let block = 0; block < padded.length; block += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getUint32(block + 4 * i);
    for (let i = 16; i < 64; i++) {
      const a = w[i - 15]!;
      const b = w[i - 2]!;
      const s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
      const s1 = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
      w[i] = w[i - 16]! + s0 + w[i - 7]! + s1;
    }
    compress(state, w);
  }
  const out = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => {
    out.setUint32(4 * i, word);
  });
  return new Uint8Array(out.buffer);
}

function compress(state: Uint32Array, w: Uint32Array): void {
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let i = 0; i < 64; i++) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUND_CONSTANTS[i]! + w[i]!) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i] = state[i]! + word;
  });
}

function turn(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

// biome-ignore format: a table
const START = Uint32Array.of(
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
);

// biome-ignore format: a table
const ROUND_CONSTANTS = Uint32Array.of(
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
);
