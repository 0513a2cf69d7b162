import type { Prng } from '../../base/prng.ts';

export interface RpcModel {
  readonly hash: string;
  readonly from: string;
  readonly to: string | null;
  readonly nonce: string;
  readonly value: string;
  readonly input: string;
  readonly transactionIndex: string;
}

export const hex = (value: number | bigint): string => `0x${value.toString(16)}`;
export const address = (value: number | bigint): string => `0x${value.toString(16).padStart(40, '0')}`;
const wordOf = (value: number | bigint): string => value.toString(16).padStart(64, '0');

export function transferInput(to: number | bigint, amount: number | bigint): string {
  return `0xa9059cbb${wordOf(to)}${wordOf(amount)}`;
}

export function transferFromInput(
  from: number | bigint,
  to: number | bigint,
  amount: number | bigint,
): string {
  return `0x23b872dd${wordOf(from)}${wordOf(to)}${wordOf(amount)}`;
}

export function rpcBlock(transactions: readonly object[], more: object = {}): object {
  return { number: '0x10', miner: address(0xfee), transactions, ...more };
}

export function bytesOfText(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The bytes of a block as a file holds it, with or without the answer around it. */
export function rpcFile(block: object, enveloped = false): Uint8Array {
  return bytesOfText(JSON.stringify(enveloped ? { jsonrpc: '2.0', id: 1, result: block } : block));
}

/** A made-up block: payments, tokens, calls and new contracts among a few people. */
export function generateRpcBlock(prng: Prng, count: number, people = 6): RpcModel[] {
  const nonces = new Map<number, number>();
  return Array.from({ length: count }, (_, tx) => {
    const from = 100 + prng.below(people);
    const nonce = nonces.get(from) ?? prng.below(1000);
    nonces.set(from, nonce + 1);
    const other = 100 + prng.below(people);
    const amount = BigInt(prng.below(2 ** 31)) << BigInt(prng.below(200));
    const token = address(0x7000 + prng.below(2));
    const kind = prng.below(10);
    const what =
      kind < 4
        ? { to: address(other), value: hex(amount >> 60n), input: '0x' }
        : kind < 6
          ? { to: token, value: '0x0', input: transferInput(other, amount) }
          : kind < 7
            ? { to: token, value: '0x0', input: transferFromInput(100 + prng.below(people), other, amount) }
            : kind < 9
              ? { to: address(0x9000 + prng.below(3)), value: '0x1', input: '0x12345678' }
              : { to: null, value: '0x0', input: '0x6001' };
    return {
      hash: hex(tx + 1),
      from: address(from),
      nonce: hex(nonce),
      transactionIndex: hex(tx),
      ...what,
    };
  });
}
