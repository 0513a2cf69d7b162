import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { bulkHash } from '../base/bulkHash.ts';
import { asciiBytes, ByteWriter, compareBytes, toHex } from '../base/bytes.ts';
import { createPrng } from '../base/prng.ts';
import { median, medianInterval } from '../runtime/measurement.ts';
import { verifyStorageProof } from '../runtime/verifyStorageProof.ts';
import type { ModuleStorage, StorageChange, StorageWrites } from '../storage/contract.ts';
import { storages } from '../storages.ts';
import type { StorageKind } from '../types/storageKind.ts';

export interface StorageRequest {
  readonly storage: StorageKind;
  readonly keys: number;
  /** Keys that each measured block writes. */
  readonly changes: number;
  /** Measured blocks. */
  readonly runs: number;
}

/** Times are medians, ms. */
export interface StorageRow extends StorageRequest {
  readonly hashing: 'wasm' | 'javascript';
  /** Taking a block's changes in, making the root after it, and both. */
  readonly applyMs: number;
  readonly rootMs: number;
  readonly blockMs: number;
  /** The 95 % interval of the median of `blockMs`. */
  readonly interval: readonly [number, number];
  /** Null where the storage proves nothing. */
  readonly proveMs: number | null;
  readonly verifyMs: number | null;
  readonly proofBytes: number | null;
  /** What the storage says that it takes, and by how much the memory of the process grew, keys and values included. */
  readonly bytesPerKey: number;
  readonly memoryPerKey: number;
  /** Whether the root at the end is that of a storage that was built anew, and all proofs were valid. */
  readonly rootMatches: boolean;
}

const KEYS_A_BLOCK = 50_000;
const PROOFS = 200;
const KEY_PREFIX = asciiBytes('bank/balances\0');
const VALUE_BYTES = 16;
const SEED = 20;

/** Measures a storage of balances. Blocks write distinct keys drawn evenly, all of them there before. */
export function measureStorage({ storage: kind, keys, changes, runs }: StorageRequest): StorageRow {
  const before = memoryBytes();
  const storage = storages[kind]();
  const history = new WrittenBlocks(keys, changes);
  for (const writes of history.building()) storage.apply(writes);
  storage.root();
  const memoryPerKey = (memoryBytes() - before) / keys;
  const bytesPerKey = storage.sizeBytes / keys;
  const applied: number[] = [];
  const rooted: number[] = [];
  for (let run = 0; run < runs; run++) {
    const writes = history.block(run);
    applied.push(timedMs(() => storage.apply(writes)));
    rooted.push(timedMs(() => storage.root()));
  }
  const whole = applied.map((applyMs, run) => applyMs + rooted[run]!);
  const proofs = measureProofs(storage, history);
  const again = storages[kind]();
  for (const writes of history.building()) again.apply(writes);
  for (let run = 0; run < runs; run++) again.apply(history.block(run));
  const [low, high] = medianInterval(whole);
  return {
    storage: kind,
    keys,
    changes,
    runs,
    hashing: bulkHash().implementation,
    applyMs: median(applied),
    rootMs: median(rooted),
    blockMs: median(whole),
    interval: [low, high],
    ...proofs.figures,
    bytesPerKey,
    memoryPerKey,
    rootMatches: proofs.valid && toHex(again.root()) === toHex(storage.root()),
  };
}

function measureProofs(storage: ModuleStorage, history: WrittenBlocks) {
  if (storage.proves === 'nothing') {
    return { figures: { proveMs: null, verifyMs: null, proofBytes: null }, valid: true };
  }
  const root = toHex(storage.root());
  const prng = createPrng(SEED, 'proofs');
  const proving: number[] = [];
  const verifying: number[] = [];
  const sizes: number[] = [];
  let valid = true;
  for (let i = 0; i < PROOFS; i++) {
    const key = history.key(prng.below(history.keys));
    let text = '';
    proving.push(
      timedMs(() => {
        text = JSON.stringify(storage.prove(key));
      }),
    );
    verifying.push(
      timedMs(() => {
        valid &&= verifyStorageProof(text, root) === 'valid';
      }),
    );
    sizes.push(text.length);
  }
  const figures = { proveMs: median(proving), verifyMs: median(verifying), proofBytes: median(sizes) };
  return { figures, valid };
}

/** Blocks of balances, made when they are asked for, so that nothing of them counts as the storage's memory. */
class WrittenBlocks {
  readonly keys: number;
  private readonly changes: number;

  constructor(keys: number, changes: number) {
    this.keys = keys;
    this.changes = Math.min(changes, keys);
  }

  key(account: number): Uint8Array {
    const out = new ByteWriter(KEY_PREFIX.length + 12);
    out.raw(KEY_PREFIX);
    out.u32(0);
    out.u32(0);
    out.u32(account);
    return out.copy();
  }

  /** Blocks that write every key once. */
  *building(): Generator<StorageWrites> {
    for (let from = 0; from < this.keys; from += KEYS_A_BLOCK) {
      const count = Math.min(KEYS_A_BLOCK, this.keys - from);
      const changes = Array.from({ length: count }, (_, i) => this.change(from + i, 0));
      yield { height: from / KEYS_A_BLOCK, changes };
    }
  }

  /** A measured block: always the same for its number. */
  block(run: number): StorageWrites {
    const prng = createPrng(SEED, `block ${run}`);
    const accounts = new Set<number>();
    while (accounts.size < this.changes) accounts.add(prng.below(this.keys));
    const changes = [...accounts].map((account) => this.change(account, run + 1));
    return {
      height: Math.ceil(this.keys / KEYS_A_BLOCK) + run,
      changes: changes.sort((a, b) => compareBytes(a.key, b.key)),
    };
  }

  private change(account: number, amount: number): StorageChange {
    const after = new Uint8Array(VALUE_BYTES);
    new DataView(after.buffer).setUint32(VALUE_BYTES - 4, amount);
    return { key: this.key(account), before: null, after };
  }
}

function timedMs(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

let collectGarbage: (() => void) | undefined;

/** Memory that this process holds after its garbage was collected. */
function memoryBytes(): number {
  if (collectGarbage === undefined) {
    setFlagsFromString('--expose-gc');
    collectGarbage = runInNewContext('gc') as () => void;
  }
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
