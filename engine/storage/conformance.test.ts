import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asciiBytes, compareBytes, toHex } from '../base/bytes.ts';
import type { ModuleStorage, ProofVerdict, StorageChange, StorageProof, StorageWrites } from './contract.ts';
import { AppendLogStorage } from './appendLog/appendLogStorage.ts';
import { verifyWrite } from './appendLog/verifyWrite.ts';
import { EncryptedBlobStorage } from './encryptedBlob/encryptedBlobStorage.ts';
import { FlatStorage } from './flatMap/flatStorage.ts';
import { MerkleStorage } from './merkleTree/merkleStorage.ts';
import { checkOf, type ProofFields, verifyProof } from './merkleTree/verifyProof.ts';

/** A kind of storage, and who checks its proofs: given a proof's text and the root that a person trusts, in hex. */
interface Backend {
  readonly name: string;
  create(): ModuleStorage;
  verify?(proof: string, root: string): ProofVerdict;
  /** Makes good again what a proof says to guard itself against damage: forgers can, too. */
  reseal?(proof: StorageProof): StorageProof;
}

const reseal = (proof: StorageProof): StorageProof =>
  ({ ...proof, check: checkOf(proof as unknown as ProofFields) }) as StorageProof;

const backends: readonly Backend[] = [
  { name: 'flatMap', create: () => new FlatStorage() },
  { name: 'merkleTree', create: () => new MerkleStorage(), verify: verifyProof, reseal },
  { name: 'appendLog', create: () => new AppendLogStorage(), verify: verifyWrite },
  {
    name: 'encryptedBlob',
    create: () => new EncryptedBlobStorage(new MerkleStorage()),
    verify: verifyProof,
    reseal,
  },
];

/** What one block asks for: keys by number, and what they become (null: removed). */
type Asked = readonly (readonly [key: number, value: Uint8Array | null])[];

/** Keys of different lengths, some the beginning of others. */
function keyOf(number: number): Uint8Array {
  return asciiBytes(`module/table\0${'x'.repeat(number % 5)}${number >> 2}`);
}

const value = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 3, arbitrary: fc.uint8Array({ minLength: 0, maxLength: 70 }) },
);
const block: fc.Arbitrary<Asked> = fc.uniqueArray(fc.tuple(fc.nat(40), value), {
  maxLength: 30,
  selector: ([key]) => toHex(keyOf(key)),
});
const history = fc.array(block, { minLength: 1, maxLength: 8 });

/** The plainest storage there can be, which says what is right; makes complete changes from what was asked for. */
class Model {
  readonly content = new Map<string, Uint8Array>();

  change(height: number, asked: Asked): StorageWrites {
    const changes = asked
      .map(([number, after]): StorageChange => {
        const key = keyOf(number);
        return { key, before: this.content.get(toHex(key)) ?? null, after };
      })
      .sort((a, b) => compareBytes(a.key, b.key));
    for (const { key, after } of changes) {
      if (after === null) this.content.delete(toHex(key));
      else this.content.set(toHex(key), after);
    }
    return { height, changes };
  }
}

function contentOf(storage: ModuleStorage): Record<string, string> {
  return sorted([...storage.entries()].map(({ key, value }) => [toHex(key), toHex(value)]));
}

function sorted(entries: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** All that a storage shows of itself. */
function snapshot(storage: ModuleStorage) {
  return {
    size: storage.size,
    sizeBytes: storage.sizeBytes,
    root: toHex(storage.root()),
    content: contentOf(storage),
  };
}

function built(backend: Backend, blocks: readonly StorageWrites[]): ModuleStorage {
  const storage = backend.create();
  for (const writes of blocks) storage.apply(writes);
  return storage;
}

/** A content as one block that writes it into nothing. */
function asOneBlock(content: ReadonlyMap<string, Uint8Array>): StorageWrites {
  const changes = [...content].map(
    ([key, after]): StorageChange => ({ key: Uint8Array.from(Buffer.from(key, 'hex')), before: null, after }),
  );
  return { height: 0, changes: changes.sort((a, b) => compareBytes(a.key, b.key)) };
}

describe.each(backends)('storage of the kind $name', (backend) => {
  it('holds what was written, and nothing else', () => {
    fc.assert(
      fc.property(history, (asked) => {
        const model = new Model();
        const storage = backend.create();
        asked.forEach((one, height) => {
          storage.apply(model.change(height, one));
          expect(contentOf(storage)).toEqual(sorted([...model.content].map(([k, v]) => [k, toHex(v)])));
          expect(storage.size).toBe(model.content.size);
        });
        for (let number = 0; number <= 41; number++) {
          const expected = model.content.get(toHex(keyOf(number)));
          const found = storage.get(keyOf(number));
          expect(found === undefined ? undefined : toHex(found)).toBe(expected && toHex(expected));
        }
        const least = [...model.content].reduce((sum, [key, v]) => sum + key.length / 2 + v.length, 0);
        expect(storage.sizeBytes).toBeGreaterThanOrEqual(least);
      }),
    );
  });

  it('is what it was before when changes are taken back, and goes on as if they had never been', () => {
    fc.assert(
      fc.property(history, history, fc.nat(8), (asked, other, kept) => {
        const model = new Model();
        const storage = backend.create();
        const before = [snapshot(storage)];
        const blocks = asked.map((one, height) => {
          const writes = model.change(height, one);
          storage.apply(writes);
          before.push(snapshot(storage));
          return writes;
        });
        const stay = Math.min(kept, blocks.length);
        for (let height = blocks.length - 1; height >= stay; height--) {
          storage.apply(blocks[height]!, true);
          expect(snapshot(storage)).toEqual(before[height]);
        }
        const again = new Model();
        const line = blocks.slice(0, stay).map((_, height) => again.change(height, asked[height]!));
        other.forEach((one, i) => {
          const writes = again.change(stay + i, one);
          storage.apply(writes);
          line.push(writes);
        });
        expect(snapshot(storage)).toEqual(snapshot(built(backend, line)));
      }),
    );
  });

  it('commits to its content, or to its history: no two have one root', () => {
    fc.assert(
      fc.property(fc.array(history, { minLength: 2, maxLength: 5 }), (histories) => {
        const roots = new Map<string, string>();
        for (const asked of histories) {
          const model = new Model();
          const blocks = asked.map((one, height) => model.change(height, one));
          const storage = built(backend, blocks);
          const root = toHex(storage.root());
          expect(toHex(storage.root())).toBe(root);
          expect(storage.root()).toHaveLength(32);
          const line = blocks.flatMap(({ height, changes }) =>
            changes.map(({ key, after }) => [height, toHex(key), after && toHex(after)]),
          );
          const content = JSON.stringify(storage.commitsTo === 'content' ? contentOf(storage) : line);
          const other = roots.get(root);
          if (other !== undefined) expect(other).toBe(content);
          expect([...roots.values()].filter((known) => known === content)).toHaveLength(
            other === undefined ? 0 : 1,
          );
          roots.set(root, content);
          if (storage.commitsTo === 'content') {
            expect(toHex(built(backend, [asOneBlock(model.content)]).root())).toBe(root);
          }
        }
      }),
    );
  });

  it('has another root when any one byte of a value is another', () => {
    const model = new Model();
    const writes = model.change(0, [
      [1, Uint8Array.of(1, 2, 3)],
      [2, Uint8Array.of()],
      [3, new Uint8Array(64)],
    ]);
    const root = toHex(built(backend, [writes]).root());
    writes.changes.forEach(({ after }, place) => {
      for (let at = 0; at <= after!.length; at++) {
        const other = Uint8Array.from([...after!, ...(at === after!.length ? [0] : [])]);
        if (at < after!.length) other[at] = other[at]! ^ 1;
        const changes = writes.changes.map((one, i) => (i === place ? { ...one, after: other } : one));
        expect(toHex(built(backend, [{ height: 0, changes }]).root())).not.toBe(root);
      }
    });
  });

  it('proves what it says it proves, of every key', () => {
    fc.assert(
      fc.property(history, (asked) => {
        const model = new Model();
        const storage = built(
          backend,
          asked.map((one, height) => model.change(height, one)),
        );
        const root = toHex(storage.root());
        for (let number = 0; number <= 41; number++) {
          const key = keyOf(number);
          const present = model.content.get(toHex(key));
          const proof = storage.prove(key);
          const can =
            storage.proves === 'presenceAndAbsence' ||
            (storage.proves === 'presence' && present !== undefined);
          expect(proof !== undefined).toBe(can);
          if (proof === undefined) continue;
          expect(proof.key).toBe(toHex(key));
          expect(proof.value).toBe(present === undefined ? null : toHex(present));
          expect(proof.root).toBe(root);
          expect(backend.verify!(JSON.stringify(proof), root)).toBe('valid');
        }
      }),
      { numRuns: 30 },
    );
  });

  it('has no proof of what is not so', () => {
    const model = new Model();
    const storage = built(backend, [
      model.change(
        0,
        Array.from({ length: 30 }, (_, i) => [i, Uint8Array.of(i, 1)] as const),
      ),
    ]);
    if (storage.proves === 'nothing') return;
    const root = toHex(storage.root());
    const otherRoot = toHex(built(backend, [model.change(1, [[1, Uint8Array.of(7)]])]).root());
    for (const number of [0, 7, 29, 40]) {
      const proof = storage.prove(keyOf(number));
      if (proof === undefined) continue;
      const lies = [
        { ...proof, root: otherRoot },
        // One proof of absence holds for many absent keys; of a key that is there it never does.
        ...(proof.value === null ? [toHex(keyOf(3))] : [toHex(keyOf(number + 1)), `${proof.key}00`, '']).map(
          (key) => ({ ...proof, key }),
        ),
        ...[proof.value === null ? '0701' : null, 'ff', `${proof.value ?? ''}00`].map((value) => ({
          ...proof,
          value,
        })),
      ];
      const verdicts = lies.flatMap((lie) => {
        const forged = JSON.stringify(backend.reseal?.(lie) ?? lie);
        return [backend.verify!(forged, root), backend.verify!(forged, lie.root)];
      });
      expect(backend.verify!(JSON.stringify(proof), otherRoot)).toBe('invalid');
      expect(verdicts).not.toContain('valid');
    }
  });

  it('has no proof that stays valid when any byte of it is another', () => {
    const model = new Model();
    const storage = built(backend, [
      model.change(
        0,
        Array.from({ length: 30 }, (_, i) => [i, Uint8Array.of(i, 1)] as const),
      ),
    ]);
    if (storage.proves === 'nothing') return;
    const root = toHex(storage.root());
    for (const number of [3, 40]) {
      const proof = storage.prove(keyOf(number));
      if (proof === undefined) continue;
      const text = JSON.stringify(proof);
      for (let at = 0; at < text.length; at++) {
        for (const flip of [1, 8, 32]) {
          const other = String.fromCharCode(text.charCodeAt(at) ^ flip);
          const verdict = backend.verify!(text.slice(0, at) + other + text.slice(at + 1), root);
          expect(['invalid', 'malformed'], `byte ${at}, flipped ${flip}`).toContain(verdict);
        }
        expect(backend.verify!(text.slice(0, at), root)).toBe('malformed');
      }
    }
  });
});
