import { describe, expect, it } from 'vitest';
import { createPrng } from '../../../base/prng.ts';
import { VirtualWorker } from '../../../execution/blockStm/virtualWorker.ts';
import type { WorkerFactory } from '../../../execution/virtualWorkerPool.ts';
import type { Schedule } from '../choosers.ts';
import { differenceFromOracle } from '../outcomes.ts';
import { expectEqualsOracle, oracleOf, runParallel } from '../harness.ts';
import { relayScripts, shiftingScripts, someScripts, someTaste } from '../scriptBlocks.ts';
import { environmentAt, genesisState, moduleSet, withNonces, type Block } from '../world.ts';
import { type Mutant, mutants } from './mutants.ts';

/** Far more than any mutant needs; most are caught within a hundred. */
const MOST_SEEDS = 20_000;

/** Small and hot ones, and those full of transactions that change their minds. */
function someBlock(seed: number, blocks?: Mutant['blocks']): Block {
  const prng = createPrng(seed, 'mutants');
  const accounts = 12;
  const state = genesisState({ accounts, assets: 1, pools: 0 });
  const taste = {
    ...someTaste(prng),
    accounts,
    cells: prng.between(1, 4),
    length: prng.between(3, 8),
    madPermille: 0,
  };
  const scripts = [
    () => someScripts(prng, taste, prng.between(5, 14)),
    () => shiftingScripts(prng),
    () => relayScripts(prng, 4),
  ];
  const drafts = scripts[blocks === 'relay' ? 2 : seed % scripts.length]!();
  return { state, environment: environmentAt(1), transactions: withNonces(state, drafts) };
}

const unmutated: WorkerFactory = (...args) => new VirtualWorker(...args);

/** The first seed that shows the mutant, and how: another outcome than the oracle's, or cores that get stuck. */
function firstCaught(
  { createWorker, blocks }: Mutant,
  schedule: Schedule,
): { seed: number; how: string } | undefined {
  for (let seed = 0; seed < MOST_SEEDS; seed++) {
    const block = someBlock(seed, blocks);
    const oracle = oracleOf(block);
    const setting = { workers: 2 + (seed % 4), schedule, seed };
    // The same seed passes without the mutant: what is caught is its fault.
    expectEqualsOracle(`mutants ${seed}`, block, oracle, setting, unmutated);
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

describe('every mutant is caught', () => {
  for (const mutant of mutants) {
    it.each(mutant.schedules)(
      `${mutant.name}: ${mutant.because} (%s)`,
      (schedule) => {
        expect(firstCaught(mutant, schedule)).toBeDefined();
      },
      300_000,
    );
  }
});
