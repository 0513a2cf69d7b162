import type { Context } from '../../moduleSdk/index.ts';
import type { AccountId } from '../../types/ids.ts';
import { listed, notOwner, soldOut, unknownItem, unknownKind } from './errors.ts';
import { burned, minted } from './events.ts';
import { items, kinds, listings } from './state.ts';

/** A kind's record. */
export type Kind = NonNullable<ReturnType<typeof findKind>>;

function findKind(context: Context, kind: number) {
  return context.get(kinds, kind);
}

/** The kind, or the transaction ends. */
export function requireKind(context: Context, kind: number): Kind {
  return findKind(context, kind) ?? context.revert(unknownKind, { kind });
}

/** Who owns an item, or the transaction ends. */
export function ownerOf(context: Context, kind: number, serial: number): AccountId {
  const item = context.get(items, kind, serial) ?? context.revert(unknownItem, { kind, serial });
  return item.owner as AccountId;
}

/** Ends the transaction unless the item is the sender's and not for sale. */
export function requireFree(context: Context, kind: number, serial: number): void {
  const owner = ownerOf(context, kind, serial);
  if (owner !== context.sender) context.revert(notOwner, { owner });
  if (context.get(listings, kind, serial) !== undefined) context.revert(listed, { kind, serial });
}

/** Makes the next item of a kind, whose record was read before; ends the transaction when there are enough. */
export function mint(context: Context, kind: number, record: Kind, owner: AccountId): void {
  const { limit, minted: serial } = record;
  if (limit > 0 && serial >= limit) context.revert(soldOut, { kind, limit });
  context.set(kinds, { ...record, minted: serial + 1 }, kind);
  context.set(items, { owner }, kind, serial);
  context.emit(minted, { kind, serial, owner });
}

/** Uses items of a kind up; they are the sender's and free. */
export function burn(context: Context, kind: number, record: Kind, serials: readonly number[]): void {
  context.set(kinds, { ...record, burned: record.burned + serials.length }, kind);
  for (const serial of serials) {
    context.delete(items, kind, serial);
    context.emit(burned, { kind, serial });
  }
}
