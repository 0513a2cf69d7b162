import { describe, expect, it } from 'vitest';
import { createPrng, type Prng } from '../../base/prng.ts';
import type { Transaction } from '../../types/transaction.ts';
import { chaosBlock } from '../testModules/chaos/chaosBlock.ts';
import { SCHEDULES } from './choosers.ts';
import {
  expectEqualsOracle,
  expectFastSequentialEqualsOracle,
  expectReferenceAgrees,
  oracleOf,
} from './harness.ts';
import { someLaneScripts } from './laneBlocks.ts';
import { shiftingScripts, someScripts, someTaste } from './scriptBlocks.ts';
import { withFaults } from './someFaults.ts';
import { type Block, environmentAt, genesisState, withNonces } from './world.ts';

const FULL = process.env.FULL !== undefined;
const BLOCKS = FULL ? 20_000 : 550;

const kinds = {
  chaos: (prng: Prng): Block => {
    const accounts = prng.between(2, 10);
    return blockOf(prng, accounts, chaosBlock(prng, { accounts, transactions: prng.between(5, 40) }));
  },
  scripts: (prng: Prng): Block => {
    const taste = someTaste(prng);
    const { accounts } = taste;
    return blockOf(
      prng,
      accounts,
      withNonces(stateOf(accounts), someScripts(prng, taste, prng.between(5, 40))),
    );
  },
  'scripts on lanes': (prng: Prng): Block => {
    const accounts = prng.between(2, 10);
    const drafts = someLaneScripts(prng, accounts, prng.between(5, 40), prng.chance(300) ? 100 : 0);
    return blockOf(prng, accounts, withNonces(stateOf(accounts), drafts));
  },
  'changing minds': (prng: Prng): Block => blockOf(prng, 16, withNonces(stateOf(16), shiftingScripts(prng))),
};

const stateOf = (accounts: number) => genesisState({ accounts, assets: 1, pools: 0 });

function blockOf(prng: Prng, accounts: number, transactions: readonly Transaction[]): Block {
  const gasLimit = prng.chance(250) ? prng.between(1, 40_000) : undefined;
  return { state: stateOf(accounts), environment: environmentAt(1, gasLimit), transactions };
}

/** What a transaction of chaos touches is known only when it runs; its argument says whether it is much. */
function touchesMany({ args }: Transaction): boolean {
  return typeof args.count === 'number' && args.count > 500;
}

describe(`${BLOCKS} generated blocks of each kind, under seeded interleavings, equal the oracle and the reference`, () => {
  it.each(Object.entries(kinds))(
    '%s',
    (kind, make) => {
      let cut = 0;
      for (let seed = 0; seed < BLOCKS; seed++) {
        const prng = createPrng(seed, `adversarial/${kind}`);
        const name = `${kind} ${seed}`;
        const made = make(prng);
        const block = prng.chance(150) ? withFaults(prng, made) : made;
        const oracle = oracleOf(block);
        if (oracle.count < block.transactions.length) cut++;
        expectReferenceAgrees(name, block, oracle);
        expectFastSequentialEqualsOracle(name, block, oracle, prng.chance(500));
        const trackFees = prng.chance(300);
        const accountGranularity = prng.chance(300);
        expectEqualsOracle(name, block, oracle, {
          workers: prng.chance(40) ? 64 : prng.between(1, 8),
          schedule: SCHEDULES[seed % SCHEDULES.length]!,
          seed,
          trackFees,
          accountGranularity,
          traceLevel: prng.chance(100) ? 1 : 0,
          wholeTransactions: block.transactions.some(touchesMany),
          strategy: kind === 'scripts on lanes' || prng.chance(300) ? 'moduleLanes' : 'blockStm',
        });
      }
      expect(cut).toBeGreaterThan(BLOCKS / 50);
    },
    1_800_000,
  );
});
