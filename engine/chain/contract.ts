import type { GenesisSettings } from '../api/settings.ts';
import type { AccessSet, BlockOutcome } from '../execution/outcome.ts';
import type { ModuleSet } from '../moduleSdk/index.ts';
import type { CommittedState, StateChange } from '../storage/contract.ts';
import type { LaneFault } from '../types/laneFault.ts';
import type { Transaction } from '../types/transaction.ts';

/** State that a block's changes can be applied to, or taken back from. */
export interface WritableState extends CommittedState {
  apply(changes: readonly StateChange[], backwards?: boolean): void;
}

/** Gas that blocks aim at where there is a base fee and the settings name no target. */
const DEFAULT_GAS_TARGET = 5_000_000;

/** What a block says beside its transactions. */
export interface BlockHeader {
  readonly height: number;
  /** Seconds: {@link SECONDS_PER_BLOCK} a block. */
  readonly timestamp: number;
  /** Gas after which the block is cut; below 2^32. */
  readonly gasLimit: number;
  /** Whose entry in `kernel/fees` earns the fees. */
  readonly feeRecipient: number;
  /** What is wrong with lanes during the block; absent when nothing is. */
  readonly faults?: readonly LaneFault[];
}

export const SECONDS_PER_BLOCK = 12;

/** Choices of the settings that decide how blocks are put together; nothing is left open. */
export type ChainRules = Required<
  Pick<GenesisSettings, 'mode' | 'fees' | 'builder' | 'keyGasCap' | 'standby' | 'gasTarget'>
> & {
  /** Whether transactions wait in a mempool and are chosen from it; else all that come go into the next block. */
  readonly mempool: boolean;
};

/** What settings that say nothing mean. */
export const PLAIN_RULES: ChainRules = {
  mode: 'monolithic',
  fees: 'fixed',
  builder: 'firstCome',
  keyGasCap: 0,
  standby: {},
  gasTarget: 0,
  mempool: false,
};

export function chainRules(settings: GenesisSettings): ChainRules {
  const { mode, fees, builder, keyGasCap, standby, gasTarget } = settings;
  const priced = fees === 'global' || fees === 'local';
  return {
    gasTarget: gasTarget ?? (priced ? DEFAULT_GAS_TARGET : 0),
    mempool: priced || builder !== undefined || keyGasCap !== undefined || gasTarget !== undefined,
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
  /** What {@link execute} answers, with what each transaction touched, by key number; needed where a mempool is. */
  readonly explore?: (
    state: CommittedState,
    header: BlockHeader,
    transactions: readonly Transaction[],
  ) => BlockOutcome & { readonly accesses: readonly AccessSet[] };
  /** A state of its own: empty, or equal to another. */
  readonly copyState: (from?: WritableState) => WritableState;
  /** Gas of a block; below 2^32. */
  readonly blockGasLimit: number;
}

/** Where a transaction of a block came from. */
export type TransactionOrigin = 'traffic' | 'crafted' | 'edited' | 'action' | 'system';
