import {
  type Capability,
  type Context,
  type ErrorType,
  type EventType,
  type Fields,
  keyText,
  type ModuleDefinition,
  type StructValue,
  type Table,
} from '../../moduleSdk/index.ts';
import type { FaultKind } from '../../types/laneFault.ts';
import type { ChainEvent } from '../../types/receipt.ts';
import type { Entry, Key, ReferenceState } from './referenceState.ts';
import { MOST_EVENT_WORDS, MOST_KEYS, PRICE } from './rules.ts';
import { type ReferenceRecord, recordCopy, type Value, valueCopy, wordsOf } from './values.ts';

/** Why a transaction ended before its function returned. */
export class Ended extends Error {
  readonly reason: 'reverted' | 'outOfGas' | 'overCapacity';
  readonly error: string;
  readonly data: ReferenceRecord;
  constructor(reason: Ended['reason'], error: string, data: ReferenceRecord) {
    super(error);
    this.reason = reason;
    this.error = error;
    this.data = data;
  }
}

/** What is wrong with lanes, by their numbers. */
export type ReferenceFaults = ReadonlyMap<number, FaultKind>;

/** The lane that a key belongs to, 0 for none: its table's module, or whom its lane part names. */
function ownerOf(modules: readonly ModuleDefinition[], table: Table, key: Key): number {
  const module = modules.find(({ tables }) => (tables as readonly Table[]).some(({ id }) => id === table.id));
  // The kernel's own records belong to no module's storage.
  if (module === undefined || table.fixed) return 0;
  const own = module.lane;
  const named = table.lanePart < 0 ? 0 : Number(key[table.lanePart]);
  const role = table.lanePart < 0 ? 'number' : table.parts[table.lanePart]!.role;
  const lane =
    role === 'asset' || role === 'account' ? (named >= 2 ** 31 ? (named - 2 ** 31) >>> 23 : 0) : named;
  return lane === 0 ? own : lane;
}

/** One transaction over a state that it does not change: writes lie in {@link written} until somebody takes them. */
export class ReferenceContext implements Context {
  readonly sender: number;
  readonly height: number;
  readonly timestamp: number;
  gasUsed = 0;
  readonly events: ChainEvent[] = [];
  /** Own writes by key text; `undefined` is a delete. */
  readonly written = new Map<string, Entry | undefined>();
  /** Key texts whose value came from the state. */
  readonly reads = new Set<string>();

  private readonly touched = new Set<string>();
  private readonly lanes: number[];
  private readonly before: ReferenceState;
  private readonly modules: readonly ModuleDefinition[];
  private gasLimit: number;
  private readonly faults: ReferenceFaults;
  private workLeft: number;
  private eventWords = 0;

  constructor(
    before: ReferenceState,
    modules: readonly ModuleDefinition[],
    options: {
      readonly sender: number;
      readonly lane: number;
      readonly height: number;
      readonly timestamp: number;
      readonly gasLimit: number;
      readonly work: number;
      readonly faults?: ReferenceFaults;
    },
  ) {
    this.before = before;
    this.modules = modules;
    this.sender = options.sender;
    this.height = options.height;
    this.timestamp = options.timestamp;
    this.gasLimit = options.gasLimit;
    this.workLeft = options.work;
    this.lanes = [0, options.lane];
    this.faults = options.faults ?? new Map();
  }

  /** Ends the transaction where a module that is to run cannot. */
  requireRunning(lane: number): void {
    const fault = this.faults.get(lane);
    if (fault === 'halted') throw new Ended('reverted', 'kernel/module_halted', { lane });
    if (fault === 'panic') throw new Error('panic');
  }

  get lane(): number {
    return this.lanes[this.lanes.length - 1]!;
  }

  takesMessage(lane: number, kind: number): boolean {
    const taker = this.modules.find((module) => module.lane === lane);
    return taker?.receives?.some((taken) => taken.kind.id === kind) ?? false;
  }

  /** After a failure: nothing of it is left but what was read, and gas is counted without a limit. */
  startAfresh(): void {
    this.written.clear();
    this.touched.clear();
    this.events.length = 0;
    this.eventWords = 0;
    this.lanes.length = 2;
    this.gasLimit = Number.POSITIVE_INFINITY;
  }

  get callerLane(): number {
    return this.lanes[this.lanes.length - 2]!;
  }

  pay(gas: number): void {
    if (this.gasUsed + gas > this.gasLimit) {
      this.gasUsed = this.gasLimit;
      throw new Ended('outOfGas', 'kernel/out_of_gas', { limit: this.gasLimit });
    }
    this.gasUsed += gas;
  }

  get<K extends Key, V>(typed: Table<K, V>, ...key: K): V | undefined {
    const table = typed as unknown as Table;
    this.pay(PRICE.read + PRICE.valueWord * wordsOf(table.valueFields));
    const text = this.touch(table, key);
    if (this.written.has(text)) return this.handOut(table, this.written.get(text)?.value) as V | undefined;
    this.reads.add(text);
    return this.handOut(table, this.before.find(text)?.value) as V | undefined;
  }

  set<K extends Key, V>(typed: Table<K, V>, value: V, ...key: K): void {
    const table = typed as unknown as Table;
    this.pay(PRICE.write + PRICE.valueWord * wordsOf(table.valueFields));
    const owner = ownerOf(this.modules, table, key);
    if (this.faults.get(owner) === 'storageFull') {
      throw new Ended('reverted', 'kernel/storage_full', { lane: owner });
    }
    const text = this.touch(table, key);
    this.written.set(text, { table, key, value: valueCopy(table, value) });
  }

  delete<K extends Key, V>(typed: Table<K, V>, ...key: K): void {
    this.pay(PRICE.write);
    this.written.set(this.touch(typed as unknown as Table, key), undefined);
  }

  work(): void {
    const rounds = this.workLeft;
    this.workLeft = 0;
    this.pay(rounds * PRICE.round);
  }

  emit<F extends Fields>(event: EventType<F>, fields: StructValue<F>): void {
    const words = wordsOf(event.shape.fields);
    this.pay(PRICE.event + PRICE.eventWord * words);
    if (this.eventWords + 1 + words > MOST_EVENT_WORDS)
      throw new Ended('overCapacity', 'kernel/capacity', {});
    this.eventWords += 1 + words;
    const [module, name] = event.name.split('/') as [string, string];
    const values = recordCopy(event.shape.fields, fields) as ChainEvent['fields'];
    this.events.push({ module, name, fields: values });
  }

  revert<F extends Fields>(error: ErrorType<F>, data: StructValue<F>): never {
    throw new Ended('reverted', error.name, recordCopy(error.shape.fields, data));
  }

  use<I>(capability: Capability<I>): I {
    for (const module of this.modules) {
      const provision = module.provides.find((offered) => offered.capability.name === capability.name);
      if (provision === undefined) continue;
      const functions = provision.bind(this) as Record<string, (...args: unknown[]) => unknown>;
      const entries = Object.entries(functions).map(([name, call]) => [
        name,
        this.calling(module.lane, call),
      ]);
      return Object.fromEntries(entries) as I;
    }
    throw new Error(`nobody provides ${capability.name}`);
  }

  private calling(lane: number, call: (...args: unknown[]) => unknown) {
    return (...args: unknown[]): unknown => {
      this.pay(PRICE.call);
      this.requireRunning(lane);
      this.lanes.push(lane);
      const result = call(...args);
      this.lanes.pop();
      return result;
    };
  }

  private touch(table: Table, key: Key): string {
    const text = keyText(table, key);
    this.touched.add(text);
    if (this.touched.size > MOST_KEYS) throw new Ended('overCapacity', 'kernel/capacity', {});
    return text;
  }

  /** Modules get copies: what they do to a value is theirs until they set it. */
  private handOut(table: Table, value: Value | undefined): Value | undefined {
    return value === undefined ? undefined : valueCopy(table, value);
  }
}
