import { describe, expect, it } from 'vitest';
import { MAX_U128 } from '../../base/integerMath.ts';
import { type GenesisWorld, genesisWorld } from '../../moduleSdk/index.ts';
import { ReferenceChain } from '../../tests/reference/referenceChain.ts';
import {
  CALLER_ACCOUNT,
  CALLER_ASSET,
  CALLER_LANE,
  ledgerCaller,
} from '../../tests/testModules/ledgerCaller.ts';
import { moduleAccount, MODULE_OWNED } from '../../types/ids.ts';
import type { TransactionDraft } from '../../types/transaction.ts';
import { bank } from './manifest.ts';
import { balances, supply } from './state.ts';

const modules = [bank, ledgerCaller];
const ACCOUNTS = 4;
const EACH = 100n;

function started(
  bankPartition: 'asset' | 'lane' = 'asset',
  changes: Partial<GenesisWorld> = {},
): ReferenceChain {
  const world = genesisWorld({ accounts: ACCOUNTS, assets: 2, pools: 0, bankPartition }, modules);
  const chain = new ReferenceChain(modules);
  chain.genesis({ ...world, amountEach: EACH, ...changes });
  return chain;
}

function balanceOf(chain: ReferenceChain, account: number, asset = 0, lane = 0): bigint | undefined {
  return chain.state.get(balances, lane, asset, account);
}

function pay(chain: ReferenceChain, sender: number, to: number, amount: bigint, asset = 0) {
  return chain.send(sender, 'bank', 'transfer', { asset, to, amount });
}

describe('a transfer', () => {
  it('moves money with two reads and two writes beside the kernel’s', () => {
    const chain = started();
    const { accesses, receipts } = chain.block([
      { sender: 0, module: 'bank', name: 'transfer', args: { asset: 0, to: 1, amount: 30n } },
    ]);
    expect(receipts[0]!.events).toEqual([
      { module: 'bank', name: 'transfer', fields: { asset: 0, from: 0, to: 1, amount: 30n } },
    ]);
    const touched = ['kernel/accounts/0', 'bank/balances/0/0/0', 'bank/balances/0/0/1'];
    expect([...accesses[0]!.reads]).toEqual(touched);
    expect([...accesses[0]!.writes].sort()).toEqual([...touched].sort());
    expect([balanceOf(chain, 0), balanceOf(chain, 1)]).toEqual([70n, 130n]);
  });

  it('removes the key of an account that gave everything, and makes that of a new one', () => {
    const chain = started();
    expect(pay(chain, 0, 77, EACH).status).toBe('success');
    expect(balanceOf(chain, 0)).toBeUndefined();
    expect(balanceOf(chain, 77)).toBe(EACH);
    expect(chain.complaints()).toEqual([]);
  });

  it('to oneself changes nothing and is announced', () => {
    const chain = started();
    const before = chain.state.get(balances, 0, 0, 2);
    const receipt = pay(chain, 2, 2, EACH);
    expect([receipt.status, receipt.events.length]).toEqual(['success', 1]);
    expect(balanceOf(chain, 2)).toBe(before);
    expect(pay(chain, 2, 2, EACH + 1n).error).toBe('bank/insufficient_balance');
  });

  it('is refused with a typed error', () => {
    const chain = started();
    expect(pay(chain, 0, 1, 0n).error).toBe('bank/zero_amount');
    const short = pay(chain, 0, 1, EACH + 1n);
    expect([short.error, short.errorData]).toEqual([
      'bank/insufficient_balance',
      { balance: EACH, amount: EACH + 1n },
    ]);
    expect(pay(chain, 0, 1, MAX_U128).error).toBe('bank/insufficient_balance');
    expect(pay(chain, 0, 1, 1n, 5)).toMatchObject({ error: 'bank/unknown_asset', errorData: { asset: 5 } });
    expect(pay(chain, 50, 1, 1n)).toMatchObject({
      error: 'bank/insufficient_balance',
      errorData: { balance: 0n },
    });
    expect(pay(chain, 0, CALLER_ACCOUNT, 1n)).toMatchObject({
      error: 'bank/not_a_person',
      errorData: { account: CALLER_ACCOUNT },
    });
    expect(pay(chain, 0, MODULE_OWNED, 1n).error).toBe('bank/not_a_person');
    expect(chain.complaints()).toEqual([]);
  });

  it('cannot be signed for an account of a module', () => {
    const chain = started();
    chain.must([
      {
        sender: 0,
        module: 'ledgerCaller',
        name: 'move',
        args: { asset: 0, from: 0, to: CALLER_ACCOUNT, amount: 5n },
      },
    ]);
    expect(pay(chain, CALLER_ACCOUNT, 1, 5n).error).toBe('bank/not_authorised');
    expect(
      chain.send(CALLER_ACCOUNT, 'bank', 'batchTransfer', { asset: 0, payments: [{ to: 1, amount: 5n }] })
        .error,
    ).toBe('bank/not_authorised');
  });

  it('does not let a balance grow beyond 2^128 − 1', () => {
    const chain = started();
    chain.state.set(balances, MAX_U128, 0, 0, 1);
    expect(pay(chain, 0, 1, 1n)).toMatchObject({
      error: 'bank/balance_overflow',
      errorData: { balance: MAX_U128, amount: 1n },
    });
    expect(pay(chain, 1, 9, MAX_U128).status).toBe('success');
    expect(balanceOf(chain, 9)).toBe(MAX_U128);
  });
});

describe('a batch', () => {
  const batch = (chain: ReferenceChain, payments: readonly { to: number; amount: bigint }[]) =>
    chain.send(0, 'bank', 'batchTransfer', { asset: 0, payments });

  it('pays all or none', () => {
    const chain = started();
    expect(
      batch(chain, [
        { to: 1, amount: 60n },
        { to: 2, amount: 41n },
      ]).error,
    ).toBe('bank/insufficient_balance');
    expect(balanceOf(chain, 1)).toBe(EACH);
    expect(
      batch(chain, [
        { to: 1, amount: 60n },
        { to: 1, amount: 10n },
        { to: 0, amount: 7n },
        { to: 2, amount: 30n },
      ]).status,
    ).toBe('success');
    expect([0, 1, 2].map((account) => balanceOf(chain, account))).toEqual([undefined, 170n, 130n]);
    expect(chain.complaints()).toEqual([]);
  });

  it('refuses nonsense', () => {
    const chain = started();
    expect(batch(chain, []).error).toBe('bank/empty_batch');
    expect(batch(chain, [{ to: 1, amount: 0n }]).error).toBe('bank/zero_amount');
    expect(
      batch(chain, [
        { to: 1, amount: 1n },
        { to: CALLER_ACCOUNT, amount: 1n },
      ]).error,
    ).toBe('bank/not_a_person');
  });
});

describe('the ledger for modules', () => {
  const call = (chain: ReferenceChain, sender: number, name: string, args: TransactionDraft['args']) =>
    chain.send(sender, 'ledgerCaller', name, args);

  it('moves what the sender or the caller owns, nothing else', () => {
    const chain = started();
    expect(call(chain, 0, 'move', { asset: 0, from: 0, to: CALLER_ACCOUNT, amount: 40n }).status).toBe(
      'success',
    );
    expect(call(chain, 0, 'move', { asset: 0, from: 1, to: 0, amount: 1n })).toMatchObject({
      error: 'bank/not_authorised',
      errorData: { owned: 1 },
    });
    expect(call(chain, 3, 'moveTwice', { asset: 0, from: CALLER_ACCOUNT, to: 3, amount: 20n }).status).toBe(
      'success',
    );
    expect(balanceOf(chain, 3)).toBe(EACH + 40n);
    const foreign = moduleAccount(CALLER_LANE + 1, 0);
    expect(call(chain, 0, 'move', { asset: 0, from: foreign, to: 0, amount: 1n }).error).toBe(
      'bank/not_authorised',
    );
    expect(call(chain, 0, 'moveTwice', { asset: 0, from: foreign, to: 0, amount: 1n }).error).toBe(
      'bank/not_authorised',
    );
  });

  it('mints and burns the caller’s own assets only', () => {
    const chain = started();
    expect(call(chain, 0, 'mint', { asset: CALLER_ASSET, to: 2, amount: MAX_U128 }).status).toBe('success');
    expect(call(chain, 0, 'mint', { asset: CALLER_ASSET, to: 3, amount: 1n }).error).toBe(
      'bank/balance_overflow',
    );
    expect(call(chain, 0, 'mint', { asset: 0, to: 2, amount: 1n }).error).toBe('bank/not_authorised');
    expect(call(chain, 0, 'burn', { asset: 0, from: 0, amount: 1n }).error).toBe('bank/not_authorised');
    expect(call(chain, 0, 'burn', { asset: CALLER_ASSET, from: 3, amount: 1n }).error).toBe(
      'bank/insufficient_balance',
    );
    expect(call(chain, 0, 'burn', { asset: CALLER_ASSET, from: 2, amount: MAX_U128 }).status).toBe('success');
    expect(chain.state.get(supply, CALLER_ASSET)).toBe(0n);
    expect(chain.complaints()).toEqual([]);
  });
});

describe('partitioned by lane', () => {
  it('keeps what modules move apart from what people send', () => {
    const chain = started('lane');
    chain.must([
      {
        sender: 0,
        module: 'ledgerCaller',
        name: 'move',
        args: { asset: 0, from: 0, to: CALLER_ACCOUNT, amount: EACH },
      },
    ]);
    expect([balanceOf(chain, 0), balanceOf(chain, 0, 0, CALLER_LANE)]).toEqual([EACH, undefined]);
    expect(balanceOf(chain, CALLER_ACCOUNT, 0, CALLER_LANE)).toBe(EACH);
    const move = { asset: 0, fromLane: 0, toLane: CALLER_LANE, amount: 30n };
    chain.must([{ sender: 0, module: 'bank', name: 'moveBetweenLanes', args: move }]);
    expect([balanceOf(chain, 0), balanceOf(chain, 0, 0, CALLER_LANE)]).toEqual([70n, 30n]);
    const again = (changes: object) =>
      chain.send(0, 'bank', 'moveBetweenLanes', { ...move, ...changes }).error;
    expect(again({ amount: 71n })).toBe('bank/insufficient_balance');
    expect(again({ amount: 0n })).toBe('bank/zero_amount');
    expect(again({ toLane: 0 })).toBe('bank/same_lane');
    expect(chain.complaints()).toEqual([]);
  });

  it('has lanes to move between only then', () => {
    const args = { asset: 0, fromLane: 0, toLane: 9, amount: 1n };
    expect(started().send(0, 'bank', 'moveBetweenLanes', args).error).toBe('bank/not_partitioned');
  });
});

describe('genesis', () => {
  it('gives every person and the provider their money', () => {
    const chain = started('asset', { accounts: 1203, provider: 1203, providerAmount: 9n });
    expect([...chain.state.entries(balances)].length).toBe(2 * 1204);
    expect([balanceOf(chain, 0), balanceOf(chain, 1202, 1), balanceOf(chain, 1203)]).toEqual([
      EACH,
      EACH,
      9n,
    ]);
    expect(chain.complaints()).toEqual([]);
  });

  it('mints at height 0 only, and lists no asset of a module', () => {
    const args = { asset: 0, to: 0, amount: 1n, lane: 0 };
    expect(started().send(0, 'bank', 'mint', args).error).toBe('kernel/genesis_only');
    const fresh = new ReferenceChain(modules);
    expect(fresh.send(0, 'bank', 'mint', { ...args, asset: CALLER_ASSET }).error).toBe('bank/not_authorised');
  });
});
