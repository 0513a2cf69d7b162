import { prepareBlock } from '../execution/blockStm/prepareBlock.ts';
import { type BlockMemory, createMemory } from '../execution/kernel/blockMemory.ts';
import { memoryFits, memorySizeFor } from '../execution/kernel/memorySize.ts';
import { MEMORY_FULL } from '../execution/kernel/signals.ts';
import { loadState } from '../execution/kernel/stateLoading.ts';
import { prepareLanes } from '../execution/moduleLanes/prepareLanes.ts';
import type { ExecutionRequest } from '../execution/pool.ts';
import type { ModuleSet } from '../moduleSdk/index.ts';
import { LanePlan } from './lanePlan.ts';

/**
 * The block memory a pool keeps from block to block: made larger when a block needs it, loaded with the
 * state before the block unless it holds that already (the same block run again).
 */
export class HeldMemory {
  memory: BlockMemory | undefined;
  /** Which lanes the transactions touch, for the executor that needs them. */
  readonly plan: LanePlan;
  private holds: string | undefined;
  private readonly shared: boolean;
  private readonly modules: ModuleSet;

  constructor(shared: boolean, modules: ModuleSet) {
    this.shared = shared;
    this.modules = modules;
    this.plan = new LanePlan(modules);
  }

  /** A memory with the state and the block in it; `grown` tells whether it is another one than before. */
  prepare(
    request: ExecutionRequest,
    growth: number,
  ): { readonly memory: BlockMemory; readonly grown: boolean } {
    for (let factor = growth; ; factor *= 2) {
      try {
        return this.tryPrepare(request, factor);
      } catch (thrown) {
        if (thrown !== MEMORY_FULL) throw thrown;
        this.memory = undefined;
      }
    }
  }

  forget(): void {
    this.memory = undefined;
    this.holds = undefined;
  }

  private tryPrepare(
    request: ExecutionRequest,
    growth: number,
  ): { readonly memory: BlockMemory; readonly grown: boolean } {
    const lanes = this.plan.lanesFor(request);
    const plan = lanes === undefined ? request : { ...request, lanes };
    const needs = memorySizeFor(this.modules, request.state, request.transactions, plan, growth);
    let grown = false;
    if (!this.memory || !memoryFits(this.memory.layout.size, needs)) {
      this.memory = createMemory(needs, this.shared);
      this.holds = undefined;
      grown = true;
    }
    if (this.holds !== request.parentId) loadState(this.memory, request.state);
    this.holds = request.parentId;
    const { environment, transactions } = request;
    if (lanes === undefined) prepareBlock(this.memory, this.modules, environment, transactions, plan);
    else prepareLanes(this.memory, this.modules, environment, transactions, { ...plan, lanes });
    return { memory: this.memory, grown };
  }
}
