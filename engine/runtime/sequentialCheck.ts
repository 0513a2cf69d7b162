import { CONTROL, KEY, KEY_WORDS } from '../execution/kernel/blockMemory.ts';
import { fees } from '../execution/kernel/kernelTables.ts';
import { KeyTable } from '../execution/kernel/keyTable.ts';
import { runFastSequential } from '../execution/sequential/fastSequential.ts';
import { keyIdentity } from '../storage/contract.ts';
import { HeldMemory } from './heldMemory.ts';
import { type PreparedMeasurement, requestFor } from './measurement.ts';
import { moduleSet } from './modules.ts';

/**
 * Whether the fast sequential arm, which speed-ups are measured against, leaves the oracle's value at every key
 * that the block changed. The fee recipient is credited after a block, outside its memory. Takes one execution.
 */
export function sequentialArmMatches(prepared: PreparedMeasurement): boolean {
  const { memory } = new HeldMemory(false, moduleSet).prepare(requestFor(prepared, 1), 1);
  const { i32, u32, layout } = memory;
  runFastSequential(memory, moduleSet, 0, i32[CONTROL.transactionCount]!, false);
  const keys = new KeyTable(memory);
  const places = new Map<string, number>();
  for (let key = 0; key < keys.count; key++) {
    const at = keys.placeOf(key);
    const { keyWords } = moduleSet.tableById(u32[at]!);
    places.set(keyIdentity(u32, at, keyWords), i32[layout.keys + key * KEY_WORDS + KEY.base]!);
  }
  return prepared.changes.every(({ identity, key, after }) => {
    if (key[0] === fees.id) return true;
    const place = places.get(identity) ?? 0;
    if (after === null) return place === 0;
    return place !== 0 && after.every((word, i) => u32[place + i] === word);
  });
}
