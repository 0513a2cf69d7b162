import { fail, ok, type Result } from '../../base/result.ts';
import { shown } from '../../base/shown.ts';
import { type ModuleSet, type Table, writeKeyWords } from '../../moduleSdk/index.ts';
import { integerFromJson } from '../../moduleSdk/json.ts';
import { findTable } from './tableHistory.ts';

/** A key that somebody named. */
export interface NamedKey {
  readonly table: Table;
  readonly parts: readonly (number | bigint)[];
  /** Its words in memory. */
  readonly words: Uint32Array;
}

const FORM = 'A key is written module/table/part…, such as bank/supply/0';

/**
 * A key from its text, `module/table/part…`. Fails with `key/not_a_key`, `key/unknown_table`, or as whole numbers of arguments do
 * (`schema/not_an_integer`, `schema/out_of_range`).
 */
export function readKey(modules: ModuleSet, given: unknown): Result<NamedKey> {
  const pieces = typeof given === 'string' ? given.split('/') : [];
  const [module, name, ...texts] = pieces;
  if (module === undefined || name === undefined || texts.length === 0) {
    return fail('key/not_a_key', `${FORM}; “${shown(given)}” is not.`, { key: shown(given) });
  }
  const table = findTable(modules, `${module}/${name}`);
  if (table === undefined) {
    const known = modules.module(module)?.tables ?? [];
    const names = (known as readonly Table[]).map(({ name: own }) => own);
    const there =
      names.length === 0
        ? `modules are ${modules.modules.map(({ id }) => id).join(', ')}`
        : `its module has ${names.join(', ')}`;
    const message = `There is no table “${shown(`${module}/${name}`)}”: ${there}.`;
    return fail('key/unknown_table', message, { table: shown(`${module}/${name}`) });
  }
  const form = `${table.name}/${table.partNames.map((part) => `<${part}>`).join('/')}`;
  if (texts.length !== table.parts.length) {
    return fail('key/not_a_key', `A key of that table is written ${form}.`, { key: shown(given) });
  }
  const parts: (number | bigint)[] = [];
  for (const [i, text] of texts.entries()) {
    const part = integerFromJson(table.parts[i]!, text, `${table.partNames[i]!} of ${form}`);
    if (!part.ok) return part;
    parts.push(part.value);
  }
  const words = new Uint32Array(table.keyWords);
  writeKeyWords(table, words, 0, parts);
  return ok({ table, parts, words });
}
