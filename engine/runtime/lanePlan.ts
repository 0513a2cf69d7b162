import { createStateReader } from '../chain/stateReader.ts';
import { type BlockMemory, CONTROL } from '../execution/kernel/blockMemory.ts';
import type { DeclaredLanes } from '../execution/kernel/memorySize.ts';
import {
  declareLanes,
  EVERY_LANE,
  type LaneMiss,
  widenLanes,
} from '../execution/moduleLanes/declaredLanes.ts';
import type { ExecutionRecord, ExecutionRequest } from '../execution/pool.ts';
import { createLaneFinder, type ModuleSet } from '../moduleSdk/index.ts';
import type { Transaction } from '../types/transaction.ts';

/** The lanes of a pool's block; what a miss has taught stays for as long as the same block is run. */
export class LanePlan {
  private readonly modules: ModuleSet;
  private of: readonly Transaction[] | undefined;
  private lanes: DeclaredLanes = [];
  private misses = 0;

  constructor(modules: ModuleSet) {
    this.modules = modules;
  }

  /** Lanes of the request's transactions, or nothing when its executor needs none. */
  lanesFor(request: ExecutionRequest): DeclaredLanes | undefined {
    if (request.strategy !== 'moduleLanes') return undefined;
    if (this.of !== request.transactions) {
      this.of = request.transactions;
      this.lanes = declareLanes(
        request.transactions,
        createLaneFinder(this.modules, createStateReader(request.state)),
      );
      this.misses = 0;
    }
    return this.lanes;
  }

  /** Widens the lanes after a miss of the block that {@link lanesFor} was asked for last. */
  widen(miss: LaneMiss): void {
    this.misses++;
    this.lanes = widenLanes(this.of ?? [], this.lanes, miss, this.misses);
  }
}

/** What the worker that stopped the block for a miss wrote down. */
export function missIn({ i32 }: BlockMemory): LaneMiss {
  return { tx: i32[CONTROL.missedTx]!, lane: i32[CONTROL.missedLane]! };
}

/** A miss in plain words; the block was run again. */
export function missNotice(
  modules: ModuleSet,
  { transactions }: ExecutionRequest,
  { tx, lane }: LaneMiss,
): ExecutionRecord['notices'][number] {
  const { module, name } = transactions[tx]!;
  const owner = modules.modules.find((candidate) => candidate.lane === lane)?.id ?? `module ${lane}`;
  const what =
    lane === EVERY_LANE
      ? 'wrote what belongs to no lane; the block was run again in one queue'
      : `touched the lane of ${owner}, which it had not declared; the block was run again with that lane added`;
  return { code: 'execution/lane_miss', message: `Transaction ${tx} (${module} ${name}) ${what}.` };
}
