import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candidate } from './blockBuilder.ts';
import { completeDraft } from './draft.ts';
import { Mempool, REPLACEMENT_PERCENT, type Waiting } from './mempool.ts';
import { type Builder, selectBlock, type SelectionRules } from './selection.ts';

/** A transaction of `sender` in lane `lane` that bids `gasPrice`. */
function bid(sender: number, gasPrice: number, lane = 0): Candidate {
  const draft = completeDraft({ sender, module: 'bank', name: `lane${lane}`, args: {}, gasPrice });
  return { draft, origin: 'traffic' };
}
const queueOf = ({ draft }: Candidate) => Number(draft.name.slice(4));
const small = { perSender: 3, total: 5 };
const poolOf = (...candidates: Candidate[]) => {
  const pool = new Mempool([], queueOf, small);
  for (const candidate of candidates) pool.add(candidate, 1);
  return pool;
};
const prices = (items: readonly Waiting[]) => items.map(({ draft }) => draft.gasPrice);

describe('the mempool', () => {
  it('keeps each sender’s order in each queue', () => {
    const pool = poolOf(bid(1, 5), bid(1, 9), bid(2, 1), bid(1, 7, 1));
    expect(prices(pool.heads())).toEqual([5, 1, 7]);
    expect(pool.behind(pool.heads()[0]!)?.draft.gasPrice).toBe(9);
    expect(pool.behind(pool.heads()[1]!)).toBeUndefined();
  });

  it('lets nobody have more than their share', () => {
    const pool = poolOf(bid(1, 1), bid(1, 1), bid(1, 1, 1));
    expect(pool.add(bid(1, 99), 1)).toMatchObject({ error: { code: 'mempool/sender_full' } });
    pool.remove(pool.heads()[0]!);
    expect(pool.add(bid(1, 99), 1)).toMatchObject({ ok: true });
  });

  it('makes room by the cheapest of the last ones, or refuses', () => {
    const pool = poolOf(bid(1, 1), bid(1, 8), bid(2, 5), bid(3, 4), bid(4, 6));
    // The bid of 1 is cheaper, but stands before another of the same sender.
    expect(pool.add(bid(5, 4), 2)).toMatchObject({ error: { code: 'mempool/full' } });
    const added = pool.add(bid(5, 7), 2);
    expect(added.ok && added.value?.draft).toMatchObject({ sender: 3, gasPrice: 4 });
    expect(prices(pool.all())).toEqual([1, 8, 5, 6, 7]);
  });

  it('replaces a bid by one a tenth higher, in its place', () => {
    const pool = poolOf(bid(1, 100), bid(1, 50));
    const first = pool.heads()[0]!.sequence;
    expect(pool.replace(bid(1, 109), first)).toMatchObject({
      error: { code: 'mempool/underpriced', data: { least: 100 + REPLACEMENT_PERCENT } },
    });
    expect(pool.replace(bid(1, 110, 1), first)).toMatchObject({
      error: { code: 'mempool/no_such_transaction' },
    });
    expect(pool.replace(bid(2, 110), first)).toMatchObject({
      error: { code: 'mempool/no_such_transaction' },
    });
    expect(pool.replace(bid(1, 110), first)).toMatchObject({ ok: true });
    expect(prices(pool.all())).toEqual([110, 50]);
    expect(pool.size).toBe(2);
  });

  it('is the same again from what it held', () => {
    const pool = poolOf(bid(1, 5), bid(2, 9), bid(1, 3));
    const again = new Mempool(pool.all(), queueOf, small);
    expect(again.all()).toEqual(pool.all());
    again.add(bid(4, 1), 2);
    expect(new Set(again.all().map(({ sequence }) => sequence)).size).toBe(4);
  });

  it('never holds too many, never loses count, never breaks an order, whatever happens', () => {
    const step = fc.record({
      sender: fc.nat(3),
      gasPrice: fc.nat(20),
      lane: fc.nat(1),
      kind: fc.constantFrom('add', 'add', 'add', 'replace', 'remove'),
      pick: fc.nat(9),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const pool = new Mempool([], queueOf, small);
        steps.forEach(({ sender, gasPrice, lane, kind, pick }, height) => {
          const before = pool.all();
          const target = before[pick % Math.max(1, before.length)];
          if (kind === 'add') {
            const added = pool.add(bid(sender, gasPrice, lane), height);
            if (!added.ok) expect(pool.all()).toEqual(before);
          } else if (target !== undefined && kind === 'replace') {
            pool.replace(bid(sender, gasPrice, lane), target.sequence);
          } else if (target !== undefined) pool.remove(target);
          const all = pool.all();
          expect(all.length).toBe(pool.size);
          expect(pool.size).toBeLessThanOrEqual(small.total);
          for (const person of [0, 1, 2, 3]) {
            const own = all.filter(({ draft }) => draft.sender === person);
            expect(own.length).toBeLessThanOrEqual(small.perSender);
          }
          expect(new Set(all.map(({ sequence }) => sequence)).size).toBe(all.length);
        });
      }),
    );
  });
});

describe('a block out of the mempool', () => {
  const rulesOf = (builder: Builder, more: Partial<SelectionRules> = {}): SelectionRules => ({
    builder,
    price: ({ draft }) => draft.gasPrice,
    ready: () => true,
    expect: () => ({ gas: 10, touches: [], writes: [] }),
    partOf: () => 0,
    room: () => 1000,
    keyGasCap: 0,
    ...more,
  });
  const bids = () => {
    const pool = new Mempool([], queueOf);
    for (const candidate of [bid(1, 5), bid(2, 9), bid(1, 30), bid(3, 9), bid(4, 1)]) pool.add(candidate, 1);
    return pool;
  };

  it('is by arrival, or by fee with each sender in order', () => {
    expect(prices(selectBlock(bids(), rulesOf('firstCome')))).toEqual([5, 9, 30, 9, 1]);
    expect(prices(selectBlock(bids(), rulesOf('byFee')))).toEqual([9, 9, 5, 30, 1]);
  });

  it('leaves who bids too little, or needs what stands still, and those behind', () => {
    const pool = bids();
    const price = ({ draft }: Waiting) => (draft.gasPrice < 6 ? undefined : draft.gasPrice);
    expect(prices(selectBlock(pool, rulesOf('firstCome', { price })))).toEqual([9, 9]);
    expect(prices(pool.all())).toEqual([5, 30, 1]);
    // Who waits for something that stands still lets those behind pass.
    const ready = ({ draft }: Waiting) => draft.sender !== 2 && draft.gasPrice !== 5;
    expect(prices(selectBlock(bids(), rulesOf('firstCome', { ready })))).toEqual([30, 9, 1]);
  });

  it('is full when its room is, part by part', () => {
    expect(selectBlock(bids(), rulesOf('firstCome', { room: () => 29 }))).toHaveLength(2);
    const parts = { partOf: ({ draft }: Waiting) => draft.sender % 2, room: () => 20 };
    expect(selectBlock(bids(), rulesOf('firstCome', parts)).map(({ draft }) => draft.sender)).toEqual([
      1, 2, 1, 4,
    ]);
  });

  it('spends no more than the cap on a key', () => {
    const hot = { expect: () => ({ gas: 10, touches: [7], writes: [7] }), keyGasCap: 25 };
    expect(selectBlock(bids(), rulesOf('firstCome', hot))).toHaveLength(2);
  });

  it('puts those that meet nobody first, and keeps chains short', () => {
    const pool = new Mempool([], queueOf);
    // Even senders all write key 0; each odd sender writes a key of its own.
    for (let sender = 0; sender < 40; sender++) pool.add(bid(sender, 100 - sender), 1);
    const expectation = ({ draft }: Waiting) => {
      const keys = draft.sender % 2 === 0 ? [0] : [draft.sender];
      return { gas: 10, touches: keys, writes: keys };
    };
    const chosen = selectBlock(pool, rulesOf('conflictAware', { expect: expectation }));
    const senders = chosen.map(({ draft }) => draft.sender);
    expect(senders.slice(0, 21).filter((sender) => sender % 2 === 0)).toEqual([0]);
    expect(senders.filter((sender) => sender % 2 === 0)).toHaveLength(8);
    expect(pool.size).toBe(12);
  });

  it('loses nobody, overtakes nobody of the same queue, and says the same again', () => {
    const item = fc.tuple(fc.nat(5), fc.nat(50), fc.nat(1), fc.nat(3));
    const builder = fc.constantFrom<Builder>('firstCome', 'byFee', 'conflictAware');
    fc.assert(
      fc.property(fc.array(item, { maxLength: 40 }), builder, fc.nat(200), (items, chosenBuilder, room) => {
        const make = () => {
          const pool = new Mempool([], queueOf);
          for (const [sender, gasPrice, lane] of items) pool.add(bid(sender, gasPrice, lane), 1);
          return pool;
        };
        const expectation = ({ sequence }: Waiting) => {
          const key = items[sequence]![3];
          return { gas: 10, touches: [key], writes: [key] };
        };
        const rules = rulesOf(chosenBuilder, {
          room: () => room,
          expect: expectation,
          price: ({ draft }) => (draft.gasPrice < 5 ? undefined : draft.gasPrice),
        });
        const pool = make();
        const before = pool.all();
        const chosen = selectBlock(pool, rules);
        const ids = (list: readonly Waiting[]) => list.map(({ sequence }) => sequence);
        expect([...ids(chosen), ...ids(pool.all())].sort((a, b) => a - b)).toEqual(ids(before));
        expect(chosen.length * 10).toBeLessThanOrEqual(room);
        const lines = new Map<string, number>();
        for (const one of chosen) {
          const line = `${one.draft.sender}/${queueOf(one)}`;
          expect(one.sequence).toBeGreaterThan(lines.get(line) ?? -1);
          lines.set(line, one.sequence);
        }
        for (const one of pool.all()) {
          const line = `${one.draft.sender}/${queueOf(one)}`;
          expect(one.sequence).toBeGreaterThan(lines.get(line) ?? -1);
        }
        expect(ids(selectBlock(make(), rules))).toEqual(ids(chosen));
      }),
    );
  });
});
