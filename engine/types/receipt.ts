import type { ModuleId } from './ids.ts';

/** How a transaction ended. */
export const RECEIPT_STATUS = {
  /** It did what it says. */
  success: 0,
  /** The module declined; its writes and events are dropped, nonce and fee stay. */
  reverted: 1,
  /** The module threw where it should not have; treated as a revert. */
  panicked: 2,
  /** It used more gas than its limit; treated as a revert, all gas is paid. */
  outOfGas: 3,
  /** The kernel refused it (nonce or fee balance); it changes nothing and pays nothing. */
  rejected: 4,
} as const;
export type ReceiptStatus = (typeof RECEIPT_STATUS)[keyof typeof RECEIPT_STATUS];
export type ReceiptStatusName = keyof typeof RECEIPT_STATUS;
export const RECEIPT_STATUS_NAMES = Object.keys(RECEIPT_STATUS) as readonly ReceiptStatusName[];

export interface ChainEvent {
  readonly module: ModuleId;
  readonly name: string;
  readonly fields: Readonly<Record<string, number | bigint>>;
}

export interface Receipt {
  readonly status: ReceiptStatusName;
  readonly gasUsed: number;
  /** `module/code` when the transaction did not succeed. */
  readonly error?: string;
  readonly errorData?: Readonly<Record<string, number | bigint>>;
  readonly events: readonly ChainEvent[];
}
