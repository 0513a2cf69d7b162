import { sha256 as plainSha256 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asciiBytes, compareBytes, toHex } from '../../base/bytes.ts';
import { readText } from '../../tests/files.ts';
import { readFacts } from '../../tests/sourceFacts.ts';
import { MerkleStorage } from './merkleStorage.ts';
import { checkOf, type ProofFields, sha256, verifyProof } from './verifyProof.ts';

const keyOf = (number: number): Uint8Array => asciiBytes(`m/t\0${number}`);

/** A tree with keys 0 to count − 1. */
function treeOf(count: number): MerkleStorage {
  const storage = new MerkleStorage();
  const changes = Array.from({ length: count }, (_, i) => ({
    key: keyOf(i),
    before: null,
    after: Uint8Array.of(i, i >> 8),
  }));
  storage.apply({ height: 0, changes: changes.sort((a, b) => compareBytes(a.key, b.key)) });
  return storage;
}

/** A short key's path, hex. */
function pathOf(key: Uint8Array): string {
  const filled = new Uint8Array(64);
  filled.set(key);
  filled[63] = key.length;
  return toHex(plainSha256(filled).subarray(1));
}

/** A text of these fields that is not damaged, whatever else it is. */
function sealed(fields: ProofFields): string {
  return JSON.stringify({ ...fields, check: checkOf(fields) });
}

describe('the verifier of a Merkle proof', () => {
  it('imports nothing', () => {
    const path = 'engine/storage/merkleTree/verifyProof.ts';
    expect(readFacts(path, readText(path)).imports).toEqual([]);
  });

  it('hashes as FIPS 180-4 says', () => {
    expect(toHex(sha256(asciiBytes('abc')))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(toHex(sha256(new Uint8Array()))).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(toHex(sha256(bytes))).toBe(toHex(plainSha256(bytes)));
      }),
    );
  });

  it('takes proofs of trees of every size', () => {
    for (const count of [0, 1, 2, 3, 17, 1000]) {
      const tree = treeOf(count);
      for (const number of [0, 1, count - 1, count, count + 1].filter((n) => n >= 0)) {
        const proof = tree.prove(keyOf(number));
        expect(proof.value === null).toBe(number >= count);
        expect(verifyProof(JSON.stringify(proof), toHex(tree.root()))).toBe('valid');
        expect(verifyProof(JSON.stringify(proof))).toBe('valid');
      }
    }
  });

  it('reads a proof that somebody wrote in another way, since it says the same', () => {
    const proof = treeOf(20).prove(keyOf(4));
    const turned = Object.fromEntries(Object.entries(proof).reverse());
    expect(verifyProof(`${JSON.stringify(turned, null, 2)}\n`)).toBe('valid');
  });

  it('does not take another leaf for the one that stands where a key is', () => {
    const tree = treeOf(64);
    const root = toHex(tree.root());
    const target = tree.prove(keyOf(9));
    for (let number = 0; number < 64; number++) {
      if (number === 9) continue;
      const other = tree.prove(keyOf(number));
      const absent = [1000, 1001, 1002, 1003].map((n) => tree.prove(keyOf(n)));
      const path = pathOf(keyOf(number));
      const leaf = `02${path}02${toHex(Uint8Array.of(number, 0))}`.padEnd(128, '0');
      const claim = { ...other, key: target.key, value: null, other: leaf };
      expect(verifyProof(sealed(claim), root)).toBe('invalid');
      for (const { steps, other: leaf } of absent) {
        expect(verifyProof(sealed({ ...claim, steps, other: leaf }), root)).toBe('invalid');
      }
      // Depths at which both keys have the same bit: the way would fit, but the hashes know better.
      const bits = (hex: string) =>
        [...hex].flatMap((digit) => [...Number.parseInt(digit, 16).toString(2).padStart(4, '0')]);
      const mine = bits(pathOf(keyOf(9)));
      const theirs = bits(path);
      const shared = mine.flatMap((bit, at) => (bit === theirs[at] ? [at] : [])).slice(0, other.steps.length);
      const steps = other.steps.map(
        (step, i) => shared[other.steps.length - 1 - i]!.toString(16).padStart(2, '0') + step.slice(2),
      );
      expect(verifyProof(sealed({ ...claim, steps }), root)).toBe('invalid');
    }
  });

  it('does not take an inner node for a leaf, nor a leaf for an inner node', () => {
    const tree = treeOf(2);
    const root = toHex(tree.root());
    const [a, b] = [tree.prove(keyOf(0)), tree.prove(keyOf(1))];
    const halves = [a.steps[0]!.slice(2), b.steps[0]!.slice(2)];
    for (const [left, right] of [halves, [...halves].reverse()]) {
      for (const tag of ['00', '01', '02']) {
        const other = `${tag}${left}${a.steps[0]!.slice(0, 2)}${right}`;
        const claim = { ...a, key: toHex(keyOf(5)), value: null, steps: [], other };
        expect(verifyProof(sealed(claim), root)).toBe('invalid');
      }
    }
    expect(verifyProof(sealed({ ...a, steps: [] }), root)).toBe('invalid');
    expect(verifyProof(sealed({ ...a, steps: [...a.steps, ...a.steps] }), root)).toBe('invalid');
  });

  it('does not take another number of keys', () => {
    const proof = treeOf(20).prove(keyOf(4));
    for (const keys of [0, 19, 21]) expect(verifyProof(sealed({ ...proof, keys }))).toBe('invalid');
  });

  it('follows a proof to the root of a block', () => {
    const tree = treeOf(30);
    const stateRoot = toHex(tree.root());
    const before = '11'.repeat(32);
    const lanes = [`00000001${'22'.repeat(64)}`, `00000003${'33'.repeat(32)}${stateRoot}`];
    const root = toHex(sha256(Uint8Array.from(Buffer.from(`${before}00000002${lanes.join('')}`, 'hex'))));
    const proof = tree.prove(keyOf(3), { before, lanes, root });
    const text = JSON.stringify(proof);
    expect(verifyProof(text, root)).toBe('valid');
    expect(verifyProof(text, stateRoot)).toBe('valid');
    expect(verifyProof(text, before)).toBe('invalid');
    const lies = [
      { before: '12'.repeat(32), lanes, root },
      { before, lanes: lanes.slice(0, 1), root },
      { before, lanes: [...lanes].reverse(), root },
      { before, lanes: [lanes[0]!, `00000003${stateRoot}${'33'.repeat(32)}`], root },
    ];
    for (const block of lies) expect(verifyProof(sealed({ ...proof, block }), root)).toBe('invalid');
    for (let at = 0; at < text.length; at++) {
      for (const flip of [1, 2, 16, 32]) {
        const damaged =
          text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ flip) + text.slice(at + 1);
        expect(verifyProof(damaged), `byte ${at}`).not.toBe('valid');
      }
    }
  });

  it('answers everything else with malformed', () => {
    const proof = treeOf(20).prove(keyOf(4));
    const { steps: _steps, ...without } = proof;
    const wrong: unknown[] = [
      without,
      { ...proof, more: 1 },
      { ...proof, format: 'switchyard/merkle/2' },
      { ...proof, key: proof.key.toUpperCase() },
      { ...proof, key: proof.key.slice(1) },
      { ...proof, keys: -1 },
      { ...proof, keys: 1.5 },
      { ...proof, keys: '20' },
      { ...proof, value: 7 },
      { ...proof, other: '00' },
      { ...proof, steps: 'x' },
      { ...proof, steps: Array.from({ length: 300 }, () => proof.steps[0]) },
      { ...proof, root: null },
      { ...proof, check: '' },
      { ...proof, block: null },
      { ...proof, block: { before: proof.root, lanes: [], root: proof.root, more: 1 } },
      [proof],
      null,
      7,
    ];
    for (const one of wrong) expect(verifyProof(JSON.stringify(one)), JSON.stringify(one)).toBe('malformed');
    for (const text of ['', '{', '['.repeat(100_000), 'x'.repeat(2_000_000), undefined, 7, null]) {
      expect(verifyProof(text as string)).toBe('malformed');
    }
    expect(verifyProof(JSON.stringify(proof), 'ab')).toBe('malformed');
  });

  it('never throws, whatever it is given', () => {
    const proof = treeOf(20).prove(keyOf(4));
    const names = Object.keys(proof) as (keyof typeof proof)[];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.jsonValue(), (name, value) => {
        fc.pre(value !== proof[name]);
        const verdict = verifyProof(JSON.stringify({ ...proof, [name]: value }));
        expect(['invalid', 'malformed']).toContain(verdict);
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(verifyProof(text)).toBe('malformed');
      }),
      { numRuns: 500 },
    );
  });
});
