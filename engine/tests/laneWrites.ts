import { ByteWriter } from '../base/bytes.ts';
import { inCanonicalOrder, writeCanonicalKey } from '../chain/canonicalOrder.ts';
import { laneOfKey, type ModuleSet } from '../moduleSdk/index.ts';
import type { StateChange, StorageWrites } from '../storage/contract.ts';

/** What a block's changes write into the storage of one lane. */
export function laneWrites(
  modules: ModuleSet,
  height: number,
  lane: number,
  changes: Iterable<Pick<StateChange, 'key' | 'before' | 'after'>>,
): StorageWrites {
  const own = [...changes].filter(({ key }) => laneOfKey(modules, key) === lane);
  const groups = inCanonicalOrder(own, modules.tableById);
  return {
    height,
    changes: groups.flatMap(({ table, entries }) =>
      entries.map(({ key, before, after }) => {
        const canonical = (value: Uint32Array | null): Uint8Array | null =>
          value && bytesFrom((out) => table.writeValueCanonical(out, value, 0));
        return {
          key: bytesFrom((out) => writeCanonicalKey(out, table, key)),
          before: canonical(before),
          after: canonical(after),
        };
      }),
    ),
  };
}

export function bytesFrom(write: (out: ByteWriter) => void): Uint8Array {
  const out = new ByteWriter();
  write(out);
  return out.copy();
}
