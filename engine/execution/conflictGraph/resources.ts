import type { ModuleSet } from '../../moduleSdk/index.ts';
import { keyIdentity } from '../../storage/contract.ts';
import { accountMarkers, addressMarkers } from '../kernel/kernelTables.ts';
import type { AccessSet } from '../outcome.ts';

/** What transactions meet at: keys, or accounts where everything that names one counts as one. */
export interface Resources {
  /** The words of each resource: a key's, or an account marker's. */
  readonly keys: readonly Uint32Array[];
  /** Accesses by resource number, each named once. */
  readonly accesses: readonly AccessSet[];
}

/** Replaces keys that name an account by the marker of that account; other keys stay. */
export function byAccount(
  modules: ModuleSet,
  keys: readonly Uint32Array[],
  accesses: readonly AccessSet[],
): Resources {
  const resources: Uint32Array[] = [];
  const numbers = new Map<string, number>();
  const resourceOf = keys.map((key) => {
    const words = markerOf(modules, key) ?? key;
    const identity = keyIdentity(words, 0, words.length);
    let number = numbers.get(identity);
    if (number === undefined) {
      number = resources.length;
      numbers.set(identity, number);
      resources.push(words);
    }
    return number;
  });
  const collapse = (list: readonly number[]): number[] => [...new Set(list.map((key) => resourceOf[key]!))];
  return {
    keys: resources,
    accesses: accesses.map(({ reads, writes }) => ({ reads: collapse(reads), writes: collapse(writes) })),
  };
}

function markerOf(modules: ModuleSet, key: Uint32Array): Uint32Array | undefined {
  const table = modules.tableById(key[0]!);
  if (table.accountPart < 0) return undefined;
  let at = 1;
  for (let i = 0; i < table.accountPart; i++) at += table.parts[i]!.words;
  const { role, words } = table.parts[table.accountPart]!;
  if (role === 'address') return Uint32Array.of(addressMarkers.id, ...key.subarray(at, at + words));
  return Uint32Array.of(accountMarkers.id, role === 'pool' ? 1 : 0, key[at]!);
}
