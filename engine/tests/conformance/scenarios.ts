import { createPrng, type Prng } from '../../base/prng.ts';
import { createStateReader } from '../../chain/stateReader.ts';
import type { TransactionDraft } from '../../types/transaction.ts';
import { payments } from '../../modules/bank/workload.ts';
import { swapTraffic } from '../../modules/amm/workload.ts';
import { shipments } from '../../modules/supplyChain/workload.ts';
import { chaosBlock } from '../testModules/chaos/chaosBlock.ts';
import { someLaneScripts } from './laneBlocks.ts';
import { script, someScripts, someTaste } from './scriptBlocks.ts';
import { OP, op } from './scriptModule.ts';
import {
  type Block,
  draft,
  environmentAt,
  genesisState,
  nonceOf,
  withNonces,
  type WorldSize,
} from './world.ts';

/** A kind of block; the same seed and number of accounts give the same block. */
export interface Scenario {
  readonly name: string;
  /** Whether it uses the chain's own modules only, which are all that threads know. */
  readonly registered: boolean;
  make(
    seed: number,
    options: { readonly accounts: number; readonly transactions: number; readonly cut: boolean },
  ): Block;
}

interface Making {
  readonly prng: Prng;
  readonly size: WorldSize;
  readonly count: number;
}

function trafficWorld({ size }: Making, hotPermille: number, work: number) {
  return {
    accounts: size.accounts,
    assets: size.assets,
    pools: Array.from({ length: size.pools }, (_, pool) => pool),
    hotPools: [0],
    hotPermille,
    skewPermille: 0,
    work,
    state: createStateReader(genesisState(size)),
  };
}

function batches({ prng, size, count }: Making): TransactionDraft[] {
  return Array.from({ length: count }, () => {
    // Amounts too large and of nothing are in it: whole batches revert.
    const payments = Array.from({ length: prng.between(1, 5) }, () => ({
      to: prng.below(size.accounts + 1),
      amount: prng.chance(900) ? BigInt(prng.below(1000)) : 1n << 60n,
    }));
    return draft(prng.below(size.accounts), 'bank', 'batchTransfer', {
      asset: prng.below(size.assets + 1),
      payments,
    });
  });
}

/** Some move their money to the lane of another module, or back. */
function moves({ prng, size, count }: Making): TransactionDraft[] {
  return Array.from({ length: count >> 3 }, () =>
    draft(prng.below(size.accounts), 'bank', 'moveBetweenLanes', {
      asset: prng.below(size.assets),
      fromLane: prng.below(3),
      toLane: prng.below(4),
      amount: BigInt(1 + prng.below(5000)),
    }),
  );
}

/** Records stored, agreed to, read and withdrawn in one block, by few people: what each may decides the order. */
function care({ prng, size, count }: Making): TransactionDraft[] {
  const wrapped = new Uint8Array(80).fill(1);
  return Array.from({ length: count }, () => {
    const [sender, other] = [prng.below(size.accounts), prng.below(size.accounts)];
    const [record, purpose] = [prng.below(3), prng.below(2)];
    const kind = prng.below(10);
    if (kind < 3) {
      const keys = prng.chance(500) ? [{ reader: other, wrapped }] : [];
      const args = { patient: sender, sizeBytes: 9, contentHash: 1n << 255n, commitment: 5n, keys };
      return draft(sender, 'healthRecords', 'store', args);
    }
    if (kind < 6) {
      const keys = prng.chance(700) ? [{ record, wrapped }] : [];
      return draft(sender, 'healthRecords', 'grant', { reader: other, purpose, until: 0, keys });
    }
    return kind === 6
      ? draft(sender, 'healthRecords', 'withdraw', { reader: other, purpose })
      : draft(sender, 'healthRecords', 'read', { patient: other, record, purpose });
  });
}

const drafted: {
  readonly [name: string]: readonly [registered: boolean, make: (making: Making) => TransactionDraft[]];
} = {
  'cold payments': [true, (m) => payments.generate(m.prng, trafficWorld(m, 0, m.prng.below(300)), m.count)],
  'hot payments': [true, (m) => payments.generate(m.prng, trafficWorld(m, 900, m.prng.below(300)), m.count)],
  'cold swaps': [true, (m) => swapTraffic.generate(m.prng, trafficWorld(m, 0, m.prng.below(300)), m.count)],
  'hot swaps': [true, (m) => swapTraffic.generate(m.prng, trafficWorld(m, 1000, m.prng.below(300)), m.count)],
  'payments and swaps': [
    true,
    (m) => {
      const half = m.count >> 1;
      const world = trafficWorld(m, 500, 50);
      return m.prng.shuffle([
        ...payments.generate(m.prng, world, half),
        ...swapTraffic.generate(m.prng, world, m.count - half),
      ]);
    },
  ],
  'payments and swaps, balances by lane': [
    true,
    (m) => {
      const world = trafficWorld(m, 300, 50);
      const swaps = swapTraffic.generate(m.prng, world, m.count >> 1);
      return m.prng.shuffle([
        ...swaps,
        ...moves(m),
        ...payments.generate(m.prng, world, m.count - (m.count >> 1)),
      ]);
    },
  ],
  'batch payments': [true, batches],
  shipments: [true, (m) => shipments.generate(m.prng, trafficWorld(m, 200, m.prng.below(300)), m.count)],
  'health records': [true, care],
  'one long chain': [
    false,
    (m) =>
      Array.from({ length: m.count }, (_, i) =>
        script(i % m.size.accounts, [op(OP.read, 0), op(OP.add, 1), op(OP.write, 0)]),
      ),
  ],
  'scripts on lanes': [false, (m) => someLaneScripts(m.prng, m.size.accounts, m.count, 0)],
  'scripts that stray': [false, (m) => someLaneScripts(m.prng, m.size.accounts, m.count, 100)],
  scripts: [false, (m) => someScripts(m.prng, { ...someTaste(m.prng), accounts: m.size.accounts }, m.count)],
};

export const scenarios: readonly Scenario[] = [
  ...Object.entries(drafted).map(
    ([name, [registered, make]]): Scenario => ({
      name,
      registered,
      make: (seed, { accounts, transactions, cut }) => {
        const prng = createPrng(seed, `scenario/${name}`);
        const size: WorldSize = {
          accounts,
          assets: 3,
          pools: 3,
          ...(name.endsWith('by lane') ? { bankPartition: 'lane' } : {}),
        };
        const state = genesisState(size);
        const drafts = make({ prng, size, count: transactions });
        const gasLimit = cut ? prng.between(1, transactions * 800) : undefined;
        return { state, environment: environmentAt(1, gasLimit), transactions: withNonces(state, drafts) };
      },
    }),
  ),
  {
    name: 'chaos',
    registered: false,
    make: (seed, { accounts, transactions, cut }) => {
      const prng = createPrng(seed, 'scenario/chaos');
      const state = genesisState({ accounts, assets: 3, pools: 3 });
      const block = chaosBlock(prng, {
        accounts,
        transactions,
        nonceOf: (account) => nonceOf(state, account),
      });
      const gasLimit = cut ? prng.between(1, transactions * 800) : undefined;
      return { state, environment: environmentAt(1, gasLimit), transactions: block };
    },
  },
];
