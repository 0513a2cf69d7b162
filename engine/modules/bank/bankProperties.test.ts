import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_U128 } from '../../base/integerMath.ts';
import { createPrng } from '../../base/prng.ts';
import { genesisWorld } from '../../moduleSdk/index.ts';
import { interpretBlock } from '../../tests/reference/interpreter.ts';
import { ReferenceChain } from '../../tests/reference/referenceChain.ts';
import {
  CALLER_ACCOUNT,
  CALLER_ASSET,
  CALLER_LANE,
  ledgerCaller,
} from '../../tests/testModules/ledgerCaller.ts';
import { bank } from './manifest.ts';
import { supply } from './state.ts';

const modules = [bank, ledgerCaller];
const ACCOUNTS = 4;
const EACH = 100n;

function started(bankPartition: 'asset' | 'lane' = 'asset'): ReferenceChain {
  const world = genesisWorld({ accounts: ACCOUNTS, assets: 2, pools: 0, bankPartition }, modules);
  const chain = new ReferenceChain(modules);
  chain.genesis({ ...world, amountEach: EACH });
  return chain;
}

describe('payments', () => {
  const world = { assets: 1, pools: [], hotPools: [], skewPermille: 0, work: 7, state: started().state };
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

  it('crowd at the recipients who are busy on a real network, as far as asked', () => {
    const draw = (skewPermille: number) =>
      bank.workloads[0]!.generate(
        createPrng(4),
        { ...world, accounts: 500, hotPermille: 0, skewPermille },
        10_000,
      );
    const even = draw(0);
    for (const [skewPermille, hottest, topTen] of [
      [1000, 0.2, 0.44],
      [500, 0.1, 0.22],
    ] as const) {
      const skewed = draw(skewPermille);
      const paid = new Map<unknown, number>();
      for (const { args } of skewed) paid.set(args.to, (paid.get(args.to) ?? 0) + 1);
      expect(skewed.filter(({ sender, args }) => sender === args.to)).toEqual([]);
      expect(skewed.map(({ args }) => args.amount)).toEqual(even.map(({ args }) => args.amount));
      const shares = [...paid.values()].sort((a, b) => b - a).map((count) => count / skewed.length);
      expect(Math.abs(shares[0]! - hottest)).toBeLessThan(0.015);
      expect(Math.abs(shares.slice(0, 10).reduce((sum, share) => sum + share, 0) - topTen)).toBeLessThan(
        0.025,
      );
    }
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
      module: fc.constant('ledgerCaller'),
      name: fc.constantFrom('move', 'moveTwice'),
      args: fc.record({
        asset,
        from: fc.oneof(person, fc.constant(CALLER_ACCOUNT)),
        to: fc.oneof(person, fc.constant(CALLER_ACCOUNT)),
        amount,
      }),
    }),
    fc.record({
      sender: person,
      module: fc.constant('ledgerCaller'),
      name: fc.constant('mint'),
      args: fc.record({ asset: fc.constant(CALLER_ASSET), to: person, amount }),
    }),
    fc.record({
      sender: person,
      module: fc.constant('ledgerCaller'),
      name: fc.constant('burn'),
      args: fc.record({ asset: fc.constant(CALLER_ASSET), from: person, amount }),
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
