import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { LogTree } from './logTree.ts';
import { checkLogProof, EMPTY_ROOT, leafHash, nodeHash } from './verifyLog.ts';

type Json = Record<string, unknown> & { readonly proof: readonly string[] };

const SIZE = 8;
const tree = new LogTree();
for (let i = 0; i < SIZE; i++) tree.append(Uint8Array.of(i));

function inclusionOf(leafIndex: number, treeSize: number): Json {
  return {
    leafIndex,
    treeSize,
    root: toHex(tree.root(treeSize)),
    leafHash: toHex(tree.leafHash(leafIndex)),
    proof: tree.inclusionProof(leafIndex, treeSize).map(toHex),
  };
}

function consistencyOf(size1: number, size2: number): Json {
  return {
    size1,
    size2,
    root1: toHex(tree.root(size1)),
    root2: toHex(tree.root(size2)),
    proof: tree.consistencyProof(size1, size2).map(toHex),
  };
}

/** All proofs of the tree, of one and more hashes and of none. */
const all: Json[] = [];
for (let size = 1; size <= SIZE; size++) {
  for (let m = 0; m < size; m++) all.push(inclusionOf(m, size), consistencyOf(m + 1, size));
}

const verdict = (given: unknown): string => checkLogProof(given).verdict;
const other = '11'.repeat(32);

describe('the check of a log’s proofs', () => {
  it('passes all that the tree gives', () => {
    expect(new Set(all.map(verdict))).toEqual(new Set(['valid']));
  });

  it('never passes a proof of which one byte of a hash is another', () => {
    let corrupted = 0;
    for (const proof of all) {
      // Trees of one size are compared alone: with the same byte wrong on both sides they are the same.
      for (const [name, value] of Object.entries(proof)) {
        for (const [at, hash] of (Array.isArray(value) ? value : [value]).entries()) {
          if (typeof hash !== 'string') continue;
          for (let byte = 0; byte < 32; byte++) {
            const digit = (Number.parseInt(hash[2 * byte]!, 16) ^ (1 + (byte % 15))).toString(16);
            const wrong = hash.slice(0, 2 * byte) + digit + hash.slice(2 * byte + 1);
            const twisted = Array.isArray(value) ? value.with(at, wrong) : wrong;
            expect(verdict({ ...proof, [name]: twisted })).toBe('invalid');
            corrupted++;
          }
        }
      }
    }
    expect(corrupted).toBeGreaterThan(3_000);
  });

  it('never passes a proof with hashes left out, put in, twice or in another order', () => {
    for (const given of all) {
      const { proof } = given;
      const variants = [
        ...proof.map((_, i) => proof.toSpliced(i, 1)),
        ...[...proof, ''].map((_, i) => proof.toSpliced(i, 0, other)),
        ...proof.map((hash, i) => proof.toSpliced(i, 0, hash)),
        ...proof.slice(1).map((hash, i) => proof.with(i, hash).with(i + 1, proof[i]!)),
        [...proof, ...Array.from({ length: 1000 }, () => other)],
      ];
      for (const variant of variants) expect(verdict({ ...given, proof: variant })).toBe('invalid');
    }
  });

  it('never passes another leaf, place or root', () => {
    for (let size = 1; size <= SIZE; size++) {
      for (let m = 0; m < size; m++) {
        const given = inclusionOf(m, size);
        for (let elsewhere = 0; elsewhere <= SIZE; elsewhere++) {
          if (elsewhere !== m) expect(verdict({ ...given, leafIndex: elsewhere })).toBe('invalid');
        }
        expect(verdict({ ...given, leafIndex: '18446744073709551615' })).toBe('invalid');
        expect(verdict({ ...given, treeSize: 0 })).toBe('invalid');
        expect(verdict({ ...given, leafHash: given.root, root: given.leafHash })).toBe(
          size === 1 ? 'valid' : 'invalid',
        );
      }
    }
    for (let size2 = 2; size2 <= SIZE; size2++) {
      for (let size1 = 1; size1 < size2; size1++) {
        const given = consistencyOf(size1, size2);
        expect(verdict({ ...given, size1: size2, size2: size1 })).toBe('invalid');
        expect(verdict({ ...given, root1: given.root2, root2: given.root1 })).toBe('invalid');
        expect(verdict({ ...given, size1: 0 })).toBe('invalid');
        expect(verdict({ ...given, size1: size2 })).toBe('invalid');
        expect(verdict({ ...given, size2: size1 })).toBe('invalid');
      }
    }
  });

  it('knows trees of no leaf and of one', () => {
    const empty = toHex(EMPTY_ROOT);
    const only = toHex(leafHash(Uint8Array.of(0)));
    const one = { leafIndex: 0, treeSize: 1, root: only, leafHash: only, proof: [] };
    expect(verdict(one)).toBe('valid');
    expect(verdict({ ...one, proof: [only] })).toBe('invalid');
    expect(verdict({ ...one, leafIndex: 1 })).toBe('invalid');
    expect(verdict({ ...one, treeSize: 0 })).toBe('invalid');
    expect(verdict({ leafIndex: 0, treeSize: 0, root: empty, leafHash: only, proof: [] })).toBe('invalid');
    const same = { size1: 0, size2: 0, root1: empty, root2: empty, proof: [] };
    expect(verdict(same)).toBe('valid');
    expect(verdict({ ...same, proof: [empty] })).toBe('invalid');
    expect(verdict({ ...same, root2: only })).toBe('invalid');
    expect(verdict({ ...same, size2: 1, root2: only })).toBe('invalid');
    expect(verdict({ ...same, size2: 1, root2: only, proof: [only] })).toBe('invalid');
    expect(verdict({ ...same, size1: 1, size2: 1, root1: only, root2: only })).toBe('valid');
    expect(verdict({ ...same, size1: 1, size2: 1, root1: only, root2: other })).toBe('invalid');
  });

  it('compares roots of trees of one size as they are given, as Certificate Transparency’s tests do', () => {
    const same = { size1: 1, size2: 1, root1: '646f6e2774', root2: '646F6E2774', proof: [] };
    expect(verdict(same)).toBe('valid');
    expect(verdict({ ...same, size2: 2 })).toBe('malformed');
    expect(verdict({ ...same, root2: '646f6e27' })).toBe('invalid');
  });

  it('takes integers as numbers and as decimal strings, and hex of either case', () => {
    const given = inclusionOf(5, SIZE);
    const upper = JSON.parse(
      JSON.stringify(given).replaceAll(/"[0-9a-f]{64}"/g, (hash) => hash.toUpperCase()),
    );
    expect(verdict({ ...upper, leafIndex: '5', treeSize: `${SIZE}`, note: 'passed over' })).toBe('valid');
  });

  it('calls what is no proof malformed, and never throws', () => {
    const given = inclusionOf(5, SIZE);
    const wrong: unknown[] = [null, undefined, 0, '', 'proof', true, [], [given], {}, { proof: [] }];
    for (const name of Object.keys(given)) {
      wrong.push({ ...given, [name]: undefined }, { ...given, [name]: null }, { ...given, [name]: {} });
      const { [name]: _, ...without } = given;
      wrong.push(without);
    }
    for (const name of ['leafIndex', 'treeSize']) {
      for (const value of [
        -1,
        1.5,
        2 ** 53,
        1e300,
        '',
        '-1',
        '+5',
        '05',
        '5.0',
        '0x5',
        ' 5',
        '5n',
        [5],
        true,
      ])
        wrong.push({ ...given, [name]: value });
      wrong.push({ ...given, [name]: '18446744073709551616' }, { ...given, [name]: '9'.repeat(100_000) });
    }
    for (const hash of [
      '',
      'ab',
      'g'.repeat(64),
      '0'.repeat(63),
      '0'.repeat(66),
      `0x${'0'.repeat(62)}`,
      5,
      [],
    ]) {
      wrong.push({ ...given, root: hash }, { ...given, leafHash: hash }, { ...given, proof: [hash] });
    }
    wrong.push({ ...given, proof: other }, { ...given, proof: { 0: other, length: 1 } });
    wrong.push({ ...given, ...consistencyOf(3, 7) });
    for (const item of wrong) {
      expect(checkLogProof(item)).toMatchObject({ verdict: 'malformed', reason: expect.any(String) });
    }
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(verdict(value)).toBe('malformed');
      }),
    );
  });

  it('answers any values in the fields of a proof', () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.bigInt({ min: 0n, max: (1n << 65n) - 1n }).map(String),
      fc.nat(20),
      fc.constantFrom(...all.flatMap(({ proof }) => proof)),
      fc.array(fc.constant(other), { maxLength: 70 }),
    );
    const names = ['leafIndex', 'treeSize', 'root', 'leafHash', 'proof', 'size1', 'size2', 'root1', 'root2'];
    const record = Object.fromEntries(names.map((name) => [name, value]));
    fc.assert(
      fc.property(fc.record(record, { requiredKeys: [] }), (given) => {
        expect(['valid', 'invalid', 'malformed']).toContain(verdict(given));
      }),
    );
  });
});

/**
 * What the proofs say by the definitions of RFC 6962, 2.1.1 and 2.1.2: the node is built up again from the top down. Trees
 * of any size, of which nothing but the proof is known.
 */
function splitOf(size: bigint): bigint {
  let left = 1n;
  while (left * 2n < size) left *= 2n;
  return left;
}
function rootByPath(m: bigint, size: bigint, leaf: Uint8Array, proof: Uint8Array[]): Uint8Array {
  if (size === 1n) return leaf;
  const k = splitOf(size);
  const sibling = proof.pop() ?? leaf;
  return m < k
    ? nodeHash(rootByPath(m, k, leaf, proof), sibling)
    : nodeHash(sibling, rootByPath(m - k, size - k, leaf, proof));
}
const pathLength = (m: bigint, size: bigint): number =>
  size === 1n
    ? 0
    : 1 +
      (m < splitOf(size)
        ? pathLength(m, splitOf(size))
        : pathLength(m - splitOf(size), size - splitOf(size)));

/** Both roots and the proof, with hashes that `take` gives where the trees are not known. */
function grown(
  m: bigint,
  size: bigint,
  known: boolean,
  take: () => Uint8Array,
): { root1: Uint8Array; root2: Uint8Array; proof: Uint8Array[] } {
  if (m === size) {
    const hash = take();
    return { root1: hash, root2: hash, proof: known ? [] : [hash] };
  }
  const k = splitOf(size);
  const sibling = take();
  if (m <= k) {
    const { root1, root2, proof } = grown(m, k, known, take);
    return { root1, root2: nodeHash(root2, sibling), proof: [...proof, sibling] };
  }
  const { root1, root2, proof } = grown(m - k, size - k, false, take);
  return { root1: nodeHash(sibling, root1), root2: nodeHash(sibling, root2), proof: [...proof, sibling] };
}

describe('the check of proofs of trees of up to 2^64 − 1 leaves', () => {
  const MAX = (1n << 64n) - 1n;
  const edges = [1n, 2n, 3n, 2n ** 31n, 2n ** 32n, 2n ** 32n + 1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 63n, MAX];
  const size = fc.oneof(fc.bigInt({ min: 1n, max: MAX }), fc.constantFrom(...edges));
  const hash = (seed: number): Uint8Array => leafHash(Uint8Array.of(seed, seed >> 8));
  const taking = (): (() => Uint8Array) => {
    let next = 0;
    return () => hash(next++);
  };

  it('agrees with the definition of inclusion', () => {
    fc.assert(
      fc.property(size, size, (treeSize, place) => {
        const leafIndex = place % treeSize;
        const leaf = hash(999);
        const proof = Array.from({ length: pathLength(leafIndex, treeSize) }, (_, i) => hash(i));
        const root = rootByPath(leafIndex, treeSize, leaf, [...proof]);
        const given = {
          leafIndex: String(leafIndex),
          treeSize: String(treeSize),
          root: toHex(root),
          leafHash: toHex(leaf),
          proof: proof.map(toHex),
        };
        expect(verdict(given)).toBe('valid');
        if (proof.length > 0) expect(verdict({ ...given, proof: given.proof.slice(1) })).toBe('invalid');
        expect(verdict({ ...given, proof: [...given.proof, other] })).toBe('invalid');
      }),
      { numRuns: 200 },
    );
  });

  it('agrees with the definition of consistency', () => {
    fc.assert(
      fc.property(size, size, (a, b) => {
        const [size1, size2] = a < b ? [a, b] : [b, a];
        const { root1, root2, proof } = grown(size1, size2, true, taking());
        const given = {
          size1: String(size1),
          size2: String(size2),
          root1: toHex(root1),
          root2: toHex(root2),
          proof: proof.map(toHex),
        };
        expect(verdict(given)).toBe('valid');
        if (proof.length > 0) expect(verdict({ ...given, proof: given.proof.slice(1) })).toBe('invalid');
        expect(verdict({ ...given, proof: [...given.proof, other] })).toBe('invalid');
      }),
      { numRuns: 200 },
    );
  });
});
