import { readKeyParts, type StateReader, type Table, writeKeyWords } from '../moduleSdk/index.ts';
import { type CommittedState, keyIdentity, type StoredEntry } from '../storage/contract.ts';
import { compareKeys } from './canonicalOrder.ts';

/**
 * A committed state as modules read it: typed, and in canonical key order. A table's entries are
 * found and put in order once; so a reader serves one state that stands still.
 */
export function createStateReader(state: CommittedState): StateReader {
  const keyWords = new Uint32Array(32);
  const ordered = new Map<number, readonly StoredEntry[]>();
  const entriesOf = (table: Table): readonly StoredEntry[] => {
    const known = ordered.get(table.id);
    if (known !== undefined) return known;
    const found = [...state.entriesOf(table.id)];
    found.sort((a, b) => compareKeys(table, a.key, b.key));
    ordered.set(table.id, found);
    return found;
  };
  function* decoded(table: Table): Generator<readonly [(number | bigint)[], unknown]> {
    for (const { key, value } of entriesOf(table)) {
      yield [readKeyParts(table, key, 0), table.readValue(value, 0)];
    }
  }
  return {
    get: (table, ...key) => {
      const count = writeKeyWords(table as unknown as Table, keyWords, 0, key);
      const entry = state.get(keyIdentity(keyWords, 0, count));
      return entry === undefined ? undefined : table.readValue(entry.value, 0);
    },
    entries: (table) => decoded(table as unknown as Table) as never,
  };
}
