import { describe, expect, it } from 'vitest';
import { scenarios } from '../../tests/conformance/scenarios.ts';
import { moduleSet } from '../../tests/conformance/world.ts';
import { Oracle, runOracle } from './oracle.ts';

const size = { accounts: 10, transactions: 40, cut: false };
const blocks = scenarios.flatMap(({ make }) => [
  make(1, size),
  make(2, { ...size, cut: true }),
  // Smaller than what stood in the memory before, and larger.
  make(3, { ...size, transactions: 3 }),
  make(4, { ...size, transactions: 90 }),
]);
// One that needs more memory than is kept, in the middle of the others.
const wide = blocks.map((block, i) =>
  i % 7 === 3
    ? { ...block, transactions: block.transactions.map((item) => ({ ...item, gasLimit: 50_000_000 })) }
    : block,
);

describe('an oracle that has executed other blocks', () => {
  it('answers what a fresh one does, and what it answered stays', () => {
    const oracle = new Oracle(moduleSet);
    const answers = wide.map(({ state, environment, transactions }) =>
      oracle.execute(state, environment, transactions),
    );
    wide.forEach(({ state, environment, transactions }, i) => {
      expect(answers[i]).toEqual(runOracle(moduleSet, state, environment, transactions));
    });
  });

  it('gives the same outcome when nothing is recorded', () => {
    const oracle = new Oracle(moduleSet);
    const outcomes = wide.map(({ state, environment, transactions }) =>
      oracle.replay(state, environment, transactions),
    );
    wide.forEach(({ state, environment, transactions }, i) => {
      const { count, changes, receipts } = runOracle(moduleSet, state, environment, transactions);
      expect(outcomes[i]).toEqual({ count, changes, receipts });
    });
  });

  it('forgets how fees were tracked', () => {
    const oracle = new Oracle(moduleSet);
    const { state, environment, transactions } = blocks[0]!;
    const tracked = oracle.execute(state, environment, transactions, { trackFees: true });
    const exempt = oracle.execute(state, environment, transactions);
    expect(exempt).toEqual(runOracle(moduleSet, state, environment, transactions));
    expect(tracked).not.toEqual(exempt);
    expect(tracked).toEqual(runOracle(moduleSet, state, environment, transactions, { trackFees: true }));
  });
});
