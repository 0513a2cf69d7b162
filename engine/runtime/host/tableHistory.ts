import type { TableHistory } from '../../api/index.ts';
import { compareKeys } from '../../chain/canonicalOrder.ts';
import { kernelTables } from '../../execution/kernel/kernelTables.ts';
import { type ModuleSet, readKeyParts, type Table } from '../../moduleSdk/index.ts';
import { type CommittedState, keyIdentity, type StoredEntry } from '../../storage/contract.ts';
import { partsJson, valueJson } from './decode.ts';
import type { OraclePending } from './preparedBlock.ts';

/** Of a larger table only the entries that the block changes are told. */
const MOST_ENTRIES = 5000;

/** A table of the kernel or of a module, by its name. */
export function findTable(modules: ModuleSet, name: unknown): Table | undefined {
  const tables = [...kernelTables, ...modules.modules.flatMap((module) => module.tables as readonly Table[])];
  return tables.find((table) => table.name === name);
}

/** How a table changed inside a block; `state` is that before the block. In commit order. */
export function tableHistory(table: Table, { outcome }: OraclePending, state: CommittedState): TableHistory {
  const changes: { tx: number; key: readonly (number | string)[]; value: unknown }[] = [];
  const touched = new Set<string>();
  const partsOf = (key: Uint32Array) => partsJson(table, readKeyParts(table, key, 0));
  outcome.accesses.forEach(({ writes }, tx) => {
    writes.forEach((number, w) => {
      const key = outcome.keys[number]!;
      if (key[0] !== table.id) return;
      touched.add(keyIdentity(key, 0, key.length));
      changes.push({ tx, key: partsOf(key), value: valueJson(table, outcome.written[tx]![w]!) });
    });
  });
  let initial: StoredEntry[] = [...state.entriesOf(table.id)];
  if (initial.length > MOST_ENTRIES) {
    initial = initial.filter(({ key }) => touched.has(keyIdentity(key, 0, key.length)));
  }
  initial.sort((a, b) => compareKeys(table, a.key, b.key));
  return {
    table: table.name,
    initial: initial.map(({ key, value }) => ({ key: partsOf(key), value: valueJson(table, value) })),
    changes,
  };
}
