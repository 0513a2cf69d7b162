import { describe, expect, it } from 'vitest';
import type { GenesisSettings, TrafficSettings } from '../api/settings.ts';
import { createLaneFinder, laneOfKey, NO_LANE } from '../moduleSdk/index.ts';
import { chainParts, SMALL_GENESIS, SMALL_TRAFFIC } from '../tests/chainParts.ts';
import { Chain } from './chain.ts';
import { createStateReader } from './stateReader.ts';

const parts = chainParts();

/** Lanes that some blocks of traffic declared, a text each transaction kind, and what was touched beside them. */
function lanesOf(genesis: GenesisSettings, shares: TrafficSettings['shares'] = {}) {
  const chain = new Chain(parts, genesis, { ...SMALL_TRAFFIC, shares });
  const strays: string[] = [];
  const declared = new Set<string>();
  for (let height = 1; height <= 5; height++) {
    const parent = chain.tree.current;
    const pending = chain.prepare(parent, []);
    if (!pending.ok) throw new Error(pending.error.code);
    const { built, outcome } = pending.value;
    const find = createLaneFinder(parts.modules, createStateReader(chain.stateAfter(parent)));
    built.transactions.forEach((transaction, i) => {
      const lanes = find(transaction);
      declared.add(`${transaction.module} in ${lanes.join()}`);
      const { reads, writes } = outcome.accesses[i]!;
      for (const id of [...reads, ...writes]) {
        const lane = laneOfKey(parts.modules, outcome.keys[id]!);
        if (lane !== NO_LANE && !lanes.includes(lane))
          strays.push(`${transaction.name} touches lane ${lane}`);
      }
    });
    chain.append(parent, pending.value, '');
  }
  return { strays, declared: [...declared].sort() };
}

describe('the lanes a transaction declares', () => {
  it('are its own and the bank’s where balances lie by asset', () => {
    expect(lanesOf(SMALL_GENESIS)).toEqual({ strays: [], declared: ['amm in 1,2', 'bank in 1'] });
  });

  it('are its own alone where each lane has balances of its own', () => {
    const { strays, declared } = lanesOf({ ...SMALL_GENESIS, bankPartition: 'lane' });
    expect(strays).toEqual([]);
    expect(declared).toEqual(['amm in 2', 'bank in 1']);
  });

  it('are its own alone for modules that use no other', () => {
    const modules = ['bank', 'amm', 'supplyChain', 'healthRecords'];
    const found = lanesOf({ ...SMALL_GENESIS, modules }, { shipments: 400, visits: 400 });
    expect(found.strays).toEqual([]);
    expect(found.declared).toEqual(['amm in 1,2', 'bank in 1', 'healthRecords in 5', 'supplyChain in 4']);
  });
});
