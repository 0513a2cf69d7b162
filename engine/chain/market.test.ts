import { describe, expect, it } from 'vitest';
import type { Action, GenesisSettings, TrafficSettings } from '../api/settings.ts';
import { toHex } from '../base/bytes.ts';
import { accounts, fees } from '../execution/kernel/kernelTables.ts';
import { chainParts, SMALL_GENESIS, SMALL_TRAFFIC } from '../tests/chainParts.ts';
import { RECEIPT_STATUS } from '../types/receipt.ts';
import { Chain } from './chain.ts';
import { INITIAL_BASE_FEE, WHOLE_CHAIN } from './fees.ts';
import { createStateReader } from './stateReader.ts';

const BANK = 1;
const AMM = 2;
const TRAFFIC: TrafficSettings = { ...SMALL_TRAFFIC, transactionsPerBlock: 60, work: 1000 };
/** About two thirds of what the traffic needs. */
const TIGHT = 60_000;

function chainOf(genesis: Partial<GenesisSettings>, traffic: Partial<TrafficSettings> = {}) {
  const chain = new Chain(
    chainParts(),
    { ...SMALL_GENESIS, accounts: 40, ...genesis },
    { ...TRAFFIC, ...traffic },
  );
  return chain;
}

function produce(chain: ReturnType<typeof chainOf>, actions: readonly Action[] = []) {
  const parent = chain.tree.current;
  const pending = chain.prepare(parent, actions);
  if (!pending.ok) throw new Error(pending.error.code);
  return { pending: pending.value, block: chain.append(parent, pending.value, '') };
}

const every = (['firstCome', 'byFee', 'conflictAware'] as const).flatMap((builder) =>
  (['fixed', 'global', 'local'] as const).flatMap((price) =>
    (['monolithic', 'modular'] as const).map((mode) => ({ builder, fees: price, mode })),
  ),
);

describe('a chain with a mempool', () => {
  it.each(every)('$builder, $fees fees, $mode: nobody is lost, nothing is refused', (rules) => {
    const chain = chainOf({ ...rules, gasTarget: TIGHT });
    let arrived = 0;
    let included = 0;
    for (let height = 1; height <= 6; height++) {
      const { pending, block } = produce(chain);
      arrived += TRAFFIC.transactionsPerBlock;
      included += block.transactions;
      const rejected = pending.outcome.receipts.filter(({ status }) => status === RECEIPT_STATUS.rejected);
      expect(rejected).toHaveLength(0);
      expect(included + block.market!.waiting.length + dropped(chain)).toBe(arrived);
      const gas = pending.outcome.receipts.reduce((sum, { gasUsed }) => sum + gasUsed, 0);
      // What one does may cost a little more than it would have alone.
      expect(gas).toBeLessThan(TIGHT * 2 * 1.1);
    }
    expect(included).toBeGreaterThan(0);
    // Each block can be made again, market and all.
    for (const block of chain.tree.blocks().filter(({ height }) => height > 0)) {
      expect(toHex(chain.remake(block).digest)).toBe(toHex(block.digest));
    }
  });

  it('keeps to the room of each lane where each has its own queue', () => {
    const chain = chainOf({ mode: 'modular', gasTarget: TIGHT }, { swapPermille: 900 });
    const { pending, block } = produce(chain);
    const used = block.market!.gasUsed;
    expect(used.get('amm')!).toBeLessThanOrEqual(TIGHT * 1.1);
    expect(used.get('amm')!).toBeGreaterThan(TIGHT * 0.8);
    // No payment waits for a swap.
    expect(block.market!.waiting.every(({ draft }) => draft.module === 'amm')).toBe(true);
    expect(pending.built.transactions.filter(({ module }) => module === 'bank').length).toBeGreaterThan(2);
  });

  it('does not spend more than the cap on a key', () => {
    const free = produce(chainOf({ gasTarget: 10_000_000 }, { hotPermille: 1000 })).block;
    const capped = produce(chainOf({ gasTarget: 10_000_000, keyGasCap: 8000 }, { hotPermille: 1000 })).block;
    expect(capped.transactions).toBeLessThan(free.transactions / 2);
  });

  it('makes shorter chains when it looks at conflicts', () => {
    const path = (builder: 'byFee' | 'conflictAware') => {
      const chain = chainOf({ builder, gasTarget: 90_000 }, { hotPermille: 300, transactionsPerBlock: 120 });
      const { outcome } = produce(chain).pending;
      const depthOfKey = new Map<number, number>();
      let longest = 0;
      for (const { reads, writes } of outcome.accesses.slice(0, outcome.count)) {
        const depth = 1 + Math.max(0, ...reads.map((key) => depthOfKey.get(key) ?? 0));
        for (const key of writes) depthOfKey.set(key, depth);
        longest = Math.max(longest, depth);
      }
      return longest / outcome.count;
    };
    expect(path('conflictAware')).toBeLessThan(path('byFee'));
  });
});

describe('fees', () => {
  it('rise for everybody under one market, and for the crowded lane alone under its own', () => {
    const craze = { shares: { swaps: 900 }, swapPermille: 0, transactionsPerBlock: 120 };
    const after = (price: 'global' | 'local') => {
      const chain = chainOf({ fees: price, mode: 'modular', gasTarget: TIGHT }, craze);
      for (let height = 1; height <= 4; height++) produce(chain);
      return produce(chain).block.market!.baseFees;
    };
    expect(after('global').get(WHOLE_CHAIN)).toBeGreaterThan(INITIAL_BASE_FEE);
    const local = after('local');
    expect(local.get(AMM)).toBeGreaterThan(INITIAL_BASE_FEE);
    expect(local.get(BANK)).toBeLessThan(INITIAL_BASE_FEE);
  });

  it('are burnt up to the base fee, and the rest is earned', () => {
    const chain = chainOf({ fees: 'global', gasTarget: TIGHT });
    const total = () => {
      const state = createStateReader(chain.stateAfter(chain.tree.current));
      const held = [...state.entries(accounts)].reduce((sum, [, { feeBalance }]) => sum + feeBalance, 0n);
      const earned = [...state.entries(fees)].reduce((sum, [, fee]) => sum + fee, 0n);
      return { held, earned };
    };
    const before = total();
    const { pending } = produce(chain);
    const after = total();
    const { transactions } = pending.built;
    const gasOf = (i: number) => BigInt(pending.outcome.receipts[i]!.gasUsed);
    const burnt = transactions.reduce(
      (sum, { burntPrice = 0 }, i) => sum + gasOf(i) * BigInt(burntPrice),
      0n,
    );
    const paid = transactions.reduce((sum, { gasPrice }, i) => sum + gasOf(i) * BigInt(gasPrice), 0n);
    expect(burnt).toBeGreaterThan(0n);
    expect(after.earned).toBe(paid - burnt);
    expect(before.held - after.held).toBe(paid);
    expect(transactions.every(({ burntPrice }) => burntPrice === INITIAL_BASE_FEE)).toBe(true);
  });

  it('keep those out who bid too little, until the price has come down', () => {
    const chain = chainOf({ fees: 'global', gasTarget: 10_000_000 });
    const low = pay(3, { gasPrice: INITIAL_BASE_FEE - 1 });
    const { block } = produce(chain, [{ kind: 'submit', transaction: low }]);
    const waits = block.market!.waiting.filter(({ origin }) => origin === 'crafted');
    expect(waits).toHaveLength(1);
    // An empty chain gets cheaper by up to an eighth a block.
    const { pending } = produce(chain);
    expect(pending.built.candidates.some(({ origin }) => origin === 'crafted')).toBe(true);
  });

  it('can be raised by the one who waits, by a tenth or more', () => {
    const chain = chainOf({ fees: 'global', gasTarget: TIGHT });
    const { block } = produce(chain, [{ kind: 'submit', transaction: pay(3, { gasPrice: 100 }) }]);
    const { sequence } = block.market!.waiting.find(({ origin }) => origin === 'crafted')!;
    const raise = (gasPrice: number): Action[] => [
      { kind: 'submit', transaction: pay(3, { gasPrice }), replaces: sequence },
    ];
    expect(chain.prepare(chain.tree.current, raise(109))).toMatchObject({
      error: { code: 'mempool/underpriced' },
    });
    const { pending } = produce(chain, raise(50_000));
    expect(pending.built.candidates.some(({ origin }) => origin === 'crafted')).toBe(true);
    expect(chain.prepare(chain.tree.current, raise(90_000))).toMatchObject({
      error: { code: 'mempool/no_such_transaction' },
    });
  });
});

describe('one chain or modules', () => {
  it('give the same digests where prices and room are the same for all', () => {
    const digests = (mode: 'monolithic' | 'modular') => {
      const chain = chainOf({ mode });
      return [1, 2, 3].map(() => toHex(produce(chain).block.digest));
    };
    expect(digests('modular')).toEqual(digests('monolithic'));
  });
});

function pay(sender: number, more: object) {
  return { sender, module: 'bank', name: 'transfer', args: { asset: 0, to: 1, amount: '5' }, ...more };
}

/** Of all blocks so far, those that were turned away. */
function dropped(chain: ReturnType<typeof chainOf>): number {
  return chain.tree.blocks().reduce((sum, { market }) => sum + (market?.dropped ?? 0), 0);
}
