import type { ModuleSet } from '../../moduleSdk/index.ts';
import type { Transaction } from '../../types/transaction.ts';
import type { BlockMemory } from '../kernel/blockMemory.ts';
import type { BlockEnvironment } from '../kernel/encodedBlock.ts';
import type { ExecutionPlan } from '../kernel/memorySize.ts';
import { encodePlan } from '../kernel/encodePlan.ts';
import { resetSchedule } from './scheduler.ts';

/** Look-ahead past the commit frontier: enough to keep every worker busy, little enough not to run wild. */
export function lookAheadFor(workers: number): number {
  return Math.max(16, workers * 8);
}

/** Writes the block and the plan into a memory that holds the state before the block. */
export function prepareBlock(
  memory: BlockMemory,
  modules: ModuleSet,
  environment: BlockEnvironment,
  transactions: readonly Transaction[],
  plan: ExecutionPlan,
): void {
  encodePlan(memory, modules, environment, transactions, plan);
  resetSchedule(memory, lookAheadFor(plan.workers));
}
