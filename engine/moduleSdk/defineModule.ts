import { assert } from '../base/assert.ts';
import type { Prng } from '../base/prng.ts';
import type { Result } from '../base/result.ts';
import type { AccountId, ModuleId } from '../types/ids.ts';
import type { StorageKind } from '../types/storageKind.ts';
import type { TransactionDraft } from '../types/transaction.ts';
import type { Capability, Provision } from './capabilities.ts';
import type { Context, StateReader } from './context.ts';
import type { ErrorType, EventType } from './declarations.ts';
import type { GenesisWorld } from './genesis.ts';
import { messageTransactions, type Receiver, type Sender } from './messages.ts';
import type { Fields, Struct, StructValue } from './schema.ts';
import { struct } from './schema.ts';
import type { Table } from './table.ts';

/** One kind of transaction: a synchronous function of a context and arguments. */
export interface TransactionType<F extends Fields = Fields> {
  readonly args: Struct<F>;
  /** One plain sentence, for the form and the inspector. */
  readonly summary: string;
  /** Only at genesis (height 0). */
  readonly genesisOnly: boolean;
  /** Only as part of an imported block: nobody writes one by hand. */
  readonly importedOnly: boolean;
  /** Only the chain itself sends it. */
  readonly systemOnly: boolean;
  /**
   * Runs in the place of what failed, when it did: its writes and events are kept, what it costs comes on top without a limit. It
   * must not fail itself.
   */
  failed?(context: Context, args: StructValue<F>): void;
  /**
   * Lanes beside the module's own whose keys it may touch, in this state. When absent, those that the module's capabilities
   * touch.
   */
  lanes?(args: StructValue<F>, state: StateReader): readonly number[];
  run(context: Context, args: StructValue<F>): void;
}

export function transaction<F extends Fields>(
  fields: F,
  summary: string,
  run: (context: Context, args: StructValue<F>) => void,
  options: {
    readonly genesisOnly?: boolean;
    readonly importedOnly?: boolean;
    readonly systemOnly?: boolean;
    readonly failed?: TransactionType<F>['failed'];
    readonly lanes?: TransactionType<F>['lanes'];
  } = {},
): TransactionType<F> {
  const { genesisOnly = false, importedOnly = false, systemOnly = false, lanes, failed } = options;
  return {
    ...{ args: struct(fields), summary, run, genesisOnly, importedOnly, systemOnly },
    ...(lanes === undefined ? {} : { lanes }),
    ...(failed === undefined ? {} : { failed }),
  };
}

/** A property of the module's own state that must hold between blocks. */
export interface Invariant {
  readonly name: string;
  /** What it says, for a person. */
  readonly statement: string;
  /** `undefined` when it holds, else one sentence that names the culprit. */
  check(state: StateReader): string | undefined;
}

/** What the page shows of a module: plain data computed from committed state. */
export interface View {
  readonly name: string;
  read(state: StateReader): unknown;
}

/** The world a workload may count on. */
export interface WorkloadWorld {
  /** People's accounts are 0 … accounts−1. */
  readonly accounts: number;
  readonly assets: number;
  /** Pools of genesis that traffic uses, hot one first; empty when there are none. */
  readonly pools: readonly number[];
  /**
   * The hot pools. Pools that were split from one take their part of its traffic without being
   * named here or in `pools`: the module knows them.
   */
  readonly hotPools: readonly number[];
  /** Of a thousand transactions, how many go to the hot place. */
  readonly hotPermille: number;
  /** Of a thousand of the others, how many choose by a published skew ({@link skewedPlace}); the rest choose evenly. */
  readonly skewPermille: number;
  /** Rounds of declared work. */
  readonly work: number;
  readonly state: StateReader;
}

/** A seeded generator of traffic: the same seed and world give the same transactions. */
export interface Workload {
  readonly name: string;
  /** How many times as much as others its people bid for gas, where there is a base fee. Absent means once. */
  readonly urgency?: number;
  generate(prng: Prng, world: WorkloadWorld, count: number): TransactionDraft[];
}

/**
 * Something a person does to the chain's world, turned into transactions: they open the next block.
 * A transaction cannot be made once and for all, since what it should say (amounts, new ids) depends
 * on the state it meets: `state` is that of the parent block. Fails with a typed error, and then
 * nothing is sent. The chain calls it by its name and knows nothing of the module.
 */
export type ModuleAction = (
  state: StateReader,
  parameters: ActionParameters,
) => Result<readonly TransactionDraft[]>;

/** Whole numbers by name, and the account that provides liquidity (and pays for what the chain's owner does). */
export interface ActionParameters {
  readonly provider: AccountId;
  readonly [name: string]: number;
}

export interface ModuleDefinition {
  readonly id: ModuleId;
  /** Number of the module's lane, 1 to 255; part of the ids of what it owns, so it never changes. */
  readonly lane: number;
  readonly title: string;
  readonly summary: string;
  readonly tables: readonly Table<never, unknown>[] | readonly Table[];
  readonly transactions: { readonly [name: string]: TransactionType };
  readonly events: readonly EventType[];
  readonly errors: readonly ErrorType[];
  readonly provides: readonly Provision[];
  readonly requires: readonly Capability<unknown>[];
  readonly invariants: readonly Invariant[];
  readonly views: readonly View[];
  readonly workloads: readonly Workload[];
  /** The module's part of block 0, after that of the modules before it in the registry. */
  readonly genesis?: (world: GenesisWorld) => readonly TransactionDraft[];
  /** Messages that it takes from other modules, and those it sends. */
  readonly receives?: readonly Receiver[];
  readonly sends?: readonly Sender[];
  /** The backend that keeps the module's state where each module has its own. Absent means flatMap. */
  readonly storage?: StorageKind;
  /** By the action's kind, which is unique among modules. */
  readonly actions?: { readonly [kind: string]: ModuleAction };
}

/** Checks a module's manifest and returns it; see `engine/README.md` for the files of a module. */
export function defineModule(definition: ModuleDefinition): ModuleDefinition {
  assert(/^[a-z][A-Za-z0-9]*$/.test(definition.id), 'a module id is a camelCase word', { id: definition.id });
  assert(definition.lane >= 1 && definition.lane <= 255, 'a lane number lies between 1 and 255', {
    id: definition.id,
  });
  for (const named of [...definition.tables, ...definition.events, ...definition.errors] as {
    name: string;
  }[]) {
    assert(named.name.startsWith(`${definition.id}/`), 'a module declares under its own name', {
      name: named.name,
    });
  }
  const { receives = [], sends = [] } = definition;
  if (receives.length === 0 && sends.length === 0) return definition;
  const carrying = messageTransactions(definition.lane, receives, sends);
  return { ...definition, transactions: { ...definition.transactions, ...carrying } };
}
