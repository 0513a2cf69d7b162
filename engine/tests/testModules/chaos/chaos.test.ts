import { describe, expect, it } from 'vitest';
import { createPrng } from '../../../base/prng.ts';
import type { Receipt } from '../../../types/receipt.ts';
import { interpretBlock, referenceAccounts } from '../../reference/interpreter.ts';
import { ReferenceState } from '../../reference/referenceState.ts';
import { chaosBlock } from './chaosBlock.ts';
import { chaos } from './manifest.ts';

const FEE_BALANCE = 10n ** 12n;

function run(seed: number, accounts: number, count: number, gasLimit = 10 ** 12) {
  const state = new ReferenceState();
  for (let account = 0; account < accounts; account++) {
    state.set(referenceAccounts, { nonce: 0, feeBalance: FEE_BALANCE }, account);
  }
  const transactions = chaosBlock(createPrng(seed), { accounts, transactions: count, heavyPermille: 700 });
  const block = { height: 1, timestamp: 12, gasLimit, feeRecipient: 99, transactions };
  return { transactions, ...interpretBlock([chaos], state, block) };
}

describe('blocks of chaos', () => {
  const runs = Array.from({ length: 120 }, (_, seed) => run(seed, 2 + (seed % 9), 60));

  it('are the same for the same seed', () => {
    for (const seed of [0, 1, 2]) {
      const again = run(seed, 2 + (seed % 9), 60);
      expect(again.transactions).toEqual(runs[seed]!.transactions);
      expect(again.state.toJson()).toEqual(runs[seed]!.state.toJson());
    }
  });

  it('hold every kind of transaction, and each kind succeeds at times', () => {
    const succeeded = new Set<string>();
    for (const { transactions, receipts } of runs) {
      receipts.forEach(({ status }, i) => {
        if (status === 'success') succeeded.add(transactions[i]!.name);
      });
    }
    expect([...succeeded].sort()).toEqual(Object.keys(chaos.transactions).sort());
  });

  it('end in every way', () => {
    const endings = new Map<string, number>();
    const all: readonly Receipt[] = runs.flatMap(({ receipts }) => receipts);
    for (const { status, error } of all) {
      const ending = `${status} ${error ?? ''}`.trim();
      endings.set(ending, (endings.get(ending) ?? 0) + 1);
    }
    expect([...endings.keys()].sort()).toEqual([
      'outOfGas kernel/out_of_gas',
      'panicked kernel/panic',
      'rejected kernel/insufficient_fee_balance',
      'rejected kernel/nonce_mismatch',
      'reverted chaos/odd',
      'reverted kernel/capacity',
      'success',
    ]);
    expect(endings.get('success')! / all.length).toBeGreaterThan(0.4);
    for (const count of endings.values()) expect(count).toBeGreaterThan(10);
  });

  it('write, delete and bring keys into being', () => {
    const keys = new Set(runs.flatMap(({ accesses }) => accesses.flatMap(({ writes }) => [...writes])));
    for (const name of ['counters', 'records', 'wides', 'blobs']) {
      expect([...keys].filter((key) => key.startsWith(`chaos/${name}/`)).length).toBeGreaterThan(5);
    }
  });

  it('lose no fees: what senders pay, the recipient has, or it is burnt', () => {
    for (const { state, receipts, transactions } of runs) {
      let total = 0n;
      for (const [, { feeBalance }] of state.entries(referenceAccounts)) total += feeBalance;
      const earned = BigInt((state.toJson().get('kernel/fees/99') as string | undefined) ?? 0);
      const senders = [...state.entries(referenceAccounts)].length;
      const burnt = receipts.reduce(
        (sum, { gasUsed }, i) => sum + BigInt(gasUsed) * BigInt(transactions[i]!.burntPrice ?? 0),
        0n,
      );
      expect(total + earned + burnt).toBe(FEE_BALANCE * BigInt(senders));
    }
  });

  it('are cut where the gas ends', () => {
    const whole = run(3, 4, 60);
    const limit = whole.receipts.slice(0, 20).reduce((sum, { gasUsed }) => sum + gasUsed, 0);
    const cut = run(3, 4, 60, limit);
    // What is refused uses no gas and still fits.
    expect(cut.receipts.length).toBeGreaterThanOrEqual(20);
    expect(cut.receipts).toEqual(whole.receipts.slice(0, cut.receipts.length));
    expect(
      whole.receipts.slice(0, cut.receipts.length + 1).reduce((sum, { gasUsed }) => sum + gasUsed, 0),
    ).toBeGreaterThan(limit);
    expect(run(3, 4, 60, 1).receipts.length).toBe(1);
  });
});
