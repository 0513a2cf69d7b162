import type { GenesisSettings, TrafficSettings } from '../api/index.ts';
import type { ChainBlock } from '../chain/blockTree.ts';
import { Chain } from '../chain/chain.ts';
import type { ChainParts } from '../chain/contract.ts';
import { LaneRoots } from '../chain/laneRoots.ts';
import { Oracle, type OracleOutcome } from '../execution/sequential/oracle.ts';
import type { ModuleSet } from '../moduleSdk/index.ts';
import { moduleSet } from '../runtime/modules.ts';
import { storages } from '../storages.ts';
import { FlatState } from '../storage/flatMap/flatState.ts';

/** A chain's parts for tests: the registry's modules, the oracle and flat state, unless told otherwise. */
export function chainParts(
  options: { readonly modules?: ModuleSet; readonly blockGasLimit?: number } = {},
): ChainParts<OracleOutcome> {
  const { modules = moduleSet, blockGasLimit = 4_000_000_000 } = options;
  const oracle = new Oracle(modules);
  return {
    modules,
    execute: (state, header, transactions) => oracle.execute(state, header, transactions),
    explore: (state, header, transactions) => oracle.execute(state, header, transactions),
    replay: (state, header, transactions) => oracle.replay(state, header, transactions),
    copyState: (from) => new FlatState(from as FlatState | undefined),
    blockGasLimit,
  };
}

export const SMALL_GENESIS: GenesisSettings = {
  seed: 11,
  accounts: 12,
  assets: 3,
  pools: 3,
  bankPartition: 'asset',
};

export const SMALL_TRAFFIC: TrafficSettings = {
  transactionsPerBlock: 15,
  swapPermille: 500,
  hotPermille: 200,
  work: 100,
};

export function smallChain(parts = chainParts()): Chain<OracleOutcome> {
  return new Chain(parts, SMALL_GENESIS, SMALL_TRAFFIC);
}

const rootsMade = new WeakMap<object, LaneRoots>();

/** A chain's roots, the same ones whenever they are asked for. */
export function rootsOf(chain: Chain<OracleOutcome>, modules: ModuleSet = moduleSet): LaneRoots {
  const roots = rootsMade.get(chain) ?? new LaneRoots(modules, chain, (kind) => storages[kind]());
  rootsMade.set(chain, roots);
  return roots;
}

/** A lane's state root after a block, built anew. */
export function rebuiltRoot(chain: Chain<OracleOutcome>, block: ChainBlock, lane: number): Uint8Array {
  const steps = rootsOf(chain).rebuild(block, lane, chain.stateAfter(block));
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
