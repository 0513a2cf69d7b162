import { assert } from '../base/assert.ts';
import type { ModuleId } from '../types/ids.ts';
import type { Provision } from './capabilities.ts';
import type { ErrorType, EventType } from './declarations.ts';
import type { ModuleDefinition, TransactionType } from './defineModule.ts';
import { messageErrors, messageEvents, type MessageKind } from './messages.ts';
import type { Table } from './table.ts';

const TWO_32 = 0x100000000;

/** A kind of transaction with its number in memory. */
export interface LinkedTransaction {
  readonly index: number;
  readonly module: ModuleDefinition;
  readonly name: string;
  readonly type: TransactionType;
}

/** Modules put together: names to numbers, capabilities to their providers. */
export interface ModuleSet {
  readonly modules: readonly ModuleDefinition[];
  readonly transactions: readonly LinkedTransaction[];
  transaction(module: ModuleId, name: string): LinkedTransaction | undefined;
  module(id: ModuleId): ModuleDefinition | undefined;
  tableById(id: number): Table;
  /** Number of the lane of the module that declares the table; 0 for the kernel's. */
  laneOfTable(id: number): number;
  eventById(id: number): EventType;
  errorById(id: number): ErrorType;
  /** Whether the module of a lane takes messages of a kind, by its number. */
  takesMessage(lane: number, kind: number): boolean;
  /** The kind of message of this number; undefined when nobody takes such. */
  messageById(id: number): MessageKind | undefined;
  provider(capability: string): { readonly lane: number; readonly provision: Provision };
}

/**
 * Links modules and the kernel's own tables and errors. Asserts that names and lanes are unique,
 * that no two names share a hash, and that every required capability has one provider.
 */
export function linkModules(
  modules: readonly ModuleDefinition[],
  kernel: { readonly tables: readonly Table[]; readonly errors: readonly ErrorType[] },
): ModuleSet {
  const tables = new Map<number, Table>();
  const tableLanes = new Map<number, number>();
  const events = new Map<number, EventType>();
  const errors = new Map<number, ErrorType>();
  const providers = new Map<string, { lane: number; provision: Provision }>();
  const takers = new Set<number>();
  const kinds = new Map<number, MessageKind>();
  const byId = new Map<string, ModuleDefinition>();
  const lanes = new Set<number>();
  const transactions: LinkedTransaction[] = [];
  const byName = new Map<string, Map<string, LinkedTransaction>>();
  const add = <T extends { readonly id: number; readonly name: string }>(
    map: Map<number, T>,
    item: T,
  ): void => {
    assert(!map.has(item.id), 'two names share a hash', { name: item.name, other: map.get(item.id)?.name });
    map.set(item.id, item);
  };
  for (const item of messageEvents) add(events, item as unknown as EventType);
  for (const error of Object.values(messageErrors)) add(errors, error as unknown as ErrorType);
  for (const table of kernel.tables) add(tables, table);
  for (const error of kernel.errors) add(errors, error);
  for (const module of modules) {
    assert(!byId.has(module.id) && !lanes.has(module.lane), 'module ids and lanes are unique', {
      id: module.id,
    });
    byId.set(module.id, module);
    lanes.add(module.lane);
    for (const table of module.tables as readonly Table[]) {
      add(tables, table);
      tableLanes.set(table.id, module.lane);
    }
    for (const event of module.events) add(events, event);
    for (const error of module.errors) add(errors, error);
    for (const provision of module.provides) {
      assert(!providers.has(provision.capability.name), 'a capability has one provider', {
        name: provision.capability.name,
      });
      providers.set(provision.capability.name, { lane: module.lane, provision });
    }
    for (const { kind } of module.receives ?? []) {
      takers.add(module.lane * TWO_32 + kind.id);
      kinds.set(kind.id, kind);
    }
    const named = new Map<string, LinkedTransaction>();
    byName.set(module.id, named);
    for (const name of Object.keys(module.transactions)) {
      const linked = { index: transactions.length, module, name, type: module.transactions[name]! };
      transactions.push(linked);
      named.set(name, linked);
    }
  }
  for (const module of modules) {
    for (const capability of module.requires) {
      assert(providers.has(capability.name), 'a required capability has a provider', {
        module: module.id,
        capability: capability.name,
      });
    }
  }
  const found = <T>(map: Map<number, T>, id: number, what: string): T => {
    const item = map.get(id);
    assert(item !== undefined, `unknown ${what}`, { id });
    return item;
  };
  return {
    modules,
    transactions,
    transaction: (module, name) => byName.get(module)?.get(name),
    module: (id) => byId.get(id),
    tableById: (id) => found(tables, id, 'table'),
    laneOfTable: (id) => tableLanes.get(id) ?? 0,
    eventById: (id) => found(events, id, 'event'),
    errorById: (id) => found(errors, id, 'error'),
    takesMessage: (lane, kind) => takers.has(lane * TWO_32 + kind),
    messageById: (id) => kinds.get(id),
    provider: (capability) => {
      const provider = providers.get(capability);
      assert(provider !== undefined, 'unknown capability', { capability });
      return provider;
    },
  };
}
