import { describe, expect, it } from 'vitest';
import type { Action } from '../api/settings.ts';
import { outbox } from '../moduleSdk/index.ts';
import { modules as registered } from '../registry.ts';
import { createLaneFinder } from '../moduleSdk/index.ts';
import { chainParts, SMALL_GENESIS, SMALL_TRAFFIC } from '../tests/chainParts.ts';
import { runParallel } from '../tests/conformance/harness.ts';
import { differenceFromOracle, differenceFromReference } from '../tests/conformance/outcomes.ts';
import { link } from '../tests/conformance/world.ts';
import { HOSTILE_LANE, HOW, hostile } from '../tests/testModules/hostile.ts';
import type { FlatState } from '../storage/flatMap/flatState.ts';
import { Chain } from './chain.ts';
import { createStateReader } from './stateReader.ts';

const set = link([...registered, hostile]);
const parts = chainParts({ modules: set });

function started() {
  const genesis = { ...SMALL_GENESIS, accounts: 10, modules: ['bank', 'amm', 'hostile'] };
  const chain = new Chain(parts, genesis, { ...SMALL_TRAFFIC, transactionsPerBlock: 10 });
  /** The next block, held against everybody; the errors of the hostile module's transactions, in order. */
  const produce = (actions: readonly Action[]) => {
    const parent = chain.tree.current;
    const pending = chain.prepare(parent, actions);
    if (!pending.ok) throw new Error(pending.error.code);
    const { built, outcome } = pending.value;
    const block = {
      state: chain.stateAfter(parent) as FlatState,
      environment: built.header,
      transactions: built.transactions,
    };
    expect(differenceFromReference(set, block, outcome)).toBeUndefined();
    for (const strategy of ['blockStm', 'moduleLanes'] as const) {
      const setting = {
        workers: 3,
        schedule: 'uniform',
        seed: parent.height,
        strategy,
        wholeTransactions: true,
      } as const;
      const { outcome: got } = runParallel(block, setting, undefined, set);
      expect(differenceFromOracle(set, block, outcome, got)).toBeUndefined();
    }
    chain.append(parent, pending.value, '');
    const errors = outcome.receipts.map(({ errorId }) =>
      errorId === 0 ? 'fine' : set.errorById(errorId).name,
    );
    const own = errors.filter((_, i) => built.transactions[i]!.module === 'hostile');
    const others = errors.filter((_, i) => built.transactions[i]!.module !== 'hostile');
    // Nothing of it reaches anybody else.
    expect(new Set(others)).toEqual(new Set(['fine']));
    return own;
  };
  const onTheirWay = () =>
    [...createStateReader(chain.stateAfter(chain.tree.current)).entries(outbox)].length;
  return { chain, onTheirWay, produce };
}

const misbehave = (how: number, count = 1_000_000, gasLimit = 2_000_000): Action => ({
  kind: 'submit',
  transaction: { sender: 1, module: 'hostile', name: 'misbehave', args: { how, count }, gasLimit },
});
const tell = (how: number, lane = HOSTILE_LANE, timeoutBlocks = 9): Action => ({
  kind: 'submit',
  transaction: { sender: 2, module: 'hostile', name: 'tell', args: { lane, how, timeoutBlocks } },
});

describe('a module that does what it should not', () => {
  it.each([
    ['throws', HOW.throws, 'kernel/panic'],
    ['loops without end', HOW.loops, 'kernel/out_of_gas'],
    ['allocates without end', HOW.allocates, 'kernel/capacity'],
    ['announces a million things', HOW.shouts, 'kernel/capacity'],
    ['sends a million messages', HOW.floods, 'kernel/capacity'],
  ])('%s: its transaction fails, and nothing else', (_, how, code) => {
    const { onTheirWay, produce } = started();
    // With much gas a capacity ends it, with little the gas.
    expect(produce([misbehave(how, 1_000_000, 50_000_000)])).toEqual([code]);
    expect(produce([misbehave(how, 1_000_000, 5000)])).toEqual([
      code === 'kernel/panic' ? code : 'kernel/out_of_gas',
    ]);
    expect(onTheirWay()).toBe(0);
  });

  it('may send as many as it pays for; all of them come to their end', () => {
    const { onTheirWay, produce } = started();
    expect(produce([misbehave(HOW.floods, 300)])).toEqual(['fine']);
    expect(onTheirWay()).toBe(300);
    expect(produce([])).toEqual(new Array(300).fill('fine'));
    produce([]);
    expect(onTheirWay()).toBe(0);
  });

  it('misbehaves when a message comes: its sender hears that it failed, and the next one comes', () => {
    for (const how of [HOW.throws, HOW.loops, HOW.allocates, HOW.shouts, HOW.floods]) {
      const { onTheirWay, produce } = started();
      produce([tell(how), tell(HOW.well)]);
      const [first, second] = produce([]);
      expect(first).toMatch(/^kernel\/(panic|out_of_gas|capacity)$/);
      expect(second).toBe('fine');
      produce([]);
      expect(onTheirWay()).toBe(0);
    }
  });

  it('tells nobody who is not there, or who takes no such message', () => {
    const { produce } = started();
    expect(produce([tell(HOW.well, 77), tell(HOW.well, 1)])).toEqual([
      'kernel/unknown_module',
      'kernel/unknown_module',
    ]);
  });

  it('stays in the lane that it declares', () => {
    const { chain } = started();
    const lanes = createLaneFinder(set, createStateReader(chain.stateAfter(chain.tree.current)));
    expect(lanes({ module: 'hostile', name: 'misbehave', args: {} })).toEqual([HOSTILE_LANE]);
  });
});
