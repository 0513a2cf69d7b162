import type { ImportKind, ImportReport } from '../api/scenario.ts';
import type { TransactionDraft } from '../types/transaction.ts';

/** A key that a block writes, in the words of the chain it is executed on. */
export interface ImportedKey {
  /** As `keyText` of the module's SDK writes it. */
  readonly text: string;
  /** `module/table`. */
  readonly table: string;
  readonly parts: readonly (number | bigint)[];
  /** Whether it can be spread over shards: its last part is the shard. */
  readonly sharded: boolean;
}

/** What was done to the block after it was read. */
export interface ImportEdits {
  /** Transactions that stay, by place. */
  readonly kept: readonly boolean[];
  /** Number of a key to the shards its writers are spread over. */
  readonly ways: ReadonlyMap<number, number>;
}

/** What the file says a key holds after the block. */
export interface FinalValue {
  readonly table: string;
  readonly parts: readonly (number | bigint)[];
  readonly value: bigint;
}

/** What an edited block must do and leave, as the file says. */
export interface Expectation {
  /** Reads that transactions compare with the file. */
  readonly comparisons: number;
  readonly finals: readonly FinalValue[];
  /** Keys that were split or filtered away. */
  readonly leftOut: number;
}

/** A real block, ready to be executed: transactions of the module `ethereum`, and what must come of them. */
export interface ImportedBlock {
  readonly kind: ImportKind;
  readonly block: string | null;
  readonly indexConvention: ImportReport['indexConvention'];
  /** Nonces that the senders start with; they are accounts 0, 1, … of the chain. */
  readonly nonces: readonly number[];
  /** Transactions of block 0, all by the account after the senders. */
  readonly genesis: readonly TransactionDraft[];
  readonly keys: readonly ImportedKey[];
  /** Numbers of the keys that each transaction writes, each once. */
  readonly writes: readonly (readonly number[])[];
  /** Number of the fee recipient's balance among the keys, or -1. */
  readonly feeRecipient: number;
  readonly addresses: readonly bigint[];
  /** Numbers of the addresses that each transaction touches, each once; the fee alone is no touch. */
  readonly touches: readonly (readonly number[])[];
  readonly notes: readonly string[];
  /** The block's transactions after the edits, in order; their work is left open. */
  transactions(edits: ImportEdits): readonly TransactionDraft[];
  expected(edits: ImportEdits): Expectation;
}

/** Keys or addresses by name, numbered in the order of their first mention. */
export class Numbering<T> {
  readonly items: T[] = [];
  private readonly numbers = new Map<string, number>();

  numberOf(name: string, make: () => T): number {
    let number = this.numbers.get(name);
    if (number === undefined) {
      number = this.items.length;
      this.numbers.set(name, number);
      this.items.push(make());
    }
    return number;
  }
}

/** `0x` and forty digits. */
export function addressText(address: bigint): string {
  return `0x${address.toString(16).padStart(40, '0')}`;
}

/** A key of the module's tables; each ends with its shard, except where there is none. */
export const keyOf = {
  balance: (address: bigint): ImportedKey => ({
    text: `ethereum/balances/${addressText(address)}/0`,
    table: 'ethereum/balances',
    parts: [address, 0],
    sharded: true,
  }),
  nonce: (address: bigint): ImportedKey => ({
    text: `ethereum/nonces/${addressText(address)}`,
    table: 'ethereum/nonces',
    parts: [address],
    sharded: false,
  }),
  code: (address: bigint): ImportedKey => ({
    text: `ethereum/code/${addressText(address)}`,
    table: 'ethereum/code',
    parts: [address],
    sharded: false,
  }),
  storage: (address: bigint, slot: bigint): ImportedKey => ({
    text: `ethereum/storage/${addressText(address)}/0x${slot.toString(16)}/0`,
    table: 'ethereum/storage',
    parts: [address, slot, 0],
    sharded: true,
  }),
  token: (token: bigint, holder: bigint): ImportedKey => ({
    text: `ethereum/tokens/${addressText(token)}/${addressText(holder)}/0`,
    table: 'ethereum/tokens',
    parts: [token, holder, 0],
    sharded: true,
  }),
  target: (address: bigint): ImportedKey => ({
    text: `ethereum/targets/${addressText(address)}/0`,
    table: 'ethereum/targets',
    parts: [address, 0],
    sharded: true,
  }),
  /** The sender's nonce and fee balance, kept by the kernel under the account's number. */
  sender: (account: number): ImportedKey => ({
    text: `kernel/accounts/${account}`,
    table: 'kernel/accounts',
    parts: [account],
    sharded: false,
  }),
};
