import type { Brand } from '../base/brand.ts';

/** An account: people from 0 upward, accounts that a module owns from 2^31 upward. */
export type AccountId = Brand<number, 'AccountId'>;
/** An asset that bank keeps: listed ones from 0 upward, those a module mints from 2^31 upward. */
export type AssetId = Brand<number, 'AssetId'>;
/** The place of a transaction in its block, from 0. */
export type TxIndex = Brand<number, 'TxIndex'>;
/** How often a transaction was started before, from 0. */
export type Incarnation = Brand<number, 'Incarnation'>;
export type ModuleId = string;
export type Height = number;

/** First id of the accounts and assets that belong to modules. */
export const MODULE_OWNED = 0x80000000;

/** The account number `ordinal` of the module with lane number `lane` (1 to 255); ordinal below 2^23. */
export function moduleAccount(lane: number, ordinal: number): AccountId {
  return (MODULE_OWNED + lane * 0x800000 + ordinal) >>> 0;
}

/** The lane number of the module that owns `id`, or 0 when a person does. */
export function owningLane(id: number): number {
  return id >= MODULE_OWNED ? (id - MODULE_OWNED) >>> 23 : 0;
}
