import { describe, expect, it } from 'vitest';
import { genesisWorld } from '../../moduleSdk/index.ts';
import { ReferenceChain } from '../../tests/reference/referenceChain.ts';
import { moduleAccount, MODULE_OWNED } from '../../types/ids.ts';
import { bank } from '../bank/manifest.ts';
import { supplyChain } from './manifest.ts';
import { batches, items, makers } from './state.ts';
import { type BatchRow, type ItemRow, journeyOf } from './view.ts';

const [MAKER, CARRIER, SHOP, BUYER] = [0, 1, 2, 3];
const modules = [bank, supplyChain];

/** Four people; the first three have made nothing yet when `stocked` is false. */
function started(stocked = false): ReferenceChain {
  const world = genesisWorld({ accounts: 4, assets: 1, pools: 0, bankPartition: 'asset' }, modules);
  const chain = new ReferenceChain(modules);
  if (stocked) chain.genesis(world);
  else chain.height = 1;
  return chain;
}

const send = (chain: ReferenceChain, sender: number, name: string, args: Record<string, number>) =>
  chain.send(sender, 'supplyChain', name, args);
const pass = (chain: ReferenceChain, sender: number, to: number, serial = 0, maker = MAKER) =>
  send(chain, sender, 'passCustody', { maker, serial, to });
const measure = (chain: ReferenceChain, sender: number, value: number, serial = 0) =>
  send(chain, sender, 'recordReading', { maker: MAKER, serial, quantity: 0, value });

describe('an item', () => {
  it('has a journey from its maker through every hand', () => {
    const chain = started();
    const begin = chain.timestamp;
    expect(send(chain, MAKER, 'createItem', { batch: 0 }).status).toBe('success');
    expect(pass(chain, MAKER, CARRIER).status).toBe('success');
    expect(measure(chain, CARRIER, 277_150).status).toBe('success');
    expect(pass(chain, CARRIER, SHOP).status).toBe('success');
    expect(journeyOf(chain.state, MAKER, 0)).toEqual([
      { kind: 'created', by: MAKER, to: MAKER, quantity: 0, value: 0, time: begin },
      { kind: 'passed', by: MAKER, to: CARRIER, quantity: 0, value: 0, time: begin + 12 },
      { kind: 'reading', by: CARRIER, to: CARRIER, quantity: 0, value: 277_150, time: begin + 24 },
      { kind: 'passed', by: CARRIER, to: SHOP, quantity: 0, value: 0, time: begin + 36 },
    ]);
    expect(chain.state.get(items, MAKER, 0)).toEqual({ holder: SHOP, batch: 0, steps: 4 });
    expect(journeyOf(chain.state, MAKER, 1)).toEqual([]);
    expect(chain.complaints()).toEqual([]);
  });

  it('gets its maker’s next number, in a batch of the maker’s', () => {
    const chain = started();
    for (const batch of [0, 0, 1, 0]) {
      expect(send(chain, MAKER, 'createItem', { batch }).status).toBe('success');
    }
    expect(chain.state.get(makers, MAKER)).toEqual({ items: 4, batches: 2 });
    expect(chain.state.get(items, MAKER, 3)!.batch).toBe(0);
    expect(chain.state.get(batches, MAKER, 0)!.items).toBe(3);
    expect(send(chain, MAKER, 'createItem', { batch: 3 })).toMatchObject({
      error: 'supplyChain/unknown_batch',
      errorData: { maker: MAKER, batch: 3 },
    });
    expect(send(chain, CARRIER, 'createItem', { batch: 1 }).error).toBe('supplyChain/unknown_batch');
    expect(chain.complaints()).toEqual([]);
  });

  it('is touched by whom it is with, and by nobody else', () => {
    const chain = started();
    send(chain, MAKER, 'createItem', { batch: 0 });
    pass(chain, MAKER, CARRIER);
    expect(pass(chain, MAKER, SHOP)).toMatchObject({
      error: 'supplyChain/not_holder',
      errorData: { holder: CARRIER },
    });
    expect(measure(chain, MAKER, 1).error).toBe('supplyChain/not_holder');
    expect(pass(chain, CARRIER, CARRIER).error).toBe('supplyChain/to_oneself');
    expect(pass(chain, CARRIER, moduleAccount(2, 0)).error).toBe('supplyChain/not_a_person');
    expect(pass(chain, CARRIER, SHOP, 1)).toMatchObject({
      error: 'supplyChain/unknown_item',
      errorData: { maker: MAKER, serial: 1 },
    });
    expect(measure(chain, CARRIER, 1, 9).error).toBe('supplyChain/unknown_item');
    expect(send(chain, MODULE_OWNED, 'createItem', { batch: 0 }).error).toBe('supplyChain/not_a_person');
    expect(journeyOf(chain.state, MAKER, 0)).toHaveLength(2);
  });

  it('is read and written by itself: two items of two batches have nothing in common', () => {
    const chain = started(true);
    const { accesses } = chain.block([
      { sender: 0, module: 'supplyChain', name: 'passCustody', args: { maker: 0, serial: 0, to: 3 } },
      { sender: 1, module: 'supplyChain', name: 'passCustody', args: { maker: 1, serial: 0, to: 3 } },
    ]);
    const touched = accesses.map(({ reads, writes }) => new Set([...reads, ...writes]));
    expect([...touched[0]!].filter((key) => touched[1]!.has(key))).toEqual([]);
  });
});

describe('a batch', () => {
  it('that was recalled goes back to its maker only, and holds no new items', () => {
    const chain = started();
    for (const batch of [0, 0, 1]) send(chain, MAKER, 'createItem', { batch });
    pass(chain, MAKER, CARRIER, 0);
    pass(chain, MAKER, CARRIER, 2);
    const receipt = send(chain, MAKER, 'recallBatch', { batch: 0, reason: 7 });
    expect(receipt.events).toEqual([
      { module: 'supplyChain', name: 'recall', fields: { maker: MAKER, batch: 0, items: 2, reason: 7 } },
    ]);
    expect(pass(chain, CARRIER, SHOP, 0)).toMatchObject({
      error: 'supplyChain/batch_recalled',
      errorData: { maker: MAKER, batch: 0 },
    });
    expect(measure(chain, CARRIER, 300_000, 0).status).toBe('success');
    expect(pass(chain, CARRIER, MAKER, 0).status).toBe('success');
    expect(pass(chain, CARRIER, SHOP, 2).status).toBe('success');
    expect(send(chain, MAKER, 'createItem', { batch: 0 }).error).toBe('supplyChain/batch_recalled');
    expect(chain.complaints()).toEqual([]);
  });

  it('is recalled once, by its maker, and only when there is one', () => {
    const chain = started();
    send(chain, MAKER, 'createItem', { batch: 0 });
    expect(send(chain, MAKER, 'recallBatch', { batch: 1, reason: 1 })).toMatchObject({
      error: 'supplyChain/unknown_batch',
      errorData: { maker: MAKER, batch: 1 },
    });
    // A batch is its maker's: what others call by its number is none.
    expect(send(chain, BUYER, 'recallBatch', { batch: 0, reason: 1 })).toMatchObject({
      error: 'supplyChain/unknown_batch',
      errorData: { maker: BUYER, batch: 0 },
    });
    send(chain, MAKER, 'recallBatch', { batch: 0, reason: 1 });
    expect(send(chain, MAKER, 'recallBatch', { batch: 0, reason: 2 }).error).toBe(
      'supplyChain/already_recalled',
    );
    expect(chain.state.get(batches, MAKER, 0)!.reason).toBe(1);
  });

  it('recalled in the block of a handover decides by its order', () => {
    for (const recallFirst of [true, false]) {
      const chain = started();
      send(chain, MAKER, 'createItem', { batch: 0 });
      pass(chain, MAKER, CARRIER);
      const recall = {
        sender: MAKER,
        module: 'supplyChain',
        name: 'recallBatch',
        args: { batch: 0, reason: 1 },
      };
      const handover = {
        sender: CARRIER,
        module: 'supplyChain',
        name: 'passCustody',
        args: { maker: MAKER, serial: 0, to: SHOP },
      };
      const { receipts } = chain.block(recallFirst ? [recall, handover] : [handover, recall]);
      const errors = receipts.map(({ error }) => error);
      expect(errors).toEqual(
        recallFirst ? [undefined, 'supplyChain/batch_recalled'] : [undefined, undefined],
      );
    }
  });
});

describe('genesis and views', () => {
  it('give makers a batch each, and show what there is', () => {
    const chain = started(true);
    expect(chain.complaints()).toEqual([]);
    const view = (name: string) =>
      supplyChain.views.find((one) => one.name === name)!.read(chain.state) as {
        readonly total: number;
        readonly rows: readonly never[];
      };
    expect(view('items').total).toBe(64);
    expect(view('journeys').rows[5]).toMatchObject({ maker: 0, serial: 5, steps: [{ kind: 'created' }] });
    send(chain, 1, 'recallBatch', { batch: 0, reason: 3 });
    expect((view('batches').rows as readonly BatchRow[])[1]).toMatchObject({
      maker: 1,
      items: 16,
      recalled: true,
      reason: 3,
    });
    const recalled = (view('items').rows as readonly ItemRow[]).filter((row) => row.recalled);
    expect(recalled.map(({ maker }) => maker)).toEqual(Array.from({ length: 16 }, () => 1));
  });
});
