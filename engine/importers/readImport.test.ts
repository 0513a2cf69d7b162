import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../base/bytes.ts';
import { sha256 } from '../base/hash.ts';
import { createPrng } from '../base/prng.ts';
import { ADVICE } from '../tests/advice.ts';
import { cpuTimer } from '../tests/cpuTime.ts';
import { type AccountModel, encodeAccessList, generateAccessList } from '../tests/imports/accessListModel.ts';
import { encodeRlp, type Rlp, word } from '../tests/imports/plainRlp.ts';
import { bytesOfText, generateRpcBlock, rpcBlock, rpcFile } from '../tests/imports/rpcModel.ts';
import { importEdits } from './importEdits.ts';
import { SCENARIO_LIMITS } from '../scenarios/limits.ts';
import { MAX_FILE_BYTES, MAX_NAME_LETTERS } from './limits.ts';
import { readImport } from './readImport.ts';

/** Twice as many inputs as this are tried: bytes of both kinds. */
const RUNS = process.env.FULL === undefined ? 400 : 10_000;
const LONG_MS = 600_000;

function read(file: Uint8Array, name = 'block') {
  const result = readImport(file, name);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

function codeOf(file: unknown, name: unknown = 'block'): string {
  const result = readImport(file, name);
  return result.ok ? 'ok' : result.error.code;
}

const sender = (address: bigint, ...indices: number[]): AccountModel => ({
  address,
  nonce: indices.map((index) => [index, 1n]),
  balance: indices.map((index) => [index, BigInt(index + 1)]),
});

/** A file as large as one may be. */
function filled(start: string, middle: string, end = ''): Uint8Array {
  const room = MAX_FILE_BYTES - start.length - end.length;
  return bytesOfText(start + middle.repeat(Math.floor(room / middle.length)) + end);
}
/** An account of a list as far as its storage changes, of which there are none. */
const account = (address: number): Rlp[] => [word(address, 20), []];
const manySlots = (count: number): Rlp[] => Array.from({ length: count }, (_, slot) => word(slot));
/** No account: what is wrong with the list is found at its end. */
const HALF = word(1, 20);

describe('a file', () => {
  it('says by its bytes what it is', () => {
    const list = generateAccessList(createPrng(1), 20).file;
    const block = rpcFile(rpcBlock(generateRpcBlock(createPrng(1), 20)));
    expect(read(list).report.reference).toEqual({
      kind: 'blockAccessList',
      sha256: toHex(sha256(list)),
      name: 'block',
    });
    for (const lead of ['', '\uFEFF', ' \r\n\t']) {
      const file = Uint8Array.of(...bytesOfText(lead), ...block);
      expect(read(file, 'a.rlp').report.reference.kind).toBe('rpcBlock');
    }
  });

  it('names a block by its number where a list does not', () => {
    const { file } = generateAccessList(createPrng(1), 3);
    expect(read(file, '20615536.rlp').report.block).toBe('20615536');
    expect(read(file, 'block 20615536').report.block).toBeNull();
  });

  it.each<[name: string, file: unknown, code: string]>([
    ['nothing at all', undefined, 'import/not_a_file'],
    ['a text', '{}', 'import/not_a_file'],
    ['no bytes', new Uint8Array(), 'import/not_a_block'],
    ['white space', bytesOfText('  \n '), 'import/not_a_block'],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47), 'import/not_a_block'],
    ['a list in JSON', bytesOfText('[]'), 'import/not_a_block'],
    ['33 MB', new Uint8Array(MAX_FILE_BYTES + 1).fill(0xc0), 'import/too_large'],
    ['32 MB of opening lists', new Uint8Array(MAX_FILE_BYTES).fill(0xf8), 'import/rlp_truncated'],
    ['32 MB of lists in lists', new Uint8Array(MAX_FILE_BYTES).fill(0xfb), 'import/rlp_truncated'],
    ['32 MB of open records', new Uint8Array(MAX_FILE_BYTES).fill(0x7b), 'import/too_deep'],
    ['32 MB of texts', filled('{', '""'), 'import/not_json'],
    ['32 MB of marks in a text', filled('{"', String.raw`\"`, '":1}'), 'import/not_a_block'],
    [
      '900,000 slots that were read',
      encodeRlp([[...account(1), manySlots(900_000), [], [], []], HALF]),
      'import/not_a_block',
    ],
    [
      '140,000 accounts',
      encodeRlp([...Array.from({ length: 140_000 }, (_, at) => [...account(at), [], [], [], []]), HALF]),
      'import/not_a_block',
    ],
    ['an empty list', Uint8Array.of(0xc0), 'import/empty'],
    ['an empty block', rpcFile(rpcBlock([])), 'import/empty'],
    [
      'a list of the system alone',
      encodeAccessList([{ address: 5n, storage: [[0n, [[0, 1n]]]] }]),
      'import/empty',
    ],
    [
      'a transaction of more keys than one may touch',
      encodeAccessList([
        { address: 5n, storage: Array.from({ length: 1001 }, (_, slot) => [BigInt(slot), [[0, 1n]]]) },
        sender(6n, 0),
      ]),
      'import/transaction_too_big',
    ],
  ])('of %s is refused at once, in flat memory', (_, file, code) => {
    const before = process.memoryUsage().arrayBuffers;
    const spentMs = cpuTimer();
    const answer = readImport(file, 'block');
    expect(spentMs()).toBeLessThan(1_000);
    expect(answer.ok ? 'ok' : answer.error.code).toBe(code);
    expect(answer.ok || answer.error.message).toMatch(ADVICE);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16_000_000);
  });

  it('has a name of some length', () => {
    const { file } = generateAccessList(createPrng(1), 3);
    expect(codeOf(file, 'a'.repeat(MAX_NAME_LETTERS))).toBe('ok');
    expect(codeOf(file, 'a'.repeat(MAX_NAME_LETTERS + 1))).toBe('import/bad_name');
    // What a scenario may say of a file, the file may be called.
    expect(MAX_NAME_LETTERS).toBe(SCENARIO_LIMITS.fileNameLetters);
    expect(codeOf(file, null)).toBe('import/bad_name');
  });

  it('is answered whatever was done to it', { timeout: LONG_MS }, () => {
    const files = [1, 2, 3].flatMap((seed) => [
      generateAccessList(createPrng(seed), 12).file,
      rpcFile(rpcBlock(generateRpcBlock(createPrng(seed), 5))),
    ]);
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.nat(files.length - 1), changes, fc.nat(9), (which, bytes, cut) => {
        const file = files[which]!.slice();
        for (const [at, byte] of bytes) file[at % file.length] = byte;
        const end = cut === 0 ? bytes[0]![0] % file.length : file.length;
        const result = readImport(file.subarray(0, end), 'changed');
        if (!result.ok) {
          expect(result.error.code).toMatch(/^import\/[a-z_]+$/);
          expect(result.error.message).toMatch(ADVICE);
        } else {
          const { report, imported } = result.value;
          const kept = imported.touches.map(() => true);
          expect(imported.transactions({ kept, ways: new Map() }).length).toBeGreaterThanOrEqual(
            report.transactions,
          );
        }
      }),
      { numRuns: 2 * RUNS },
    );
  });
});

describe('what is reported of a list', () => {
  const hot: AccountModel = {
    address: 0xc0n,
    storage: [[1n, [0, 1, 3].map((index) => [index, BigInt(index)])]],
  };
  const miner: AccountModel = { address: 0xfeen, balance: [0, 1, 2, 3].map((index) => [index, 1n]) };
  const accounts = [sender(1n, 0), sender(2n, 1), sender(3n, 2), sender(4n, 3), hot, miner];

  it('is what the definitions say', () => {
    const { report } = read(encodeAccessList(accounts));
    expect(report).toMatchObject({
      indexConvention: 'transactionsFromZero',
      transactions: 4,
      keys: 10,
      criticalPath: 4,
      criticalPathWithoutFeeRecipient: 3,
      independentShare: 0.25,
      feeRecipient: `ethereum/balances/0x${'0'.repeat(37)}fee/0`,
    });
    expect(report.hottestKeys[0]).toEqual({
      key: `ethereum/storage/0x${'0'.repeat(38)}c0/0x1/0`,
      writers: 3,
    });
    expect(report.contracts[0]).toEqual({ address: `0x${'0'.repeat(38)}c0`, transactions: 3 });
    // The fee alone is no touch.
    expect(report.contracts).toHaveLength(5);
  });

  it('is the balance of the fee recipient by what transactions write, whatever the system adds', () => {
    const withdrawn: AccountModel = { address: 1n, nonce: [[1, 1n]], balance: [1, 2].map((i) => [i, 1n]) };
    const paid: AccountModel = { address: 0xfeen, balance: [[1, 1n]] };
    const { feeRecipient, transactions } = read(encodeAccessList([paid, withdrawn, sender(2n, 2)])).report;
    expect([feeRecipient, transactions]).toEqual([`ethereum/balances/0x${'0'.repeat(39)}1/0`, 2]);
    const alone = read(encodeAccessList([paid, withdrawn])).report;
    expect([alone.feeRecipient, alone.transactions]).toEqual([
      `ethereum/balances/0x${'0'.repeat(37)}fee/0`,
      1,
    ]);
  });

  it('is the same when the indices begin with the system', () => {
    const shifted = (of: AccountModel['balance']) => of?.map(([index, value]) => [index + 1, value] as const);
    const published = accounts.map(({ storage = [], balance, nonce, ...rest }) => ({
      ...rest,
      storage: storage.map(([slot, of]) => [slot, shifted(of)!] as const),
      ...(balance ? { balance: shifted(balance)! } : {}),
      ...(nonce ? { nonce: shifted(nonce)! } : {}),
    }));
    const first = { address: 0x2935n, storage: [[0n, [[0, 1n]]]] } satisfies AccountModel;
    const last = { address: 77n, balance: [[5, 9n]] } satisfies AccountModel;
    const {
      reference: _,
      notes,
      keys,
      ...report
    } = read(encodeAccessList([...published, first, last])).report;
    const { reference: __, notes: ___, keys: before, ...expected } = read(encodeAccessList(accounts)).report;
    expect(report).toEqual({ ...expected, indexConvention: 'systemFirst' });
    expect(keys).toBe(before + 2);
    expect(notes.join(' ')).toContain('one more transaction at the end');
  });
});

describe('edits', () => {
  const { imported, report } = read(generateAccessList(createPrng(4), 30).file);
  const hottest = report.hottestKeys[0]!.key;
  const edit = (...actions: Parameters<typeof importEdits>[1]) => importEdits(imported, actions);

  it('spread the writers of a key over shards in their order, and compare it no more', () => {
    const edits = edit({ kind: 'splitKey', key: hottest, ways: 3 });
    if (!edits.ok) throw new Error(edits.error.message);
    const [key] = edits.value.ways.keys();
    const parts = imported.keys[key!]!.parts;
    const changes = imported
      .transactions(edits.value)
      .flatMap(
        ({ args }) =>
          args.changes as unknown as { address: bigint; slot: bigint; shard: number; reading: number }[],
      )
      .filter(({ address, slot, shard }) => address === parts[0] && (slot === parts[1] || shard > 0));
    expect(changes.map(({ shard }) => shard)).toEqual(changes.map((_, place) => place % 3));
    expect(changes.every(({ reading }) => reading === 1)).toBe(true);
    const before = imported.expected({ kept: [], ways: new Map() });
    const after = imported.expected(edits.value);
    expect([before.leftOut, after.leftOut]).toEqual([0, 1]);
  });

  it('keep what touches an address', () => {
    const { address, transactions } = report.contracts[0]!;
    const edits = edit({ kind: 'keepContract', address });
    if (!edits.ok) throw new Error(edits.error.message);
    const kept = edits.value.kept.slice(0, report.transactions).filter(Boolean);
    expect(kept).toHaveLength(transactions);
    expect(imported.transactions(edits.value).length).toBeGreaterThanOrEqual(transactions);
  });

  it('are refused with the nearest thing to do', () => {
    const unknown = edit({ kind: 'splitKey', key: 'ethereum/balances/0x0/0', ways: 2 });
    expect(unknown).toMatchObject({ error: { code: 'import/unknown_key', data: { nearest: hottest } } });
    expect(edit({ kind: 'splitKey', key: 'kernel/fees/31', ways: 2 })).toMatchObject({
      error: { code: 'import/not_splittable' },
    });
    const nonce = imported.keys.find(({ text }) => text.startsWith('ethereum/nonces'))!.text;
    expect(edit({ kind: 'splitKey', key: nonce, ways: 2 })).toMatchObject({
      error: { code: 'import/not_splittable' },
    });
    const nobody = edit({ kind: 'keepContract', address: `0x${'9'.repeat(40)}` });
    expect(nobody).toMatchObject({
      error: { code: 'import/unknown_address', data: { nearest: report.contracts[0]!.address } },
    });
    const apart = read(encodeAccessList([sender(1n, 0), sender(2n, 1)])).imported;
    const both = [1, 2].map(
      (digit) => ({ kind: 'keepContract', address: `0x${'0'.repeat(39)}${digit}` }) as const,
    );
    expect(importEdits(apart, both)).toMatchObject({ error: { code: 'import/nothing_left' } });
  });
});
