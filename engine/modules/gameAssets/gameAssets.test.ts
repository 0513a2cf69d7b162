import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { genesisWorld } from '../../moduleSdk/index.ts';
import { ReferenceChain } from '../../tests/reference/referenceChain.ts';
import { bank } from '../bank/manifest.ts';
import { balances, supply } from '../bank/state.ts';
import { COMMON_KIND, CRAFTED_KIND, DROPPED_KINDS, HOT_KIND, ITEMS_EACH } from './genesis.ts';
import { gameAssets } from './manifest.ts';
import { items, kinds, LANE, listings } from './state.ts';

const modules = [bank, gameAssets];
const ACCOUNTS = 6;

function started(bankPartition: 'asset' | 'lane' = 'asset'): ReferenceChain {
  const world = genesisWorld({ accounts: ACCOUNTS, assets: 2, pools: 0, bankPartition }, modules);
  const chain = new ReferenceChain(modules);
  chain.genesis({ ...world, amountEach: 1000n });
  return chain;
}
const send = (chain: ReferenceChain, sender: number, name: string, args: object) =>
  chain.send(sender, 'gameAssets', name, args as never);
const outcome = (chain: ReferenceChain, sender: number, name: string, args: object) => {
  const { error, status } = send(chain, sender, name, args);
  return error ?? status;
};

describe('a drop', () => {
  it('costs its price, which its creator gets, and numbers the items', () => {
    for (const partition of ['asset', 'lane'] as const) {
      const chain = started(partition);
      const lane = partition === 'lane' ? LANE : 0;
      const creator = ACCOUNTS;
      const before = chain.state.get(balances, lane, 0, creator)!;
      expect(outcome(chain, 1, 'drop', { kind: HOT_KIND })).toBe('success');
      expect(outcome(chain, 2, 'drop', { kind: HOT_KIND })).toBe('success');
      expect(chain.state.get(balances, lane, 0, 1)).toBe(990n);
      expect(chain.state.get(balances, lane, 0, creator)).toBe(before + 20n);
      expect([0, 1].map((serial) => chain.state.get(items, HOT_KIND, serial)?.owner)).toEqual([1, 2]);
    }
  });

  it('ends when all were handed out, and cannot be had for a kind that is crafted', () => {
    const chain = started();
    const rare = { kind: 500, limit: 1, asset: 1, price: 7n };
    expect(outcome(chain, 3, 'createKind', rare)).toBe('success');
    expect(outcome(chain, 4, 'createKind', rare)).toBe('gameAssets/kind_exists');
    expect(outcome(chain, 4, 'drop', { kind: 500 })).toBe('success');
    expect(outcome(chain, 5, 'drop', { kind: 500 })).toBe('gameAssets/sold_out');
    // Whoever came too late keeps the money.
    expect(chain.state.get(balances, 0, 1, 5)).toBe(1000n);
    expect(outcome(chain, 5, 'drop', { kind: COMMON_KIND })).toBe('gameAssets/not_for_sale');
    expect(outcome(chain, 5, 'drop', { kind: 999 })).toBe('gameAssets/unknown_kind');
  });
});

describe('crafting', () => {
  it('uses up what it is made of', () => {
    const chain = started();
    const own = [0, 1].map((serial) => ({ serial }));
    expect(outcome(chain, 0, 'craft', { kind: CRAFTED_KIND, serials: own })).toBe('success');
    expect(chain.state.get(items, COMMON_KIND, 0)).toBeUndefined();
    expect(chain.state.get(items, CRAFTED_KIND, 0)?.owner).toBe(0);
    expect(chain.state.get(kinds, COMMON_KIND)?.burned).toBe(2);
    expect(outcome(chain, 0, 'craft', { kind: CRAFTED_KIND, serials: own })).toBe('gameAssets/unknown_item');
    expect(chain.complaints()).toEqual([]);
  });

  it('wants the right number of different items of one’s own', () => {
    const chain = started();
    const craft = (serials: number[], kind = CRAFTED_KIND) =>
      outcome(chain, 0, 'craft', { kind, serials: serials.map((serial) => ({ serial })) });
    expect(craft([0])).toBe('gameAssets/wrong_ingredients');
    expect(craft([0, 0])).toBe('gameAssets/wrong_ingredients');
    expect(craft([0, ITEMS_EACH])).toBe('gameAssets/not_owner');
    expect(craft([0, 1], HOT_KIND)).toBe('gameAssets/no_recipe');
  });
});

describe('the market', () => {
  it('hands an item over for its price', () => {
    const chain = started();
    const item = { kind: COMMON_KIND, serial: 0 };
    expect(outcome(chain, 1, 'offer', { ...item, asset: 0, price: 30n })).toBe('gameAssets/not_owner');
    expect(outcome(chain, 0, 'offer', { ...item, asset: 0, price: 30n })).toBe('success');
    expect(outcome(chain, 0, 'give', { ...item, to: 3 })).toBe('gameAssets/listed');
    expect(outcome(chain, 0, 'buy', { ...item, maxPrice: 99n })).toBe('gameAssets/own_listing');
    expect(outcome(chain, 1, 'buy', { ...item, maxPrice: 29n })).toBe('gameAssets/too_dear');
    expect(outcome(chain, 1, 'withdraw', item)).toBe('gameAssets/not_owner');
    expect(outcome(chain, 1, 'buy', { ...item, maxPrice: 30n })).toBe('success');
    expect(chain.state.get(items, COMMON_KIND, 0)?.owner).toBe(1);
    expect(chain.state.get(listings, COMMON_KIND, 0)).toBeUndefined();
    expect([0, 1].map((person) => chain.state.get(balances, 0, 0, person))).toEqual([1030n, 970n]);
    expect(outcome(chain, 2, 'buy', { ...item, maxPrice: 99n })).toBe('gameAssets/not_listed');
  });

  it('lets people give items for nothing, and think again', () => {
    const chain = started();
    const item = { kind: COMMON_KIND, serial: 0 };
    expect(outcome(chain, 0, 'offer', { ...item, asset: 0, price: 0n })).toBe('success');
    expect(outcome(chain, 0, 'withdraw', item)).toBe('success');
    expect(outcome(chain, 0, 'offer', { ...item, asset: 0, price: 0n })).toBe('success');
    expect(outcome(chain, 1, 'buy', { ...item, maxPrice: 0n })).toBe('success');
    expect(outcome(chain, 1, 'give', { ...item, to: 2 })).toBe('success');
    expect(chain.state.get(items, COMMON_KIND, 0)?.owner).toBe(2);
  });
});

describe('whatever people do', () => {
  const person = fc.nat(ACCOUNTS);
  const kind = fc.constantFrom(HOT_KIND, 1, COMMON_KIND, CRAFTED_KIND, 999);
  const serial = fc.nat(2 * ACCOUNTS);
  const price = fc.bigInt({ min: 0n, max: 2000n });
  const act = (name: string, args: fc.Arbitrary<object>) =>
    fc.record({ sender: person, module: fc.constant('gameAssets'), name: fc.constant(name), args });
  const draft = fc.oneof(
    act('drop', fc.record({ kind })),
    act('give', fc.record({ kind, serial, to: person })),
    act('offer', fc.record({ kind, serial, asset: fc.nat(2), price })),
    act('withdraw', fc.record({ kind, serial })),
    act('buy', fc.record({ kind, serial, maxPrice: price })),
    act('craft', fc.record({ kind, serials: fc.array(fc.record({ serial }), { maxLength: 4 }) })),
    act('createKind', fc.record({ kind: fc.nat(1200), limit: fc.nat(2), asset: fc.nat(2), price })),
  );

  it('items add up, sellers own, money stays, nothing panics', () => {
    fc.assert(
      fc.property(fc.array(draft, { maxLength: 40 }), fc.boolean(), (drafts, byLane) => {
        const chain = started(byLane ? 'lane' : 'asset');
        const before = [0, 1].map((item) => chain.state.get(supply, item));
        const { receipts } = chain.block(drafts as never);
        expect(receipts.filter(({ status }) => status === 'panicked')).toEqual([]);
        expect([0, 1].map((item) => chain.state.get(supply, item))).toEqual(before);
        expect(chain.complaints()).toEqual([]);
      }),
    );
  });
});

describe('traffic', () => {
  const world = (chain: ReferenceChain) => ({
    ...{ accounts: ACCOUNTS, assets: 2, pools: [], hotPools: [], hotPermille: 0, skewPermille: 0, work: 3 },
    state: chain.state,
  });
  const draw = (chain: ReferenceChain, name: string, seed: number, count: number) =>
    gameAssets.workloads.find((one) => one.name === name)!.generate(createPrng(seed), world(chain), count);

  it('is the same for the same seed', () => {
    const chain = started();
    for (const name of ['drops', 'games']) {
      expect(draw(chain, name, 5, 50)).toEqual(draw(chain, name, 5, 50));
      expect(draw(chain, name, 6, 50)).not.toEqual(draw(chain, name, 5, 50));
    }
  });

  it('mostly wants the limited kind in a craze, and the others a little', () => {
    const wanted = draw(started(), 'drops', 1, 1000).map(({ args }) => Number(args.kind));
    const hot = wanted.filter((kind) => kind === HOT_KIND).length;
    expect(hot).toBeGreaterThan(750);
    expect(hot).toBeLessThan(850);
    expect(new Set(wanted).size).toBe(DROPPED_KINDS);
  });

  it('plays on block after block, mostly with success, in every way there is', () => {
    const chain = started();
    const names = new Set<string>();
    let succeeded = 0;
    let all = 0;
    for (let seed = 0; seed < 12; seed++) {
      const drafts = draw(chain, 'games', seed, 10);
      const { receipts } = chain.block(drafts);
      receipts.forEach(({ status }, i) => {
        all++;
        if (status !== 'success') return;
        succeeded++;
        names.add(drafts[i]!.name);
      });
    }
    expect([...names].sort()).toEqual(['buy', 'craft', 'give', 'offer']);
    expect(succeeded / all).toBeGreaterThan(0.5);
    expect(chain.complaints()).toEqual([]);
  });
});
