import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { Chain } from '../../chain/chain.ts';
import type { Action } from '../../api/index.ts';
import { ImportedChain } from '../../runtime/host/importedChain.ts';
import { FlatState } from '../../storage/flatMap/flatState.ts';
import { chainParts, SMALL_GENESIS, SMALL_TRAFFIC } from '../chainParts.ts';
import { generateAccessList } from '../imports/accessListModel.ts';
import { generateRpcBlock, rpcBlock, rpcFile } from '../imports/rpcModel.ts';
import { SCHEDULES } from './choosers.ts';
import {
  expectEqualsOracle,
  expectFastSequentialEqualsOracle,
  expectReferenceAgrees,
  oracleOf,
} from './harness.ts';
import { type Block, moduleSet } from './world.ts';

const SEEDS = process.env.FULL === undefined ? 4 : 40;

const kinds = {
  'access lists': (seed: number) =>
    generateAccessList(createPrng(seed), 10 + 4 * (seed % 9), 1 + (seed % 4)).file,
  'blocks of JSON-RPC': (seed: number) =>
    rpcFile(rpcBlock(generateRpcBlock(createPrng(seed), 10 + 4 * (seed % 9), 2 + (seed % 5)))),
};

/** The imported block as the conformance suite executes blocks: state, header, transactions. */
function blockOf(
  file: Uint8Array,
  edit: 'none' | 'split' | 'filter',
): { block: Block; imported: ImportedChain; actions: Action[] } {
  const read = ImportedChain.read(file, 'generated');
  if (!read.ok) throw new Error(read.error.message);
  const imported = read.value;
  const { hottestKeys, contracts } = imported.report;
  const hottest = hottestKeys.find(({ key }) => !/nonces|accounts|code/.test(key));
  const actions: Action[] = [];
  if (edit === 'split' && hottest) actions.push({ kind: 'splitKey', key: hottest.key, ways: 3 });
  if (edit === 'filter') actions.push({ kind: 'keepContract', address: contracts[0]!.address });
  const chain = new Chain(chainParts({ modules: moduleSet }), SMALL_GENESIS, SMALL_TRAFFIC, imported.given);
  const genesis = chain.tree.current;
  const pending = chain.prepare(genesis, actions);
  if (!pending.ok) throw new Error(pending.error.message);
  const { header, transactions } = pending.value.built;
  const state = new FlatState(chain.stateAfter(genesis) as FlatState);
  return { block: { state, environment: header, transactions }, imported, actions };
}

describe.each(Object.entries(kinds))('%s that were made up', (kind, make) => {
  it.each(['none', 'split', 'filter'] as const)(
    'every executor gives one answer (edit: %s)',
    (edit) => {
      for (let seed = 0; seed < SEEDS; seed++) {
        const { block, imported, actions } = blockOf(make(seed), edit);
        const name = `${kind}, ${edit}, seed ${seed}`;
        const oracle = oracleOf(block);
        expect(
          oracle.receipts.every(({ status }) => status === 0),
          name,
        ).toBe(true);
        expectReferenceAgrees(name, block, oracle);
        const after = new FlatState(block.state);
        after.apply(oracle.changes);
        const check = imported.check(moduleSet, actions, oracle.receipts, after);
        expect(check, name).toMatchObject({ ok: true, value: { readsMatch: true, finalValuesMatch: true } });
        for (const trackFees of [false, true]) {
          expectFastSequentialEqualsOracle(name, block, oracle, trackFees);
          for (const [place, schedule] of SCHEDULES.entries()) {
            const workers = [1, 2, 3, 8, 5][(place + seed) % 5]!;
            const accountGranularity = (place + seed) % 2 === 0;
            expectEqualsOracle(name, block, oracle, {
              workers,
              schedule,
              seed,
              trackFees,
              accountGranularity,
              traceLevel: 1,
            });
          }
        }
      }
    },
    600_000,
  );
});
