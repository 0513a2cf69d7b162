import { describe, expect, it } from 'vitest';
import { createPrng } from '../../../base/prng.ts';
import type { Schedule } from '../choosers.ts';
import { expectEqualsOracle, oracleOf, runParallel } from '../harness.ts';
import { someLaneScripts } from '../laneBlocks.ts';
import { differenceFromOracle } from '../outcomes.ts';
import { type Block, environmentAt, genesisState, moduleSet, withNonces } from '../world.ts';
import { type LaneMutant, laneMutants } from './laneMutants.ts';

/** Far more than any mutant needs. */
const MOST_SEEDS = 5000;

/** Short scripts over three lanes; some stray (or most of them), some blocks are cut. */
function someBlock(seed: number, blocks: LaneMutant['blocks']): Block {
  const prng = createPrng(seed, 'lane mutants');
  const state = genesisState({ accounts: 8, assets: 1, pools: 0 });
  const strayPermille = blocks === 'straying' ? 800 : seed % 4 === 0 ? 200 : 0;
  const drafts = someLaneScripts(prng, prng.between(2, 8), prng.between(5, 14), strayPermille);
  const gasLimit = seed % 3 === 0 ? prng.between(1, 8000) : undefined;
  return { state, environment: environmentAt(1, gasLimit), transactions: withNonces(state, drafts) };
}

/** The first seed that shows the mutant, and how: another outcome than the oracle's, or cores that get stuck. */
function firstCaught(
  { createWorker, trackFees = false, blocks }: LaneMutant,
  schedule: Schedule,
): { seed: number; how: string } | undefined {
  for (let seed = 0; seed < MOST_SEEDS; seed++) {
    const block = someBlock(seed, blocks);
    const oracle = oracleOf(block);
    const setting = { strategy: 'moduleLanes', workers: 2 + (seed % 4), schedule, seed, trackFees } as const;
    // The same seed passes without the mutant: what is caught is its fault.
    expectEqualsOracle(`lane mutants ${seed}`, block, oracle, setting);
    try {
      const { outcome } = runParallel(block, setting, createWorker);
      const difference = differenceFromOracle(moduleSet, block, oracle, outcome);
      if (difference !== undefined) return { seed, how: difference };
    } catch (thrown) {
      return { seed, how: thrown instanceof Error ? thrown.message : String(thrown) };
    }
  }
  return undefined;
}

describe('every mutant of module lanes is caught', () => {
  for (const mutant of laneMutants) {
    it.each(mutant.schedules)(
      `${mutant.name}: ${mutant.because} (%s)`,
      (schedule) => {
        expect(firstCaught(mutant, schedule)).toBeDefined();
      },
      300_000,
    );
  }
});
