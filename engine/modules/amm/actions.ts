import { fail, ok, type Result } from '../../base/result.ts';
import type { ModuleAction, StateReader } from '../../moduleSdk/index.ts';
import type { AccountId } from '../../types/ids.ts';
import type { TransactionDraft } from '../../types/transaction.ts';
import { MAX_WAYS } from './openings.ts';
import { MAX_POOLS, pools } from './state.ts';

/**
 * The provider's share of a pool spread evenly over `ways` pools: that one and new ones. The pools'
 * traffic follows by itself, since each new pool names the one it came from. Fails with
 * `amm/unknown_pool` or `amm/invalid_split`. Amounts are settled when the transaction runs.
 */
export function splitPoolDrafts(
  state: StateReader,
  pool: number,
  ways: number,
  provider: AccountId,
): Result<readonly TransactionDraft[]> {
  if (!Number.isInteger(ways) || ways < 2 || ways > MAX_WAYS) {
    return fail('amm/invalid_split', `A pool is split in 2 to ${MAX_WAYS} ways.`, { ways, most: MAX_WAYS });
  }
  const possible = Number.isInteger(pool) && pool >= 0 && pool < MAX_POOLS;
  if (!possible || state.get(pools, pool) === undefined) {
    return fail('amm/unknown_pool', `There is no pool ${pool}.`, { pool });
  }
  return ok([{ sender: provider, module: 'amm', name: 'splitPool', args: { pool, ways } }]);
}

export const actions: { readonly [kind: string]: ModuleAction } = {
  splitPool: (state, { pool, ways, provider }) => splitPoolDrafts(state, pool ?? -1, ways ?? 0, provider),
};
