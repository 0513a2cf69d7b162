import { type AssetLedger, assetLedger, type Context, provide } from '../../moduleSdk/index.ts';
import { owningLane } from '../../types/ids.ts';
import { notAuthorised } from './errors.ts';
import { burn, mint, move, moveAll } from './ledger.ts';
import { BY_LANE, balances, LANE, PARTITION, PEOPLE_LANE, settings, supply } from './state.ts';

/** The partition that a calling module works in. */
function laneOf(context: Context): number {
  return context.get(settings, PARTITION) === BY_LANE ? context.callerLane : PEOPLE_LANE;
}

/** People's money moves when they signed, a module's when it calls. */
function requireOwner(context: Context, from: number): void {
  const owner = owningLane(from);
  if (owner === 0 ? from !== context.sender : owner !== context.callerLane) {
    context.revert(notAuthorised, { owned: from });
  }
}

function requireOwnAsset(context: Context, asset: number): void {
  const owner = owningLane(asset);
  if (owner === 0 || owner !== context.callerLane) context.revert(notAuthorised, { owned: asset });
}

/** Bank's ledger for other modules. Nothing is remembered between calls: the context outlives a transaction. */
export const ledgerProvision = provide(
  assetLedger,
  (context): AssetLedger => ({
    balanceOf: (asset, owner) => context.get(balances, laneOf(context), asset, owner) ?? 0n,
    totalSupply: (asset) => context.get(supply, asset) ?? 0n,
    transfer: (asset, from, to, amount) => {
      requireOwner(context, from);
      move(context, laneOf(context), asset, from, to, amount);
    },
    transferAll: (transfers) => {
      for (const { from } of transfers) requireOwner(context, from);
      moveAll(context, laneOf(context), transfers);
    },
    mint: (asset, to, amount) => {
      requireOwnAsset(context, asset);
      mint(context, laneOf(context), asset, to, amount);
    },
    burn: (asset, from, amount) => {
      requireOwnAsset(context, asset);
      burn(context, laneOf(context), asset, from, amount);
    },
  }),
  (callerLane, state) => [state.get(settings, PARTITION) === BY_LANE ? callerLane : LANE],
);
