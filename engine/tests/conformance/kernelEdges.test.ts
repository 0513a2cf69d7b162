import { describe, it } from 'vitest';
import type { TransactionDraft } from '../../types/transaction.ts';
import {
  expectEqualsOracle,
  expectFastSequentialEqualsOracle,
  expectReferenceAgrees,
  oracleOf,
} from './harness.ts';
import { script } from './scriptBlocks.ts';
import { OP, op } from './scriptModule.ts';
import { type Block, environmentAt, genesisState, withNonces } from './world.ts';

function blockOf(drafts: readonly TransactionDraft[], gasLimit?: number): Block {
  const state = genesisState({ accounts: 10, assets: 1, pools: 0 });
  return { state, environment: environmentAt(1, gasLimit), transactions: withNonces(state, drafts) };
}

/** Every executor, with fees tracked or not, by slot and by account. */
function expectOneAnswer(name: string, block: Block, wholeTransactions = false): void {
  const oracle = oracleOf(block);
  expectReferenceAgrees(name, block, oracle);
  for (const trackFees of [false, true]) {
    expectFastSequentialEqualsOracle(name, block, oracle, trackFees);
    for (const accountGranularity of [false, true]) {
      for (const workers of [1, 3]) {
        expectEqualsOracle(name, block, oracle, {
          workers,
          schedule: 'uniform',
          seed: 1,
          trackFees,
          accountGranularity,
          wholeTransactions,
        });
      }
    }
  }
}

const touch = (from: number, count: number) => op(OP.readRange, from, count);

describe('at the edges of the kernel every executor gives one answer', { timeout: 120_000 }, () => {
  it('a block in which nobody pays', () => {
    expectOneAnswer(
      'free',
      blockOf([0, 1, 2].map((sender) => script(sender, [op(OP.add, 1), op(OP.write, 7)], { gasPrice: 0 }))),
    );
  });

  it.each([1022, 1023, 1024, 1025, 1030, 1031, 1032, 1033, 1100])(
    'a transaction that touches %i keys',
    (keys) => {
      expectOneAnswer(
        `keys ${keys}`,
        blockOf([script(0, [touch(0, keys), op(OP.write, 0)]), script(1, [touch(5, keys), op(OP.note)])]),
        true,
      );
    },
  );

  it.each([4, 5, 6])('fees beyond what a double holds, paid by account %i', (sender) => {
    const dear = [0xffff_ffff, 0x7fff_fff1, 900_719_925, 180_143_985].map((gasPrice, i) =>
      script(sender, [op(OP.add, 3), op(OP.write, i)], { gasLimit: 10_000_001, gasPrice }),
    );
    expectOneAnswer(`dear ${sender}`, blockOf(dear));
  });

  it('one transaction that writes and deletes for all its gas', () => {
    // Millions of words of records: the oracle's scratch holds them, and the block's memory grows for them.
    const churn = script(0, [op(OP.add, 1), op(OP.churn, 3)], { gasLimit: 50_000_000 });
    const block = blockOf([churn]);
    const oracle = oracleOf(block);
    expectReferenceAgrees('churn', block, oracle);
    const setting = { workers: 2, schedule: 'uniform', seed: 1, wholeTransactions: true } as const;
    expectEqualsOracle('churn', block, oracle, setting);
  });

  it('limits of gas around the price of doing nothing', () => {
    expectOneAnswer(
      'little gas',
      blockOf([0, 1, 199, 200, 201].map((gasLimit, sender) => script(sender, [], { gasLimit }))),
    );
  });

  it.each([1, 1000, 1200, 1201, 5000])('a block cut at %i gas', (gasLimit) => {
    const drafts = Array.from({ length: 9 }, (_, i) =>
      script(i, [op(OP.readMore, 0), op(OP.add, 1), op(OP.write, 0)]),
    );
    expectOneAnswer(`cut ${gasLimit}`, blockOf(drafts, gasLimit));
  });

  it('a block of nothing', () => {
    expectOneAnswer('empty', blockOf([]));
  });
});
