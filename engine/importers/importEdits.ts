import type { Action } from '../api/settings.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { countOf, mostFirst } from './figures.ts';
import { addressText, type ImportedBlock, type ImportEdits } from './importedBlock.ts';

/**
 * What the recorded actions make of an imported block; actions that do not concern it are passed over. Fails with
 * `import/unknown_key`, `import/not_splittable`, `import/unknown_address` or `import/nothing_left`.
 */
export function importEdits(imported: ImportedBlock, actions: readonly Action[]): Result<ImportEdits> {
  const kept = imported.touches.map(() => true);
  const ways = new Map<number, number>();
  for (const action of actions) {
    if (action.kind === 'splitKey') {
      const key = imported.keys.findIndex(({ text }) => text === action.key);
      if (action.key.startsWith('kernel/fees/')) {
        const message =
          'The fee account is the chain’s own and cannot be split: exempt the fee recipient from tracking instead.';
        return fail('import/not_splittable', message, { key: action.key });
      }
      if (key < 0) return unknownKey(imported, action.key);
      if (!imported.keys[key]!.sharded) {
        const message = `“${action.key}” cannot be split: a nonce or a code is one thing. Balances, slots of storage and targets can.`;
        return fail('import/not_splittable', message, { key: action.key });
      }
      ways.set(key, action.ways);
    } else if (action.kind === 'keepContract') {
      const number = imported.addresses.findIndex((address) => addressText(address) === action.address);
      if (number < 0 || !imported.touches.some((touched) => touched.includes(number))) {
        return unknownAddress(imported, action.address);
      }
      imported.touches.forEach((touched, tx) => {
        if (!touched.includes(number)) kept[tx] = false;
      });
    }
  }
  if (!kept.includes(true)) {
    return fail(
      'import/nothing_left',
      'No transaction touches all of these addresses; keep one of them only.',
    );
  }
  return ok({ kept, ways });
}

function unknownKey({ keys, writes, feeRecipient }: ImportedBlock, key: string) {
  const [hottest = 0] = mostFirst(countOf(writes, keys.length), 1, feeRecipient);
  const nearest = keys[hottest]?.text ?? '';
  const message = `The block does not write “${key.slice(0, 200)}”. The key that most of its transactions write is ${nearest}.`;
  return fail('import/unknown_key', message, { key: key.slice(0, 200), nearest });
}

function unknownAddress({ addresses, touches }: ImportedBlock, address: string) {
  const [hottest = 0] = mostFirst(countOf(touches, addresses.length), 1);
  const nearest = addressText(addresses[hottest] ?? 0n);
  const message = `No transaction of the block touches ${address}. The address that most of them touch is ${nearest}.`;
  return fail('import/unknown_address', message, { address, nearest });
}
