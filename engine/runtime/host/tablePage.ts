import type { ApiResult, TablePage } from '../../api/index.ts';
import { compareKeys } from '../../chain/canonicalOrder.ts';
import { fail, ok } from '../../base/result.ts';
import { shown } from '../../base/shown.ts';
import { keyText, type ModuleSet, readKeyParts, type Table } from '../../moduleSdk/index.ts';
import type { CommittedState } from '../../storage/contract.ts';
import { partsJson, valueJson } from './decode.ts';
import { wholeNumber } from './readSettings.ts';
import { findTable } from './tableHistory.ts';

/** Rows of one page, at most. */
const MOST_ROWS = 200;
const MOST_ENTRIES = 0xffff_ffff;

/**
 * A page of a table's entries after a block, in key order. Fails with `run/unknown_table`, or as numbers of the
 * settings do for `from` and `count`.
 */
export function tablePage(
  modules: ModuleSet,
  state: CommittedState,
  name: unknown,
  from: unknown,
  count: unknown,
): ApiResult<TablePage> {
  const table = findTable(modules, name);
  if (table === undefined) {
    return fail('run/unknown_table', `There is no table “${shown(name)}”.`, { table: shown(name) });
  }
  const first = wholeNumber(from, 'from', 0, MOST_ENTRIES);
  if (!first.ok) return first;
  const rows = wholeNumber(count, 'count', 1, MOST_ROWS);
  if (!rows.ok) return rows;
  const entries = [...state.entriesOf(table.id)].sort((a, b) => compareKeys(table, a.key, b.key));
  return ok({
    table: table.name,
    parts: table.partNames,
    fields: fieldsOf(table),
    total: entries.length,
    from: first.value,
    rows: entries.slice(first.value, first.value + rows.value).map(({ key, value }) => {
      const parts = readKeyParts(table, key, 0);
      return {
        key: keyText(table, parts),
        parts: partsJson(table, parts),
        value: valueJson(table, value),
      };
    }),
  });
}

function fieldsOf(table: Table): readonly string[] {
  return Object.keys(table.valueFields);
}
