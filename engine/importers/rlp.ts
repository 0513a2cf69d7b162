import { fail, ok, type Result } from '../base/result.ts';

/** Lists inside lists, at most: a block access list has six levels. */
export const MAX_RLP_DEPTH = 16;
/** Items, lists included, at most. */
export const MAX_RLP_ITEMS = 1_000_000;

/**
 * RLP that was read (Ethereum's yellow paper, appendix B): its items in the order in which they stand, a column a
 * field. Nothing of the bytes is copied. The children of item `i` are `i + 1` and then each one's `next`,
 * as long as that is below `next[i]`.
 */
export interface RlpTree {
  readonly bytes: Uint8Array;
  readonly count: number;
  /** Where an item's payload begins and ends. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** The first item that is not inside this one. */
  readonly next: Int32Array;
  /** 1 for lists, 0 for byte strings. */
  readonly isList: Uint8Array;
}

/**
 * Reads one RLP item that fills `bytes`, strictly: shortest lengths only, no bytes after it. Takes one pass and
 * memory for the items alone, however they are nested. Fails with `import/rlp_empty`, `import/rlp_truncated`,
 * `import/rlp_not_canonical`, `import/rlp_trailing_bytes`, `import/rlp_too_deep` or
 * `import/rlp_too_many_items`; `data.at` is the byte.
 */
export function readRlp(bytes: Uint8Array): Result<RlpTree> {
  if (bytes.length === 0) return fail('import/rlp_empty', 'The file is empty: fetch it again.', { at: 0 });
  const columns = new Columns();
  const openItem = new Int32Array(MAX_RLP_DEPTH + 1);
  const openEnd = new Int32Array(MAX_RLP_DEPTH + 1);
  let depth = 0;
  let at = 0;
  let limit = bytes.length;
  for (;;) {
    const header = readHeader(bytes, at, limit);
    if (typeof header === 'string') return broken(header, at);
    const item = columns.count;
    if (item === MAX_RLP_ITEMS) return broken('too_many_items', at);
    columns.add(header.start, header.end, header.isList);
    if (header.isList && header.start < header.end) {
      if (depth === MAX_RLP_DEPTH) return broken('too_deep', at);
      depth++;
      openItem[depth] = item;
      openEnd[depth] = header.end;
      at = header.start;
    } else {
      columns.next[item] = item + 1;
      at = header.end;
    }
    while (depth > 0 && at === openEnd[depth]) {
      columns.next[openItem[depth]!] = columns.count;
      depth--;
    }
    if (depth === 0) break;
    limit = openEnd[depth]!;
  }
  if (at < bytes.length) return broken('trailing_bytes', at);
  const { count, start, end, next, isList } = columns;
  return ok({ bytes, count, start, end, next, isList });
}

interface Header {
  readonly start: number;
  readonly end: number;
  readonly isList: boolean;
}

const LONG = 56;

/** The header at `at`, whose item must end at `limit` or before; else what is wrong with it. */
function readHeader(bytes: Uint8Array, at: number, limit: number): Header | Broken {
  const first = bytes[at]!;
  if (first < 0x80) return { start: at, end: at + 1, isList: false };
  const isList = first >= 0xc0;
  const short = first - (isList ? 0xc0 : 0x80);
  let start = at + 1;
  let length = short;
  if (short >= LONG) {
    const lengthBytes = short - LONG + 1;
    if (start + lengthBytes > limit) return 'truncated';
    if (bytes[start] === 0) return 'not_canonical';
    length = 0;
    // Beyond 32 MB any length is too long; doubles hold what eight bytes can say well enough for that.
    for (let i = 0; i < lengthBytes; i++) length = length * 256 + bytes[start + i]!;
    if (length < LONG) return 'not_canonical';
    start += lengthBytes;
  }
  if (start + length > limit) return 'truncated';
  if (!isList && length === 1 && bytes[start]! < 0x80) return 'not_canonical';
  return { start, end: start + length, isList };
}

const REASONS = {
  truncated: 'an item reaches beyond its end: it is cut off or damaged',
  not_canonical: 'a length or a byte is written longer than it must be',
  trailing_bytes: 'something follows after the list',
  too_deep: `lists are nested deeper than ${MAX_RLP_DEPTH}`,
  too_many_items: `there are more than ${MAX_RLP_ITEMS} items`,
} as const;
type Broken = keyof typeof REASONS;

function broken(what: Broken, at: number) {
  return fail(
    `import/rlp_${what}`,
    `This is no proper RLP: ${REASONS[what]} (byte ${at}). Fetch the file again.`,
    { at },
  );
}

class Columns {
  count = 0;
  start = new Int32Array(1024);
  end = new Int32Array(1024);
  next = new Int32Array(1024);
  isList = new Uint8Array(1024);

  add(start: number, end: number, isList: boolean): void {
    const { count } = this;
    if (count === this.start.length) this.grow();
    this.start[count] = start;
    this.end[count] = end;
    this.isList[count] = isList ? 1 : 0;
    this.count = count + 1;
  }

  private grow(): void {
    const capacity = this.start.length * 2;
    const grown = <T extends Int32Array | Uint8Array>(next: T, old: T): T => {
      next.set(old);
      return next;
    };
    this.start = grown(new Int32Array(capacity), this.start);
    this.end = grown(new Int32Array(capacity), this.end);
    this.next = grown(new Int32Array(capacity), this.next);
    this.isList = grown(new Uint8Array(capacity), this.isList);
  }
}

/** The children of a list, by number. */
export function childrenOf(tree: RlpTree, item: number): number[] {
  const children: number[] = [];
  for (let child = item + 1; child < tree.next[item]!; child = tree.next[child]!) children.push(child);
  return children;
}

/** The payload of an item: a view, not a copy. */
export function payloadOf(tree: RlpTree, item: number): Uint8Array {
  return tree.bytes.subarray(tree.start[item]!, tree.end[item]!);
}

/** As many bytes as a double holds whole. */
const PART = 6;
const PART_BITS = BigInt(8 * PART);

/** A byte string as a big-endian number; the empty string is 0. A file may hold a million of them. */
export function bigintOf(bytes: Uint8Array): bigint {
  let value = 0n;
  let end = bytes.length % PART;
  for (let at = 0; at < bytes.length; end += PART) {
    let part = 0;
    for (; at < end; at++) part = part * 256 + bytes[at]!;
    value = (value << PART_BITS) | BigInt(part);
  }
  return value;
}

/** The RLP of a list of byte strings shorter than 56 bytes together: enough to derive a contract's address. */
export function shortRlpList(items: readonly Uint8Array[]): Uint8Array {
  const payload = items.flatMap((item) =>
    item.length === 1 && item[0]! < 0x80 ? [item[0]!] : [0x80 + item.length, ...item],
  );
  return Uint8Array.of(0xc0 + payload.length, ...payload);
}
