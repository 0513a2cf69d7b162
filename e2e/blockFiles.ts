import type { Page } from '@playwright/test';

/** Small blocks of Ethereum, made by nothing of the page's own. */

export interface DroppedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

type Item = Buffer | readonly Item[];

/** RLP by its definition. */
export function rlp(item: Item): Buffer {
  if (Buffer.isBuffer(item)) {
    if (item.length === 1 && item[0]! < 0x80) return item;
    return Buffer.concat([head(0x80, item.length), item]);
  }
  const body = Buffer.concat(item.map(rlp));
  return Buffer.concat([head(0xc0, body.length), body]);
}

function head(base: number, length: number): Buffer {
  if (length < 56) return Buffer.from([base + length]);
  const size = integer(length);
  return Buffer.concat([Buffer.from([base + 55 + size.length]), size]);
}

/** Big-endian without zeros in front; zero is empty. */
function integer(value: number): Buffer {
  if (value === 0) return Buffer.alloc(0);
  const digits = value.toString(16);
  return Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
}

export function address(at: number): string {
  return `0x${at.toString(16).padStart(40, '0')}`;
}

const addressBytes = (at: number): Buffer => Buffer.from(address(at).slice(2), 'hex');
const word = (value: number): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');

export const LIST = { transactions: 24, hotWriters: 8, contract: 0xc0ffee, feeRecipient: 0xfee } as const;

/**
 * A block access list of 24 transactions, each by a sender of its own and paying the fee recipient; every third also
 * writes slot 7 of one contract. So the longest chain is 24, and 8 without the fee recipient.
 */
export function accessListFile(): DroppedFile {
  const { contract, feeRecipient, hotWriters, transactions } = LIST;
  const all = Array.from({ length: transactions }, (_, tx) => tx);
  const hot = all.filter((tx) => tx % (transactions / hotWriters) === 0);
  const changes = (txs: readonly number[], value: (tx: number) => Buffer): Item =>
    txs.map((tx) => [integer(tx), value(tx)]);
  const accounts: Item = [
    [addressBytes(feeRecipient), [], [], changes(all, (tx) => integer(1000 + tx)), [], []],
    ...all.map((tx) => [
      addressBytes(0x1000 + tx),
      [],
      [],
      changes([tx], () => integer(500)),
      changes([tx], () => integer(tx + 1)),
      [],
    ]),
    [addressBytes(contract), [[word(7), changes(hot, (tx) => word(100 + tx))]], [], [], [], []],
  ];
  return { name: '4242.rlp', bytes: rlp(accounts) };
}

/** A block as a node answers it: twelve people pay one shop, and one of them also pays somebody else. */
export function rpcBlockFile(): DroppedFile {
  const pay = (from: number, to: number, nonce: number) => ({
    from: address(from),
    to: address(to),
    nonce: `0x${nonce.toString(16)}`,
    value: '0x2386f26fc10000',
    input: '0x',
  });
  const transactions = [
    ...Array.from({ length: 12 }, (_, at) => pay(0x2000 + at, 0x5409, 0)),
    pay(0x2000, 0x77, 1),
  ];
  const result = {
    parentHash: `0x${'ab'.repeat(32)}`,
    number: '0x1e240',
    miner: address(0xfee),
    transactions,
  };
  return {
    name: 'block.json',
    bytes: Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 1, result })),
  };
}

/** Lets a file fall on the page, with all the events of a hand that drags it there. */
export async function drop(page: Page, { bytes, name }: DroppedFile): Promise<void> {
  await page.evaluate(
    ({ base64, called }) => {
      const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], called));
      for (const type of ['dragenter', 'dragover', 'drop']) {
        document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
      }
    },
    { base64: bytes.toString('base64'), called: name },
  );
}
