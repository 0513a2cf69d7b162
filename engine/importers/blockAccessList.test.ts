import { describe, expect, it } from 'vitest';
import { sha256 } from '../base/hash.ts';
import { type AccountModel, encodeAccessList } from '../tests/imports/accessListModel.ts';
import { encodeRlp, integer, type Rlp, word } from '../tests/imports/plainRlp.ts';
import { readBlockAccessList } from './blockAccessList.ts';
import { findConvention } from './indexConvention.ts';
import { bigintOf } from './rlp.ts';

function read(accounts: readonly AccountModel[]) {
  const list = readBlockAccessList(encodeAccessList(accounts));
  if (!list.ok) throw new Error(list.error.message);
  return list.value;
}

function errorOf(rlp: Rlp) {
  const list = readBlockAccessList(encodeRlp(rlp));
  return list.ok ? undefined : list.error;
}

const ALICE = 0xa11cen;
const MINER = 0xfeen;
const account = (parts: Partial<Record<0 | 1 | 2 | 3 | 4 | 5, Rlp>>): Rlp =>
  [word(ALICE, 20), [], [], [], [], []].map((part, i) => parts[i as 0] ?? part);

describe('a block access list', () => {
  it('is read with all its parts', () => {
    const { keys, storageReads } = read([
      {
        address: ALICE,
        storage: [
          [
            7n,
            [
              [0, 5n],
              [3, 0n],
            ],
          ],
        ],
        reads: [1n, 2n],
        balance: [
          [0, 2n ** 255n],
          [2, 0n],
        ],
        nonce: [[0, 9n]],
        code: [[3, Uint8Array.of(1, 2, 3)]],
      },
    ]);
    expect(storageReads).toBe(2);
    const [storage, balance, nonce, code] = keys;
    expect(storage).toEqual({
      place: 'storage',
      address: ALICE,
      slot: 7n,
      changes: [
        { index: 0, value: 5n },
        { index: 3, value: 0n },
      ],
    });
    expect(balance?.changes).toEqual([
      { index: 0, value: 2n ** 255n },
      { index: 2, value: 0n },
    ]);
    expect(nonce).toMatchObject({ place: 'nonce', slot: 0n, changes: [{ index: 0, value: 9n }] });
    expect(code?.changes[0]?.value).toBe(bigintOf(sha256(Uint8Array.of(1, 2, 3))));
  });

  it('may write words in full or without leading zeros', () => {
    const short = errorOf([account({ 1: [[integer(7), [[integer(0), integer(5)]]]] })]);
    const full = errorOf([account({ 3: [[integer(0), word(5)]] })]);
    expect([short, full]).toEqual([undefined, undefined]);
  });

  it.each<[name: string, rlp: Rlp, code: string]>([
    ['a string', Uint8Array.of(1, 2), 'import/not_a_block'],
    ['accounts that are strings', [Uint8Array.of(1)], 'import/not_a_block'],
    ['an account of five parts', [[word(1, 20), [], [], [], []]], 'import/not_a_block'],
    ['a list for an address', [account({ 0: [] })], 'import/not_a_block'],
    ['a string for storage', [account({ 1: word(1) })], 'import/not_a_block'],
    ['a slot without changes', [account({ 1: [[word(1)]] })], 'import/not_a_block'],
    ['a change without a value', [account({ 3: [[integer(0)]] })], 'import/not_a_block'],
    ['a list for a value', [account({ 3: [[integer(0), []]] })], 'import/not_a_block'],
    ['an address of 19 bytes', [account({ 0: word(1, 19) })], 'import/bad_account'],
    ['a word of 33 bytes', [account({ 3: [[integer(0), word(1, 33)]] })], 'import/bad_account'],
    ['a nonce of nine bytes', [account({ 4: [[integer(0), word(1, 9)]] })], 'import/bad_account'],
    ['a slot of 33 bytes', [account({ 2: [word(1, 33)] })], 'import/bad_account'],
    ['an index with a leading zero', [account({ 3: [[Uint8Array.of(0), word(1)]] })], 'import/bad_account'],
    ['an index twice', [account({ 3: [1, 1].map((i) => [integer(i), word(1)]) })], 'import/bad_account'],
    [
      'indices that descend',
      [account({ 3: [2, 1].map((i) => [integer(i), word(1)]) })],
      'import/bad_account',
    ],
    ['an account twice', [account({}), account({})], 'import/bad_account'],
    [
      'a slot twice',
      [account({ 1: [1, 1].map((s) => [word(s), [[integer(0), word(1)]]]) })],
      'import/bad_account',
    ],
    ['a changed slot without a change', [account({ 1: [[word(1), []]] })], 'import/bad_account'],
    [
      'a million transactions',
      [account({ 3: [[integer(999_999), word(1)]] })],
      'import/too_many_transactions',
    ],
    [
      'an index of 40 bytes',
      [account({ 3: [[word(2n ** 320n - 1n, 40), word(1)]] })],
      'import/too_many_transactions',
    ],
  ])('that is %s is refused', (_, rlp, code) => {
    expect(errorOf(rlp)?.code).toBe(code);
  });

  it('is refused with more changes than any block has gas for', () => {
    const slots = Array.from({ length: 11 }, (_, slot) => [
      word(slot),
      Array.from({ length: 10_000 }, (_, index) => [integer(index), integer(1)]),
    ]);
    expect(errorOf([account({ 1: slots })])?.code).toBe('import/too_many_writes');
  });
});

describe('whose changes an index names', () => {
  const convention = (...accounts: AccountModel[]) => findConvention(read(accounts));
  const miner = (...indices: number[]): AccountModel => ({
    address: MINER,
    balance: indices.map((index) => [index, BigInt(index)]),
  });
  const sender = (...indices: number[]): AccountModel => ({
    address: ALICE,
    balance: indices.map((index) => [index, BigInt(index)]),
    nonce: indices.map((index) => [index, BigInt(index)]),
  });
  const credit = (index: number): AccountModel => ({ address: 8n, balance: [[index, 1n]] });
  const system: AccountModel = { address: 0x2935n, storage: [[0n, [[0, 1n]]]] };
  const requests = (index: number): AccountModel => ({
    address: 0x00000961ef480eb55e80d19ad83579a64c007002n,
    storage: [[0n, [[index, 1n]]]],
  });

  it('is a transaction from 0 where somebody pays there', () => {
    expect(convention(sender(0, 1, 2), miner(0, 1, 2))).toEqual({
      name: 'transactionsFromZero',
      first: 0,
      transactions: 3,
      systemAfter: false,
    });
    expect(convention({ address: ALICE, balance: [[0, 1n]] }).name).toBe('transactionsFromZero');
  });

  it('is the system first where nobody pays at 0, or nothing happens there', () => {
    const expected = { name: 'systemFirst', first: 1, transactions: 2, systemAfter: false };
    expect(convention(system, sender(1, 2), miner(1, 2))).toEqual(expected);
    expect(convention(sender(1, 2), miner(1, 2))).toEqual(expected);
  });

  it('is the system last where every transaction before names its sender, and nobody does there', () => {
    const expected = { name: 'systemFirst', first: 1, transactions: 2, systemAfter: true };
    const withdrawal: AccountModel = { address: 7n, balance: [[3, 1n]] };
    expect(convention(system, sender(1, 2), miner(1, 2), withdrawal)).toEqual(expected);
    expect(convention(system, sender(1, 2), miner(1, 2), requests(3))).toEqual(expected);
    // The fee recipient withdraws, too, and a system contract that nobody here has heard of counts something.
    expect(convention(system, sender(1, 2), miner(1, 2, 3))).toEqual(expected);
    const unheardOf: AccountModel = { address: 7n, storage: [[0n, [[3, 1n]]]] };
    expect(convention(system, sender(1, 2), miner(1, 2), unheardOf)).toEqual(expected);
  });

  it('is found by what changes at the end where a draft leaves senders out', () => {
    const two = { name: 'systemFirst', first: 1, transactions: 2, systemAfter: true };
    const three = { ...two, transactions: 3, systemAfter: false };
    const payer = (...indices: number[]): AccountModel => ({
      address: ALICE,
      balance: indices.map((index) => [index, BigInt(index)]),
    });
    expect(convention(system, payer(1, 2), miner(1, 2), credit(3))).toEqual(two);
    expect(convention(system, payer(1, 2), miner(1, 2), requests(3))).toEqual(two);
    // Whoever pays the fee recipient, makes code, or writes what is not the system's is a transaction.
    expect(convention(system, payer(1, 2), miner(1, 2, 3))).toEqual(three);
    const contract: AccountModel = { address: 7n, storage: [[0n, [[3, 1n]]]] };
    expect(convention(system, payer(1, 2), miner(1, 2), contract)).toEqual(three);
    const made: AccountModel = { address: 7n, code: [[3, Uint8Array.of(1)]] };
    expect(convention(system, payer(1, 2), miner(1, 2), made)).toEqual(three);
  });
});
