import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../base/bytes.ts';
import { LogTree } from './logTree.ts';
import { checkLogProof, EMPTY_ROOT, leafHash, nodeHash } from './verifyLog.ts';

/**
 * The definitions of RFC 6962, 2.1, word for word and with a SHA-256 of another make: nothing kept, everything computed from the
 * leaves. The tree and the checks are held against them.
 */
const H = (...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};
const split = (n: number): number => 2 ** (Math.ceil(Math.log2(n)) - 1);
function MTH(D: readonly Uint8Array[]): Uint8Array {
  if (D.length === 0) return H();
  if (D.length === 1) return H(Uint8Array.of(0), D[0]!);
  const k = split(D.length);
  return H(Uint8Array.of(1), MTH(D.slice(0, k)), MTH(D.slice(k)));
}
function PATH(m: number, D: readonly Uint8Array[]): Uint8Array[] {
  if (D.length === 1) return [];
  const k = split(D.length);
  return m < k
    ? [...PATH(m, D.slice(0, k)), MTH(D.slice(k))]
    : [...PATH(m - k, D.slice(k)), MTH(D.slice(0, k))];
}
function SUBPROOF(m: number, D: readonly Uint8Array[], b: boolean): Uint8Array[] {
  if (m === D.length) return b ? [] : [MTH(D)];
  const k = split(D.length);
  return m <= k
    ? [...SUBPROOF(m, D.slice(0, k), b), MTH(D.slice(k))]
    : [...SUBPROOF(m - k, D.slice(k), false), MTH(D.slice(0, k))];
}

const hexOf = (hashes: readonly Uint8Array[]): string[] => hashes.map(toHex);
const leavesOf = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, i) => new Uint8Array(i % 7).fill(i));
function treeOf(leaves: readonly Uint8Array[]): LogTree {
  const tree = new LogTree();
  for (const leaf of leaves) tree.append(leaf);
  return tree;
}

/** Leaves and roots of the reference implementation of Certificate Transparency, as its tests give them. */
const CT_LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => fromHex(hex)!);
const CT_ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

describe('the log’s tree', () => {
  it('has the roots that Certificate Transparency’s tests give', () => {
    const tree = new LogTree();
    const roots = [toHex(tree.root())];
    for (const leaf of CT_LEAVES) {
      tree.append(leaf);
      roots.push(toHex(tree.root()));
    }
    expect(roots).toEqual(CT_ROOTS);
    expect(toHex(EMPTY_ROOT)).toBe(CT_ROOTS[0]);
    expect(CT_ROOTS.map((_, size) => toHex(tree.root(size)))).toEqual(CT_ROOTS);
  });

  it('gives the proofs that RFC 6962, 2.1.3, walks through', () => {
    const d = CT_LEAVES.slice(0, 7);
    const [a, b, c, , e, f, j] = d.map(leafHash);
    const [g, h, i] = [nodeHash(a!, b!), nodeHash(c!, leafHash(d[3]!)), nodeHash(e!, f!)];
    const [k, l] = [nodeHash(g, h), nodeHash(i, j!)];
    const tree = treeOf(d);
    expect(hexOf(tree.inclusionProof(0))).toEqual(hexOf([b!, h, l]));
    expect(hexOf(tree.inclusionProof(3))).toEqual(hexOf([c!, g, l]));
    expect(hexOf(tree.inclusionProof(4))).toEqual(hexOf([f!, j!, k]));
    expect(hexOf(tree.inclusionProof(6))).toEqual(hexOf([i, k]));
    expect(hexOf(tree.consistencyProof(3))).toEqual(hexOf([c!, leafHash(d[3]!), g, l]));
    expect(hexOf(tree.consistencyProof(4))).toEqual(hexOf([l]));
    expect(hexOf(tree.consistencyProof(6))).toEqual(hexOf([i, j!, k]));
  });

  it('agrees with the definitions for every leaf of every size, and every two sizes', () => {
    const leaves = leavesOf(26);
    const tree = treeOf(leaves);
    for (let size = 0; size <= leaves.length; size++) {
      const D = leaves.slice(0, size);
      expect(toHex(tree.root(size))).toBe(toHex(MTH(D)));
      for (let m = 0; m < size; m++) {
        expect(hexOf(tree.inclusionProof(m, size))).toEqual(hexOf(PATH(m, D)));
        expect(hexOf(tree.consistencyProof(m + 1, size))).toEqual(hexOf(SUBPROOF(m + 1, D, true)));
        expect(inclusion(tree, m, size)).toBe('valid');
        expect(consistency(tree, m + 1, size)).toBe('valid');
      }
    }
  });

  it('taken back is the tree that never grew', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 12 }), (moves) => {
        const tree = new LogTree();
        let leaves: Uint8Array[] = [];
        for (const move of moves) {
          if (move >= 0) {
            const more = Array.from({ length: move }, (_, i) => Uint8Array.of(leaves.length, i, move));
            for (const leaf of more) tree.append(leaf);
            leaves = [...leaves, ...more];
          } else {
            leaves = leaves.slice(0, Math.max(0, leaves.length + move));
            tree.truncate(leaves.length);
          }
          expect(tree.size).toBe(leaves.length);
          expect(toHex(tree.root())).toBe(toHex(MTH(leaves)));
          leaves.forEach((_, m) => {
            expect(hexOf(tree.inclusionProof(m))).toEqual(hexOf(PATH(m, leaves)));
          });
        }
      }),
      { numRuns: 25 },
    );
  });

  it('asserts that what is asked for was there', () => {
    const tree = treeOf(leavesOf(3));
    for (const wrong of [
      () => tree.root(4),
      () => tree.root(-1),
      () => tree.inclusionProof(3),
      () => tree.inclusionProof(0, 4),
      () => tree.consistencyProof(2, 1),
      () => tree.consistencyProof(1, 4),
      () => tree.leafHash(3),
      () => tree.truncate(4),
    ])
      expect(wrong).toThrow();
  });

  it('keeps less than 64 bytes a leaf, and none of what was taken back', () => {
    const tree = treeOf(Array.from({ length: 4096 }, () => new Uint8Array(4)));
    expect(tree.sizeBytes).toBe((2 * 4096 - 1) * 32);
    tree.truncate(5);
    expect(tree.sizeBytes).toBe((5 + 2 + 1) * 32);
  });
});

function inclusion(tree: LogTree, m: number, size: number): string {
  return checkLogProof({
    leafIndex: m,
    treeSize: size,
    root: toHex(tree.root(size)),
    leafHash: toHex(tree.leafHash(m)),
    proof: hexOf(tree.inclusionProof(m, size)),
  }).verdict;
}

function consistency(tree: LogTree, size1: number, size2: number): string {
  return checkLogProof({
    size1,
    size2,
    root1: toHex(tree.root(size1)),
    root2: toHex(tree.root(size2)),
    proof: hexOf(tree.consistencyProof(size1, size2)),
  }).verdict;
}
