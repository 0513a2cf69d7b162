import { describe, expect, it } from 'vitest';
import { VirtualWorker } from '../../execution/blockStm/virtualWorker.ts';
import { lookAheadFor } from '../../execution/blockStm/prepareBlock.ts';
import { type BlockMemory, CONTROL, TX, TX_WORDS } from '../../execution/kernel/blockMemory.ts';
import { type Chooser, runVirtual } from '../../execution/virtualWorkerPool.ts';
import { chooserOf, SCHEDULES } from './choosers.ts';
import { expectEqualsOracle, oracleOf, prepare } from './harness.ts';
import { scenarios } from './scenarios.ts';
import { script } from './scriptBlocks.ts';
import { OP, op } from './scriptModule.ts';
import { type Block, environmentAt, genesisState, moduleSet, withNonces } from './world.ts';

/** Everybody raises the same cell: each waits for the one before. */
function chainOf(length: number): Block {
  const state = genesisState({ accounts: length, assets: 1, pools: 0 });
  const drafts = Array.from({ length }, (_, sender) =>
    script(sender, [op(OP.read, 0), op(OP.add, 1), op(OP.work), op(OP.write, 0)], { work: 500 }),
  );
  return { state, environment: environmentAt(1), transactions: withNonces(state, drafts) };
}

function perTransaction(memory: BlockMemory, field: number): number[] {
  const count = memory.i32[CONTROL.transactionCount]!;
  return Array.from({ length: count }, (_, tx) => memory.i32[memory.layout.tx + tx * TX_WORDS + field]!);
}
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Runs with `seen` called ahead of every step. */
function watch(
  block: Block,
  workers: number,
  choose: Chooser,
  seen: (memory: BlockMemory) => void,
): BlockMemory {
  const plan = { workers, trackFees: false, accountGranularity: false, traceLevel: 0 };
  const memory = prepare(moduleSet, block, plan);
  runVirtual(memory, moduleSet, workers, {
    seed: 0,
    createWorker: (...args) => new VirtualWorker(...args),
    choose: (count) => {
      seen(memory);
      return choose(count);
    },
  });
  return memory;
}

describe('a chain of dependent transactions', { timeout: 120_000 }, () => {
  it.each([2, 3, 4, 5, 6, 7, 8])(
    'takes at most two executions each on %i cores, and hardly more than one',
    (workers) => {
      const block = chainOf(300);
      const oracle = oracleOf(block);
      const { memory } = expectEqualsOracle('chain', block, oracle, {
        workers,
        schedule: 'clock',
        seed: workers,
      });
      const executions = perTransaction(memory, TX.executions);
      const suspensions = perTransaction(memory, TX.suspensions);
      expect(Math.max(...executions)).toBeLessThanOrEqual(2);
      expect(sum(executions)).toBeLessThanOrEqual(block.transactions.length + workers);
      // A transaction that was parked is handed on when it can run: it is not started again and again.
      expect(Math.max(...suspensions)).toBeLessThanOrEqual(2);
    },
  );

  it.each(SCHEDULES)(
    'takes fewer than two executions each on average, however steps are ordered (%s)',
    (schedule) => {
      for (const workers of [2, 3, 4, 8]) {
        const block = chainOf(200);
        const oracle = oracleOf(block);
        for (let seed = 0; seed < 3; seed++) {
          const { memory } = expectEqualsOracle('chain', block, oracle, { workers, schedule, seed });
          expect(sum(perTransaction(memory, TX.executions))).toBeLessThan(2 * block.transactions.length);
          expect(sum(perTransaction(memory, TX.suspensions))).toBeLessThan(2 * block.transactions.length);
        }
      }
    },
  );

  it('costs steps in proportion to its length: those who wait are not woken in vain', () => {
    for (const schedule of ['clock', 'uniform'] as const) {
      for (const workers of [2, 4, 8]) {
        const steps = [200, 800].map((length) => {
          const block = chainOf(length);
          return expectEqualsOracle('chain', block, oracleOf(block), { workers, schedule, seed: 5 }).run
            .steps;
        });
        expect(steps[1]! / steps[0]!).toBeLessThan(4.4);
      }
    }
  });
});

describe('one worker', () => {
  it.each(scenarios)('executes every transaction once and aborts nothing: $name', ({ make }) => {
    for (let seed = 0; seed < 4; seed++) {
      const block = make(seed, { accounts: 4, transactions: 30, cut: false });
      const oracle = oracleOf(block);
      for (const accountGranularity of [false, true]) {
        const setting = {
          workers: 1,
          schedule: 'uniform',
          seed,
          accountGranularity,
          wholeTransactions: true,
        } as const;
        const { memory } = expectEqualsOracle('one worker', block, oracle, setting);
        expect(perTransaction(memory, TX.executions)).toEqual(block.transactions.map(() => 1));
        expect(sum(perTransaction(memory, TX.suspensions))).toBe(0);
        expect(sum(perTransaction(memory, TX.aborts))).toBe(0);
      }
    }
  });
});

describe('look-ahead', () => {
  it('never runs further ahead of the commits than it may', () => {
    const block = scenarios
      .find(({ name }) => name === 'cold payments')!
      .make(1, { accounts: 400, transactions: 300, cut: false });
    for (const schedule of ['uniform', 'bursts', 'priorities'] as const) {
      for (const workers of [2, 4, 8]) {
        let furthest = 0;
        watch(block, workers, chooserOf(schedule, workers)!, ({ i32 }) => {
          furthest = Math.max(furthest, i32[CONTROL.executionIndex]! - i32[CONTROL.commitIndex]!);
        });
        expect(furthest).toBeLessThanOrEqual(lookAheadFor(workers));
      }
    }
  });

  it('stops at its bound while one worker sits on the first transaction, and goes on when that is done', () => {
    const block = scenarios
      .find(({ name }) => name === 'cold payments')!
      .make(1, { accounts: 400, transactions: 300, cut: false });
    const workers = 3;
    const HELD_BACK = 4000;
    let steps = 0;
    let reached = 0;
    const choose: Chooser = () => {
      steps++;
      if (steps === 1 || steps > HELD_BACK) return steps % workers;
      return steps % 2 === 0 ? 2 : 0;
    };
    const memory = watch(block, workers, choose, ({ i32 }) => {
      if (steps < HELD_BACK) reached = i32[CONTROL.executionIndex]!;
    });
    expect(reached).toBe(lookAheadFor(workers));
    expect(memory.i32[CONTROL.commitIndex]).toBe(block.transactions.length);
  });
});
