import type { Prng } from '../../base/prng.ts';
import { encodeRlp, integer, type Rlp, word } from './plainRlp.ts';

/** Changes of one key: index and value, indices ascending. */
export type Changes = readonly (readonly [index: number, value: bigint | Uint8Array])[];

/** One account of a block access list, in plain words. */
export interface AccountModel {
  readonly address: bigint;
  readonly storage?: readonly (readonly [slot: bigint, changes: Changes])[];
  readonly reads?: readonly bigint[];
  readonly balance?: Changes;
  readonly nonce?: Changes;
  readonly code?: Changes;
}

export function encodeAccessList(accounts: readonly AccountModel[]): Uint8Array {
  const changes = (of: Changes = [], write: (value: bigint) => Uint8Array = integer): Rlp =>
    of.map(([index, value]) => [integer(index), value instanceof Uint8Array ? value : write(value)]);
  return encodeRlp(
    accounts.map(({ address, storage = [], reads = [], balance, nonce, code }) => [
      word(address, 20),
      storage.map(([slot, of]) => [word(slot), changes(of, (value) => word(value))]),
      reads.map((slot) => word(slot)),
      changes(balance),
      changes(nonce),
      changes(code),
    ]),
  );
}

export interface GeneratedList {
  readonly file: Uint8Array;
  readonly transactions: number;
  readonly convention: 'transactionsFromZero' | 'systemFirst';
}

const SYSTEM_BEFORE = 0x0000f90827f1c53a10cb7a02335b175320002935n;
const SYSTEM_AFTER = 0x00000961ef480eb55e80d19ad83579a64c007002n;
const FEE_RECIPIENT = 0xfeen;

/**
 * A made-up list of so many transactions that meet at a few contracts: each has a sender who pays, almost all pay the
 * fee recipient, most write some storage. With the system first, it writes before and after them.
 */
export function generateAccessList(prng: Prng, transactions: number, contracts = 3): GeneratedList {
  const systemFirst = prng.chance(500);
  const first = systemFirst ? 1 : 0;
  const keys = new Map<
    string,
    {
      address: bigint;
      part: 'balance' | 'nonce' | 'code' | 'storage';
      slot: bigint;
      changes: [number, bigint | Uint8Array][];
    }
  >();
  const write = (
    index: number,
    address: bigint,
    part: 'balance' | 'nonce' | 'code' | 'storage',
    value: bigint | Uint8Array,
    slot = 0n,
  ): void => {
    const name = `${part}/${address}/${slot}`;
    const key = keys.get(name) ?? { address, part, slot, changes: [] };
    keys.set(name, key);
    const last = key.changes.at(-1);
    if (last?.[0] === index) last[1] = value;
    else key.changes.push([index, value]);
  };
  const amount = (): bigint =>
    (BigInt(prng.below(2 ** 31)) << BigInt(prng.below(90))) + BigInt(prng.below(9));
  if (systemFirst) for (let i = 0; i < 3; i++) write(0, SYSTEM_BEFORE, 'storage', amount(), BigInt(i));
  for (let tx = 0; tx < transactions; tx++) {
    const index = tx + first;
    const sender = BigInt(1000 + prng.below(Math.max(1, transactions - 1)));
    write(index, sender, 'nonce', BigInt(tx + 1));
    write(index, sender, 'balance', amount());
    // The first and the last pay for certain: a list in which nobody does looks like another.
    if (tx === 0 || tx === transactions - 1 || prng.chance(950))
      write(index, FEE_RECIPIENT, 'balance', amount());
    for (let i = prng.below(4); i > 0; i--) {
      const contract = 0xc000_0000_0000_0000_0000_0000_0000_0000_0000_0001n + BigInt(prng.below(contracts));
      write(index, contract, 'storage', prng.chance(100) ? 0n : amount(), amount() % 4n);
    }
    if (prng.chance(100)) write(index, BigInt(5000 + tx), 'code', Uint8Array.of(0x60, tx & 255, 1));
    // What the system wrote is read by transactions, too.
    if (systemFirst && prng.chance(100))
      write(index, SYSTEM_BEFORE, 'storage', amount(), BigInt(prng.below(3)));
  }
  if (systemFirst && prng.chance(700)) {
    write(transactions + 1, SYSTEM_AFTER, 'storage', amount(), 0n);
    write(transactions + 1, 1000n, 'balance', amount());
  }
  const accounts = new Map<
    bigint,
    { address: bigint; storage: [bigint, Changes][]; balance?: Changes; nonce?: Changes; code?: Changes }
  >();
  for (const { address, part, slot, changes } of keys.values()) {
    const account = accounts.get(address) ?? { address, storage: [] };
    accounts.set(address, account);
    if (part === 'storage') account.storage.push([slot, changes]);
    else account[part] = changes;
  }
  return {
    file: encodeAccessList([...accounts.values()]),
    transactions,
    convention: systemFirst ? 'systemFirst' : 'transactionsFromZero',
  };
}
