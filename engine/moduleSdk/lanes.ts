import { owningLane } from '../types/ids.ts';
import type { Transaction } from '../types/transaction.ts';
import type { StateReader } from './context.ts';
import type { ModuleDefinition } from './defineModule.ts';
import type { ModuleSet } from './moduleSet.ts';

/** The key belongs to no lane: the kernel's records of accounts and fees, and what is only written at genesis. */
export const NO_LANE = 0;

/** Number of the lane that owns a key (its words, the table's id first), or {@link NO_LANE}. */
export function laneOfKey(modules: ModuleSet, key: ArrayLike<number>): number {
  const table = modules.tableById(key[0]!);
  if (table.fixed) return NO_LANE;
  const own = modules.laneOfTable(table.id);
  if (table.lanePart < 0) return own;
  let at = 1;
  for (let i = 0; i < table.lanePart; i++) at += table.parts[i]!.words;
  const { role } = table.parts[table.lanePart]!;
  const named = role === 'asset' || role === 'account' ? owningLane(key[at]!) : key[at]!;
  return named === 0 ? own : named;
}

type Sent = Pick<Transaction, 'module' | 'name' | 'args'>;

/**
 * Says for each transaction in which lanes it may touch keys, in ascending order: its module's own, and those it declares or, when it
 * says nothing, those that the capabilities of its module touch. It is known before anything is executed, so it may
 * be too much; it must never be too little. `state` is that before the block. Answers are shared: do not change them.
 */
export function createLaneFinder(
  modules: ModuleSet,
  state: StateReader,
): (transaction: Sent) => readonly number[] {
  const declared = new Map<ModuleDefinition, readonly number[]>();
  const byCapabilities = (module: ModuleDefinition): readonly number[] => {
    let lanes = declared.get(module);
    if (lanes === undefined) {
      lanes = inOrder([module.lane, ...reached(modules, module, state, new Set([module.id]))]);
      declared.set(module, lanes);
    }
    return lanes;
  };
  return ({ module: id, name, args }) => {
    const linked = modules.transaction(id, name);
    if (linked === undefined) return [];
    const { lanes } = linked.type;
    if (lanes === undefined) return byCapabilities(linked.module);
    return inOrder([linked.module.lane, ...lanes(args as never, state)]);
  };
}

/** Lanes that a module's calls may reach, its own apart; `seen` ends circles of capabilities. */
function reached(
  modules: ModuleSet,
  caller: ModuleDefinition,
  state: StateReader,
  seen: Set<string>,
): readonly number[] {
  return caller.requires.flatMap(({ name }) => {
    const { lane, provision } = modules.provider(name);
    if (provision.lanes !== undefined) return provision.lanes(caller.lane, state);
    const provider = modules.modules.find((module) => module.lane === lane);
    if (provider === undefined || seen.has(provider.id)) return [lane];
    return [lane, ...reached(modules, provider, state, new Set([...seen, provider.id]))];
  });
}

function inOrder(lanes: readonly number[]): readonly number[] {
  return [...new Set(lanes)].sort((a, b) => a - b);
}
