import type { GenesisSettings } from '../api/settings.ts';
import type { BlockOutcome } from '../execution/outcome.ts';
import type { ModuleSet } from '../moduleSdk/index.ts';
import type { CommittedState, StateChange } from '../storage/contract.ts';
import type { Transaction } from '../types/transaction.ts';

/** State that a block's changes can be applied to, or taken back from. */
export interface WritableState extends CommittedState {
  apply(changes: readonly StateChange[], backwards?: boolean): void;
}

/** What a block says beside its transactions. */
export interface BlockHeader {
  readonly height: number;
  /** Seconds: {@link SECONDS_PER_BLOCK} a block. */
  readonly timestamp: number;
  /** Gas after which the block is cut; below 2^32. */
  readonly gasLimit: number;
  /** Whose entry in `kernel/fees` earns the fees. */
  readonly feeRecipient: number;
}

export const SECONDS_PER_BLOCK = 12;

/** Choices of the settings that decide how blocks are put together; nothing is left open. */
export type ChainRules = Required<
  Pick<GenesisSettings, 'mode' | 'fees' | 'builder' | 'keyGasCap' | 'standby'>
>;

/** What settings that say nothing mean. */
export const PLAIN_RULES: ChainRules = {
  mode: 'monolithic',
  fees: 'fixed',
  builder: 'firstCome',
  keyGasCap: 0,
  standby: {},
};

export function chainRules({ mode, fees, builder, keyGasCap, standby }: GenesisSettings): ChainRules {
  return {
    mode: mode ?? PLAIN_RULES.mode,
    fees: fees ?? PLAIN_RULES.fees,
    builder: builder ?? PLAIN_RULES.builder,
    keyGasCap: keyGasCap ?? PLAIN_RULES.keyGasCap,
    standby: standby ?? PLAIN_RULES.standby,
  };
}

/** What the chain is put together from: the modules, and the plug-ins it never names. */
export interface ChainParts<O extends BlockOutcome = BlockOutcome> {
  readonly modules: ModuleSet;
  /** The sequential oracle: what a block does, beyond doubt. */
  readonly execute: (state: CommittedState, header: BlockHeader, transactions: readonly Transaction[]) => O;
  /** What {@link execute} answers without more than the outcome, for blocks that nobody looks into; `execute` when absent. */
  readonly replay?: (
    state: CommittedState,
    header: BlockHeader,
    transactions: readonly Transaction[],
  ) => BlockOutcome;
  /** A state of its own: empty, or equal to another. */
  readonly copyState: (from?: WritableState) => WritableState;
  /** Gas of a block; below 2^32. */
  readonly blockGasLimit: number;
}

/** Where a transaction of a block came from. */
export type TransactionOrigin = 'traffic' | 'crafted' | 'edited' | 'action';
