import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../base/bytes.ts';
import { encodeRlp, join, type Rlp } from '../tests/imports/plainRlp.ts';
import {
  bigintOf,
  childrenOf,
  MAX_RLP_DEPTH,
  MAX_RLP_ITEMS,
  payloadOf,
  readRlp,
  type RlpTree,
} from './rlp.ts';

const RUNS = process.env.FULL === undefined ? 500 : 20_000;
const LONG_MS = 600_000;

const items = fc.letrec<{ item: Rlp }>((tie) => ({
  item: fc.oneof({ maxDepth: 6 }, fc.uint8Array({ maxLength: 70 }), fc.array(tie('item'), { maxLength: 6 })),
})).item;

function treeToItem(tree: RlpTree, item = 0): Rlp {
  if (tree.isList[item] === 0) return payloadOf(tree, item);
  return childrenOf(tree, item).map((child) => treeToItem(tree, child));
}

function codeOf(bytes: Uint8Array): string {
  const read = readRlp(bytes);
  return read.ok ? 'ok' : read.error.code;
}

describe('RLP', () => {
  it('reads what was written', { timeout: LONG_MS }, () => {
    fc.assert(
      fc.property(items, (item) => {
        const read = readRlp(encodeRlp(item));
        expect(read.ok && treeToItem(read.value)).toEqual(item);
      }),
      { numRuns: RUNS },
    );
  });

  it('reads lengths of one, two and three bytes', () => {
    for (const length of [0, 1, 55, 56, 255, 256, 65_535, 65_536]) {
      const item = new Uint8Array(length).fill(0xab);
      for (const whole of [item, [item], [[item], item]]) {
        const bytes = encodeRlp(whole);
        const read = readRlp(bytes);
        expect(read.ok && toHex(encodeRlp(treeToItem(read.value))) === toHex(bytes)).toBe(true);
      }
    }
  });

  it.each<[name: string, bytes: number[], code: string]>([
    ['nothing', [], 'import/rlp_empty'],
    ['a string without its bytes', [0x82, 1], 'import/rlp_truncated'],
    ['a list without its items', [0xc2, 1], 'import/rlp_truncated'],
    ['a string that leaves its list', [0xc2, 0x82, 1, 1], 'import/rlp_truncated'],
    ['a length without its bytes', [0xb8], 'import/rlp_truncated'],
    ['a length of eight bytes', [0xbf, 255, 255, 255, 255, 255, 255, 255, 255], 'import/rlp_truncated'],
    [
      'a list’s length of eight bytes',
      [0xff, 255, 255, 255, 255, 255, 255, 255, 255],
      'import/rlp_truncated',
    ],
    ['a byte written as a string', [0x81, 0x7f], 'import/rlp_not_canonical'],
    ['a short length written long', [0xb8, 3, 1, 2, 3], 'import/rlp_not_canonical'],
    ['a short list written long', [0xf8, 1, 1], 'import/rlp_not_canonical'],
    ['a length that begins with zero', [0xb9, 0, 60, ...new Array(60).fill(1)], 'import/rlp_not_canonical'],
    ['something after the item', [0xc0, 0xc0], 'import/rlp_trailing_bytes'],
  ])('refuses %s', (_, bytes, code) => {
    expect(codeOf(Uint8Array.from(bytes))).toBe(code);
  });

  it('refuses every beginning of a proper file', () => {
    const whole = encodeRlp([new Uint8Array(60), [Uint8Array.of(1), [new Uint8Array(300)]], []]);
    for (let end = 0; end < whole.length; end++) expect(codeOf(whole.subarray(0, end))).not.toBe('ok');
    expect(codeOf(whole)).toBe('ok');
  });

  it('holds any nesting and any number of items without growing', () => {
    const nested = (levels: number): Uint8Array => {
      let bytes = Uint8Array.of(0xc0);
      for (let i = 1; i < levels; i++)
        bytes = Uint8Array.of(...join([Uint8Array.of(0xc0 + bytes.length), bytes]));
      return bytes;
    };
    expect(codeOf(nested(MAX_RLP_DEPTH))).toBe('ok');
    // It says where the list begins that is too deep.
    expect(readRlp(nested(MAX_RLP_DEPTH + 2))).toMatchObject({
      ok: false,
      error: { code: 'import/rlp_too_deep', data: { at: MAX_RLP_DEPTH } },
    });
    // Ten million lists, each said to hold the rest of the file.
    const hostile = new Uint8Array(1 << 20).fill(0xfa);
    expect(codeOf(hostile)).toBe('import/rlp_truncated');
    const many = MAX_RLP_ITEMS + 5;
    const flat = new Uint8Array(4 + many).fill(1);
    flat.set([0xfa, many >>> 16, (many >>> 8) & 255, many & 255]);
    expect(codeOf(flat)).toBe('import/rlp_too_many_items');
  });

  it('answers whatever bytes it is given', { timeout: LONG_MS }, () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const read = readRlp(bytes);
        if (!read.ok) expect(read.error.code).toMatch(/^import\/rlp_/);
        // What is accepted is written back to the same bytes: there is one way to write everything.
        else expect(encodeRlp(treeToItem(read.value))).toEqual(bytes);
      }),
      { numRuns: RUNS },
    );
  });

  it('reads numbers of any length', () => {
    expect(bigintOf(new Uint8Array())).toBe(0n);
    expect(bigintOf(Uint8Array.of(0, 1, 0))).toBe(256n);
    expect(bigintOf(new Uint8Array(32).fill(255))).toBe(2n ** 256n - 1n);
  });
});
