import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_U128 } from '../../base/integerMath.ts';
import { createPrng } from '../../base/prng.ts';
import {
  assetLedger,
  asset as assetCell,
  account as accountCell,
  defineModule,
  type GenesisWorld,
  genesisWorld,
  transaction,
  u128,
} from '../../moduleSdk/index.ts';
import { interpretBlock } from '../../tests/reference/interpreter.ts';
import { ReferenceChain } from '../../tests/reference/referenceChain.ts';
import { moduleAccount, MODULE_OWNED } from '../../types/ids.ts';
import type { TransactionDraft } from '../../types/transaction.ts';
import { bank } from './manifest.ts';
import { balances, supply } from './state.ts';

/** A module that asks bank for what it is told to, so that authority can be tried. */
const CALLER_LANE = 9;
const caller = defineModule({
  id: 'caller',
  lane: CALLER_LANE,
  title: 'Caller',
  summary: 'Calls the ledger.',
  tables: [],
  transactions: {
    move: transaction(
      { asset: assetCell(), from: accountCell(), to: accountCell(), amount: u128() },
      'Transfer.',
      (context, { asset, from, to, amount }) => context.use(assetLedger).transfer(asset, from, to, amount),
    ),
    moveTwice: transaction(
      { asset: assetCell(), from: accountCell(), to: accountCell(), amount: u128() },
      'Transfer there and on.',
      (context, { asset, from, to, amount }) =>
        context.use(assetLedger).transferAll([
          { asset, from, to, amount },
          { asset, from, to, amount },
        ]),
    ),
    mint: transaction(
      { asset: assetCell(), to: accountCell(), amount: u128() },
      'Mint.',
      (context, { asset, to, amount }) => context.use(assetLedger).mint(asset, to, amount),
    ),
    burn: transaction(
      { asset: assetCell(), from: accountCell(), amount: u128() },
      'Burn.',
      (context, { asset, from, amount }) => context.use(assetLedger).burn(asset, from, amount),
    ),
  },
  events: [],
  errors: [],
  provides: [],
  requires: [assetLedger],
  invariants: [],
  views: [],
  workloads: [],
});

const modules = [bank, caller];
const ACCOUNTS = 4;
const EACH = 100n;
const VAULT = moduleAccount(CALLER_LANE, 0);
const TOKEN = moduleAccount(CALLER_LANE, 1);

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
    expect(pay(chain, 0, VAULT, 1n)).toMatchObject({
      error: 'bank/not_a_person',
      errorData: { account: VAULT },
    });
    expect(pay(chain, 0, MODULE_OWNED, 1n).error).toBe('bank/not_a_person');
    expect(chain.complaints()).toEqual([]);
  });

  it('cannot be signed for an account of a module', () => {
    const chain = started();
    chain.must([
      { sender: 0, module: 'caller', name: 'move', args: { asset: 0, from: 0, to: VAULT, amount: 5n } },
    ]);
    expect(pay(chain, VAULT, 1, 5n).error).toBe('bank/not_authorised');
    expect(
      chain.send(VAULT, 'bank', 'batchTransfer', { asset: 0, payments: [{ to: 1, amount: 5n }] }).error,
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
        { to: VAULT, amount: 1n },
      ]).error,
    ).toBe('bank/not_a_person');
  });
});

describe('the ledger for modules', () => {
  const call = (chain: ReferenceChain, sender: number, name: string, args: TransactionDraft['args']) =>
    chain.send(sender, 'caller', name, args);

  it('moves what the sender or the caller owns, nothing else', () => {
    const chain = started();
    expect(call(chain, 0, 'move', { asset: 0, from: 0, to: VAULT, amount: 40n }).status).toBe('success');
    expect(call(chain, 0, 'move', { asset: 0, from: 1, to: 0, amount: 1n })).toMatchObject({
      error: 'bank/not_authorised',
      errorData: { owned: 1 },
    });
    expect(call(chain, 3, 'moveTwice', { asset: 0, from: VAULT, to: 3, amount: 20n }).status).toBe('success');
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
    expect(call(chain, 0, 'mint', { asset: TOKEN, to: 2, amount: MAX_U128 }).status).toBe('success');
    expect(call(chain, 0, 'mint', { asset: TOKEN, to: 3, amount: 1n }).error).toBe('bank/balance_overflow');
    expect(call(chain, 0, 'mint', { asset: 0, to: 2, amount: 1n }).error).toBe('bank/not_authorised');
    expect(call(chain, 0, 'burn', { asset: 0, from: 0, amount: 1n }).error).toBe('bank/not_authorised');
    expect(call(chain, 0, 'burn', { asset: TOKEN, from: 3, amount: 1n }).error).toBe(
      'bank/insufficient_balance',
    );
    expect(call(chain, 0, 'burn', { asset: TOKEN, from: 2, amount: MAX_U128 }).status).toBe('success');
    expect(chain.state.get(supply, TOKEN)).toBe(0n);
    expect(chain.complaints()).toEqual([]);
  });
});

describe('partitioned by lane', () => {
  it('keeps what modules move apart from what people send', () => {
    const chain = started('lane');
    chain.must([
      { sender: 0, module: 'caller', name: 'move', args: { asset: 0, from: 0, to: VAULT, amount: EACH } },
    ]);
    expect([balanceOf(chain, 0), balanceOf(chain, 0, 0, CALLER_LANE)]).toEqual([EACH, undefined]);
    expect(balanceOf(chain, VAULT, 0, CALLER_LANE)).toBe(EACH);
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
    expect(fresh.send(0, 'bank', 'mint', { ...args, asset: TOKEN }).error).toBe('bank/not_authorised');
  });
});

describe('payments', () => {
  const world = { assets: 1, pools: [], hotPools: [], work: 7, state: started().state };
  const generate = (seed: number, accounts: number, hotPermille: number, count: number) =>
    bank.workloads[0]!.generate(createPrng(seed), { ...world, accounts, hotPermille }, count);

  it('are the same for the same seed, never to oneself, and as hot as asked', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 50 }), (seed, accounts) => {
        const drafts = generate(seed, accounts, 1000, 40);
        expect(generate(seed, accounts, 1000, 40)).toEqual(drafts);
        for (const { sender, args } of drafts) {
          expect(args.to).toBe(0);
          expect(sender).toBeGreaterThan(0);
          expect(sender).toBeLessThan(accounts);
        }
        for (const { sender, args } of generate(seed, accounts, 0, 40)) expect(args.to).not.toBe(sender);
      }),
    );
    const hot = generate(1, 1000, 300, 10_000).filter(({ args }) => args.to === 0).length;
    expect(hot).toBeGreaterThan(2800);
    expect(hot).toBeLessThan(3200);
  });

  it('need two people', () => {
    expect(generate(1, 1, 0, 5)).toEqual([]);
  });
});

describe('whatever people do', () => {
  const person = fc.integer({ min: 0, max: ACCOUNTS });
  const amount = fc.oneof(fc.bigInt({ min: 0n, max: 2n * EACH }), fc.constant(MAX_U128));
  const asset = fc.integer({ min: 0, max: 2 });
  const lane = fc.constantFrom(0, CALLER_LANE);
  const draft = fc.oneof(
    fc.record({
      sender: person,
      module: fc.constant('bank'),
      name: fc.constant('transfer'),
      args: fc.record({ asset, to: person, amount }),
    }),
    fc.record({
      sender: person,
      module: fc.constant('bank'),
      name: fc.constant('batchTransfer'),
      args: fc.record({ asset, payments: fc.array(fc.record({ to: person, amount }), { maxLength: 4 }) }),
    }),
    fc.record({
      sender: person,
      module: fc.constant('bank'),
      name: fc.constant('moveBetweenLanes'),
      args: fc.record({ asset, fromLane: lane, toLane: lane, amount }),
    }),
    fc.record({
      sender: person,
      module: fc.constant('caller'),
      name: fc.constantFrom('move', 'moveTwice'),
      args: fc.record({
        asset,
        from: fc.oneof(person, fc.constant(VAULT)),
        to: fc.oneof(person, fc.constant(VAULT)),
        amount,
      }),
    }),
    fc.record({
      sender: person,
      module: fc.constant('caller'),
      name: fc.constant('mint'),
      args: fc.record({ asset: fc.constant(TOKEN), to: person, amount }),
    }),
    fc.record({
      sender: person,
      module: fc.constant('caller'),
      name: fc.constant('burn'),
      args: fc.record({ asset: fc.constant(TOKEN), from: person, amount }),
    }),
  );

  it('no money appears or is lost, no zero is stored, nothing panics', () => {
    fc.assert(
      fc.property(fc.array(draft, { minLength: 1, maxLength: 30 }), fc.boolean(), (drafts, byLane) => {
        const chain = started(byLane ? 'lane' : 'asset');
        const before = [0, 1].map((item) => chain.state.get(supply, item));
        const { receipts } = chain.block(drafts);
        expect(receipts.map(({ status }) => status).filter((status) => status === 'panicked')).toEqual([]);
        expect([0, 1].map((item) => chain.state.get(supply, item))).toEqual(before);
        expect(chain.complaints()).toEqual([]);
      }),
    );
  });

  it('a revert costs the fee and nothing else', () => {
    const chain = started();
    const block = { height: 1, timestamp: 1, gasLimit: 10 ** 9, feeRecipient: 7 };
    const transfer = {
      sender: 0,
      nonce: 0,
      module: 'bank',
      name: 'transfer',
      work: 0,
      gasLimit: 9000,
      gasPrice: 0,
    };
    const args = { asset: 0, to: 1, amount: EACH + 1n };
    const { state } = interpretBlock(modules, chain.state, {
      ...block,
      transactions: [{ ...transfer, args }],
    });
    const changed = [...state.toJson()].filter(
      ([key, value]) => JSON.stringify(chain.state.toJson().get(key)) !== JSON.stringify(value),
    );
    expect(changed.map(([key]) => key)).toEqual(['kernel/accounts/0']);
  });
});
