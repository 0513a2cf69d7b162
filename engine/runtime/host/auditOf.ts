import type { ModuleAudit } from '../../api/index.ts';
import { createStateReader } from '../../chain/stateReader.ts';
import type { ModuleDefinition, Table } from '../../moduleSdk/index.ts';
import { type CommittedState, keyIdentity, type StoredEntry } from '../../storage/contract.ts';
import type { NamedKey } from './readKey.ts';

/** Checks a module's invariants on its own tables alone. */
export function invariantsOf(module: ModuleDefinition, state: CommittedState): ModuleAudit['invariants'] {
  const reader = createStateReader(ownState(module, state));
  return module.invariants.map(({ name, statement, check }) => {
    const detail = check(reader);
    return detail === undefined
      ? { name, statement, holds: true }
      : { name, statement, holds: false, detail };
  });
}

/** A state in which there is nothing but a module's own tables. */
function ownState({ tables }: ModuleDefinition, state: CommittedState): CommittedState {
  const own = new Set((tables as readonly Table[]).map(({ id }) => id));
  const entries = [...own].flatMap((id) => [...state.entriesOf(id)]);
  return {
    size: entries.length,
    get: (identity) => {
      const entry = state.get(identity);
      return entry !== undefined && own.has(entry.key[0]!) ? entry : undefined;
    },
    entries: () => entries.values(),
    entriesOf: (table) => (own.has(table) ? state.entriesOf(table) : []),
  };
}

/** A state in which one entry was changed in secret, and that entry; undefined where there is no such entry. */
export function alteredState(
  state: CommittedState,
  { table, words }: NamedKey,
): { readonly state: CommittedState; readonly before: StoredEntry; readonly after: StoredEntry } | undefined {
  const identity = keyIdentity(words, 0, words.length);
  const before = state.get(identity);
  if (before === undefined) return undefined;
  const value = new Uint32Array(table.valueWords);
  table.writeValue(value, 0, alteredValue(table.readValue(before.value, 0)));
  const after = { key: before.key, value };
  const replaced = (entry: StoredEntry): StoredEntry =>
    entry.key[0] === table.id && keyIdentity(entry.key, 0, entry.key.length) === identity ? after : entry;
  return {
    before,
    after,
    state: {
      size: state.size,
      get: (other) => (other === identity ? after : state.get(other)),
      entries: () => [...state.entries()].map(replaced).values(),
      entriesOf: (id) => (id === table.id ? [...state.entriesOf(id)].map(replaced) : state.entriesOf(id)),
    },
  };
}

/** A value with its lowest bit flipped, so that it stays one of its kind; of a record, the first field that has one. */
function alteredValue(value: unknown): unknown {
  if (typeof value === 'number') return (value ^ 1) >>> 0;
  if (typeof value === 'bigint') return value ^ 1n;
  if (value instanceof Uint8Array)
    return value.length === 0 ? Uint8Array.of(1) : value.map((byte, i) => (i === 0 ? byte ^ 1 : byte));
  const record = value as Readonly<Record<string, unknown>>;
  const name = Object.keys(record)[0]!;
  return { ...record, [name]: alteredValue(record[name]) };
}
