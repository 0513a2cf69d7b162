import type { ImportCheck } from '../../api/index.ts';
import type { RawReceipt } from '../../execution/outcome.ts';
import type { Expectation } from '../../importers/importedBlock.ts';
import type { ModuleSet, StateReader } from '../../moduleSdk/index.ts';
import { eventsOf } from './decode.ts';
import { findTable } from './tableHistory.ts';

/** The event in which a replayed transaction says how many of its reads it compared, and how many differed. */
const REPLAYED = 'ethereum/replayed';

/** What receipts and final state say of a file's claims. An absent key holds zero. */
export function compareImport(
  modules: ModuleSet,
  { finals, leftOut, comparisons }: Expectation,
  receipts: readonly RawReceipt[],
  state: StateReader,
): ImportCheck {
  let readsChecked = 0;
  let mismatched = 0;
  for (const receipt of receipts) {
    for (const { name, fields } of eventsOf(modules, receipt)) {
      if (name !== REPLAYED) continue;
      readsChecked += Number(fields.compared);
      mismatched += Number(fields.mismatched);
    }
  }
  const finalValuesMatch = finals.every(({ table, parts, value }) => {
    const found = findTable(modules, table);
    return found !== undefined && BigInt((state.get(found, ...parts) as bigint | undefined) ?? 0n) === value;
  });
  return {
    // A transaction that did not end well has compared nothing, so what it read is not known to match.
    readsMatch: mismatched === 0 && readsChecked === comparisons,
    finalValuesMatch,
    readsChecked,
    finalValuesChecked: finals.length,
    leftOut,
  };
}
