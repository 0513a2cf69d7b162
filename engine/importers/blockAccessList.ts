import { sha256 } from '../base/hash.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { addressText } from './importedBlock.ts';
import { MAX_BLOCK_WRITES, MAX_TRANSACTIONS } from './limits.ts';
import { bigintOf, childrenOf, payloadOf, readRlp, type RlpTree } from './rlp.ts';

export type Place = 'balance' | 'nonce' | 'code' | 'storage';

/** A key of a block access list with the values it takes, by the list's own index. */
export interface ListedKey {
  readonly place: Place;
  readonly address: bigint;
  /** 0 where the place has no slots. */
  readonly slot: bigint;
  /** Indices ascend. */
  readonly changes: readonly { readonly index: number; readonly value: bigint }[];
}

export interface BlockAccessList {
  readonly keys: readonly ListedKey[];
  /** Slots that were read and not written; the list does not say by whom. */
  readonly storageReads: number;
}

/** An index may name the system before and after the transactions. */
const MAX_INDEX = MAX_TRANSACTIONS + 1;

/**
 * Reads a block access list (EIP-7928 and its drafts): RLP of accounts, each `[address, storageChanges, storageReads,
 * balanceChanges, nonceChanges, codeChanges]`. Fails with what {@link readRlp} says, with
 * `import/not_a_block` where the shape is another, with `import/bad_account` (an address, slot or
 * value of the wrong length, named twice, or out of order), `import/too_many_transactions` or
 * `import/too_many_writes`.
 */
export function readBlockAccessList(file: Uint8Array): Result<BlockAccessList> {
  const tree = readRlp(file);
  if (!tree.ok) return tree;
  try {
    return ok(new Reader(tree.value).read());
  } catch (thrown) {
    if (thrown instanceof Refusal) return fail(thrown.code, thrown.message, thrown.data);
    throw thrown;
  }
}

/** Ends the reading of a list; never leaves this file. */
class Refusal extends Error {
  readonly code: string;
  readonly data: Readonly<Record<string, string | number>>;
  constructor(code: string, message: string, data: Readonly<Record<string, string | number>>) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

class Reader {
  private readonly tree: RlpTree;
  private readonly keys: ListedKey[] = [];
  private readonly addresses = new Set<bigint>();
  private storageReads = 0;
  private writes = 0;
  private account = 0;
  private address = 0n;

  constructor(tree: RlpTree) {
    this.tree = tree;
  }

  read(): BlockAccessList {
    const accounts = this.list(0, 'a list of accounts');
    accounts.forEach((item, i) => {
      this.account = i;
      this.readAccount(item);
    });
    return { keys: this.keys, storageReads: this.storageReads };
  }

  private readAccount(item: number): void {
    const parts = this.list(item, 'an account of six parts', 6);
    const address = this.bytes(parts[0]!, 'address');
    if (address.length !== 20) this.refuse('its address does not have 20 bytes');
    this.address = bigintOf(address);
    if (this.addresses.has(this.address)) this.refuse('it is named twice');
    this.addresses.add(this.address);
    const slots = new Set<bigint>();
    for (const entry of this.list(parts[1]!, 'storage changes')) {
      const [slotItem, changes] = this.list(entry, 'a slot and its changes', 2) as [number, number];
      const slot = this.word(slotItem, 'slot');
      if (slots.has(slot)) this.refuse(`slot 0x${slot.toString(16)} is named twice`);
      slots.add(slot);
      if (this.list(changes, 'changes').length === 0) {
        this.refuse(`slot 0x${slot.toString(16)} is among the changed ones without a change`);
      }
      this.addKey('storage', slot, changes, (value) => this.word(value, 'value'));
    }
    const reads = this.list(parts[2]!, 'storage reads');
    for (const entry of reads) this.wordBytes(entry, 'slot');
    this.storageReads += reads.length;
    this.addKey('balance', 0n, parts[3]!, (value) => this.word(value, 'balance'));
    this.addKey('nonce', 0n, parts[4]!, (value) => this.word(value, 'nonce', 8));
    this.addKey('code', 0n, parts[5]!, (value) => bigintOf(sha256(this.bytes(value, 'code'))));
  }

  private addKey(place: Place, slot: bigint, item: number, read: (item: number) => bigint): void {
    const entries = this.list(item, 'changes');
    if (entries.length === 0) return;
    this.writes += entries.length;
    if (this.writes > MAX_BLOCK_WRITES) {
      const message = `The list has more than ${MAX_BLOCK_WRITES} changes; no block has gas for that: choose another file.`;
      throw new Refusal('import/too_many_writes', message, { max: MAX_BLOCK_WRITES });
    }
    let last = -1;
    const changes = entries.map((entry) => {
      const [indexItem, valueItem] = this.list(entry, 'an index and a value', 2) as [number, number];
      const index = this.index(indexItem);
      if (index <= last) this.refuse(`the indices of its ${place} do not ascend`);
      last = index;
      return { index, value: read(valueItem) };
    });
    this.keys.push({ place, address: this.address, slot, changes });
  }

  private index(item: number): number {
    const bytes = this.bytes(item, 'index');
    if (bytes.length > 0 && bytes[0] === 0) this.refuse('an index begins with a zero byte');
    let index = 0;
    for (const byte of bytes) index = Math.min(index * 256 + byte, Number.MAX_SAFE_INTEGER / 512);
    if (index > MAX_INDEX) {
      const message = `The list names more than ${MAX_TRANSACTIONS} transactions, which is more than a block may have here: choose a smaller one.`;
      throw new Refusal('import/too_many_transactions', message, { max: MAX_TRANSACTIONS });
    }
    return index;
  }

  /** A number of at most so many bytes; leading zeros are allowed, since words are written in full. */
  private word(item: number, what: string, most = 32): bigint {
    return bigintOf(this.wordBytes(item, what, most));
  }

  private wordBytes(item: number, what: string, most = 32): Uint8Array {
    const bytes = this.bytes(item, what);
    if (bytes.length > most) this.refuse(`a ${what} has more than ${most} bytes`);
    return bytes;
  }

  private bytes(item: number, what: string): Uint8Array {
    if (this.tree.isList[item] === 1) this.misshapen(`a ${what}`, item);
    return payloadOf(this.tree, item);
  }

  private list(item: number, what: string, length?: number): number[] {
    if (this.tree.isList[item] !== 1) this.misshapen(what, item);
    const children = childrenOf(this.tree, item);
    if (length !== undefined && children.length !== length) this.misshapen(what, item);
    return children;
  }

  private misshapen(what: string, item: number): never {
    const at = this.tree.start[item]!;
    const message = `This is no block access list: byte ${at} should begin ${what}. Fetch it again, as the RLP of EIP-7928.`;
    throw new Refusal('import/not_a_block', message, { at });
  }

  private refuse(why: string): never {
    const address = addressText(this.address);
    const message = `Account ${this.account} of the list (${address}) cannot be read: ${why}. Fetch the list again.`;
    throw new Refusal('import/bad_account', message, { account: this.account, address });
  }
}
