import type { Prng } from '../../base/prng.ts';
import type { Workload, WorkloadWorld } from '../../moduleSdk/index.ts';
import type { Arguments, TransactionDraft } from '../../types/transaction.ts';
import { MAKERS } from './genesis.ts';
import { batches, items, makers } from './state.ts';

/** Of a thousand transactions. The rest makes items. */
const PASSED = 500;
const MEASURED = 350;
const RECALLED = 3;

/** Items of a batch, before the next is opened. */
const BATCH = 16;
/** Of a maker's items, how many of the newest still travel. */
const TRAVELLING = 1024;
/** How often another item is looked for, when one cannot travel (any more). */
const TRIES = 4;

/** Millikelvin of a cold chain: 2 to 8 °C, and some that are not. */
const COLDEST = 274_000;
const WARMEST = 283_000;

interface Found {
  readonly maker: number;
  readonly serial: number;
  readonly holder: number;
}

/**
 * Goods that are made, handed on and measured, and now and then a batch recalled. An item changes hands once a block at most, so
 * that what a block leaves out spoils nothing. `hotPermille` of the handovers and readings are readings of the first maker's first item.
 */
export const shipments: Workload = {
  name: 'shipments',
  generate: (prng, world, count) => {
    if (world.accounts < 2) return [];
    const road = new Road(world);
    const choices = prng.fork('kinds');
    const heat = prng.fork('heat');
    const places = prng.fork('items');
    const values = prng.fork('values');
    return Array.from({ length: count }, () => {
      const choice = choices.below(1000);
      const hot = heat.chance(world.hotPermille);
      const maker = places.below(road.makers);
      if (choice < RECALLED) return road.recall(maker, values);
      if (choice >= RECALLED + PASSED + MEASURED) return road.make(maker);
      const found = hot ? road.first() : road.find(places, maker);
      if (found === undefined) return road.make(maker);
      return hot || choice >= RECALLED + PASSED ? road.measure(found, values) : road.pass(found, values);
    });
  },
};

/** What is under way in one block. */
class Road {
  readonly makers: number;
  private readonly world: WorkloadWorld;
  /** Items that change hands in this block. */
  private readonly moved = new Set<string>();

  constructor(world: WorkloadWorld) {
    this.world = world;
    this.makers = Math.min(MAKERS, world.accounts);
  }

  make(maker: number): TransactionDraft {
    return this.draft(maker, 'createItem', { batch: this.openBatch(maker) });
  }

  /** The newest batch; what was recalled before is refused, as happens. */
  recall(maker: number, values: Prng): TransactionDraft {
    const opened = this.world.state.get(makers, maker)?.batches ?? 0;
    const batch = Math.max(0, opened - 1);
    return this.draft(maker, 'recallBatch', { batch, reason: values.between(1, 9) });
  }

  pass({ maker, serial, holder }: Found, values: Prng): TransactionDraft {
    const { accounts } = this.world;
    this.moved.add(`${maker}/${serial}`);
    const to = (holder + 1 + values.below(accounts - 1)) % accounts;
    return this.draft(holder, 'passCustody', { maker, serial, to });
  }

  measure({ maker, serial, holder }: Found, values: Prng): TransactionDraft {
    return this.draft(holder, 'recordReading', {
      maker,
      serial,
      quantity: 0,
      value: values.between(COLDEST, WARMEST),
    });
  }

  /** The first maker's first item, which stays where it is so that a crowd finds it. */
  first(): Found | undefined {
    const item = this.world.state.get(items, 0, 0);
    return item && { maker: 0, serial: 0, holder: item.holder };
  }

  /** Another item, of the maker, that may travel. */
  find(places: Prng, maker: number): Found | undefined {
    const made = this.world.state.get(makers, maker)?.items ?? 0;
    const travelling = Math.min(made, TRAVELLING);
    for (let i = 0; i < TRIES && travelling > 0; i++) {
      const found = this.at(maker, made - 1 - places.below(travelling));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private at(maker: number, serial: number): Found | undefined {
    const { state } = this.world;
    const item = maker === 0 && serial === 0 ? undefined : state.get(items, maker, serial);
    if (item === undefined || this.moved.has(`${maker}/${serial}`)) return undefined;
    if (state.get(batches, maker, item.batch)?.recalled === 1) return undefined;
    return { maker, serial, holder: item.holder };
  }

  /** The maker's newest batch, or the next when that is full or recalled. */
  private openBatch(maker: number): number {
    const { state } = this.world;
    const opened = state.get(makers, maker)?.batches ?? 0;
    if (opened === 0) return 0;
    const newest = state.get(batches, maker, opened - 1)!;
    return newest.items >= BATCH || newest.recalled === 1 ? opened : opened - 1;
  }

  private draft(sender: number, name: string, args: Arguments): TransactionDraft {
    return { sender, module: 'supplyChain', name, args, work: this.world.work };
  }
}
