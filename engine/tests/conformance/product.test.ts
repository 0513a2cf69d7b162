import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { SCHEDULES } from './choosers.ts';
import {
  expectEqualsOracle,
  expectFastSequentialEqualsOracle,
  expectReferenceAgrees,
  oracleOf,
} from './harness.ts';
import { fullProduct, pairwise } from './pairwise.ts';
import { scenarios } from './scenarios.ts';
import { withFaults } from './someFaults.ts';

const FULL = process.env.FULL !== undefined;
const SEEDS = FULL ? 3 : 8;

const dimensions = {
  scenario: scenarios,
  accounts: [2, 3, 5, 10, 60],
  cut: [false, true],
  faults: [false, true],
  executor: [...SCHEDULES, 'fastSequential'] as const,
  strategy: ['blockStm', 'moduleLanes'] as const,
  workers: [1, 2, 3, 4, 8, 64],
  trackFees: [false, true],
  accountGranularity: [false, true],
  traceLevel: [0, 1],
};
const combinations = FULL ? fullProduct(dimensions) : pairwise(dimensions, createPrng(7, 'pairwise'));

describe(`scenarios × executors × pools × settings: ${combinations.length} of their combinations, ${SEEDS} seeds each`, () => {
  it.each(scenarios)(
    '$name',
    ({ name }) => {
      let runs = 0;
      for (const { scenario, accounts, cut, faults, executor, ...setting } of combinations) {
        if (scenario.name !== name) continue;
        for (let seed = 0; seed < SEEDS; seed++) {
          const sound = scenario.make(seed, { accounts, transactions: 12 + 6 * seed, cut });
          const block = faults ? withFaults(createPrng(seed, `faults/${name}`), sound) : sound;
          const label = `${name}, ${accounts} accounts, ${cut ? 'cut, ' : ''}${faults ? 'faults, ' : ''}seed ${seed}`;
          const oracle = oracleOf(block);
          runs++;
          if (executor === 'fastSequential') {
            expectReferenceAgrees(label, block, oracle);
            expectFastSequentialEqualsOracle(label, block, oracle, setting.trackFees);
          } else {
            expectEqualsOracle(label, block, oracle, { ...setting, schedule: executor, seed });
          }
        }
      }
      expect(runs).toBeGreaterThan(0);
    },
    3_600_000,
  );
});

describe('the pairwise sample', () => {
  it('holds every two values of two dimensions together', () => {
    const small = { a: [0, 1, 2], b: [0, 1], c: [0, 1, 2, 3] };
    const rows = pairwise(small, createPrng(1));
    expect(rows.length).toBeLessThan(fullProduct(small).length);
    for (const want of fullProduct(small)) {
      for (const [x, y] of [
        ['a', 'b'],
        ['a', 'c'],
        ['b', 'c'],
      ] as const) {
        expect(rows.some((row) => row[x] === want[x] && row[y] === want[y])).toBe(true);
      }
    }
  });
});
