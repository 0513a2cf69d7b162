import { describe, expect, it } from 'vitest';
import { bank } from '../../modules/bank/manifest.ts';
import { balances, supply } from '../../modules/bank/state.ts';
import type { Transaction } from '../../types/transaction.ts';
import { interpretBlock, referenceAccounts } from './interpreter.ts';
import { ReferenceState } from './referenceState.ts';

const FEE_BALANCE = 2n ** 100n;
/** 200, two balances read (60 + 4 words) and written (120 + 4 words), an event of 7 words (60 + 28). */
const PAYMENT_GAS = 200 + 2 * (60 + 16) + 2 * (120 + 16) + 60 + 28;

function start(feeBalance = FEE_BALANCE): ReferenceState {
  const state = new ReferenceState();
  state.set(referenceAccounts, { nonce: 5, feeBalance }, 0);
  state.set(balances, 100n, 0, 0, 0);
  state.set(balances, 1n, 0, 0, 1);
  state.set(supply, 101n, 0);
  return state;
}

function run(state: ReferenceState, changes: Partial<Transaction> = {}, gasLimit = 10 ** 9, height = 1) {
  const args = { asset: 0, to: 1, amount: 10n };
  const payment = {
    sender: 0,
    nonce: 5,
    module: 'bank',
    name: 'transfer',
    args,
    work: 0,
    gasLimit: 5000,
    gasPrice: 3,
  };
  const transactions = [{ ...payment, ...changes }];
  const outcome = interpretBlock([bank], state, {
    height,
    timestamp: 9,
    gasLimit,
    feeRecipient: 7,
    transactions,
  });
  const json = outcome.state.toJson();
  return { outcome, json, receipt: outcome.receipts[0]! };
}

describe('the reference interpreter', () => {
  it('charges a payment, raises the nonce and pays the recipient', () => {
    const { json, receipt } = run(start());
    expect(receipt).toMatchObject({ status: 'success', gasUsed: PAYMENT_GAS });
    const fee = BigInt(3 * PAYMENT_GAS);
    expect(json.get('kernel/accounts/0')).toEqual({ nonce: 6, feeBalance: (FEE_BALANCE - fee).toString() });
    expect(json.get('kernel/fees/7')).toBe(fee.toString());
    expect(json.get('bank/balances/0/0/1')).toBe('11');
  });

  it('leaves the state it was given as it was', () => {
    const state = start();
    const before = state.toJson();
    run(state);
    expect(state.toJson()).toEqual(before);
  });

  it('rejects without a trace', () => {
    const state = start(14_999n);
    expect(run(state).receipt).toEqual({
      status: 'rejected',
      gasUsed: 0,
      error: 'kernel/insufficient_fee_balance',
      errorData: { balance: 14_999n, needed: 15_000n },
      events: [],
    });
    const late = run(state, { nonce: 6, gasPrice: 0 });
    expect(late.receipt).toMatchObject({
      error: 'kernel/nonce_mismatch',
      errorData: { expected: 5, given: 6 },
    });
    expect(late.json).toEqual(state.toJson());
    expect(run(start(15_000n)).receipt.status).toBe('success');
  });

  it('lets a revert cost what it used, and drops the rest', () => {
    const state = start();
    const { json, receipt, outcome } = run(state, { args: { asset: 0, to: 1, amount: 101n } });
    expect(receipt).toMatchObject({ status: 'reverted', gasUsed: 200 + 60 + 16, events: [] });
    expect(json.get('bank/balances/0/0/0')).toBe('100');
    expect([...outcome.accesses[0]!.writes]).toEqual(['kernel/accounts/0']);
    expect([...outcome.accesses[0]!.reads]).toEqual(['kernel/accounts/0', 'bank/balances/0/0/0']);
  });

  it('takes the whole limit when gas runs out, at every point', () => {
    for (const gasLimit of [0, 199, 200, 300, PAYMENT_GAS - 1]) {
      const { receipt, json } = run(start(), { gasLimit });
      expect(receipt).toMatchObject({
        status: 'outOfGas',
        gasUsed: gasLimit,
        errorData: { limit: gasLimit },
        events: [],
      });
      expect(json.get('bank/balances/0/0/1')).toBe('1');
      expect(json.get('kernel/accounts/0')).toMatchObject({ nonce: 6 });
    }
    expect(run(start(), { gasLimit: PAYMENT_GAS }).receipt.status).toBe('success');
  });

  it('keeps genesis to height 0', () => {
    const mint = { name: 'mint', args: { asset: 0, to: 1, amount: 1n, lane: 0 } };
    expect(run(start(), mint).receipt).toMatchObject({ error: 'kernel/genesis_only', gasUsed: 200 });
    expect(run(start(), mint, 10 ** 9, 0).receipt.status).toBe('success');
  });
});
