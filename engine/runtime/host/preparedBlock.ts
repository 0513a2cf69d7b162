import type { PendingBlock } from '../../chain/chain.ts';
import { type ConflictGraph, conflictGraph } from '../../execution/conflictGraph/conflictGraph.ts';
import { delayOf } from '../../execution/kernel/faults.ts';
import { type OracleOutcome, runOracle } from '../../execution/sequential/oracle.ts';
import type { ModuleSet } from '../../moduleSdk/index.ts';
import type { CommittedState } from '../../storage/contract.ts';
import type { ExecutionSettings } from '../../api/index.ts';

export type OraclePending = PendingBlock<OracleOutcome>;
type Conflicts = Pick<ExecutionSettings, 'granularity' | 'feeRecipient'>;

/** Graphs of a block that were drawn already; a block that is forgotten takes them along. */
const graphs = new WeakMap<OraclePending, Map<string, ConflictGraph>>();

/** The conflict graph of a block as its conflicts are tracked; drawn once for each way. */
export function graphOf(
  modules: ModuleSet,
  pending: OraclePending,
  state: CommittedState,
  { granularity, feeRecipient }: Conflicts,
): ConflictGraph {
  let ways = graphs.get(pending);
  if (ways === undefined) {
    ways = new Map();
    graphs.set(pending, ways);
  }
  const way = `${granularity}/${feeRecipient}`;
  let graph = ways.get(way);
  if (graph === undefined) {
    const { accesses, keys } = oracleWith(modules, pending, state, feeRecipient);
    const work = spentNs(modules, pending);
    graph = conflictGraph(modules, { accesses, keys, work }, granularity === 'account');
    ways.set(way, graph);
  }
  return graph;
}

/**
 * What each transaction of a block takes on a virtual clock: a nanosecond a unit of gas, and what a slow lane adds to
 * the work of those that got as far as doing it.
 */
export function spentNs(modules: ModuleSet, { built, outcome }: OraclePending): number[] {
  const { faults } = built.header;
  return outcome.receipts.map(({ gasUsed }, index) => {
    const { module, work } = built.transactions[index]!;
    const lane = modules.module(module)!.lane;
    return gasUsed + (gasUsed < work ? 0 : delayOf(faults, lane, index, work));
  });
}

/** The oracle's answer with the fee recipient's fees among the accesses when they are tracked. */
export function oracleWith(
  modules: ModuleSet,
  { built, outcome }: OraclePending,
  state: CommittedState,
  feeRecipient: ExecutionSettings['feeRecipient'],
): OracleOutcome {
  if (feeRecipient === 'exempt') return outcome;
  return runOracle(modules, state, built.header, built.transactions, { trackFees: true });
}

/** Blocks whose oracle outcome is at hand for another run; the longest unused is forgotten first. */
export class PreparedBlocks {
  private readonly kept = new Map<string, OraclePending>();
  private transactions = 0;
  private readonly most: number;

  constructor(mostTransactions: number) {
    this.most = mostTransactions;
  }

  get(blockId: string): OraclePending | undefined {
    const found = this.kept.get(blockId);
    if (found !== undefined) {
      this.kept.delete(blockId);
      this.kept.set(blockId, found);
    }
    return found;
  }

  keep(blockId: string, pending: OraclePending): void {
    this.forget(blockId);
    this.kept.set(blockId, pending);
    this.transactions += pending.built.transactions.length;
    for (const id of this.kept.keys()) {
      if (this.transactions <= this.most || id === blockId) return;
      this.forget(id);
    }
  }

  private forget(blockId: string): void {
    const held = this.kept.get(blockId);
    if (held === undefined) return;
    this.kept.delete(blockId);
    this.transactions -= held.built.transactions.length;
  }
}
