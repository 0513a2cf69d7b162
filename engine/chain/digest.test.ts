import { describe, expect, it } from 'vitest';
import { compareBytes, ByteWriter, toHex } from '../base/bytes.ts';
import { sha256 } from '../base/hash.ts';
import { createPrng } from '../base/prng.ts';
import { kernelErrors, kernelTables } from '../execution/kernel/kernelTables.ts';
import type { RawReceipt } from '../execution/outcome.ts';
import {
  account,
  bytes,
  defineModule,
  type ErrorType,
  event,
  linkModules,
  moduleError,
  struct,
  table,
  u16,
  u32,
  u64,
  u128,
  u256,
  writeKeyWords,
  type Table,
} from '../moduleSdk/index.ts';
import { keyIdentity, type StateChange } from '../storage/contract.ts';
import { chainParts, SMALL_GENESIS } from '../tests/chainParts.ts';
import { inCanonicalOrder, writeCanonicalKey } from './canonicalOrder.ts';
import { chainDigest, DIGEST_BEFORE_GENESIS } from './digest.ts';
import { createGenesis } from './genesis.ts';

const plain = table('test/plain', { key: { account: account() }, value: u128() });
const longer = table('test/plainer', { key: { account: account() }, value: u32() });
const wide = table('test/wide', { key: { group: u16(), owner: u64(), id: u256() }, value: bytes(5) });
const rich = table('test/rich', { key: { id: u32() }, value: struct({ a: u16(), b: u64(), c: bytes(6) }) });
const happened = event('test/happened', { what: u16(), much: u128() });
const refused = moduleError('test/refused', 'No.', { limit: u64() });
const modules = linkModules(
  [
    defineModule({
      id: 'test',
      lane: 9,
      title: 'Test',
      summary: '',
      tables: [plain, longer, wide, rich] as unknown as readonly Table[],
      transactions: {},
      events: [happened],
      errors: [refused as unknown as ErrorType],
      provides: [],
      requires: [],
      invariants: [],
      views: [],
      workloads: [],
    }),
  ],
  { tables: kernelTables, errors: Object.values(kernelErrors) as unknown as readonly ErrorType[] },
);

function change<V>(of: Table<never, V>, key: readonly (number | bigint)[], after: V | null): StateChange {
  const any = of as unknown as Table;
  const words = new Uint32Array(any.keyWords);
  writeKeyWords(any, words, 0, key);
  const value = new Uint32Array(any.valueWords);
  if (after !== null) any.writeValue(value, 0, after);
  return {
    identity: keyIdentity(words, 0, words.length),
    key: words,
    before: null,
    after: after === null ? null : value,
  };
}

const success: RawReceipt = {
  status: 0,
  errorId: 0,
  gasUsed: 321,
  eventCount: 0,
  errorData: new Uint32Array(),
  events: new Uint32Array(),
};

describe('canonical keys', () => {
  it('are the name, a zero byte and the parts from their highest byte', () => {
    const out = new ByteWriter();
    writeCanonicalKey(
      out,
      wide as unknown as Table,
      change(wide as never, [7, 0x1_0000_0002n, 3n], null).key,
    );
    const parts = `00000007${'00000001'}00000002${'0'.repeat(63)}3`;
    expect(toHex(out.view())).toBe(`${toHex(new TextEncoder().encode('test/wide'))}00${parts}`);
  });

  it('are put in the order of their bytes', () => {
    const prng = createPrng(5);
    const wideNumber = () =>
      (BigInt(prng.below(3)) << 64n) | (BigInt(prng.below(3)) << 32n) | BigInt(prng.below(4));
    const changes = Array.from({ length: 400 }, () => {
      const pick = prng.below(3);
      if (pick === 0) return change(plain as never, [prng.next()], 1n as never);
      if (pick === 1) return change(longer as never, [prng.next()], 1 as never);
      return change(wide as never, [prng.below(3), wideNumber() & ((1n << 64n) - 1n), wideNumber()], null);
    });
    const encoded = inCanonicalOrder(changes, modules.tableById).flatMap(({ table: of, entries }) =>
      entries.map(({ key }) => {
        const out = new ByteWriter();
        writeCanonicalKey(out, of, key);
        return out.copy();
      }),
    );
    expect(encoded).toHaveLength(changes.length);
    for (let i = 1; i < encoded.length; i++) {
      expect(compareBytes(encoded[i - 1]!, encoded[i]!)).toBeLessThanOrEqual(0);
    }
  });
});

describe('the chain digest', () => {
  const changes = [
    change(rich as never, [9], { a: 1, b: 2n, c: Uint8Array.of(7, 8) } as never),
    change(plain as never, [2], (2n ** 100n) as never),
    change(longer as never, [1], null),
    change(plain as never, [1], 5n as never),
  ];
  const events = new Uint32Array(1 + happened.shape.words);
  events[0] = happened.id;
  happened.shape.write(events, 1, { what: 3, much: 4n });
  const errorData = new Uint32Array(2);
  refused.shape.write(errorData, 0, { limit: 0x1_0000_0000n });
  const receipts: RawReceipt[] = [
    { ...success, eventCount: 1, events },
    { ...success, status: 1, errorId: refused.id, errorData },
  ];

  it('is SHA-256 over the digest before, the sorted writes, the receipts and the events', () => {
    const hex = (text: string) => toHex(new TextEncoder().encode(text));
    const u32Hex = (value: number) => value.toString(16).padStart(8, '0');
    const written = [
      u32Hex(4),
      `${hex('test/plain')}00${u32Hex(1)}01${'0'.repeat(31)}5`,
      `${hex('test/plain')}00${u32Hex(2)}01${(2n ** 100n).toString(16).padStart(32, '0')}`,
      `${hex('test/plainer')}00${u32Hex(1)}00`,
      `${hex('test/rich')}00${u32Hex(9)}01${u32Hex(1)}${'0'.repeat(15)}2${u32Hex(2)}0708`,
      u32Hex(2),
      `00${u32Hex(321)}${u32Hex(0)}`,
      `01${u32Hex(321)}${u32Hex(refused.id)}${u32Hex(1)}${u32Hex(0)}`,
      `${u32Hex(1)}${u32Hex(happened.id)}${u32Hex(3)}${'0'.repeat(31)}4`,
      u32Hex(0),
    ].join('');
    const before = sha256(Uint8Array.of(1, 2, 3));
    const content = Uint8Array.from((toHex(before) + written).match(/../g)!, (byte) =>
      Number.parseInt(byte, 16),
    );
    expect(toHex(chainDigest(modules, before, { changes, receipts }))).toBe(toHex(sha256(content)));
  });

  it('does not depend on the order in which writes are told, and on everything else', () => {
    const of = (edited: object = {}, before = DIGEST_BEFORE_GENESIS) =>
      toHex(chainDigest(modules, before, { changes, receipts, ...edited }));
    expect(of({ changes: [...changes].reverse() })).toBe(of());
    const others = [
      of({}, Uint8Array.of(1)),
      of({ changes: changes.slice(1) }),
      of({ changes: changes.map((item, i) => (i === 0 ? { ...item, after: null } : item)) }),
      of({ receipts: [...receipts].reverse() }),
      of({ receipts: [receipts[0]!, { ...receipts[1]!, gasUsed: 320 }] }),
      of({ receipts: [receipts[0]!, { ...receipts[1]!, errorData: Uint32Array.of(1, 1) }] }),
      of({ receipts: [{ ...receipts[0]!, eventCount: 0, events: new Uint32Array() }, receipts[1]!] }),
    ];
    expect(new Set([of(), ...others]).size).toBe(others.length + 1);
  });

  it('stays what it was for a known genesis', () => {
    const { digest } = createGenesis(chainParts(), SMALL_GENESIS);
    // Changes only together with SEMANTICS_VERSION.
    expect(toHex(digest)).toMatchInlineSnapshot(
      `"dd56b68f6628b6f6aa7d07edf53edcaf72c51fceda156d8dc7f890f17130aa3d"`,
    );
  });

  it('is fast: 10,000 transactions and 25,000 writes', () => {
    const prng = createPrng(1);
    const many = Array.from({ length: 25_000 }, (_, i) =>
      change(plain as never, [(Math.imul(i, 0x9e3779b1) ^ prng.below(16)) >>> 0], BigInt(i) as never),
    );
    const done = Array.from({ length: 10_000 }, () => receipts[0]!);
    chainDigest(modules, DIGEST_BEFORE_GENESIS, { changes: many, receipts: done });
    const began = performance.now();
    chainDigest(modules, DIGEST_BEFORE_GENESIS, { changes: many, receipts: done });
    console.log(`digest of 10,000 transactions: ${(performance.now() - began).toFixed(1)} ms`);
  });
});
