import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { genesisWorld, type StateReader } from '../../moduleSdk/index.ts';
import { ReferenceChain } from '../../tests/reference/referenceChain.ts';
import type { TransactionDraft } from '../../types/transaction.ts';
import { supplyChain } from './manifest.ts';
import { items, steps } from './state.ts';

const modules = [supplyChain];

function started(accounts: number): ReferenceChain {
  const chain = new ReferenceChain(modules);
  chain.genesis(genesisWorld({ accounts, assets: 0, pools: 0, bankPartition: 'asset' }, modules));
  return chain;
}

function traffic(state: StateReader, seed: number, accounts: number, hotPermille: number, count: number) {
  const world = {
    accounts,
    assets: 1,
    pools: [],
    hotPools: [],
    hotPermille,
    skewPermille: 0,
    work: 5,
    state,
  };
  return supplyChain.workloads[0]!.generate(createPrng(seed), world, count);
}

const small = fc.integer({ min: 0, max: 4 });
const draft: fc.Arbitrary<TransactionDraft> = fc
  .record({
    sender: small,
    call: fc.oneof(
      fc.record({ name: fc.constant('createItem'), args: fc.record({ batch: small }) }),
      fc.record({
        name: fc.constant('passCustody'),
        args: fc.record({ maker: small, serial: fc.integer({ min: 0, max: 20 }), to: small }),
      }),
      fc.record({
        name: fc.constant('recordReading'),
        args: fc.record({
          maker: small,
          serial: fc.integer({ min: 0, max: 20 }),
          quantity: small,
          value: fc.nat(),
        }),
      }),
      fc.record({ name: fc.constant('recallBatch'), args: fc.record({ batch: small, reason: small }) }),
    ),
  })
  .map(({ sender, call }) => ({ sender, module: 'supplyChain', ...call }));

describe('whatever people do with goods', () => {
  it('journeys stay whole, nothing that was written of them changes, and nothing panics', () => {
    fc.assert(
      fc.property(fc.array(fc.array(draft, { maxLength: 20 }), { maxLength: 4 }), (blocks) => {
        const chain = started(3);
        for (const drafts of blocks) {
          const before = [...chain.state.entries(steps)];
          const { receipts } = chain.block(drafts);
          expect(receipts.filter(({ status }) => status === 'panicked')).toEqual([]);
          expect(chain.complaints()).toEqual([]);
          for (const [key, step] of before) expect(chain.state.get(steps, ...key)).toEqual(step);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('shipments', () => {
  it('are the same for the same seed, and nearly all succeed, block after block', () => {
    const chain = started(40);
    let failed = 0;
    const kinds = new Set<string>();
    for (let height = 1; height <= 12; height++) {
      const drafts = traffic(chain.state, height, 40, 100, 200);
      expect(traffic(chain.state, height, 40, 100, 200)).toEqual(drafts);
      expect(drafts).toHaveLength(200);
      for (const { name } of drafts) kinds.add(name);
      const { receipts } = chain.block(drafts);
      failed += receipts.filter(({ status }) => status !== 'success').length;
      expect(chain.complaints()).toEqual([]);
    }
    expect([...kinds].sort()).toEqual(['createItem', 'passCustody', 'recallBatch', 'recordReading']);
    expect(failed).toBeLessThan(0.03 * 12 * 200);
  });

  it('are spoilt by nothing that a block leaves out', () => {
    const chain = started(40);
    for (let height = 1; height <= 6; height++) {
      const drafts = traffic(chain.state, height, 40, 0, 200).filter((_, i) => i % 3 === 0);
      const { receipts } = chain.block(drafts);
      expect(receipts.filter(({ status }) => status !== 'success').length).toBeLessThan(6);
    }
  });

  it('crowd at one item as far as asked', () => {
    const { state } = started(40);
    const hot = (permille: number) =>
      traffic(state, 3, 40, permille, 2000).filter(({ args }) => args.maker === 0 && args.serial === 0)
        .length;
    expect(hot(0)).toBe(0);
    expect(hot(500)).toBeGreaterThan(700);
    expect(started(40).state.get(items, 0, 0)!.holder).toBe(0);
  });

  it('need two people', () => {
    expect(traffic(started(1).state, 1, 1, 0, 5)).toEqual([]);
  });
});
