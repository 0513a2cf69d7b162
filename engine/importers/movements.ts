import { keccak256 } from '../base/hash.ts';
import { MAX_U256 } from '../base/integerMath.ts';
import type { RpcTransaction } from './rpcBlock.ts';
import { bigintOf, shortRlpList } from './rlp.ts';

/** What a transaction of a block becomes here. */
export type Movement =
  | { readonly kind: 'pay'; readonly from: bigint; readonly to: bigint; readonly amount: bigint }
  | {
      readonly kind: 'payToken';
      readonly token: bigint;
      readonly from: bigint;
      readonly to: bigint;
      readonly amount: bigint;
    }
  | { readonly kind: 'call'; readonly target: bigint };

const TRANSFER = 'a9059cbb';
const TRANSFER_FROM = '23b872dd';
/** `0x` and the four bytes that name the function. */
const SELECTOR_END = 10;
const WORD_DIGITS = 64;

/**
 * Payments without data are movements of the native currency, ERC-20 `transfer(to, amount)` and
 * `transferFrom(from, to, amount)` movements of a token; all else is a call of its target. Whoever makes a contract
 * calls the address that it gets: the last 20 bytes of keccak-256 of RLP [sender, nonce].
 */
export function movementOf({ from, to, nonce, value, input }: RpcTransaction): Movement {
  if (to === null) return { kind: 'call', target: createdAddress(from, nonce) };
  if (input === '0x') return { kind: 'pay', from, to, amount: value };
  const selector = input.slice(2, SELECTOR_END).toLowerCase();
  const words = (input.length - SELECTOR_END) / WORD_DIGITS;
  // Address 0 stands for the native currency here, and no token lives there.
  if (to !== 0n && selector === TRANSFER && words >= 2) {
    const receiver = addressWord(input, 0);
    if (receiver !== undefined) {
      return { kind: 'payToken', token: to, from, to: receiver, amount: wordAt(input, 1) };
    }
  }
  if (to !== 0n && selector === TRANSFER_FROM && words >= 3) {
    const holder = addressWord(input, 0);
    const receiver = addressWord(input, 1);
    if (holder !== undefined && receiver !== undefined) {
      return { kind: 'payToken', token: to, from: holder, to: receiver, amount: wordAt(input, 2) };
    }
  }
  return { kind: 'call', target: to };
}

function wordAt(input: string, place: number): bigint {
  const at = SELECTOR_END + place * WORD_DIGITS;
  return BigInt(`0x${input.slice(at, at + WORD_DIGITS)}`);
}

/** A word that is an address: its upper twelve bytes are zero, or the contract would refuse it. */
function addressWord(input: string, place: number): bigint | undefined {
  const word = wordAt(input, place);
  return word >> 160n === 0n ? word : undefined;
}

function createdAddress(sender: bigint, nonce: number): bigint {
  return bigintOf(keccak256(shortRlpList([bytesOf(sender, 20), minimalBytes(nonce)])).subarray(12));
}

function bytesOf(value: bigint, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = length - 1, rest = value; i >= 0; i--, rest >>= 8n) bytes[i] = Number(rest & 0xffn);
  return bytes;
}

/** A number as RLP writes it: big-endian without leading zeros, 0 as nothing. */
function minimalBytes(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Uint8Array.from(bytes);
}

/** Who must be given how much at genesis, and the movements that can be funded. */
export interface Funding {
  readonly movements: readonly Movement[];
  /** By token (0: the native currency), then holder: what it spends in the block. */
  readonly holdings: readonly { readonly token: bigint; readonly holder: bigint; readonly amount: bigint }[];
  /** Token movements that became calls, because there cannot be so much of the token. */
  readonly beyondSupply: number;
}

/**
 * Adds up what everybody spends. All that is spent of one token must fit 256 bits; a movement beyond that cannot
 * have succeeded, and becomes a call of the token. Of the native currency there is never so much: undefined.
 */
export function fund(movements: readonly Movement[]): Funding | undefined {
  const spent = new Map<string, { token: bigint; holder: bigint; amount: bigint }>();
  const totals = new Map<bigint, bigint>();
  const funded: Movement[] = [];
  let beyondSupply = 0;
  for (const movement of movements) {
    if (movement.kind === 'call') {
      funded.push(movement);
      continue;
    }
    const token = movement.kind === 'pay' ? 0n : movement.token;
    const { from, amount } = movement;
    const total = (totals.get(token) ?? 0n) + amount;
    if (total > MAX_U256) {
      if (token === 0n) return undefined;
      funded.push({ kind: 'call', target: token });
      beyondSupply++;
      continue;
    }
    totals.set(token, total);
    funded.push(movement);
    if (amount === 0n) continue;
    const name = `${token}/${from}`;
    const holding = spent.get(name);
    if (holding === undefined) spent.set(name, { token, holder: from, amount });
    else holding.amount += amount;
  }
  return { movements: funded, holdings: [...spent.values()], beyondSupply };
}
