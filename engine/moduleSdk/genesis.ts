import type { AccountId, ModuleId } from '../types/ids.ts';
import type { TransactionDraft } from '../types/transaction.ts';
import { assetLedger } from './capabilities.ts';
import type { ModuleDefinition } from './defineModule.ts';

/** What genesis is to make; each module makes its part of it. Amounts are in base units. */
export interface GenesisWorld {
  /** People's accounts are 0 … accounts−1. */
  readonly accounts: number;
  /** Listed assets are 0 … assets−1; payments are made in asset 0. */
  readonly assets: number;
  /** Pools of the exchange are 0 … pools−1; none when there are fewer than two assets. */
  readonly pools: number;
  readonly bankPartition: 'asset' | 'lane';
  /** Provides liquidity and administers what needs an administrator: the first account after the people. */
  readonly provider: AccountId;
  /** Lanes of the modules that move money through the ledger. */
  readonly ledgerLanes: readonly number[];
  /** What each person gets of each asset, in each lane where it can be used. */
  readonly amountEach: bigint;
  /** What the provider gets of each asset, in each lane where it can be used. */
  readonly providerAmount: bigint;
  /** The smaller side of each pool at genesis. */
  readonly liquidityEach: bigint;
}

/** A pool's larger side is at most this many times `liquidityEach`. */
export const MAX_GENESIS_PRICE = 4;
/**
 * Balances stay far below 2^53, where conversions are cheap, and far above the swaps and payments
 * of workloads, so that nobody runs dry within thousands of blocks.
 */
const AMOUNT_EACH = 1_000_000_000_000n;

/** The modules of a chain whose settings do not name any. */
export const DEFAULT_MODULES: readonly ModuleId[] = ['bank', 'amm'];

/** The modules that take part, in the order of the registry. */
export function activeModules(
  modules: readonly ModuleDefinition[],
  wished: readonly ModuleId[] = DEFAULT_MODULES,
): readonly ModuleDefinition[] {
  return modules.filter(({ id }) => wished.includes(id));
}

/** The world of these settings for the modules that take part, with the house's amounts. */
export function genesisWorld(
  settings: Pick<GenesisWorld, 'accounts' | 'assets' | 'pools' | 'bankPartition'>,
  modules: readonly ModuleDefinition[],
): GenesisWorld {
  const usesLedger = (module: ModuleDefinition) =>
    module.requires.some(({ name }) => name === assetLedger.name);
  return {
    accounts: settings.accounts,
    assets: settings.assets,
    pools: settings.pools,
    bankPartition: settings.bankPartition,
    provider: settings.accounts,
    ledgerLanes: modules.filter(usesLedger).map(({ lane }) => lane),
    amountEach: AMOUNT_EACH,
    liquidityEach: AMOUNT_EACH,
    providerAmount: AMOUNT_EACH * BigInt(1 + MAX_GENESIS_PRICE * settings.pools),
  };
}

/** The transactions of block 0, module after module in the order of the registry; all by the provider. */
export function genesisDrafts(modules: readonly ModuleDefinition[], world: GenesisWorld): TransactionDraft[] {
  return modules.flatMap((module) => [...(module.genesis?.(world) ?? [])]);
}
