import { MAX_U256 } from '../../../base/integerMath.ts';
import type { Prng } from '../../../base/prng.ts';
import type { Arguments, Transaction } from '../../../types/transaction.ts';
import { counterTransactions } from './counterTransactions.ts';
import { wideTransactions } from './wideTransactions.ts';

export interface ChaosOptions {
  /** Senders are 0 … accounts−1; 2 to 10 find the most. */
  readonly accounts: number;
  readonly transactions: number;
  /** The sender's nonce before the block; 0 when left out. */
  readonly nonceOf?: (account: number) => number;
  /**
   * Of a thousand blocks, how many hold transactions at the kernel's capacities (1024 keys, 4096 words
   * of events): they take an executor seconds. 10 when left out.
   */
  readonly heavyPermille?: number;
}

type Kind = keyof typeof counterTransactions | keyof typeof wideTransactions;

/** What a block is mostly made of; the first kinds of a theme come up more often. */
const THEMES: readonly (readonly Kind[])[] = [
  [...(Object.keys(counterTransactions) as Kind[]), ...(Object.keys(wideTransactions) as Kind[])],
  // A chain: everything waits for the one before.
  ['readModifyWrite'],
  // Keys come into being and go.
  ['follow', 'deleteKey', 'writeIfAbsent', 'exchange', 'churn', 'append', 'clearBlob', 'subtract'],
  // Outcomes that depend on a read: wrong ones must not surface.
  ['conditionalRevert', 'divideByRead', 'loopUntil', 'multiply', 'blindWrite', 'deleteKey'],
  // Writers that do not wait, and readers of what is absent.
  ['blindWrite', 'writeIfAbsent', 'deleteKey', 'follow'],
  ['editRecord', 'follow', 'readModifyWrite', 'append'],
  ['emitMany', 'touchMany', 'churn', 'conditionalRevert'],
];

/** Gas for a few dozen accesses, so that an endless loop ends soon. */
const SHORT_GAS = 6000;
const LONG_GAS = 400_000;
/** With this price nobody can pay for {@link LONG_GAS}, as long as balances are below 10^15. */
const UNPAYABLE = 0xffffffff;

/** What a block's transactions have in common. */
interface Setting {
  readonly slots: number;
  readonly accounts: number;
  readonly heavy: boolean;
}

function argumentsOf(kind: Kind, prng: Prng, { slots, accounts, heavy }: Setting): Arguments {
  const slot = prng.below(slots);
  const other = prng.below(slots);
  const value = prng.below(8);
  switch (kind) {
    case 'readModifyWrite': {
      const chosen = Array.from({ length: prng.between(1, 4) }, () => ({ slot: prng.below(slots) }));
      return { amount: value, slots: [{ slot: 0 }, ...chosen].slice(prng.below(2)) };
    }
    case 'blindWrite':
      return { slot, value };
    case 'deleteKey':
    case 'conditionalRevert':
    case 'clearBlob':
      return { slot };
    case 'follow':
      return { slot, hops: prng.below(5), modulus: slots };
    case 'writeIfAbsent':
      return { slot, target: other, value };
    case 'loopUntil':
      return { slot, expected: value };
    case 'exchange':
      return { slot, other };
    case 'churn':
      return { slot, rounds: prng.below(6) };
    case 'emitMany':
      // 4096 words hold 1365 of these events.
      return { slot, count: heavy && prng.chance(400) ? 1350 : prng.below(20) };
    case 'touchMany':
      return { slot, first: 100, count: heavy && prng.chance(400) ? 1010 : prng.below(30) };
    case 'divideByRead':
      return { numerator: prng.chance(500) ? MAX_U256 : BigInt(prng.next()), slot, target: BigInt(other) };
    case 'multiply':
      return { slot: BigInt(slot), factor: prng.chance(300) ? 1n << 100n : BigInt(prng.below(1000)) };
    case 'subtract':
      return { slot: BigInt(slot), amount: BigInt(prng.below(4)) };
    case 'editRecord':
      return { slot: prng.below(2), from: prng.below(accounts), to: prng.below(accounts) };
    case 'append':
      return { slot, source: other, count: prng.below(5) };
  }
}

function gasLimitOf(kind: Kind, prng: Prng): number {
  if (kind === 'emitMany' || kind === 'touchMany') return LONG_GAS;
  if (prng.chance(40)) return prng.below(1500);
  return kind === 'loopUntil' ? prng.between(1000, SHORT_GAS) : SHORT_GAS;
}

/**
 * A block of hostile transactions over 2 to 10 keys: reverts, panics, endless loops, keys that come
 * and go, refusals by the kernel. The same generator state gives the same block.
 */
export function chaosBlock(prng: Prng, options: ChaosOptions): Transaction[] {
  const { accounts } = options;
  const setting = { slots: prng.between(2, 10), accounts, heavy: prng.chance(options.heavyPermille ?? 10) };
  const theme = THEMES[prng.below(THEMES.length)]!;
  const nonces = Array.from({ length: accounts }, (_, account) => options.nonceOf?.(account) ?? 0);
  return Array.from({ length: options.transactions }, () => {
    const kinds = prng.chance(850) ? theme : THEMES[0]!;
    const kind = kinds[Math.min(prng.below(kinds.length), prng.below(kinds.length * 2))]!;
    const sender = prng.below(accounts);
    const transaction = {
      sender,
      nonce: nonces[sender]!,
      module: 'chaos',
      name: kind,
      args: argumentsOf(kind, prng, setting),
      work: prng.chance(300) ? prng.below(500) : 0,
      gasLimit: gasLimitOf(kind, prng),
      gasPrice: prng.below(4),
    };
    const burntPrice = transaction.gasPrice >> 1;
    // The kernel refuses these, and the nonce stays as it was.
    if (prng.chance(15)) return { ...transaction, nonce: transaction.nonce + prng.between(1, 3) };
    if (prng.chance(15)) return { ...transaction, gasLimit: LONG_GAS, gasPrice: UNPAYABLE };
    nonces[sender]!++;
    return { ...transaction, burntPrice };
  });
}
