import type { Prng } from '../../base/prng.ts';
import type { Workload, WorkloadWorld } from '../../moduleSdk/index.ts';
import type { Arguments, TransactionDraft } from '../../types/transaction.ts';
import { COMMON_KIND, CRAFTED_KIND, DROPPED_KINDS, HOT_KIND, INGREDIENTS } from './genesis.ts';
import { items, kinds, listings } from './state.ts';

const PAYMENT_ASSET = 0;
const MAX_PRICE = 500;
/** Of a thousand drops, how many want the limited kind. */
const HOT_DROPS = 800;
/** Who wants an item now bids so many times as much as others. */
const CRAZE = 8;
/** Items tried before somebody gives up finding one that is there. */
const TRIES = 4;

/** Everyone wants the same limited item: each of these writes its counter. */
export const drops: Workload = {
  name: 'drops',
  urgency: CRAZE,
  generate: (prng, { accounts, work }, count) => {
    const people = prng.fork('people');
    const choice = prng.fork('choice');
    return Array.from({ length: count }, () => {
      const kind = choice.chance(HOT_DROPS) ? HOT_KIND : choice.between(1, DROPPED_KINDS - 1);
      return { sender: people.below(accounts), module: 'gameAssets', name: 'drop', args: { kind }, work };
    });
  },
};

/** People give, offer, buy and craft the common items that everybody starts with. */
export const games: Workload = {
  name: 'games',
  generate: (prng, world, count) => {
    const { state, work } = world;
    const minted = state.get(kinds, COMMON_KIND)?.minted ?? 0;
    const market = [...state.entries(listings)].filter(([[kind]]) => kind === COMMON_KIND);
    const what = prng.fork('what');
    const which = prng.fork('which');
    const drafts: TransactionDraft[] = [];
    for (let i = 0; i < count; i++) {
      const act = what.below(100);
      const offer = act < 25 && market.length > 0 ? market[which.below(market.length)] : undefined;
      const drawn =
        offer === undefined
          ? ofSomebody(which, world, minted, act)
          : buying(which, world, offer[0][1], offer[1].price);
      if (drawn !== undefined) drafts.push({ module: 'gameAssets', work, ...drawn });
    }
    return drafts;
  },
};

type Drawn = { readonly sender: number; readonly name: string; readonly args: Arguments };

function buying(which: Prng, { accounts }: WorkloadWorld, serial: number, price: bigint): Drawn {
  const args = { kind: COMMON_KIND, serial, maxPrice: price };
  return { sender: which.below(accounts), name: 'buy', args };
}

/** Something that the owner of a common item does with it. */
function ofSomebody(
  which: Prng,
  { accounts, state }: WorkloadWorld,
  minted: number,
  act: number,
): Drawn | undefined {
  if (minted === 0) return undefined;
  for (let tries = 0; tries < TRIES; tries++) {
    const serial = which.below(minted);
    const sender = state.get(items, COMMON_KIND, serial)?.owner;
    if (sender === undefined) continue;
    const price = BigInt(which.between(1, MAX_PRICE));
    if (act < 50) {
      return { sender, name: 'offer', args: { kind: COMMON_KIND, serial, asset: PAYMENT_ASSET, price } };
    }
    // Neighbours in number are mostly one person's: they came together at genesis.
    const other = serial ^ 1;
    if (act < 65 && INGREDIENTS === 2 && state.get(items, COMMON_KIND, other)?.owner === sender) {
      return {
        sender,
        name: 'craft',
        args: { kind: CRAFTED_KIND, serials: [{ serial }, { serial: other }] },
      };
    }
    return { sender, name: 'give', args: { kind: COMMON_KIND, serial, to: which.below(accounts) } };
  }
  return undefined;
}
