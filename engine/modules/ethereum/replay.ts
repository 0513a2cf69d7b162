import {
  type Context,
  list,
  type StructValue,
  struct,
  transaction,
  u8,
  u16,
  u160,
  u256,
} from '../../moduleSdk/index.ts';
import { unknownPlace } from './errors.ts';
import { replayed } from './events.ts';
import { balances, code, nonces, storage } from './state.ts';

/** What a change is to. */
export const PLACE = { balance: 0, nonce: 1, code: 2, storage: 3 } as const;

/** What a transaction does with a key before it writes it. */
export const READING = {
  /** Nothing: it does not wait for those who wrote it before. */
  blind: 0,
  read: 1,
  /** Reads it and compares with what the list says was there. */
  compare: 2,
} as const;

/** Changes of one transaction, at most: each is a key, and a transaction may touch 1024. */
export const MAX_CHANGES = 1000;

const changeShape = struct({
  place: u8(),
  address: u160(),
  slot: u256('word'),
  shard: u16(),
  reading: u8(),
  /** What the list says was there; only compared with {@link READING.compare}. */
  expected: u256('word'),
  value: u256('word'),
});
type Change = StructValue<(typeof changeShape)['fields']>;

/** Nonces are kept in 64 bits and counted in words of 256 like all else here. */
function read(context: Context, { place, address, slot, shard }: Change): bigint {
  switch (place) {
    case PLACE.balance:
      return context.get(balances, address, shard) ?? 0n;
    case PLACE.nonce:
      return context.get(nonces, address) ?? 0n;
    case PLACE.code:
      return context.get(code, address) ?? 0n;
    case PLACE.storage:
      return context.get(storage, address, slot, shard) ?? 0n;
    default:
      return context.revert(unknownPlace, {});
  }
}

function write(context: Context, { place, address, slot, shard, value }: Change): void {
  switch (place) {
    case PLACE.balance:
      context.set(balances, value, address, shard);
      return;
    case PLACE.nonce:
      context.set(nonces, value, address);
      return;
    case PLACE.code:
      context.set(code, value, address);
      return;
    case PLACE.storage:
      context.set(storage, value, address, slot, shard);
      return;
    default:
      context.revert(unknownPlace, {});
  }
}

/**
 * One transaction of a block access list: reads what it is about to write, compares it with what
 * the list says was there before, does its declared work, writes what the list says. How many comparisons failed
 * is announced, so that they are part of the receipt and the digest.
 */
export const replay = transaction(
  { changes: list(changeShape, MAX_CHANGES) },
  'Replays a transaction of a block access list: reads the keys it writes, then writes the recorded values.',
  (context, args) => {
    const { changes } = args;
    let compared = 0;
    let mismatched = 0;
    for (const change of changes) {
      if (change.reading === READING.blind) continue;
      const found = read(context, change);
      if (change.reading !== READING.compare) continue;
      compared++;
      if (found !== change.expected) mismatched++;
    }
    context.work();
    for (const change of changes) write(context, change);
    context.emit(replayed, { written: changes.length, compared, mismatched });
  },
  { importedOnly: true },
);

/** What was there before the block. */
export const preset = transaction(
  { changes: list(changeShape, MAX_CHANGES) },
  'Sets what was there before an imported block.',
  (context, { changes }) => {
    for (const change of changes) write(context, change);
  },
  { genesisOnly: true },
);
