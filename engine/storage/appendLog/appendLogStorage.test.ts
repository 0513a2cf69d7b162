import { describe, expect, it } from 'vitest';
import { asciiBytes, ByteWriter, toHex } from '../../base/bytes.ts';
import { sha256 } from '../../base/hash.ts';
import type { BlockCommitment, StorageChange, StorageWrites } from '../contract.ts';
import { AppendLogStorage } from './appendLogStorage.ts';
import { checkLogProof } from './verifyLog.ts';
import { leafOf, logStateRoot, verifyWrite } from './verifyWrite.ts';

/** What a block gives its keys, as ASCII; null: removed. */
type Given = Readonly<Record<string, string | null>>;

/** The height of the first block is 5. */
function logOf(...blocks: readonly Given[]): AppendLogStorage {
  const storage = new AppendLogStorage();
  for (const writes of blocksOf(...blocks)) storage.apply(writes);
  return storage;
}

function blocksOf(...blocks: readonly Given[]): StorageWrites[] {
  const values = new Map<string, string | null>();
  return blocks.map((block, i) => ({
    height: 5 + i,
    changes: Object.keys(block)
      .sort()
      .map((key): StorageChange => {
        const before = values.get(key) ?? null;
        const after = block[key]!;
        values.set(key, after);
        return {
          key: asciiBytes(key),
          before: bytesOf(before),
          after: bytesOf(after),
        };
      }),
  }));
}

const bytesOf = (text: string | null): Uint8Array | null => (text === null ? null : asciiBytes(text));

const BLOCKS: readonly Given[] = [
  { b: 'one', a: 'two' },
  { a: null, c: 'three' },
  { a: 'four' },
  { b: 'five', a: 'six' },
];
const full = logOf(...BLOCKS);
const root = toHex(full.root());
const textOf = (proof: unknown): string => JSON.stringify(proof);

describe('a log of writes', () => {
  it('holds every write in the order of blocks and keys, removals too', () => {
    const lines = Array.from({ length: full.writes }, (_, i) => {
      const { height, key, value } = full.write(i);
      return `${height} ${String.fromCharCode(...key)} ${value && String.fromCharCode(...value)}`;
    });
    expect(lines).toEqual(['5 a two', '5 b one', '6 a null', '6 c three', '7 a four', '8 a six', '8 b five']);
    expect(full.size).toBe(3);
    expect(() => full.write(7)).toThrow();
  });

  it('has leaves that no other write has', () => {
    const bytes = asciiBytes;
    const writes = [
      { height: 1, key: bytes('ab'), value: bytes('c') },
      { height: 1, key: bytes('a'), value: bytes('bc') },
      { height: 1, key: bytes('ab'), value: null },
      { height: 1, key: bytes('ab'), value: bytes('') },
      { height: 256, key: bytes('ab'), value: bytes('c') },
    ];
    expect(new Set(writes.map((write) => toHex(leafOf(write)))).size).toBe(writes.length);
    expect(toHex(leafOf(writes[0]!))).toBe('00000001000000026162' + '0163');
    expect(toHex(leafOf(writes[2]!))).toBe('00000001000000026162' + '00');
  });

  it('has the root of its tree and its number of leaves in its own', () => {
    const { root: treeRoot } = full.inclusion(0);
    const bytes = Uint8Array.from(Buffer.from(treeRoot, 'hex'));
    expect(root).toBe(toHex(logStateRoot(7, bytes)));
    expect(root).toBe(toHex(sha256(Uint8Array.of(0x4c, 0, 0, 0, 0, 0, 0, 0, 7, ...bytes))));
    expect(toHex(logStateRoot(2 ** 32 + 1, bytes))).toBe(
      toHex(sha256(Uint8Array.of(0x4c, 0, 0, 0, 1, 0, 0, 0, 1, ...bytes))),
    );
  });

  it('gives proofs that any verifier of RFC 6962 takes', () => {
    for (let size = 1; size <= full.writes; size++) {
      for (let leaf = 0; leaf < size; leaf++) {
        expect(checkLogProof(full.inclusion(leaf, size)).verdict).toBe('valid');
        expect(checkLogProof(full.consistency(leaf + 1, size)).verdict).toBe('valid');
      }
    }
    // What was taken back and written otherwise is no growth of what was there.
    const other = logOf(BLOCKS[0]!, { a: null, c: 'else' }, { a: 'four' });
    const forged = { ...full.consistency(4), root1: other.inclusion(0, 4).root };
    expect(checkLogProof(forged).verdict).toBe('invalid');
  });

  it('proves the latest write of a key, and those before it', () => {
    const proof = full.prove(asciiBytes('a'))!;
    expect(proof).toMatchObject({ height: 8, leaf: 5, leaves: 7, value: toHex(asciiBytes('six')), root });
    expect(verifyWrite(textOf(proof), root)).toBe('valid');
    expect(verifyWrite(textOf(full.proveWrite(4)), root)).toBe('valid');
    expect(full.proveWrite(2)).toBeUndefined();
    expect(full.prove(asciiBytes('d'))).toBeUndefined();
    for (const twisted of [
      { height: 7 },
      { leaf: 4 },
      { leaves: 8 },
      { leaves: 6 },
      { leaf: 7 },
      { key: toHex(asciiBytes('b')) },
      { value: toHex(asciiBytes('four')) },
      { path: proof.path.slice(1) },
      { path: [...proof.path, proof.path[0]] },
      { root: toHex(logOf(...BLOCKS.slice(0, 3)).root()) },
    ])
      expect(verifyWrite(textOf({ ...proof, ...twisted }), root)).toBe('invalid');
  });

  it('forgets what is taken back, and refuses to take back anything else', () => {
    const storage = logOf(...BLOCKS);
    const blocks = blocksOf(...BLOCKS);
    expect(() => storage.apply(blocks[2]!, true)).toThrow();
    const again = logOf(...BLOCKS);
    again.apply(blocks[3]!, true);
    again.apply(blocks[2]!, true);
    expect(toHex(again.root())).toBe(toHex(logOf(...BLOCKS.slice(0, 2)).root()));
    expect(again.get(asciiBytes('a'))).toBeUndefined();
    expect(toHex(again.get(asciiBytes('b'))!)).toBe(toHex(asciiBytes('one')));
    expect(again.proveWrite(1)!.leaves).toBe(4);
  });
});

describe('a proof of a write up to the root of a block', () => {
  const other = '22'.repeat(64);
  const lanes = [`00000001${other}`, `00000004${'33'.repeat(32)}${root}`];
  const before = '44'.repeat(32);
  const blockRoot = (count: number, of: readonly string[]): string => {
    const out = new ByteWriter();
    out.raw(Uint8Array.from(Buffer.from(before, 'hex')));
    out.u32(count);
    for (const lane of of) out.raw(Uint8Array.from(Buffer.from(lane, 'hex')));
    return toHex(sha256(out.view()));
  };
  const block: BlockCommitment = { before, lanes, root: blockRoot(2, lanes) };
  const proof = full.prove(asciiBytes('b'), block)!;

  it('leads to either root', () => {
    expect(verifyWrite(textOf(proof))).toBe('valid');
    expect(verifyWrite(textOf(proof), root)).toBe('valid');
    expect(verifyWrite(textOf(proof), block.root)).toBe('valid');
    expect(verifyWrite(textOf(proof), before)).toBe('invalid');
  });

  it('breaks with a lane left out, put in, in another order, or without its state', () => {
    const swapped = [...lanes].reverse();
    for (const [count, given, claimed] of [
      [1, lanes.slice(1), block.root],
      [3, [...lanes, lanes[0]!], block.root],
      [2, swapped, block.root],
      [1, lanes.slice(0, 1), blockRoot(1, lanes.slice(0, 1))],
    ] as const) {
      const twisted = { ...proof, block: { before, lanes: given, root: claimed } };
      expect(verifyWrite(textOf(twisted), count === 1 ? claimed : block.root)).toBe('invalid');
    }
  });

  it('is never valid, and never throws, with any of its letters another', () => {
    const text = textOf(proof);
    for (let at = 0; at < text.length; at++) {
      for (const flip of [1, 2, 4, 8, 16, 32, 64]) {
        const letter = String.fromCharCode(text.charCodeAt(at) ^ flip);
        const twisted = text.slice(0, at) + letter + text.slice(at + 1);
        expect(['invalid', 'malformed']).toContain(verifyWrite(twisted, block.root));
      }
    }
  });

  it('is malformed when it is anything else', () => {
    const wrong: unknown[] = [
      null,
      5,
      'x',
      [],
      {},
      [proof],
      { ...proof, more: 1 },
      { ...proof, format: 'x' },
    ];
    for (const name of Object.keys(proof)) wrong.push({ ...proof, [name]: null }, { ...proof, [name]: -1 });
    for (const name of ['height', 'leaf', 'leaves']) {
      for (const value of [0.5, '1', 2 ** 53]) wrong.push({ ...proof, [name]: value });
    }
    wrong.push({ ...proof, path: Array.from({ length: 65 }, () => before) });
    wrong.push(
      { ...proof, block: { ...block, more: 1 } },
      { ...proof, block: { ...block, lanes: [before] } },
    );
    for (const item of wrong) expect(verifyWrite(textOf(item), root)).toBe('malformed');
    expect(verifyWrite('', root)).toBe('malformed');
    expect(verifyWrite(textOf(proof), root.toUpperCase())).toBe('malformed');
    expect(verifyWrite(undefined as unknown as string)).toBe('malformed');
  });
});
