import type { KeyInfo } from '../../engine/api/index.ts';

/** A made-up transaction of the fixture: who, what, and the keys it touches (all of them read and written). */
export interface FixtureTransaction {
  readonly module: 'bank' | 'amm';
  readonly name: string;
  readonly sender: number;
  readonly args: { readonly [name: string]: unknown };
  /** Indices into the keys. */
  readonly keys: readonly number[];
}

export interface FixtureTraffic {
  readonly transactions: readonly FixtureTransaction[];
  readonly keys: readonly KeyInfo[];
}

/** A small seeded generator (mulberry32), answering integers below `bound`. */
export function seeded(seed: number): (bound: number) => number {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

const VAULTS = 0x80000000 + 2 * 0x800000;

/** Payments among accounts and swaps with pools; the hot share goes to pool 0 and account 0. */
export function makeFixtureTraffic(options: {
  readonly transactions: number;
  readonly seed: number;
  readonly hotPermille: number;
  readonly swapPermille: number;
  readonly accounts: number;
  readonly pools: number;
}): FixtureTraffic {
  const random = seeded(options.seed);
  const keys: KeyInfo[] = [];
  const known = new Map<string, number>();
  const key = (module: string, table: string, ...parts: number[]): number => {
    const text = [module, table, ...parts].join('/');
    const found = known.get(text);
    if (found !== undefined) return found;
    known.set(text, keys.length);
    keys.push({ text, module, table, parts });
    return keys.length - 1;
  };
  const transactions: FixtureTransaction[] = [];
  for (let i = 0; i < options.transactions; i++) {
    const sender = random(options.accounts);
    const hot = random(1000) < options.hotPermille;
    const amount = String(1 + random(5000));
    if (random(1000) < options.swapPermille) {
      const pool = hot ? 0 : random(options.pools);
      transactions.push({
        module: 'amm',
        name: 'swapExactIn',
        sender,
        args: { pool, amountIn: amount, minimumOut: '0' },
        keys: [
          key('amm', 'pools', pool),
          key('bank', 'balances', 0, sender),
          key('bank', 'balances', 1, sender),
          key('bank', 'balances', 0, VAULTS + pool),
        ],
      });
      continue;
    }
    const to = hot ? 0 : (sender + 1 + random(options.accounts - 1)) % options.accounts;
    transactions.push({
      module: 'bank',
      name: 'transfer',
      sender,
      args: { to, asset: 0, amount },
      keys: [...new Set([key('bank', 'balances', 0, sender), key('bank', 'balances', 0, to)])],
    });
  }
  return { transactions, keys };
}
