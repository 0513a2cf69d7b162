import type { ModuleSet } from '../../moduleSdk/index.ts';
import type { Transaction } from '../../types/transaction.ts';
import { type BlockMemory, CONTROL, resetBlockArenas, STRATEGY, workerLine } from './blockMemory.ts';
import { type BlockEnvironment, encodeBlock } from './encodedBlock.ts';
import type { ExecutionPlan } from './memorySize.ts';

/** Writes the block and what every strategy needs of the plan into a memory that holds the state before the block. */
export function encodePlan(
  memory: BlockMemory,
  modules: ModuleSet,
  environment: BlockEnvironment,
  transactions: readonly Transaction[],
  plan: ExecutionPlan,
): void {
  const { i32 } = memory;
  resetBlockArenas(memory);
  encodeBlock(memory, modules, environment, transactions);
  i32[CONTROL.trackFees] = plan.trackFees ? 1 : 0;
  i32[CONTROL.accountGranularity] = plan.accountGranularity ? 1 : 0;
  i32[CONTROL.traceLevel] = plan.traceLevel;
  i32[CONTROL.strategy] = plan.lanes === undefined ? STRATEGY.blockStm : STRATEGY.moduleLanes;
  for (let w = 0; w < plan.workers; w++) i32.fill(0, workerLine(w), workerLine(w + 1));
}
