import type { Action } from '../api/settings.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { ModuleDefinition } from '../moduleSdk/index.ts';
import type { FaultKind, LaneFault } from '../types/laneFault.ts';
import type { ModuleId } from '../types/ids.ts';
import type { ChainRules } from './contract.ts';

/** How a lane is that is not simply running. Lanes that are have none. */
export interface LaneCondition {
  readonly lane: number;
  readonly module: ModuleId;
  /** `standby`: it failed, and another copy of the module runs in its place. */
  readonly kind: FaultKind | 'standby';
  /** Height of the block in which that began. */
  readonly since: number;
  /** txIndex of that block from which it holds. */
  readonly fromIndex: number;
  /** Of a halted lane: what needs it is rejected, or waits. */
  readonly policy: 'reject' | 'queue';
  readonly factor: number;
  /** Height from which a standby runs in its place; absent when there is none. */
  readonly standbyAt?: number;
}

type HealthAction = Extract<Action, { readonly kind: 'haltModule' | 'resumeModule' | 'breakModule' }>;

export function changesHealth(action: Action): action is HealthAction {
  return action.kind === 'haltModule' || action.kind === 'resumeModule' || action.kind === 'breakModule';
}

const SLOW_FACTOR = 10;

/** The lanes of a chain that are not simply running, as actions change them from block to block. */
export class LaneHealth {
  private readonly conditions = new Map<ModuleId, LaneCondition>();
  private readonly modules: readonly ModuleDefinition[];
  private readonly standby: ChainRules['standby'];
  private readonly height: number;

  /** Before block `height`: who has a standby by then has it running. */
  constructor(
    modules: readonly ModuleDefinition[],
    standby: ChainRules['standby'],
    height: number,
    before: readonly LaneCondition[],
  ) {
    this.modules = modules;
    this.standby = standby;
    this.height = height;
    for (const condition of before) this.conditions.set(condition.module, this.carriedOn(condition));
  }

  /** Fails with `action/unknown_module` or, for a module that runs, `action/module_runs`. */
  apply(action: HealthAction): Result<undefined> {
    const module = this.modules.find(({ id }) => id === action.module);
    if (module === undefined) {
      const ids = this.modules.map(({ id }) => id).join(', ');
      const message = `No module “${action.module}” takes part in this chain; there are ${ids}.`;
      return fail('action/unknown_module', message, { module: action.module });
    }
    const { id, lane } = module;
    if (action.kind === 'resumeModule') {
      if (this.conditions.delete(id)) return ok(undefined);
      return fail('action/module_runs', `“${id}” runs already: there is nothing to resume.`, { module: id });
    }
    const takesOver = this.standby[id];
    this.conditions.set(id, {
      ...{ lane, module: id, since: this.height, fromIndex: action.at ?? 0 },
      kind: action.kind === 'haltModule' ? 'halted' : action.fault,
      policy: action.kind === 'haltModule' ? (action.policy ?? 'reject') : 'reject',
      factor: action.kind === 'breakModule' ? (action.factor ?? SLOW_FACTOR) : 1,
      ...(takesOver === undefined ? {} : { standbyAt: this.height + takesOver }),
    });
    return ok(undefined);
  }

  /** What the block says of its lanes, for those who execute it; undefined when nothing is wrong. */
  faults(): readonly LaneFault[] | undefined {
    const faults: LaneFault[] = [];
    for (const { lane, kind, fromIndex, factor } of this.conditions.values()) {
      if (kind !== 'standby') faults.push({ lane, kind, fromIndex, factor });
    }
    return faults.length === 0 ? undefined : faults;
  }

  /** What the next block starts from. */
  after(): readonly LaneCondition[] {
    return [...this.conditions.values()];
  }

  /** Whether a lane's module stands still from the beginning of the block. */
  stands(lane: number): boolean {
    return [...this.conditions.values()].some(
      (condition) => condition.lane === lane && condition.kind === 'halted' && condition.fromIndex === 0,
    );
  }

  /** Whether a transaction of this module, at this place of the block, is to wait rather than to be rejected. */
  holdsBack(module: ModuleId, index: number): boolean {
    for (const { kind, policy, fromIndex, module: halted } of this.conditions.values()) {
      if (kind === 'halted' && policy === 'queue' && index >= fromIndex && this.needs(module, halted))
        return true;
    }
    return false;
  }

  /** Whether anything is to wait at all. */
  get holdsAny(): boolean {
    return [...this.conditions.values()].some(({ kind, policy }) => kind === 'halted' && policy === 'queue');
  }

  /** Whether a module is, or depends by its capabilities on, another. */
  private needs(id: ModuleId, other: ModuleId, seen: ReadonlySet<ModuleId> = new Set()): boolean {
    if (id === other) return true;
    const module = this.modules.find((candidate) => candidate.id === id);
    if (module === undefined || seen.has(id)) return false;
    const providers = this.modules.filter(({ provides }) =>
      provides.some(({ capability }) => module.requires.some(({ name }) => name === capability.name)),
    );
    return providers.some((provider) => this.needs(provider.id, other, new Set([...seen, id])));
  }

  private carriedOn(condition: LaneCondition): LaneCondition {
    const { standbyAt, ...rest } = condition;
    if (standbyAt !== undefined && this.height >= standbyAt) {
      return { ...rest, kind: 'standby', since: standbyAt, fromIndex: 0 };
    }
    // What began in the middle of an earlier block holds for all of this one.
    return condition.since < this.height ? { ...condition, fromIndex: 0 } : condition;
  }
}
