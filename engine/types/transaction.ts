import type { AccountId, ModuleId } from './ids.ts';

/** What an argument can be; integers above 32 bits are bigints. JSON writes them as decimal strings. */
export type ArgumentValue =
  | number
  | bigint
  | Uint8Array
  | readonly { readonly [name: string]: ArgumentValue }[];
export type Arguments = { readonly [name: string]: ArgumentValue };

/** A transaction as a person or a workload makes it: the chain gives it its nonce. */
export interface TransactionDraft {
  readonly sender: AccountId;
  readonly module: ModuleId;
  readonly name: string;
  readonly args: Arguments;
  /** Declared rounds of computation between reads and writes; one gas a round. */
  readonly work?: number;
  readonly gasLimit?: number;
  /** Fee per unit of gas; where there is a base fee, the most that it may be. */
  readonly gasPrice?: number;
  /** Where there is a base fee: what it pays above that, as far as `gasPrice` allows. Absent means all. */
  readonly tip?: number;
}

/** A transaction as a block holds it. */
export interface Transaction {
  readonly sender: AccountId;
  readonly nonce: number;
  readonly module: ModuleId;
  readonly name: string;
  readonly args: Arguments;
  readonly work: number;
  readonly gasLimit: number;
  /** What a unit of gas costs the sender. */
  readonly gasPrice: number;
  /** The part of the price that is burnt instead of earned by the fee recipient: the base fee. Absent means nothing. */
  readonly burntPrice?: number;
}
